"""Reads the bytes of a file as tables of texts, whatever program wrote it."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from stageplus.domain.errors import InvalidInput
from stageplus.services.inputs import cleaned
from stageplus.services.spreadsheets.archives import MARGIN_ROWS, harmless_copy, too_large
from stageplus.services.spreadsheets.schemas import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from stageplus.texts import _

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SEPARATORS = (";", ",", "\t")
LONGEST_CELL = 1_000
"""Longer than any column takes: what is cut here is too long, and is refused with its line rather than kept cut."""


@dataclass(frozen=True)
class RawTable:
    """One table of a file: its name and its lines, the first of the file first."""

    name: str
    lines: Sequence[Sequence[str]]


def tables_of(content: bytes) -> list[RawTable]:
    """Read every visible table of an xlsx, ods or csv file; raises `InvalidInput` beside `file` when it is none."""
    if len(content) > MOST_BYTES:
        size = _("Ce fichier est trop lourd : {n} Mo au plus.").format(n=MOST_BYTES // 1_000_000)
        raise InvalidInput({"file": size})
    if not content.strip(b"\x00 \r\n\t"):
        raise InvalidInput({"file": _("Ce fichier est vide.")})
    if content.startswith(OLD_EXCEL):
        raise InvalidInput(
            {"file": _("Ce fichier est d’un ancien Excel ou protégé par un mot de passe : enregistrez-le en .xlsx.")}
        )
    found = _workbook_tables(content) if content.startswith(ZIP) else [RawTable("", _csv_lines(_decoded(content)))]
    if any(len(table.lines) > MOST_ROWS + MARGIN_ROWS for table in found):
        raise too_large()
    return found


def _workbook_tables(content: bytes) -> list[RawTable]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(harmless_copy(content)))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        return [RawTable(name, _workbook_lines(book, name)) for name in names]
    except (CalamineError, BadZipFile, OSError, ValueError) as broken:
        unreadable = _("Ce fichier n’est pas un tableau lisible : enregistrez-le en .xlsx, .ods ou .csv.")
        raise InvalidInput({"file": unreadable}) from broken


def _workbook_lines(book: CalamineWorkbook, name: str) -> list[list[str]]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return _("oui") if cell else _("non")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else _clean(str(cell))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _csv_lines(text: str) -> list[list[str]]:
    if "\x00" in text:
        raise InvalidInput({"file": _("Ce fichier n’est pas un tableau : choisissez un fichier .xlsx, .ods ou .csv.")})
    separator = _separator_of(text)
    try:
        return [[_clean(cell) for cell in row[:MOST_COLUMNS]] for row in _numbered(text, separator)]
    except csv.Error as broken:
        raise InvalidInput({"file": _("Ce fichier .csv est mal formé : vérifiez ses guillemets.")}) from broken


def _numbered(text: str, separator: str) -> Iterator[list[str]]:
    """Give one list per line of the file: a cell that holds line breaks is followed by empty lines, as in an editor."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    before = 0
    for row in reader:
        yield row
        yield from ([] for _inside in range(reader.line_num - before - 1))
        before = reader.line_num
        if before > MOST_ROWS + MARGIN_ROWS:
            raise too_large()


def _separator_of(text: str) -> str:
    """Choose what cuts most of the first lines alike; Excel's own `sep=;` line says it outright."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in SEPARATORS:
        return lines[0][4]
    return max(SEPARATORS, key=lambda separator: _cuts(lines, separator))


def _cuts(lines: Sequence[str], separator: str) -> int:
    counts = Counter(line.count(separator) for line in lines)
    return max((cuts * alike for cuts, alike in counts.items()), default=0)


def _clean(text: str) -> str:
    plain = " ".join(str(cleaned(text)).split())
    # What our own exports put before a formula so that no program runs it.
    return plain[1:][:LONGEST_CELL] if plain[:1] == "'" and plain[1:2] in "=+-@" else plain[:LONGEST_CELL]
