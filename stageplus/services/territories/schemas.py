"""What a coach reads of a territory: numbers by basin, none of them a person."""

from dataclasses import dataclass, field

from stageplus.services.inputs import Input, Line


class TerritorySearch(Input):
    """Which trade of his sectors a coach looks at; empty means all trades of one sector."""

    sector: Line = ""
    trade: Line = ""


@dataclass(frozen=True)
class BasinRow:
    """A basin: free places, learners who look for one, and how many for each place; `x` and `y` on the drawing."""

    code: str
    name: str
    places: str
    looking: str
    tension: str
    level: str
    level_words: str
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class Territory:
    """The basins, and what a coach may choose; `counted` says of which day the figures are."""

    sectors: list[tuple[str, str]] = field(default_factory=list)
    trades: list[tuple[str, str]] = field(default_factory=list)
    sector: str = ""
    trade: str = ""
    counted: str = ""
    rows: list[BasinRow] = field(default_factory=list)
