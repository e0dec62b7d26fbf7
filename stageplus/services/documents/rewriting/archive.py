"""Unpacks docx and odt files, which are zip archives, under a ceiling, and reads their XML without its traps."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from stageplus.domain.documents import Flaw, Unfit
from stageplus.services.archives import unpacked

MOST_MEMBERS = 300
MOST_UNPACKED_BYTES = 40_000_000
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Unpack an archive; raises `Unfit` when it is broken, protected, or too large once open."""
    try:
        return unpacked(content, most_members=MOST_MEMBERS, most_bytes=MOST_UNPACKED_BYTES, too_large=_too_large)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as broken:
        raise Unfit(Flaw.ENCRYPTED if "encrypted" in str(broken) else Flaw.BROKEN) from broken


def packed(parts: Mapping[str, bytes], *, first: str | None = None) -> bytes:
    """Pack parts into a new archive without dates or comments; `first` comes first, as it is."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda each: (each != first, each)):
            place = ZipInfo(name, _LONG_AGO)
            archive.writestr(place, parts[name], ZIP_STORED if name == first else ZIP_DEFLATED)
    return content.getvalue()


def read_xml(part: bytes) -> etree._Element:
    """Read a part that declares nothing of its own: no entities, nothing from elsewhere; raises `Unfit` otherwise."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as broken:
        raise Unfit(Flaw.BROKEN) from broken
    if root.getroottree().docinfo.doctype:
        raise Unfit(Flaw.ACTIVE)
    for comment in root.iter(etree.Comment):
        comment.text = ""
    return root


def written_xml(root: etree._Element) -> bytes:
    """Write a part as these programs expect it."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _too_large() -> Unfit:
    return Unfit(Flaw.TOO_LARGE)
