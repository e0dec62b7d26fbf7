"""Calendar files over HTTP: with one's own session only, and a feed that its secret address alone opens."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.interviews.actions import follow_interviews, stop_following
from stageplus.web.app import compose_site
from stageplus.web.pages_index import PagesIndex
from stageplus.web.routes import HTTP_ROUTES
from tests import factories

ORIGIN = "http://testserver"
HERS, THEIRS, OTHER = "l" * 43, "c" * 43, "o" * 43


@pytest.fixture
def company(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    now = datetime.now(UTC)
    open_now = {"created_at": now, "last_seen_at": now, "factor_at": now}
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        offer, learner = factories.an_offer(session), factories.a_learner(session)
        application = factories.an_application(session, offer, learner)
        factories.an_interview(session, application, starts_at=now + timedelta(days=2))
        member = factories.a_member(session, offer.company_id)
        stranger = factories.a_learner(session)
        for person, token in ((learner.person_id, HERS), (member.person_id, THEIRS), (stranger.person_id, OTHER)):
            factories.a_session(session, person, token, **open_now)
        return member


@pytest.fixture
def client(company: Actor) -> Iterator[TestClient]:
    site = compose_site(lambda *_: None, PagesIndex({}, lambda _path: False), HTTP_ROUTES, [ORIGIN], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("token", [HERS, THEIRS])
def test_both_sides_download_their_file(client: TestClient, token: str) -> None:
    answer = client.get("/entretiens/1.ics", headers={"cookie": f"{SESSION_COOKIE}={token}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert answer.headers["content-disposition"] == 'attachment; filename="entretien.ics"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("number", ["1", "2", "999999999"])
def test_a_stranger_finds_nothing(client: TestClient, number: str) -> None:
    answer = client.get(f"/entretiens/{number}.ics", headers={"cookie": f"{SESSION_COOKIE}={OTHER}"})
    assert (answer.status_code, b"BEGIN" in answer.content) == (404, False)


def test_nobody_is_led_to_signing_in(client: TestClient) -> None:
    answer = client.get("/entretiens/1.ics")
    assert answer.headers["location"] == "/connexion?suite=%2Fentretiens%2F1.ics"


def test_withdrawn_the_company_downloads_nothing(client: TestClient, sqlite_database: Engine) -> None:
    with transaction(sqlite_database) as session:
        session.get_one(Application, 1).status = ApplicationStatus.WITHDRAWN
    answer = client.get("/entretiens/1.ics", headers={"cookie": f"{SESSION_COOKIE}={THEIRS}"})
    assert (answer.status_code, b"BEGIN" in answer.content) == (404, False)


def test_the_feed_needs_its_address_and_nothing_else(client: TestClient, company: Actor) -> None:
    path = follow_interviews(company, now=datetime.now(UTC)).https.partition("/agenda/")[2]
    answer = client.get(f"/agenda/{path}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.content.count(b"BEGIN:VEVENT") == 1 and "set-cookie" not in answer.headers
    stop_following(company, now=datetime.now(UTC))
    assert client.get(f"/agenda/{path}").status_code == 404


@pytest.mark.parametrize("token", ["x", "é", "%00", "a" * 5000, "'%20OR%201=1"])
def test_an_invented_address_gives_nothing(client: TestClient, token: str) -> None:
    answer = client.get(f"/agenda/{token}.ics")
    assert answer.status_code == 404 and b"BEGIN" not in answer.content
