"""Lists taken along and the report of a term over HTTP: a form of our page, a recent proof, nothing kept on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import reading, transaction
from stageplus.domain.terms import term_of
from stageplus.models import Consultation, Introduction, Learner, Parameter, Person
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.extracts.actions import PER_PERSON
from stageplus.services.extracts.lines import OF_LEARNERS
from stageplus.services.extracts.schemas import INTRODUCTIONS, LEARNERS
from stageplus.services.termly.schemas import FIGURES, TermLine, TermReport
from stageplus.web.app import compose_site
from stageplus.web.extracts import EXTRACT_ROUTES
from stageplus.web.pages_index import PagesIndex
from stageplus.web.term_report import REPORT_ROUTES, drawn
from tests import factories

ORIGIN = "http://testserver"
FRESH, STALE, STRANGER = "fresh".ljust(43, "x"), "stale".ljust(43, "x"), "stranger".ljust(43, "x")


@dataclass(frozen=True)
class Desk:
    """A browser, and the database behind it."""

    client: TestClient
    engine: Engine

    def post(self, path: str, token: str, csrf: str | None = None, **fields: str) -> Any:
        form = {"csrf": form_token(token) if csrf is None else csrf, **fields}
        return self.client.post(path, data=form, headers=self.headers(token))

    def get(self, path: str, token: str) -> Any:
        return self.client.get(path, headers=self.headers(token))

    def headers(self, token: str) -> dict[str, str]:
        return {"origin": ORIGIN, "cookie": f"{SESSION_COOKIE}={token}"}

    def looks(self) -> int:
        with reading(self.engine) as session:
            return len(session.exec(select(Consultation)).all())


@pytest.fixture
def desk(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Serve the routes to staff that proved who it is just now, or an hour ago, and to another operator's."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    now = datetime.now(UTC)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        for name in ("=Formule", "Essai"):
            learner = factories.a_learner(session, operator)
            session.get_one(Person, learner.person_id).last_name = name
        staff = factories.a_staff_member(session, operator.id or 0)
        stranger = factories.a_staff_member(session, factories.an_operator(session).id or 0)
        need = {"effective_from": factories.NOW.date().replace(2020), "unit": "", "source": ""}
        session.merge(Parameter(name="session_idle_minutes_operator", value="120", **need))
        old = now - timedelta(hours=1)
        for token, whose, proved in ((FRESH, staff, now), (STALE, staff, old), (STRANGER, stranger, now)):
            opened = {"created_at": proved, "last_seen_at": now, "factor_at": proved}
            factories.a_session(session, whose.person_id, token, **opened)
    site = compose_site(  # type: ignore[arg-type, return-value]
        lambda *_: None,
        PagesIndex({}, lambda _path: False),
        [*EXTRACT_ROUTES, *REPORT_ROUTES],
        [ORIGIN],
        lambda: True,
    )
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as client:
        yield Desk(client, sqlite_database)


def test_learners_are_given_as_csv_and_as_a_workbook(desk: Desk) -> None:
    answer = desk.post(LEARNERS, FRESH, format="csv", tri="nom")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].split(";")[:2] == list(OF_LEARNERS[:2])
    assert [line.split(";")[0] for line in lines[1:]] == ["Essai", "'=Formule"]
    assert answer.headers["content-disposition"].startswith('attachment; filename="stageplus-apprenants-')
    assert answer.headers["cache-control"] == "no-store"
    book = CalamineWorkbook.from_filelike(BytesIO(desk.post(LEARNERS, FRESH).content))
    assert len(book.get_sheet_by_index(0).to_python()) == 3
    assert desk.looks() == 2


def test_the_file_is_the_list_that_the_address_asks_for(desk: Desk) -> None:
    answer = desk.post(LEARNERS, FRESH, format="csv", q="essai", place="sans", page="7", inconnu="x")
    assert len(answer.text.splitlines()) == 2
    assert len(desk.post(LEARNERS, FRESH, format="csv", place="avec").text.splitlines()) == 1
    assert len(desk.post(LEARNERS, STRANGER, format="csv").text.splitlines()) == 1


def test_introductions_are_given(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        learner = session.exec(select(Learner)).first()
        assert learner is not None
        accepted = factories.an_application(session, factories.an_offer(session), learner)
        made = {"operator_id": learner.operator_id, "created_at": factories.NOW}
        session.add(Introduction(application_id=accepted.id or 0, **made))
    assert len(desk.post(INTRODUCTIONS, FRESH, format="csv").text.splitlines()) == 2
    assert len(desk.post(INTRODUCTIONS, STRANGER, format="csv").text.splitlines()) == 1


@pytest.mark.parametrize("path", [LEARNERS, INTRODUCTIONS])
def test_an_old_proof_leads_to_a_new_one_and_back_to_the_list(desk: Desk, path: str) -> None:
    answer = desk.post(path, STALE, q="é")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/connexion/second-facteur?suite=%2Foperateur%2F")
    assert desk.looks() == 0


@pytest.mark.parametrize("csrf", ["", "x", form_token(STRANGER)])
def test_a_form_of_another_visit_gives_nothing(desk: Desk, csrf: str) -> None:
    answer = desk.post(LEARNERS, FRESH, csrf)
    assert (answer.status_code, answer.headers["location"]) == (303, "/operateur/apprenants")
    assert desk.looks() == 0


def test_too_many_files_are_refused_in_words(desk: Desk) -> None:
    for _turn in range(PER_PERSON.times):
        desk.post(INTRODUCTIONS, FRESH, format="csv")
    answer = desk.post(LEARNERS, FRESH)
    assert (answer.status_code, "réessayez dans" in answer.text) == (429, True)


def test_the_report_of_a_term_is_a_pdf(desk: Desk) -> None:
    code = term_of(datetime.now(UTC).date()).code
    answer = desk.get(f"/operateur/rapport/{code}.pdf", FRESH)
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"] == f'attachment; filename="stageplus-rapport-{code}.pdf"'
    assert desk.get("/operateur/rapport/2199-T1.pdf", FRESH).status_code == 404
    assert desk.get(f"/operateur/rapport/{code}.pdf", "nobody").status_code == 303


@pytest.mark.parametrize("count", [1, 60])
def test_a_report_goes_on_over_the_page(count: int) -> None:
    values = tuple(range(len(FIGURES)))
    lines = [TermLine(f"Implantation {number} " + "très longue " * (number % 7), values) for number in range(count)]
    report = TermReport("Centre 株式会社", "Quatrième trimestre 2026", "du … au …", "Fait le …", lines, values)
    content = drawn(report)
    assert content.startswith(b"%PDF-") and b"/Lang (fr-BE)" in content
    assert (content.count(b"/Type /Page\n") > 1) is (count > 1)
