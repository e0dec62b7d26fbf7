"""Long files are written as they are read: days are days, numbers numbers, and no text is a formula."""

import csv
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from tempfile import TemporaryFile

import pytest
from python_calamine import CalamineWorkbook

from stageplus.services.spreadsheets.streams import AT_ONCE, csv_pieces, write_workbook

HEADINGS = ("Nom", "Jour", "Nombre")
DAY = date(2026, 11, 24)
DANGERS = ["=1+1", "+32", "-1", "@SUM(A1)", "\t=1", "|cmd", "%0A", '=HYPERLINK("http://x")']


def read_csv(pieces: Iterator[bytes]) -> list[list[str]]:
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def read_xlsx(*rows: tuple[object, ...]) -> list[list[object]]:
    content = BytesIO()
    write_workbook(content, "Liste", HEADINGS, rows)
    sheets = CalamineWorkbook.from_filelike(BytesIO(content.getvalue())).sheet_names
    assert sheets == ["Liste"]
    return CalamineWorkbook.from_filelike(BytesIO(content.getvalue())).get_sheet_by_index(0).to_python()


def test_days_are_days_and_numbers_numbers() -> None:
    assert read_csv(csv_pieces(HEADINGS, [("Ébène", DAY, 3), (None, None, 0)])) == [
        list(HEADINGS),
        ["Ébène", "2026-11-24", "3"],
        ["", "", "0"],
    ]
    _heads, *lines = read_xlsx(("Ébène", DAY, 3), ("Zoé", None, 0))
    [name, day, count] = lines[0]
    assert (name, count) == ("Ébène", 3)
    assert day == DAY or (isinstance(day, datetime) and day.date() == DAY)
    assert lines[1] == ["Zoé", "", 0]


@pytest.mark.parametrize("danger", DANGERS)
def test_no_text_is_taken_for_a_formula(danger: str) -> None:
    [[_, *_rest], [cell, *_more]] = read_csv(csv_pieces(HEADINGS, [(danger, DAY, 1)]))
    assert cell == f"'{danger}"
    assert read_xlsx((danger, DAY, 1))[1][0] == f"'{danger}"


def test_nothing_is_read_before_it_is_asked_for() -> None:
    asked = 0

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal asked
        while True:
            asked += 1
            yield "Zoé", DAY, asked

    pieces = csv_pieces(HEADINGS, rows())
    for _piece in range(4):
        next(pieces)
    assert asked == 2 * AT_ONCE


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_long_file_takes_little_memory(ending: str) -> None:
    rows = ((f"Personne {number}", DAY, number) for number in range(8_000))
    tracemalloc.start()
    if ending == "csv":
        assert sum(len(piece) for piece in csv_pieces(HEADINGS, rows)) > 200_000
    else:
        with TemporaryFile() as file:
            write_workbook(file, "Liste", HEADINGS, rows)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000
