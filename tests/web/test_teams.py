"""Switching companies over HTTP: a fresh cookie for one's own company, nothing for anybody else's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, NotFound
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.web import teams
from stageplus.web.app import compose_site
from stageplus.web.pages_index import PagesIndex

VISIT, OPERATORS = "v" * 43, "o" * 43
MEMBER, STAFF = Actor(7, Role.COMPANY, company_id=1), Actor(8, Role.OPERATOR, operator_id=1)
ORIGIN = "http://testserver"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    def switch(actor: Actor | None, token: str, company_id: int, *, now: datetime) -> str:
        if actor is None or actor.role is not Role.COMPANY:
            raise Denied("team:belong")
        if company_id != 2:
            raise NotFound
        return "nouveau"

    known = {VISIT: MEMBER, OPERATORS: STAFF}
    monkeypatch.setattr(teams, "switch_company", switch)
    monkeypatch.setattr(teams, "recognise", lambda token, now: known.get(token))
    pages = PagesIndex({}, lambda _path: False)
    site = compose_site(lambda *_: None, pages, teams.TEAM_ROUTES, [ORIGIN], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened:
        yield opened


def post(client: TestClient, visit: str = VISIT, origin: str = ORIGIN, **changed: str) -> Any:
    form = {"entreprise": "2", "csrf": form_token(visit)} | changed
    headers = {"origin": origin, "cookie": f"{SESSION_COOKIE}={visit}"}
    return client.post("/auth/entreprise", data=form, headers=headers)


def test_the_switch_gives_a_fresh_cookie(client: TestClient) -> None:
    answer = post(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/entreprise")
    assert answer.headers["set-cookie"].startswith(f"{SESSION_COOKIE}=nouveau;")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "changed",
    [
        {"csrf": ""},
        {"csrf": form_token(OPERATORS)},
        {"entreprise": "3"},
        {"entreprise": ""},
        {"entreprise": "2 OR 1=1"},
        {"entreprise": "9" * 400},
        {"visit": OPERATORS},
        {"visit": "x" * 43},
    ],
)
def test_whatever_is_wrong_changes_nothing(client: TestClient, changed: dict[str, str]) -> None:
    answer = post(client, **changed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/entreprise/choisir")
    assert "=nouveau" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", ""])
def test_another_site_cannot_switch(client: TestClient, origin: str) -> None:
    assert post(client, origin=origin).status_code == 403


def test_only_a_post_switches(client: TestClient) -> None:
    assert client.get("/auth/entreprise", headers={"cookie": f"{SESSION_COOKIE}={VISIT}"}).status_code == 405
