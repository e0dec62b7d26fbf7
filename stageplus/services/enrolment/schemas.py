"""What enrolment takes and returns."""

from dataclasses import dataclass, field

from pydantic import Field, field_validator

from stageplus.services.inputs import SHORT_TEXT, FilledLine, Input, Line, Yes, identifier
from stageplus.texts import _

IMPORTS = "/operateur/importer"
ROSTER_TEMPLATE = f"{IMPORTS}/modele.xlsx"
DEMO_ROSTER = f"{IMPORTS}/exemple.xlsx"
HAND_IN = f"{IMPORTS}/fichier"
SHARED = ("trade_code", "year", "company_days", "postal_code", "municipality_ins", "implantation_id")
"""What a learner's account repeats of the enrolment it follows."""


@dataclass(frozen=True)
class RosterRow:
    """A row of a roster that fits; the day of birth is written 2008-03-14, `company_days` is a bit set."""

    line: int
    reference: str
    first_name: str
    last_name: str
    birth_date: str
    email: str
    postal_code: str
    municipality_ins: str
    trade_code: str
    year: int
    company_days: int
    implantation: str = ""


@dataclass(frozen=True)
class RosterProblem:
    """What does not fit in a row, by line and column; a warning lets the row through."""

    line: int
    column: str
    message: str
    reference: str = ""
    is_warning: bool = False


class ConfirmInput(Input):
    """The absent enrolments to end, by their identifiers, or all of them."""

    ended: tuple[int, ...] = ()
    all_absent: Yes = False

    @field_validator("ended", mode="before")
    @classmethod
    def _identifiers(cls, typed: object) -> tuple[int, ...]:
        several = typed if isinstance(typed, list | tuple) else [typed]
        return tuple(identifier(each) for each in several)


class EnrolmentSearch(Input):
    """Which enrolments to list: a name or reference, those without an account, one implantation, which page."""

    q: Line = Field(default="", max_length=SHORT_TEXT)
    shown: Line = "sans-compte"
    page: int = Field(default=1, ge=1, le=10_000)

    @field_validator("page", mode="before")
    @classmethod
    def _page(cls, typed: object) -> int:
        return identifier(typed) or 1


class CorrectionInput(Input):
    """What staff corrects of an enrolment by hand."""

    first_name: FilledLine = Field(max_length=80)
    last_name: FilledLine = Field(max_length=80)
    email: Line = ""

    @field_validator("email")
    @classmethod
    def _address(cls, typed: str) -> str:
        if typed and not is_address(typed):
            raise ValueError(_("Cette adresse n’a pas la bonne forme. Exemple : prenom.nom@exemple.be"))
        return typed.lower()


def is_address(typed: str) -> bool:
    """Say whether a text has the shape of an e-mail address."""
    name, at, host = typed.rpartition("@")
    return bool(name and at and "." in host.strip(".") and " " not in typed and "@" not in name and len(typed) <= 254)


@dataclass(frozen=True)
class ImportRow:
    """One import in the history."""

    import_id: int = 0
    file_name: str = ""
    when: str = ""
    who: str = ""
    state: str = ""
    result: str = ""
    can_undo: bool = False
    waits: bool = False
    undo_until: str = ""


@dataclass(frozen=True)
class ImportHistory:
    """The latest imports; in the demonstration there is a file to try."""

    rows: list[ImportRow] = field(default_factory=list)
    is_demo: bool = False


@dataclass(frozen=True)
class PreviewLine:
    """What would happen to one person, in words."""

    enrolment_id: int = 0
    line: str = ""
    reference: str = ""
    name: str = ""
    words: str = ""


@dataclass(frozen=True)
class ImportPreview:
    """Everything that staff reads before it confirms; `…_cut` says how many lines of a list are shown, if not all."""

    import_id: int = 0
    file_name: str = ""
    state: str = ""
    refusal: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[RosterProblem] = field(default_factory=list)
    warnings: list[RosterProblem] = field(default_factory=list)
    added_lines: list[PreviewLine] = field(default_factory=list)
    changed_lines: list[PreviewLine] = field(default_factory=list)
    absent_lines: list[PreviewLine] = field(default_factory=list)
    absent: int = 0
    problems_cut: str = ""
    warnings_cut: str = ""
    added_cut: str = ""
    changed_cut: str = ""
    absent_cut: str = ""
    new_implantations: str = ""
    unknown_columns: str = ""


@dataclass(frozen=True)
class ImportResult:
    """What an import, or its undoing, did; `kept` counts what undoing left as it was."""

    import_id: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    kept: int = 0
    words: str = ""


@dataclass(frozen=True)
class EnrolmentRow:
    """One enrolment in the list of codes."""

    enrolment_id: int = 0
    name: str = ""
    reference: str = ""
    trade: str = ""
    year: int = 0
    implantation: str = ""
    email: str = ""
    code_words: str = ""
    code_state: str = ""
    state: str = ""
    has_account: bool = False
    reported: bool = False


@dataclass(frozen=True)
class EnrolmentPage:
    """One page of enrolments with the totals of the operator."""

    rows: list[EnrolmentRow] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    active: int = 0
    without_account: int = 0
    without_code: int = 0


@dataclass(frozen=True)
class ReportRow:
    """What somebody who holds a code said of the enrolment behind it."""

    report_id: int = 0
    enrolment_id: int = 0
    name: str = ""
    reference: str = ""
    words: str = ""
    when: str = ""


@dataclass(frozen=True)
class EnrolmentDetail:
    """One enrolment, to correct, to end, to give a new code."""

    row: EnrolmentRow = field(default_factory=EnrolmentRow)
    first_name: str = ""
    last_name: str = ""
    birth_day: str = ""
    town: str = ""
    days: str = ""
    reports: list[ReportRow] = field(default_factory=list)
