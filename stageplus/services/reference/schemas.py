"""What OFFA types and reads of trades, their words and sectors."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from stageplus.domain.reference import TradeStatus
from stageplus.services.inputs import FilledLine, Input, Line, Yes, cleaned
from stageplus.texts import _

Why = Annotated[str, StringConstraints(min_length=1, max_length=300), BeforeValidator(cleaned)]
TradeWordLine = Annotated[str, StringConstraints(min_length=2, max_length=80), BeforeValidator(cleaned)]
WordKind = Literal["synonym", "everyday", "misspelling", "tool"]
STATUS_WORDS = {
    TradeStatus.ATTESTED: _("Attesté"),
    TradeStatus.TO_VALIDATE: _("À valider"),
    TradeStatus.VALIDATED: _("Validé"),
    TradeStatus.ARCHIVED: _("Archivé"),
}
KIND_WORDS: dict[str, str] = {
    "synonym": _("Synonyme"),
    "everyday": _("Mot courant"),
    "misspelling": _("Faute fréquente"),
    "tool": _("Outil ou matière"),
}


class TradeSearch(Input):
    """Which trades to list: `text` looks in the names and in the words that mean them."""

    text: Line = ""
    sector: Line = ""
    scheme: Line = ""
    status: Literal["", "attesté", "à valider", "validé", "archivé"] = ""
    page: int = Field(default=1, ge=1, le=100_000)


class TradeInput(Input):
    """A trade as OFFA wants it; `code` is empty for a new one."""

    code: Line = ""
    name_f: FilledLine
    name_m: FilledLine
    sector: FilledLine
    no_age_limit: Yes = False
    why: Why


class StatusInput(Input):
    """Why a trade is archived, proposed again or validated."""

    status: Literal["validé", "archivé"]
    why: Why


class WordInput(Input):
    """A word that means a trade; the trade is named by its code or by one of its names."""

    word: TradeWordLine
    trade: FilledLine
    kind: WordKind = "everyday"


class SettleInput(Input):
    """What becomes of words that found nothing: they mean a trade, or nothing when no trade is named."""

    words: TradeWordLine
    trade: Line = ""


class WordSearch(Input):
    """Which words to list: those that contain `text`, of every trade; and a page of the searches."""

    text: Line = ""
    state: Literal["", "ignorées"] = ""
    page: int = Field(default=1, ge=1, le=100_000)


class SectorInput(Input):
    """A sector as OFFA wants it; `code` is empty for a new one."""

    code: Line = ""
    name: Annotated[str, StringConstraints(min_length=1, max_length=100), BeforeValidator(cleaned)]
    fund: Annotated[str, StringConstraints(max_length=100), BeforeValidator(cleaned)] = ""
    has_coach: Yes = False
    why: Why


@dataclass(frozen=True)
class Change:
    """A change of one row: which, what it said before and says now, and why."""

    kind: str
    key: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True)
class ChangeRow:
    """One change: when, by whom, from what to what, and why."""

    when: str = ""
    by: str = ""
    before: str = ""
    after: str = ""
    why: str = ""


@dataclass(frozen=True)
class TradeRow:
    """A trade in the list."""

    code: str = ""
    name: str = ""
    sector: str = ""
    status: str = ""
    status_words: str = ""
    offers: str = ""
    words: str = ""


@dataclass(frozen=True)
class TradePage:
    """One page of trades, and what the filters and the form of a new one offer."""

    rows: list[TradeRow] = field(default_factory=list)
    found_words: str = ""
    page: int = 1
    pages: int = 1
    sectors: list[tuple[str, str]] = field(default_factory=list)
    schemes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class WordRow:
    """A word and the trade it means."""

    trade: str = ""
    trade_name: str = ""
    word: str = ""
    kind: str = ""


@dataclass(frozen=True)
class TradeDetail:
    """A trade with its words, what depends on it, and what OFFA changed."""

    row: TradeRow = field(default_factory=TradeRow)
    name_f: str = ""
    name_m: str = ""
    sector: str = ""
    committee: str = ""
    no_age_limit: bool = False
    depends: str = ""
    words: list[WordRow] = field(default_factory=list)
    sectors: list[tuple[str, str]] = field(default_factory=list)
    history: list[ChangeRow] = field(default_factory=list)


@dataclass(frozen=True)
class FruitlessRow:
    """Words that found nothing: how often, and the last time."""

    words: str = ""
    times: str = ""
    last: str = ""


@dataclass(frozen=True)
class WordDesk:
    """The searches that found nothing, and the words of trades that a text finds."""

    searches: list[FruitlessRow] = field(default_factory=list)
    found_words: str = ""
    page: int = 1
    pages: int = 1
    kept_words: str = ""
    words: list[WordRow] = field(default_factory=list)
    words_cut: str = ""
    trades: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SectorRow:
    """A sector, how many trades it has and how many coaches follow it."""

    code: str = ""
    name: str = ""
    fund: str = ""
    has_coach: bool = False
    trades: str = ""
    coaches: str = ""


@dataclass(frozen=True)
class SectorPage:
    """All sectors, and what OFFA changed in them."""

    rows: list[SectorRow] = field(default_factory=list)
    history: list[ChangeRow] = field(default_factory=list)
