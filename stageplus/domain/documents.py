"""What a CV may be, what keeps one out, and where its examination stands."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """The kinds of file that a CV may be, recognised by their content."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    JPG = "jpg"


class DocumentState(StrEnum):
    """Where the examination of a CV stands: a company opens none but the clean ones."""

    WAITING = "en attente"
    CLEAN = "sain"
    INFECTED = "infecté"


class Flaw(StrEnum):
    """Why a file cannot be a CV here."""

    EMPTY = "vide"
    TOO_HEAVY = "trop lourd"
    UNKNOWN = "inconnu"
    BROKEN = "abîmé"
    ENCRYPTED = "protégé"
    ACTIVE = "actif"
    EMBEDDED = "contient un fichier"
    LINKED = "cherche ailleurs"
    TOO_LARGE = "trop grand"


class Unfit(Exception):
    """A file cannot be a CV; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw
