"""Proving over HTTP who one is: a fresh cookie each time, form token, throttle, and where one goes next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, InvalidInput
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.factors.schemas import Proof
from stageplus.web import factors
from stageplus.web.patience import Patience

VISIT = "v" * 43
COACH = Actor(7, Role.COACH)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    def prove(actor: Actor, token: str, proof: Proof, *, now: datetime) -> str:
        if proof.given == "finie":
            raise Denied("prove")
        if (actor, token, proof.given) != (COACH, VISIT, "juste"):
            raise InvalidInput({"preuve": "faux"})
        return "nouveau"

    counter = Patience()
    monkeypatch.setattr(factors, "patience", lambda: counter)
    monkeypatch.setattr(factors, "recognise", lambda token, now: COACH if token == VISIT else None)
    monkeypatch.setitem(factors.PROOFS, "mot-de-passe", prove)
    with TestClient(Starlette(routes=factors.FACTOR_ROUTES), follow_redirects=False) as opened:
        yield opened


def post(client: TestClient, kind: str = "mot-de-passe", visit: str = VISIT, **changed: str) -> Any:
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, visit)
    form = {"preuve": "juste", "csrf": form_token(visit), "suite": ""} | changed
    return client.post(f"/auth/preuve/{kind}", data=form)


def test_a_proof_gives_a_fresh_cookie_and_leads_on(client: TestClient) -> None:
    answer = post(client, suite="/compte?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/compte?x=1")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=nouveau;")
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert answer.headers["cache-control"] == "no-store"
    assert post(client, suite="https://ailleurs.example").headers["location"] == "/coach"


@pytest.mark.parametrize("given", ["faux", "", "finie", "x" * 5000])
def test_a_wrong_proof_goes_back_with_the_same_cookie(client: TestClient, given: str) -> None:
    answer = post(client, preuve=given, suite="/compte")
    assert answer.headers["location"] == "/connexion/second-facteur?erreur=mot-de-passe&suite=%2Fcompte"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("csrf", ["", "x", form_token("another visit")])
def test_a_form_of_another_visit_is_refused(client: TestClient, csrf: str) -> None:
    answer = post(client, csrf=csrf)
    assert "erreur=formulaire" in answer.headers["location"]
    assert "set-cookie" not in answer.headers


def test_nobody_and_an_unknown_kind_of_proof_go_to_sign_in(client: TestClient) -> None:
    assert post(client, visit="w" * 43).headers["location"].startswith("/connexion?suite=")
    assert post(client, kind="autre").headers["location"].startswith("/connexion?suite=")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_a_post_proves(client: TestClient, method: str) -> None:
    assert client.request(method, "/auth/preuve/mot-de-passe").status_code == 405


def test_the_eleventh_try_waits_and_says_how_long(client: TestClient) -> None:
    for _ in range(10):
        assert "erreur=mot-de-passe" in post(client, preuve="faux").headers["location"]
    assert post(client).headers["location"] == "/connexion/second-facteur?erreur=essais&minutes=15"


def test_success_forgives_earlier_tries(client: TestClient) -> None:
    for _ in range(3):
        for _ in range(9):
            post(client, preuve="faux")
        assert "set-cookie" in post(client).headers
