"""A list of a hundred thousand rows leaves as a file with at most 60 MB more memory, and LibreOffice opens it."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, text

from stageplus.db.engine import open_engine, transaction
from stageplus.db.revisions import migrate
from stageplus.models import Company, Offer
from stageplus.services.spreadsheets.schemas import Cell
from tests import factories, office
from tests.exports import writing
from tests.exports.writing import DANGERS, HEADINGS, ROWS, invented

MOST_BYTES = 60 * 1024 * 1024
SAME = {column.name for column in Offer.__table__.columns} - {"id", "form_key"}  # type: ignore[attr-defined]
OTHERS = """INSERT INTO offer (form_key, {same})
    WITH RECURSIVE numbered(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbered WHERE n < :rows)
    SELECT printf('%064x', n), {same} FROM numbered, (SELECT * FROM offer LIMIT 1)"""


@dataclass(frozen=True)
class Files:
    """A file of each kind, and by how much its writer grew."""

    csv: Path
    xlsx: Path
    grown: dict[str, int]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    folder = tmp_path_factory.mktemp("exports")
    url = f"sqlite:///{folder / 'long.db'}"
    made = {kind: folder / f"offres.{kind}" for kind in ("xlsx", "csv")}
    started = {"xlsx": _writing("xlsx", made["xlsx"])}
    engine = open_engine(url)
    migrate(engine)
    _fill(engine)
    engine.dispose()
    started["csv"] = _writing("csv", made["csv"], url)
    said = {kind: process.communicate(timeout=600)[0] for kind, process in started.items()}
    yield Files(made["csv"], made["xlsx"], {kind: json.loads(words)["grown"] for kind, words in said.items()})
    for path in folder.iterdir():
        path.unlink()


def _writing(kind: str, to: Path, *url: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, writing.__file__, kind, to, *url], stdout=subprocess.PIPE, text=True)


def _fill(engine: Engine) -> None:
    """Make the offers: one by hand, the others after it by the database, of a company named like a formula."""
    with transaction(engine) as session:
        factories.minimal_reference(session)
        first = factories.an_offer(session)
        session.get_one(Company, first.company_id).name = DANGERS[0]
        factories.a_coach(session, "alimentation")
        session.flush()
        session.connection().execute(text(OTHERS.format(same=", ".join(sorted(SAME)))), {"rows": ROWS})


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def as_shown(cell: Cell) -> str:
    """Write a cell as LibreOffice shows it: a day, which it knows to be one, as its English users write days."""
    if isinstance(cell, date):
        return f"{cell:%m/%d/%Y}"
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+@" else str(cell)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_hundred_thousand_rows_take_at_most_sixty_megabytes_more(files: Files, kind: str) -> None:
    assert files.grown[kind] <= MOST_BYTES, f"{files.grown[kind] / 1024 / 1024:.0f} MB"


def test_the_list_of_a_coach_holds_every_offer_and_no_formula(files: Files) -> None:
    _headings, *rows = read_csv(files.csv)
    assert len(rows) == ROWS
    assert {row[1] for row in rows} == {f"'{DANGERS[0]}"}


def test_libreoffice_opens_the_whole_workbook_with_days_as_days_and_no_formula(files: Files, tmp_path: Path) -> None:
    headings, *rows = read_csv(office.converted(files.xlsx, tmp_path))
    assert headings == list(HEADINGS) and len(rows) == ROWS
    wanted = ([as_shown(cell) for cell in row] for row in invented())
    assert [line for line, (row, other) in enumerate(zip(rows, wanted, strict=True)) if row != other] == []


def test_libreoffice_opens_a_csv_and_computes_nothing(files: Files, tmp_path: Path) -> None:
    few = tmp_path / "peu.csv"
    with files.csv.open("rb") as whole, few.open("wb") as part:
        part.writelines(next(whole) for _line in range(50))
    cells = CalamineWorkbook.from_path(office.converted(few, tmp_path, "xlsx")).get_sheet_by_index(0).to_python()
    assert len(cells) == 50
    assert all(DANGERS[0] in str(row) for row in cells[1:]) and not any(42 in row for row in cells[1:])


def test_a_missing_program_is_said_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("STAGEPLUS_OFFICE", raising=False)
    with pytest.raises(office.NoOffice, match="apt-get install"):
        office.find_office()
