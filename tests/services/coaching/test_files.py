"""The lists of a coach as files: the same rows as the page, days as days, nothing that a program runs."""

import csv
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied
from stageplus.models import Company, CompanyFollowUp, Offer
from stageplus.services.coaching.queries import companies_file, offers_file
from stageplus.services.coaching.schemas import COMPANY_COLUMNS, CompanySearch, FollowedSearch
from stageplus.services.spreadsheets.streams import csv_pieces, workbook_pieces
from tests import factories
from tests.factories import NOW

FORMULA = '=HYPERLINK("http://ailleurs.example";"Lire")'


@pytest.fixture
def coach(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        for name in (FORMULA, 'Nuage; "et Cie"'):
            house = factories.an_establishment(session, factories.a_company(session, name=name))
            factories.an_approval(session, house)
            factories.an_offer(session, house, places=3, places_taken=1)
        other = factories.an_establishment(session, factories.a_company(session, name="Ailleurs"))
        factories.an_approval(session, other, trade_code="mecanicien")
        factories.an_offer(session, other, trade_code="mecanicien")
        due = {"sector_code": "alimentation", "due_on": date(2026, 12, 1), "changed_at": NOW}
        session.add(CompanyFollowUp(company_id=house.company_id, **due))
        return factories.a_coach(session, "alimentation")


def table(pieces: Iterator[bytes]) -> list[dict[str, str]]:
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def workbook(pieces: Iterator[bytes]) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(pieces)))
    return book.get_sheet_by_index(0).to_python()


def test_offers_as_csv(database: Engine, coach: Actor) -> None:
    search = FollowedSearch(sort="entreprise")
    rows = table(offers_file(coach, search, "csv", now=NOW, on=database))
    assert [row["Entreprise"] for row in rows] == [f"'{FORMULA}", 'Nuage; "et Cie"']
    assert (rows[0]["Places"], rows[0]["Places prises"], rows[0]["Candidatures"]) == ("3", "1", "0")
    assert (rows[0]["Publiée le"], rows[0]["Fin"]) == ("2026-11-24", "2027-01-23")


def test_offers_as_xlsx_hold_days_numbers_and_no_formula(database: Engine, coach: Actor) -> None:
    heads, *rows = workbook(offers_file(coach, FollowedSearch(sort="entreprise"), "xlsx", now=NOW, on=database))
    assert len(rows) == 2
    row = dict(zip(heads, rows[0], strict=True))
    assert (row["Entreprise"], row["Places"], row["Fin"]) == (f"'{FORMULA}", 3.0, date(2027, 1, 23))


def test_companies_in_both_kinds(database: Engine, coach: Actor) -> None:
    rows = table(companies_file(coach, CompanySearch(), "csv", now=NOW, on=database))
    assert [row["Entreprise"] for row in rows] == [f"'{FORMULA}", 'Nuage; "et Cie"']
    assert [row["À rappeler le"] for row in rows] == ["", "2026-12-01"]
    heads, *lines = workbook(companies_file(coach, CompanySearch(), "xlsx", now=NOW, on=database))
    assert dict(zip(heads, lines[1], strict=True))["À rappeler le"] == date(2026, 12, 1)
    assert dict(zip(heads, lines[1], strict=True))["Places libres"] == 2.0


def test_a_file_leaves_out_the_columns_that_one_hides(database: Engine, coach: Actor) -> None:
    search = FollowedSearch.read_address({"hidden": "places-inconnue-fin-entreprise"})
    assert search.hidden == ("entreprise", "places", "fin")
    [row, _other] = table(offers_file(coach, search, "csv", now=NOW, on=database))
    assert list(row) == ["Offre", "Commune", "Secteur", "État", "Candidatures", "Répondues", "Publiée le"]
    assert (row["État"], row["Publiée le"]) == ("Publiée", "2026-11-24")
    hidden = CompanySearch.read_address({"hidden": "-".join(COMPANY_COLUMNS)})
    heads, *lines = workbook(companies_file(coach, hidden, "xlsx", now=NOW, on=database))
    assert heads == ["Entreprise", "Numéro d’entreprise", "Communes"]
    assert [len(line) for line in lines] == [3, 3]


def test_a_file_holds_what_the_search_means(database: Engine, coach: Actor) -> None:
    assert table(offers_file(coach, FollowedSearch(text="nuage"), "csv", now=NOW, on=database))[0]["Places"] == "3"
    assert table(companies_file(coach, CompanySearch(state="muettes"), "csv", now=NOW, on=database)) == []


def test_a_refusal_comes_before_the_first_piece(database: Engine, coach: Actor) -> None:
    for write, search in ((offers_file, FollowedSearch()), (companies_file, CompanySearch())):
        with pytest.raises(Denied):
            write(None, search, "csv", now=NOW, on=database)  # type: ignore[operator]


def test_what_is_gone_while_the_file_is_written_is_left_out(database: Engine, coach: Actor) -> None:
    pieces = offers_file(coach, FollowedSearch(), "csv", now=NOW, on=database)
    with transaction(database) as session:
        gone = select(Offer).join(Company, col(Company.id) == Offer.company_id).where(Company.name == FORMULA)
        session.delete(session.exec(gone).one())
    assert len(table(pieces)) == 1


def lines(count: int) -> Iterator[list[Any]]:
    for number in range(count):
        yield [f"Maison d’essai {number}", number, date(2026, 1, 1) + timedelta(days=number % 300), None]


@pytest.mark.parametrize("write", [csv_pieces, lambda heads, rows: workbook_pieces("Essai", heads, rows)])
def test_a_long_file_does_not_stay_in_memory(write: Any) -> None:
    heads = ["Nom", "Nombre", "Jour", "Rien"]
    list(write(heads, lines(10)))
    tracemalloc.start()
    size = sum(map(len, write(heads, lines(4_000))))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 50_000
    assert most < 1_000_000
