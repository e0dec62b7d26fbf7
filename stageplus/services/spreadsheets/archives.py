"""Opens xlsx and ods files, which are zip archives, without letting them swell or reach beyond our limits."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from stageplus.domain.errors import InvalidInput
from stageplus.services.archives import unpacked
from stageplus.services.spreadsheets.schemas import MOST_COLUMNS, MOST_ROWS
from stageplus.texts import _

MOST_MEMBERS = 500
MOST_UNPACKED_BYTES = 80_000_000
MARGIN_ROWS = 100
"""Lines that a file may have above and between its rows."""


def harmless_copy(content: bytes) -> bytes:
    """Unpack an archive under a ceiling and give it back stored: whoever reads the copy can swell nothing.

    Raises `InvalidInput` when it is broken, too large once open, or places a value beyond the lines we read.
    """
    try:
        parts = unpacked(content, most_members=MOST_MEMBERS, most_bytes=MOST_UNPACKED_BYTES, too_large=too_large)
        for name, part in parts.items():
            if name.endswith(".xml"):
                _look_at(part)
    except (BadZipFile, ExpatError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as broken:
        raise InvalidInput({"file": _("Ce fichier est abîmé : enregistrez-le à nouveau, puis réessayez.")}) from broken
    copy = BytesIO()
    with ZipFile(copy, "w") as stored:
        for name, part in parts.items():
            stored.writestr(name, part)
    return copy.getvalue()


def too_large() -> InvalidInput:
    """Build the refusal of a file with more lines or more text than we read."""
    message = _("Ce fichier est trop grand : {rows} lignes au plus. Coupez-le en plusieurs fichiers.")
    return InvalidInput({"file": message.format(rows=MOST_ROWS)})


def _look_at(part: bytes) -> None:
    extent = _Extent()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.StartElementHandler = extent.start
    parser.Parse(part, True)


def _refuse_entities(*_declared: Any) -> None:
    raise ValueError("a spreadsheet declares no entities")


class _Extent:
    """Follows where values stand: a reader makes a full table up to the last one, and one far away costs gigabytes."""

    def __init__(self) -> None:
        self.row, self.column, self.row_repeats = 0, 0, 1
        self._steps: dict[str, Callable[[dict[str, str]], None]] = {
            "table": self._begin_table,
            "sheetData": self._begin_table,
            "row": self._xlsx_row,
            "c": self._xlsx_cell,
            "v": self._value,
            "is": self._value,
            "table-row": self._ods_row,
            "table-cell": self._ods_cell,
            "covered-table-cell": self._ods_cell,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        step = self._steps.get(name.rpartition(" ")[2])
        if step:
            step({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _begin_table(self, _attributes: dict[str, str]) -> None:
        self.row, self.column, self.row_repeats = 0, 0, 1

    def _xlsx_row(self, attributes: dict[str, str]) -> None:
        self.row, self.column = int(attributes.get("r", self.row + 1)), 0

    def _xlsx_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        if letters:
            self.row = int(attributes["r"][len(letters) :])
        self.column = _number_of(letters) if letters else self.column + 1

    def _ods_row(self, attributes: dict[str, str]) -> None:
        self.row += self.row_repeats
        self.column, self.row_repeats = 0, int(attributes.get("number-rows-repeated", 1))

    def _ods_cell(self, attributes: dict[str, str]) -> None:
        self.column += int(attributes.get("number-columns-repeated", 1))
        if "value-type" in attributes or "formula" in attributes:
            self._check(self.row + self.row_repeats)

    def _value(self, _attributes: dict[str, str]) -> None:
        self._check(self.row)

    def _check(self, row: int) -> None:
        if row > MOST_ROWS + MARGIN_ROWS or self.column > MOST_COLUMNS:
            raise too_large()


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
