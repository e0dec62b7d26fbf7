"""What operators and OFFA type and read about agréments."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import Field

from stageplus.domain.approvals import NEED_A_REASON, ApprovalState
from stageplus.domain.errors import InvalidInput
from stageplus.services.inputs import FilledLine, Input, Line, ShortWords, Yes
from stageplus.services.numbers import EnterpriseNumber, EstablishmentNumber, PostalCode
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _

STATE_WORDS = {
    ApprovalState.REQUESTED: _("Demandé"),
    ApprovalState.GRANTED: _("Accordé"),
    ApprovalState.REFUSED: _("Refusé"),
    ApprovalState.SUSPENDED: _("Suspendu"),
    ApprovalState.WITHDRAWN: _("Retiré"),
}
STATE_TONES = {
    ApprovalState.REQUESTED: "accent",
    ApprovalState.GRANTED: "success",
    ApprovalState.REFUSED: "neutral",
    ApprovalState.SUSPENDED: "warning",
    ApprovalState.WITHDRAWN: "danger",
}


class DecisionInput(Input):
    """What an operator, or the Commission, decided, from which day on, and why."""

    state: ApprovalState
    since: date
    reason: ShortWords = ""

    def check(self, today: date) -> None:
        """Raise `InvalidInput` without a reason where one is asked, or for a day that has not come."""
        wrong = {}
        if self.state in NEED_A_REASON and not self.reason:
            wrong["reason"] = _("Dites pourquoi : l’entreprise et l’historique en ont besoin.")
        if self.since > today:
            wrong["since"] = _("Cette date n’est pas encore arrivée : une décision se note quand elle a pris effet.")
        if wrong:
            raise InvalidInput(wrong)


class ApprovalInput(DecisionInput):
    """A decision on an establishment and a trade, with what is needed to write down an establishment seen first."""

    enterprise_number: EnterpriseNumber
    establishment_number: EstablishmentNumber
    company: FilledLine
    establishment: Line = ""
    postal_code: PostalCode
    workers: int = Field(default=0, ge=0, le=200_000)
    trade: FilledLine
    operator: int = 0


class ApprovalSearch(Input):
    """Which agréments to list: words or a number, a state, an operator (for OFFA), only disagreements, and a page."""

    text: Line = ""
    state: ApprovalState | Literal[""] = ""
    operator: int = Field(default=0, ge=0, le=999_999_999)
    disputed: Yes = False
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class ApprovalRow:
    """An agrément in a list, with its effect."""

    approval_id: int = 0
    company: str = ""
    establishment: str = ""
    number: str = ""
    town: str = ""
    trade: str = ""
    state: str = ""
    state_words: str = ""
    tone: str = ""
    since: str = ""
    operator: str = ""
    disputed: bool = False


@dataclass(frozen=True)
class ApprovalPage:
    """A page of agréments; `operators` is what OFFA filters by, as (value, label)."""

    rows: list[ApprovalRow] = field(default_factory=list)
    found_words: str = ""
    disputed: int = 0
    page: int = 1
    pages: int = 1
    operators: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ApprovalForm:
    """What a new record chooses from, as (value, label); only OFFA chooses an operator."""

    trades: list[tuple[str, str]] = field(default_factory=list)
    operators: list[tuple[str, str]] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class OpinionRow:
    """What one operator, or the Commission, last recorded."""

    who: str = ""
    state_words: str = ""
    tone: str = ""
    since: str = ""
    operator_id: int = 0


@dataclass(frozen=True)
class ApprovalDetail:
    """One agrément: its effect, who recorded what, its history, and what the reader may do."""

    row: ApprovalRow = field(default_factory=ApprovalRow)
    enterprise_number: str = ""
    workers: int = 0
    opinions: list[OpinionRow] = field(default_factory=list)
    history: list[TimelineStep] = field(default_factory=list)
    open_offers: int = 0
    paused_offers: int = 0
    operators: list[tuple[str, str]] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)
    may_settle: bool = False


@dataclass(frozen=True)
class FileProblem:
    """What does not fit in a row of a file, by line and column."""

    line: int
    column: str
    message: str


@dataclass(frozen=True)
class FilePreview:
    """What importing a file would do, or did; `taken_away` counts suspensions and withdrawals, which act on offers."""

    import_id: int = 0
    file_name: str = ""
    state: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    taken_away: int = 0
    refused: int = 0
    problems: list[FileProblem] = field(default_factory=list)
    problems_cut: str = ""
    result: str = ""
    undo_until: str = ""


@dataclass(frozen=True)
class FileRow:
    """A file in the history."""

    import_id: int = 0
    file_name: str = ""
    when: str = ""
    operator: str = ""
    state: str = ""


@dataclass(frozen=True)
class FilePage:
    """The files handed in so far; `operators` is what OFFA chooses from."""

    rows: list[FileRow] = field(default_factory=list)
    operators: list[tuple[str, str]] = field(default_factory=list)
