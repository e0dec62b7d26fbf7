"""The file of one's own data over HTTP: a form of our own page, a recent proof, and nothing kept on the way."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import transaction
from stageplus.models import Learner, Parameter
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.privacy.actions import PER_PERSON
from stageplus.services.privacy.schemas import EXPORT
from stageplus.web.app import compose_site
from stageplus.web.pages_index import PagesIndex
from stageplus.web.personal_data import PERSONAL_DATA_ROUTES
from tests import factories

ORIGIN = "http://testserver"
FRESH, STALE, UNPROVED = "fresh".ljust(43, "x"), "stale".ljust(43, "x"), "unproved".ljust(43, "x")
TO_PROOF = "/connexion/second-facteur?suite=%2Fcompte%3Fdonnees%3Dpretes"


@pytest.fixture
def client(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Serve the route to a learner with a recent sign-in and one of an hour ago, and to staff without second factor."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    now = datetime.now(UTC)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        need = {"effective_from": factories.NOW.date().replace(2020), "unit": "", "source": ""}
        session.add(Parameter(name="second_factor_required_operator", value="1", **need))
        learner = factories.a_learner(session)
        staff = factories.a_staff_member(session, factories.an_operator(session).id or 0)
        session.add(Parameter(name="session_idle_minutes_learner", value="120", **need))
        for token, whose, opened in (
            (FRESH, learner.person_id, now),
            (STALE, learner.person_id, now - timedelta(hours=1)),
            (UNPROVED, staff.person_id, now),
        ):
            factories.a_session(session, whose, token, created_at=opened, last_seen_at=now)
    site = compose_site(  # type: ignore[arg-type, return-value]
        lambda *_: None, PagesIndex({}, lambda _path: False), PERSONAL_DATA_ROUTES, [ORIGIN], lambda: True
    )
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened_client:
        yield opened_client


def post(client: TestClient, token: str, csrf: str | None = None) -> Any:
    form = {"csrf": form_token(token) if csrf is None else csrf}
    return client.post(EXPORT, data=form, headers={"origin": ORIGIN, "cookie": f"{SESSION_COOKIE}={token}"})


def test_it_is_a_file_that_no_cache_keeps(client: TestClient) -> None:
    answer = post(client, FRESH)
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="stageplus-mes-donnees-2')
    assert json.loads(answer.content)["compte"]["contenu"][0]["profil"] == "Apprenant"


def test_with_a_cv_it_is_an_archive(client: TestClient, sqlite_database: Engine) -> None:
    with transaction(sqlite_database) as session:
        learner = session.exec(select(Learner)).one()
        factories.a_document_of_draft(session, factories.an_offer(session), learner, b"%PDF-mine")
    answer = post(client, FRESH)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/zip", "no-store")
    assert answer.headers["content-disposition"].endswith('.zip"')
    with ZipFile(BytesIO(answer.content)) as archive:
        listed, cv = sorted(archive.namelist(), reverse=True)
        assert (cv, archive.read(cv)) == ("cv/cv-1.pdf", b"%PDF-mine")
        assert json.loads(archive.read(listed))["cv"]["contenu"][0]["fichier"] == cv


@pytest.mark.parametrize(
    ("token", "csrf", "leads_to"),
    [
        (STALE, None, TO_PROOF),
        (UNPROVED, None, "/connexion/second-facteur?suite=/compte"),
        ("w" * 43, None, "/connexion?suite=/compte"),
        (FRESH, "", "/compte?erreur=donnees-formulaire"),
        (FRESH, form_token(STALE), "/compte?erreur=donnees-formulaire"),
    ],
)
def test_without_what_it_needs_it_leads_there(client: TestClient, token: str, csrf: str | None, leads_to: str) -> None:
    answer = post(client, token, csrf)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)


def test_one_too_many_says_how_long_to_wait(client: TestClient) -> None:
    for _time in range(PER_PERSON.times):
        post(client, FRESH)
    assert post(client, FRESH).headers["location"].startswith("/compte?erreur=donnees-essais&minutes=")


def test_a_link_gives_nothing(client: TestClient) -> None:
    assert client.get(EXPORT, headers={"cookie": f"{SESSION_COOKIE}={FRESH}"}).status_code == 405
