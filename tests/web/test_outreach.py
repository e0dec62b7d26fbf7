"""The door of a coach's link counts nothing and tells nothing; its leaflet is the coach's own, on one A4 sheet."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import reading, transaction
from stageplus.models import CoachLink
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.outreach.schemas import LeafletSheet
from stageplus.web.app import compose_site
from stageplus.web.outreach import leaflet
from stageplus.web.pages_index import PagesIndex
from stageplus.web.routes import HTTP_ROUTES
from tests import factories

SITE = "https://stage-plus.exemple.be"
MINE, THEIRS = "mine".ljust(43, "x"), "theirs".ljust(43, "x")
CODE = "abcdef012345"
SHEET = LeafletSheet("Sacha Patron", "Alimentation", ("Boulangère / Boulanger",), f"/invitation/coach/{CODE}")


@pytest.fixture
def client(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, int]]:
    """Serve our routes to two coaches, of whom the first has a link."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    now = datetime.now(UTC)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        coach, other = factories.a_coach(session, "alimentation"), factories.a_coach(session, "soins")
        for token, who in ((MINE, coach), (THEIRS, other)):
            factories.a_session(session, who.person_id, token, created_at=now, last_seen_at=now, factor_at=now)
        number = factories.a_coach_link(session, coach, code=CODE).id or 0
    site = compose_site(lambda *_: None, PagesIndex({}, lambda _path: False), HTTP_ROUTES, [SITE], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, follow_redirects=False) as served:
        yield served, number


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", [{}, {"sec-purpose": "prefetch"}, {"user-agent": "MailScanner"}])
def test_the_door_counts_nothing(
    client: tuple[TestClient, int], sqlite_database: Engine, method: str, headers: dict[str, str]
) -> None:
    answer = client[0].request(method, f"/invitation/coach/{CODE}", headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/inscription/entreprise?lien={CODE}")
    assert answer.headers["x-robots-tag"] == "noindex"
    with reading(sqlite_database) as session:
        assert session.get_one(CoachLink, client[1]).opened == 0


def test_an_unknown_code_is_answered_alike(client: tuple[TestClient, int]) -> None:
    known, unknown = (client[0].get(f"/invitation/coach/{code}") for code in (CODE, "z" * 12))
    assert known.status_code == unknown.status_code
    assert known.headers["location"].replace(CODE, "z" * 12) == unknown.headers["location"]
    assert known.content == unknown.content


@pytest.mark.parametrize("code", ["x", "%0d%0aSet-Cookie:a", "A" * 12, "é" * 12])
def test_what_is_no_code_leads_to_the_registration_alone(client: tuple[TestClient, int], code: str) -> None:
    answer = client[0].get(f"/invitation/coach/{code}")
    assert answer.status_code in {303, 404}
    assert answer.headers.get("location", "/inscription/entreprise") == "/inscription/entreprise"


def test_a_coach_prints_the_leaflet_of_an_own_link(client: tuple[TestClient, int]) -> None:
    served, number = client
    address = f"/coach/inviter/{number}/feuillet.pdf"
    mine, theirs = (served.get(address, headers={"cookie": f"{SESSION_COOKIE}={each}"}) for each in (MINE, THEIRS))
    assert (mine.status_code, mine.headers["content-type"], mine.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert mine.headers["cache-control"] == "no-store"
    assert theirs.status_code == 404
    assert served.get(address).headers["location"] == f"/connexion?suite=%2Fcoach%2Finviter%2F{number}%2Ffeuillet.pdf"


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"trades": ()},
        {"trades": ("Technicienne / Technicien",) * 30},
        {"coach": "Łódź " * 20, "sectors": "A " * 90},
    ],
)
def test_whatever_is_on_it_the_leaflet_is_one_sheet(changed: dict[str, object]) -> None:
    drawn = leaflet(LeafletSheet(**{**vars(SHEET), **changed}), SITE)  # type: ignore[arg-type]
    assert drawn.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 595.28 841.89]" in drawn
    assert f"/URI ({SITE}/invitation/coach/{CODE})".encode() in drawn
