"""What a CV looks like to whoever it concerns."""

from dataclasses import dataclass

from stageplus.domain.documents import DocumentKind

UPLOAD = "/fichiers/cv"
OF_DRAFT, OF_APPLICATION = f"{UPLOAD}/brouillon", f"{UPLOAD}/candidature"
MOST_POSTED_BYTES = 10_000_000
"""What the site reads of a file before the weight in force is looked at; more is not even read."""
ACCEPTED = ".pdf,.docx,.odt,.jpg,.jpeg"
MEDIA_TYPES = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentKind.ODT: "application/vnd.oasis.opendocument.text",
    DocumentKind.JPG: "image/jpeg",
}


@dataclass(frozen=True)
class DocumentLine:
    """A CV in one line: `words` is empty when there is none, `href` until it may be opened.

    `waits` while it is being examined, `infected` when it was thrown away for what was found in it.
    """

    words: str = ""
    href: str = ""
    waits: bool = False
    infected: bool = False


@dataclass(frozen=True)
class DocumentFile:
    """A CV to open: its own content under a name of ours."""

    name: str
    kind: DocumentKind
    content: bytes
