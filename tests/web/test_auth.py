"""Signing in and out over HTTP, down to the database: cookies, form token, tries, and where one goes next."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.routing import Route
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.services.accounts import passwords
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.browser import DEVICE_COOKIE, SESSION_COOKIE, form_token, own_path
from stageplus.web import auth
from stageplus.web.app import compose_site
from stageplus.web.pages_index import PagesIndex
from tests import factories

VISIT, OTHER_VISIT = "v" * 43, "w" * 43
ORIGIN = "http://testserver"
PASSWORD = "une phrase assez longue"
ROUTES = [route.path for route in auth.AUTH_ROUTES]
Post = Callable[..., Any]


@pytest.fixture
def world(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give a database with two people."""
    opened = sqlite_database
    monkeypatch.setattr(databases, "engine", lambda: opened)
    with transaction(opened) as session:
        factories.minimal_reference(session)
        hashed = passwords.hash_password(PASSWORD)
        for role in (Role.COMPANY, Role.OFFA):
            factories.a_person(session, role, email=f"{role}@demo.test", password_hash=hashed)
    return opened


@pytest.fixture
def client(world: Engine) -> Iterator[TestClient]:
    site = compose_site(lambda *_: None, PagesIndex({}, lambda _path: False), auth.AUTH_ROUTES, [ORIGIN], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def post(client: TestClient) -> Post:
    def sent(route: str = "/auth/connexion", device: str = "", **changed: str) -> Any:
        form = {"email": "company@demo.test", "password": PASSWORD, "csrf": form_token(VISIT), "suite": ""} | changed
        cookie = f"{SESSION_COOKIE}={VISIT}" + (f"; {DEVICE_COOKIE}={device}" if device else "")
        client.cookies.clear()
        return client.post(route, data=form, headers={"origin": ORIGIN, "cookie": cookie, "user-agent": "Firefox/1"})

    return sent


def cookies(answer: Any) -> dict[str, str]:
    pairs = (line.split(";")[0].partition("=") for line in answer.headers.get_list("set-cookie"))
    return {name: value for name, _equals, value in pairs}


def place(answer: Any) -> str:
    assert answer.status_code == 303
    return str(answer.headers["location"])


def who(token: str, world: Engine) -> Actor | None:
    return recognise(token, datetime.now(UTC), world)


def test_the_right_password_sets_a_new_cookie_and_leads_home(post: Post, world: Engine) -> None:
    answer = post()
    assert (place(answer), answer.headers["cache-control"]) == ("/entreprise", "no-store")
    [session] = [line for line in answer.headers.get_list("set-cookie") if line.startswith(SESSION_COOKIE)]
    assert "HttpOnly" in session and "SameSite=lax" in session and "Path=/" in session
    found = who(cookies(answer)[SESSION_COOKIE], world)
    assert found is not None and found.role is Role.COMPANY
    assert who(VISIT, world) is None, "the visit's own token never becomes that of a session"


def test_one_goes_on_to_where_one_was_heading(post: Post) -> None:
    assert place(post(suite="/offres/12?q=bois")) == "/offres/12?q=bois"
    assert place(post(suite="https://ailleurs.example")) == "/entreprise"


def test_whoever_was_signed_in_on_this_browser_no_longer_is(post: Post, client: TestClient, world: Engine) -> None:
    first = cookies(post())[SESSION_COOKIE]
    form = {"email": "offa@demo.test", "password": PASSWORD, "csrf": form_token(first)}
    client.cookies.clear()
    answer = client.post(
        "/auth/connexion", data=form, headers={"origin": ORIGIN, "cookie": f"{SESSION_COOKIE}={first}"}
    )
    assert place(answer) == "/offa"
    assert who(first, world) is None


def test_a_wrong_password_goes_back_without_the_address(post: Post) -> None:
    answer = post(password="faux", suite="/offres")
    assert place(answer) == "/connexion?erreur=identifiants&suite=%2Foffres"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("csrf", ["", "x", form_token("another visit"), "é"])
@pytest.mark.parametrize("route", ROUTES)
def test_a_form_of_another_visit_changes_nothing(post: Post, route: str, csrf: str, world: Engine) -> None:
    token = cookies(post())[SESSION_COOKIE]
    answer = post(route, csrf=csrf)
    assert place(answer) in {"/connexion?erreur=formulaire", "/"}
    assert "set-cookie" not in answer.headers
    assert who(token, world) is not None


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("route", ROUTES)
def test_only_a_post_is_taken(client: TestClient, method: str, route: str) -> None:
    assert client.request(method, route, headers={"origin": ORIGIN}).status_code == 405


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", "http://testserver:81", None])
@pytest.mark.parametrize("route", ROUTES)
def test_another_site_is_refused(client: TestClient, route: str, origin: str | None) -> None:
    headers = {"cookie": f"{SESSION_COOKIE}={VISIT}"} | ({"origin": origin} if origin else {})
    form = {"email": "company@demo.test", "password": PASSWORD, "csrf": form_token(VISIT)}
    answer = client.post(route, data=form, headers=headers)
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"\xff\xfe=%zz&&&=", "application/x-www-form-urlencoded"),
        (b"email=" + b"a" * 2_000_000, "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=csrf; filename=a\r\n\r\nb", "multipart/form-data; boundary=x"),
        (b"csrf=1&" * 50, "application/x-www-form-urlencoded"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("route", ROUTES)
def test_what_is_no_form_of_ours_signs_nobody_in(client: TestClient, route: str, content: bytes, kind: str) -> None:
    headers = {"origin": ORIGIN, "content-type": kind, "cookie": f"{SESSION_COOKIE}={VISIT}"}
    answer = client.post(route, content=content, headers=headers)
    assert answer.status_code in {303, 400, 413}
    assert "set-cookie" not in answer.headers


def test_the_eleventh_try_is_told_how_long_to_wait_and_other_accounts_are_not(post: Post) -> None:
    for _ in range(10):
        assert "identifiants" in place(post(password="faux"))
    assert place(post(email="Company@demo.test ")) == "/connexion?erreur=essais&minutes=15"
    assert place(post(email="offa@demo.test")) == "/offa"


def test_a_stranger_who_tries_in_vain_shuts_nobody_out_of_a_known_browser(post: Post, world: Engine) -> None:
    device = cookies(post())[DEVICE_COOKIE]
    for _ in range(11):
        last = post(password="faux")
    assert "essais" in place(last)
    assert place(post(device=device)) == "/entreprise"
    assert "essais" in place(post(device="invented.proof"))
    assert "essais" in place(post(device=cookies(post(email="offa@demo.test"))[DEVICE_COOKIE]))


def test_a_known_browser_may_not_try_for_ever_either(post: Post) -> None:
    device = cookies(post())[DEVICE_COOKIE]
    for _ in range(10):
        post(device=device, password="faux")
    assert "essais" in place(post(device=device))


def test_success_forgives_earlier_tries(post: Post) -> None:
    for _ in range(3):
        for _ in range(9):
            post(password="faux")
        assert place(post()) == "/entreprise"


def test_one_address_does_not_try_every_account_but_a_school_signs_in_at_once(post: Post) -> None:
    for _ in range(110):
        assert place(post()) == "/entreprise"
    for number in range(100):
        post(email=f"{number}@demo.test", password="faux")
    assert "essais" in place(post(email="last@demo.test"))


def test_the_device_cookie_reaches_the_door_only_and_names_nobody(post: Post) -> None:
    answer = post()
    [line] = [line for line in answer.headers.get_list("set-cookie") if line.startswith(DEVICE_COOKIE)]
    assert "HttpOnly" in line and "SameSite=strict" in line and "Path=/auth" in line
    assert "company" not in line
    assert cookies(post(device=cookies(answer)[DEVICE_COOKIE]))[DEVICE_COOKIE] == cookies(answer)[DEVICE_COOKIE]


def test_signing_out_ends_the_session_and_changes_the_cookie(client: TestClient, post: Post, world: Engine) -> None:
    token = cookies(post())[SESSION_COOKIE]
    headers = {"origin": ORIGIN, "cookie": f"{SESSION_COOKIE}={token}"}
    client.cookies.clear()
    answer = client.post("/auth/deconnexion", data={"csrf": form_token(token)}, headers=headers)
    assert place(answer) == "/"
    assert cookies(answer)[SESSION_COOKIE] not in {token, VISIT}
    assert who(token, world) is None


def test_only_what_this_file_attacks_is_a_route() -> None:
    assert all(isinstance(route, Route) and route.methods == {"POST"} for route in auth.AUTH_ROUTES)


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil", "offres", "", "/auth/deconnexion"],
)
def test_only_paths_of_our_own_are_followed(elsewhere: str) -> None:
    assert own_path(elsewhere) == ""
