"""What the registers take and return."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TableChange:
    """How many rows of one reference table were added, changed or left as they were; `kept` are OFFA's own."""

    table: str
    added: int
    changed: int
    unchanged: int
    kept: int = 0


@dataclass(frozen=True)
class Named:
    """The codes of the trades and municipalities that a word names."""

    trades: list[str]
    towns: list[str]
