"""What spreadsheets hold: the columns that an import knows, and the rows and problems that it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

MOST_BYTES = 5_000_000
Cell = str | int | date | None
SheetFormat = Literal["csv", "xlsx"]
MEDIA: Mapping[SheetFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What a browser is told that a file is, by how its name ends."""
MOST_ROWS = 10_000
MOST_COLUMNS = 100


@dataclass(frozen=True)
class Column:
    """A column that an import knows: its heading in our template, and other headings that mean the same.

    `required` means that a file without it cannot be read; `example` and `explanation` are for the template.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = True
    example: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class SheetRow:
    """A row of a file, at the line that the person sees; every cell is a clean text, a date is written 2008-03-14."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class CellProblem:
    """What does not fit in one cell, in French; `column` is the heading as the file spells it."""

    line: int
    column: str
    message: str


@dataclass(frozen=True)
class Sheet:
    """What a file holds; `headings` gives each known column's heading in the file, `unknown` those nobody knows."""

    name: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
