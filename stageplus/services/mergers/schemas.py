"""What OFFA types and reads when two companies of the register are one."""

from dataclasses import dataclass, field

from pydantic import Field

from stageplus.services.inputs import FilledLine, Input, Line


class PairSearch(Input):
    """The two companies to compare, by what the address bar says: identifiers, or numbers as they are typed."""

    keep: Line = ""
    gone: Line = ""


class MergeInput(Input):
    """Which company stays, which one goes into it, and why."""

    keep_id: int = Field(ge=1)
    gone_id: int = Field(ge=1)
    why: FilledLine


@dataclass(frozen=True)
class HouseRow:
    """A company with what it has."""

    company_id: int = 0
    name: str = ""
    number: str = ""
    establishments: str = ""
    approvals: str = ""
    offers: str = ""
    members: str = ""


@dataclass(frozen=True)
class PairRow:
    """Two companies that may be one, and why one may think so."""

    keep: HouseRow = field(default_factory=HouseRow)
    gone: HouseRow = field(default_factory=HouseRow)
    reasons: str = ""


@dataclass(frozen=True)
class MovedRow:
    """What joining would move, in words."""

    what: str = ""
    how_many: str = ""


@dataclass(frozen=True)
class MergerDesk:
    """The pairs that may be doubles, and the two companies that are compared."""

    pairs: list[PairRow] = field(default_factory=list)
    pair: PairRow = field(default_factory=PairRow)
    moved: list[MovedRow] = field(default_factory=list)
    error: str = ""
