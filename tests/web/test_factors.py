"""Proving over HTTP who one is: a fresh cookie each time, form token, throttle, and where one goes next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, DomainError, FreshFactorNeeded, InvalidInput, NotFound
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.accounts.schemas import SignedIn, Visitor
from stageplus.services.factors.schemas import Proof, TotpInput
from stageplus.web import factors

VISIT = "v" * 43
COACH = Actor(7, Role.COACH)


def register(actor: Actor, token: str, data: TotpInput, *, now: datetime) -> str:
    if data.code == "vieux":
        raise FreshFactorNeeded
    if data.code != "juste":
        raise InvalidInput({"code": "faux"})
    return "nouveau"


def sign_in(token: str, proof: Proof, now: datetime, *, visitor: Visitor) -> SignedIn:
    if (token, proof.given) != (VISIT, "juste"):
        raise InvalidInput({"preuve": "faux"})
    return SignedIn(Role.OFFA, "nouveau")


REFUSALS: dict[str, DomainError] = {}


def ask(actor: Actor | None, token: str, *, now: datetime) -> str:
    if refusal := REFUSALS.get("next"):
        raise refusal
    return '{"challenge": "QUJD"}'


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, ended: list[str]) -> Iterator[TestClient]:
    def prove(actor: Actor, token: str, proof: Proof, *, now: datetime) -> str:
        if proof.given == "finie":
            raise Denied("prove")
        if (actor, token, proof.given) != (COACH, VISIT, "juste"):
            raise InvalidInput({"preuve": "faux"})
        return "nouveau"

    monkeypatch.setattr(factors, "recognise", lambda token, now: COACH if token == VISIT else None)
    monkeypatch.setitem(factors.PROOFS, "mot-de-passe", prove)
    monkeypatch.setitem(factors.REGISTRATIONS, "application", (register, TotpInput))
    monkeypatch.setattr(factors, "sign_in_with_passkey", sign_in)
    monkeypatch.setattr(factors, "sign_out", lambda token, now: ended.append(token))
    for use in factors.REQUESTS:
        monkeypatch.setitem(factors.REQUESTS, use, ask)
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


def registered(client: TestClient, code: str, **changed: str) -> Any:
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, VISIT)
    form = {"pending": "x", "code": code, "csrf": form_token(VISIT), "suite": "/coach"} | changed
    return client.post("/auth/moyen/application", data=form)


def test_registering_gives_a_fresh_cookie_and_comes_back_to_what_is_next(client: TestClient) -> None:
    answer = registered(client, "juste")
    assert answer.headers["location"] == "/compte/second-facteur?fait=application&suite=%2Fcoach"
    assert answer.headers["set-cookie"].startswith(f"{SESSION_COOKIE}=nouveau;")


@pytest.mark.parametrize("code", ["faux", "", "x" * 30])
def test_a_wrong_first_code_goes_back_with_the_same_cookie(client: TestClient, code: str) -> None:
    answer = registered(client, code)
    assert answer.headers["location"] == "/compte/second-facteur?erreur=application&suite=%2Fcoach"
    assert "set-cookie" not in answer.headers


def test_registering_too_late_asks_for_a_proof_first(client: TestClient) -> None:
    assert registered(client, "vieux").headers["location"] == (
        "/connexion/second-facteur?suite=%2Fcompte%2Fsecond-facteur"
    )


def signed_in(client: TestClient, given: str = "juste", **changed: str) -> Any:
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, VISIT)
    return client.post("/auth/cle/connexion", data={"preuve": given, "csrf": form_token(VISIT)} | changed)


def test_a_passkey_alone_opens_a_session_and_ends_the_one_before(client: TestClient, ended: list[str]) -> None:
    answer = signed_in(client)
    assert (answer.headers["location"], ended) == ("/offa", [VISIT])
    assert answer.headers["set-cookie"].startswith(f"{SESSION_COOKIE}=nouveau;")
    assert signed_in(client, suite="/offa/journal").headers["location"] == "/offa/journal"


def test_a_wrong_passkey_opens_nothing(client: TestClient, ended: list[str]) -> None:
    assert signed_in(client, "faux").headers["location"] == "/connexion?erreur=cle"
    assert signed_in(client, csrf="x").headers["location"] == "/connexion?erreur=formulaire"
    assert ended == []


def test_one_address_does_not_try_without_end(client: TestClient) -> None:
    for _ in range(300):
        signed_in(client, "faux")
    assert signed_in(client).headers["location"] == "/connexion?erreur=essais&minutes=15"


def asked(client: TestClient, use: str = "ajout", **changed: str) -> Any:
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, VISIT)
    return client.post(f"/auth/cle/demande/{use}", data={"csrf": form_token(VISIT)} | changed)


@pytest.mark.parametrize("use", ["ajout", "preuve", "connexion"])
def test_the_script_learns_what_to_ask(client: TestClient, use: str) -> None:
    answer = asked(client, use)
    assert (answer.status_code, answer.json()) == (200, {"challenge": "QUJD"})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("refusal", "status", "told"),
    [
        (FreshFactorNeeded(), 403, {"aller": "/connexion/second-facteur?suite=%2Fcompte%2Fsecond-facteur"}),
        (Denied(), 403, {"aller": "/connexion"}),
        (NotFound(), 409, {}),
    ],
)
def test_a_refusal_says_where_to_go_first(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, refusal: DomainError, status: int, told: dict[str, str]
) -> None:
    monkeypatch.setitem(REFUSALS, "next", refusal)
    answer = asked(client)
    assert (answer.status_code, answer.json()) == (status, told)


def test_a_foreign_page_learns_nothing(client: TestClient) -> None:
    assert asked(client, csrf=form_token("another visit")).json() == {"aller": "/connexion"}
    assert asked(client, use="autre").status_code == 403
