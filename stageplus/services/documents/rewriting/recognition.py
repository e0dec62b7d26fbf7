"""Recognises what a file is by its first bytes and its parts, never by its name."""

from stageplus.domain.documents import DocumentKind, Flaw, Unfit
from stageplus.services.documents.rewriting.archive import parts_of

ODT = b"application/vnd.oasis.opendocument.text"
DOCX_BODY, DOCX_TYPES = "word/document.xml", "[Content_Types].xml"


def kind_of(content: bytes) -> DocumentKind:
    """Return the kind of a file; raises `Unfit` for an empty one and for any other kind."""
    if not content:
        raise Unfit(Flaw.EMPTY)
    if content.startswith(b"%PDF-"):
        return DocumentKind.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return DocumentKind.JPG
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    raise Unfit(Flaw.UNKNOWN)


def _kind_of_archive(content: bytes) -> DocumentKind:
    parts = parts_of(content)
    if parts.get("mimetype") == ODT:
        return DocumentKind.ODT
    if DOCX_BODY in parts and DOCX_TYPES in parts:
        return DocumentKind.DOCX
    raise Unfit(Flaw.UNKNOWN)
