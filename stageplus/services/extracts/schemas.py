"""Files that staff takes along: a list of learners, or of introductions, as a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from stageplus.services.inputs import Input
from stageplus.services.spreadsheets.schemas import Cell, SheetFormat

LEARNERS, INTRODUCTIONS = "/operateur/fichiers/apprenants", "/operateur/fichiers/mises-en-relation"


class FormatInput(Input):
    """In which format the file is wanted."""

    format: SheetFormat = "xlsx"


@dataclass(frozen=True)
class Extract:
    """A table to write: its name, its headings, and its rows, read from the database as they are asked for."""

    name: str
    headings: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]] = field(repr=False)
