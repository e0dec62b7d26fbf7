"""Signing in and out over HTTP: the cookie, the form token, the throttle, and where one goes next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from stageplus.web.throttle import Throttle
from starlette.applications import Starlette
from starlette.testclient import TestClient

from stageplus.domain.actors import Role
from stageplus.domain.errors import Denied
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token, own_path
from stageplus.services.accounts.schemas import Credentials, SignedIn
from stageplus.web import auth

VISIT = "v" * 43


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    tokens: list[str] = []
    monkeypatch.setattr(auth, "sign_out", lambda token, now: tokens.append(token))
    return tokens


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, ended: list[str]) -> Iterator[TestClient]:
    def fake_sign_in(typed: Credentials, now: datetime) -> SignedIn:
        if typed.password != "juste":
            raise Denied("sign in")
        return SignedIn(Role.COMPANY, "nouveau")

    counter = Throttle()
    monkeypatch.setattr(auth, "throttle", lambda: counter)
    monkeypatch.setattr(auth, "sign_in", fake_sign_in)
    with TestClient(Starlette(routes=auth.AUTH_ROUTES), follow_redirects=False) as opened:
        opened.cookies.set(SESSION_COOKIE, VISIT)
        yield opened


def post(client: TestClient, **changed: str) -> Any:
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, VISIT)
    form = {"email": "a@demo.test", "password": "juste", "csrf": form_token(VISIT), "suite": ""} | changed
    return client.post("/auth/connexion", data=form)


def test_the_right_password_sets_a_new_cookie_and_leads_home(client: TestClient) -> None:
    answer = post(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/entreprise")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=nouveau;")
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie


def test_one_goes_on_to_where_one_was_heading(client: TestClient) -> None:
    assert post(client, suite="/offres/12?q=bois").headers["location"] == "/offres/12?q=bois"
    assert post(client, suite="https://ailleurs.example").headers["location"] == "/entreprise"


def test_whoever_was_signed_in_on_this_browser_no_longer_is(client: TestClient, ended: list[str]) -> None:
    post(client, password="faux")
    assert ended == []
    post(client)
    assert ended == [VISIT]


def test_a_wrong_password_goes_back_without_the_address(client: TestClient) -> None:
    answer = post(client, password="faux", suite="/offres")
    assert answer.headers["location"] == "/connexion?erreur=identifiants&suite=%2Foffres"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("csrf", ["", "x", form_token("another visit")])
def test_a_form_of_another_visit_is_refused(client: TestClient, csrf: str) -> None:
    assert "erreur=formulaire" in post(client, csrf=csrf).headers["location"]


def test_the_eleventh_try_waits_but_other_accounts_do_not(client: TestClient) -> None:
    for _ in range(10):
        assert "identifiants" in post(client, password="faux").headers["location"]
    assert "essais" in post(client, email="A@demo.test ").headers["location"]
    assert post(client, email="b@demo.test").headers["location"] == "/entreprise"


def test_success_forgives_earlier_tries(client: TestClient) -> None:
    for _ in range(3):
        for _ in range(9):
            post(client, password="faux")
        assert post(client).headers["location"] == "/entreprise"


def test_one_address_does_not_try_every_account(client: TestClient) -> None:
    for number in range(60):
        post(client, email=f"{number}@demo.test", password="faux")
    assert "essais" in post(client, email="last@demo.test").headers["location"]


def test_signing_out_ends_the_session_and_changes_the_cookie(client: TestClient, ended: list[str]) -> None:
    answer = client.post("/auth/deconnexion", data={"csrf": form_token(VISIT)})
    assert (ended, answer.headers["location"]) == ([VISIT], "/")
    assert VISIT not in answer.headers["set-cookie"]


def test_a_forged_sign_out_changes_nothing(client: TestClient, ended: list[str]) -> None:
    client.post("/auth/deconnexion", data={"csrf": "x"})
    assert ended == []


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil", "offres", "", "/auth/deconnexion"],
)
def test_only_paths_of_our_own_are_followed(elsewhere: str) -> None:
    assert own_path(elsewhere) == ""
