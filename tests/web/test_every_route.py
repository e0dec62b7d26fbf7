"""Every HTTP route, attacked alike: a route that is missing from the table fails."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import SQLModel
from starlette.routing import Route
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.models import Parameter
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.web.app import compose_site
from stageplus.web.pages_index import PagesIndex
from stageplus.web.routes import HTTP_ROUTES
from tests import factories

ORIGIN = "http://testserver"
EVERYONE = frozenset(Role)
STAFF = frozenset({Role.OPERATOR})
REGISTRARS = frozenset({Role.OPERATOR, Role.OFFA})
ADMITTED = {
    "/auth/connexion": EVERYONE,
    "/auth/deconnexion": EVERYONE,
    "/auth/preuve/{kind}": EVERYONE,
    "/auth/moyen/{kind}": EVERYONE,
    "/auth/cle/demande/{use}": EVERYONE,
    "/auth/cle/connexion": EVERYONE,
    "/auth/fournisseur/connexion": EVERYONE,
    "/auth/fournisseur/lien": EVERYONE,
    "/auth/fournisseur/retour": EVERYONE,
    "/auth/entreprise": frozenset({Role.COMPANY}),
    "/auth/activation": EVERYONE,
    "/compte/mes-donnees.json": EVERYONE,
    "/entretiens/{number:int}.ics": frozenset({Role.LEARNER, Role.COMPANY}),
    "/agenda/{token}.ics": EVERYONE,
    "/donnees/v1/{name}.csv": EVERYONE,
    "/entreprise/offres/{number:int}/affiche.pdf": frozenset({Role.COMPANY}),
    "/coach/offres.csv": frozenset({Role.COACH}),
    "/coach/offres.xlsx": frozenset({Role.COACH}),
    "/coach/entreprises.csv": frozenset({Role.COACH}),
    "/coach/entreprises.xlsx": frozenset({Role.COACH}),
    "/coach/inviter/{number:int}/feuillet.pdf": frozenset({Role.COACH}),
    "/invitation/coach/{code}": EVERYONE,
    "/operateur/importer/modele.xlsx": STAFF,
    "/operateur/importer/exemple.xlsx": STAFF,
    "/operateur/importer/fichier": STAFF,
    "/operateur/importer/{number:int}/problemes.csv": STAFF,
    "/operateur/codes/feuille": STAFF,
    "/operateur/fichiers/apprenants": STAFF,
    "/operateur/rapport/{term}.pdf": STAFF,
    "/operateur/fichiers/mises-en-relation": STAFF,
    "/registre/agrements/modele.xlsx": REGISTRARS,
    "/registre/agrements/fichier": REGISTRARS,
    "/registre/agrements/fichier/{number:int}/problemes.csv": REGISTRARS,
    "/fichiers/cv": frozenset({Role.LEARNER}),
    "/fichiers/cv/brouillon/{number:int}": frozenset({Role.LEARNER}),
    "/fichiers/cv/candidature/{number:int}": frozenset({Role.LEARNER, Role.COMPANY}),
}
"""Who may use each route; everybody where it only concerns one's own session."""
METHODS = {route.path: (route.methods or set()) - {"HEAD"} for route in HTTP_ROUTES if isinstance(route, Route)}
POSTS = [path for path, methods in METHODS.items() if methods == {"POST"}]
KINDS = {"{kind}": "application", "{use}": "ajout", "{number:int}": "1", "{term}": "2026-T1"}
TOKENS = {role: role.value.ljust(43, "x") for role in Role}
LATE, ENDED, INVENTED = "late".ljust(43, "x"), "ended".ljust(43, "x"), "w" * 43
SAFE = {303, 400, 403, 404, 409}


@pytest.fixture
def world(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give somebody of each role an open session, and OFFA one that is too old and one that was ended."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    now = datetime.now(UTC)
    open_now = {"created_at": now, "last_seen_at": now, "factor_at": now}
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        for role in Role:
            for name, value in (("session_idle_minutes", "60"), ("session_absolute_hours", "10")):
                row = {"effective_from": factories.NOW.date().replace(2020), "value": value, "unit": "", "source": ""}
                session.add(Parameter(name=f"{name}_{role.value}", **row))
        for role, token in TOKENS.items():
            person = factories.a_person(session, role)
            factories.a_session(session, person.id or 0, token, **open_now)
        old = now - timedelta(days=400)
        factories.a_session(session, person.id or 0, LATE, created_at=old, last_seen_at=old, factor_at=old)
        factories.a_session(session, person.id or 0, ENDED, ended_at=now, **open_now)
    return sqlite_database


@pytest.fixture
def client(world: Engine) -> Iterator[TestClient]:
    site = compose_site(lambda *_: None, PagesIndex({}, lambda _path: False), HTTP_ROUTES, [ORIGIN], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened:
        yield opened


def filled(path: str) -> str:
    for name, value in KINDS.items():
        path = path.replace(name, value)
    return path


def rows(world: Engine) -> dict[str, list[Any]]:
    """Return everything that is kept, but for when a session was last seen."""
    with world.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(*[each for each in table.columns if each.name != "last_seen_at"]))
            ]
            for table in SQLModel.metadata.sorted_tables
        }


def ask(client: TestClient, path: str, cookie: str, csrf: str, origin: str = ORIGIN, method: str = "") -> Any:
    client.cookies.clear()
    (usual,) = METHODS[path]
    headers = {"origin": origin, "cookie": f"{SESSION_COOKIE}={cookie}"} if cookie else {"origin": origin}
    if (method or usual) == "GET":
        return client.get(filled(path), headers=headers)
    return client.request(method or usual, filled(path), data={"csrf": csrf}, headers=headers)


def opens_nothing(answer: Any, world: Engine) -> bool:
    given = answer.cookies.get(SESSION_COOKIE)
    return given is None or recognise(given, datetime.now(UTC), world) is None


def test_every_route_is_in_the_table() -> None:
    assert set(METHODS) == set(ADMITTED)
    assert len(METHODS) == len(HTTP_ROUTES)


@pytest.mark.parametrize("path", ADMITTED)
def test_another_method_is_refused(client: TestClient, world: Engine, path: str) -> None:
    before, token = rows(world), TOKENS[Role.OFFA]
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - METHODS[path]:
        assert ask(client, path, token, form_token(token), method=method).status_code == 405
    assert rows(world) == before


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", f"{ORIGIN}:81", f"{ORIGIN}.ailleurs.example"])
@pytest.mark.parametrize("path", POSTS)
def test_another_site_is_refused(client: TestClient, world: Engine, path: str, origin: str) -> None:
    before = rows(world)
    for role in ADMITTED[path]:
        answer = ask(client, path, TOKENS[role], form_token(TOKENS[role]), origin)
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert rows(world) == before


@pytest.mark.parametrize("csrf", ["", "x", "é", form_token(INVENTED)])
@pytest.mark.parametrize("path", POSTS)
def test_a_form_of_another_visit_changes_nothing(client: TestClient, world: Engine, path: str, csrf: str) -> None:
    before = rows(world)
    for role in ADMITTED[path]:
        answer = ask(client, path, TOKENS[role], csrf)
        assert answer.status_code in SAFE
        assert "set-cookie" not in answer.headers
    assert rows(world) == before


@pytest.mark.parametrize("cookie", ["", "x", "\"'; --", "a" * 5000, INVENTED, LATE, ENDED])
@pytest.mark.parametrize("path", ADMITTED)
def test_a_cookie_that_is_no_open_session_opens_nothing(
    client: TestClient, world: Engine, path: str, cookie: str
) -> None:
    answer = ask(client, path, cookie, form_token(cookie))
    assert answer.status_code in SAFE
    assert opens_nothing(answer, world)


@pytest.mark.parametrize(
    ("path", "role"), [(path, role) for path in ADMITTED for role in sorted(EVERYONE - ADMITTED[path])]
)
def test_a_session_of_another_role_changes_nothing(client: TestClient, world: Engine, path: str, role: Role) -> None:
    before = rows(world)
    answer = ask(client, path, TOKENS[role], form_token(TOKENS[role]))
    assert answer.status_code in SAFE
    assert not answer.headers.get("content-type", "").startswith("application/vnd")
    assert rows(world) == before
