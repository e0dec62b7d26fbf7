"""A coach's lists as files: the search of the address, streamed, for coaches alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.models import CoachMandate
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.web.sector_files import SECTOR_ROUTES
from tests import factories


@pytest.fixture
def client(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Sign a coach and a learner in; the coach's sector has two offers, another sector one."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    now = datetime.now(UTC)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        for role in (Role.COACH, Role.LEARNER):
            person = factories.a_person(session, role)
            open_now = {"created_at": now, "last_seen_at": now, "factor_at": now}
            factories.a_session(session, person.id or 0, role.value.ljust(43, "x"), **open_now)
            if role is Role.COACH:
                session.add(CoachMandate(person_id=person.id or 0, sector_code="alimentation"))
        for name, trade in (("Épi", "boulanger"), ("Nuage", "patissier"), ("Garage", "mecanicien")):
            house = factories.an_establishment(session, factories.a_company(session, name=name))
            factories.an_approval(session, house, trade_code=trade)
            factories.an_offer(session, house, trade_code=trade)
    with TestClient(Starlette(routes=SECTOR_ROUTES), follow_redirects=False) as opened:
        yield opened


def ask(client: TestClient, address: str, role: str = "coach") -> object:
    return client.get(address, headers={"cookie": f"{SESSION_COOKIE}={role.ljust(43, 'x')}"})


@pytest.mark.parametrize(("what", "names"), [("offres", {"Épi", "Nuage"}), ("entreprises", {"Épi", "Nuage"})])
def test_both_kinds_hold_the_sector(client: TestClient, what: str, names: set[str]) -> None:
    answer = ask(client, f"/coach/{what}.csv")
    text = answer.content.decode("utf-8-sig")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-disposition"] == f'attachment; filename="stageplus-{what}.csv"'
    assert all(name in text for name in names) and "Garage" not in text
    book = CalamineWorkbook.from_filelike(BytesIO(ask(client, f"/coach/{what}.xlsx").content))
    assert len(book.get_sheet_by_index(0).to_python()) == 3


def test_the_address_holds_the_search(client: TestClient) -> None:
    text = ask(client, "/coach/offres.csv?q=nuage&tri=entreprise&page=7&inconnu=1").text
    assert "Nuage" in text and "Épi" not in text
    assert "Nuage" not in ask(client, "/coach/entreprises.csv?etat=muettes").text


@pytest.mark.parametrize("address", ["/coach/offres.csv", "/coach/entreprises.xlsx"])
def test_only_coaches_read_them(client: TestClient, address: str) -> None:
    assert ask(client, address, "learner").status_code == 403
    answer = ask(client, address, "nobody")
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/connexion")
