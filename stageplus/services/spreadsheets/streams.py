"""Long tables written as they are read: a few hundred rows in memory, days as days, no text that is a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from stageplus.services.spreadsheets.cells import WIDEST, neutral
from stageplus.services.spreadsheets.schemas import Cell

AT_ONCE = 200
PIECE = 64 * 1024
_KEPT_SMALL = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def csv_pieces(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write a csv file as Excel opens it here, piece by piece: UTF-8 with its mark, semicolons, days as 2026-11-24."""
    yield "\ufeff".encode()
    yield _lines([headings])
    coming = iter(rows)
    while some := list(islice(coming, AT_ONCE)):
        yield _lines(some)


def workbook_pieces(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write an xlsx file on the disk, where it has no name and goes away once its pieces are given."""
    with TemporaryFile() as file:
        write_workbook(file, name, headings, rows)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def write_workbook(to: IO[bytes], name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write an xlsx file whose days are days and whose numbers are numbers; rows go to the disk as they come."""
    with Workbook(to, _KEPT_SMALL) as book:
        sheet = book.add_worksheet(name[:31])
        strong = book.add_format({"bold": True, "bg_color": "#EEF0FF", "border": 1})
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, min(len(heading) + 8, WIDEST))
            sheet.write_string(0, place, neutral(heading), strong)
        sheet.freeze_panes(1, 0)
        line = 0
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell)
        sheet.autofilter(0, 0, line, len(headings) - 1)


def _lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    content = StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return content.getvalue().encode()


def _write(sheet: Worksheet, line: int, place: int, cell: object) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(line, place, cell)
    elif isinstance(cell, int):
        sheet.write_number(line, place, cell)
    else:
        sheet.write_string(line, place, neutral(cell))
