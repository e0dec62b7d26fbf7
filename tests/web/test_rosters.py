"""The HTTP routes of rosters and activation, attacked: method, origin, form token, cookie, weight, another operator."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from stageplus.db import engine as engine_module
from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.models import ActivationCode, Enrolment, OutboxMessage, Parameter, Person, RosterImport
from stageplus.services.accounts.actions import recognise, sign_in
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.accounts.passwords import hash_password
from stageplus.services.accounts.schemas import NO_VISITOR, Credentials
from stageplus.services.activation.actions import look_at_code, start_activation
from stageplus.services.activation.schemas import CodeInput, StartInput
from stageplus.services.spreadsheets.schemas import MOST_BYTES
from stageplus.web import activation, rosters
from stageplus.web.origin_guard import OwnOriginOnly
from tests import factories

ORIGIN = "http://testserver"
PASSWORD = "nuage cactus trompette"
ROSTER = "Matricule;Nom;Prénom;Né le;CP;Métier;Année;Jours\nA1;Essai;Ada;14/03/2009;5000;boulangère;1;lundi\n"
GETS = ["/operateur/importer/modele.xlsx", "/operateur/importer/exemple.xlsx", "/operateur/importer/1/problemes.csv"]
POSTS = ["/operateur/importer/fichier", "/operateur/codes/feuille", "/auth/activation"]


@pytest.fixture
def world(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(engine_module, "engine", lambda: sqlite_database)
    since = factories.NOW.date().replace(2020)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        for role in Role:
            row = {"effective_from": since, "value": "0", "unit": "", "source": ""}
            session.add(Parameter(name=f"second_factor_required_{role.value}", **row))
    return sqlite_database


@pytest.fixture
def client(world: Engine) -> Iterator[TestClient]:
    guard = [Middleware(OwnOriginOnly, own_origins=[ORIGIN])]
    routes = [*rosters.ROSTER_ROUTES, *activation.ACTIVATION_ROUTES]
    with TestClient(Starlette(routes=routes, middleware=guard), follow_redirects=False) as opened:
        opened.headers["origin"] = ORIGIN
        yield opened


def signed_in(world: Engine, role: Role, operator_id: int | None = None) -> str:
    """Sign somebody in for real and return the cookie's token."""
    with transaction(world) as session:
        person = factories.a_person(session, role, password_hash=hash_password(PASSWORD, cost=4))
        if operator_id:
            session.add(factories.OperatorMember(person_id=person.id or 0, operator_id=operator_id))
    return sign_in(Credentials(person.email, PASSWORD), datetime.now(UTC), on=world).token


@pytest.fixture
def operator_id(world: Engine) -> int:
    with transaction(world) as session:
        return factories.an_operator(session).id or 0


@pytest.fixture
def staff(world: Engine, operator_id: int) -> str:
    return signed_in(world, Role.OPERATOR, operator_id)


def ask(client: TestClient, method: str, path: str, token: str, **options: Any) -> Any:
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, token)
    return client.request(method, path, **options)


def hand_in(client: TestClient, token: str, content: bytes = ROSTER.encode(), csrf: str | None = None) -> Any:
    files = {"fichier": ("liste.csv", content, "text/csv")}
    data = {"csrf": form_token(token) if csrf is None else csrf}
    return ask(client, "POST", "/operateur/importer/fichier", token, data=data, files=files)


def count(world: Engine, table: type) -> int:
    with Session(world) as session:
        return len(session.exec(select(table)).all())


def test_staff_downloads_the_template(client: TestClient, staff: str) -> None:
    answer = ask(client, "GET", GETS[0], staff)
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"


def test_the_example_is_of_the_demonstration_only(
    client: TestClient, staff: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(client, "GET", GETS[1], staff).status_code == 404
    monkeypatch.setattr("stageplus.services.enrolment.queries.settings", lambda: type("S", (), {"demo": True}))
    assert ask(client, "GET", GETS[1], staff).content.startswith(b"PK")


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize("role", [Role.LEARNER, Role.COMPANY, Role.COACH, Role.OFFA])
def test_other_roles_get_no_file(client: TestClient, world: Engine, path: str, role: Role) -> None:
    answer = ask(client, "GET", path, signed_in(world, role))
    assert answer.status_code == 403 and "profil" in answer.text


@pytest.mark.parametrize("token", ["", "x", 'a"b', "a" * 5000])
@pytest.mark.parametrize(
    ("method", "path"), [*[("GET", path) for path in GETS], *[("POST", path) for path in POSTS[:2]]]
)
def test_nobody_is_led_to_signing_in(client: TestClient, method: str, path: str, token: str) -> None:
    answer = ask(client, method, path, token)
    assert (answer.status_code, answer.headers["location"][:10]) == (303, "/connexion")


@pytest.mark.parametrize(
    ("method", "path"),
    [*[(m, p) for p in GETS for m in ("POST", "PUT", "DELETE")], *[(m, p) for p in POSTS for m in ("GET", "PUT")]],
)
def test_another_method_does_nothing(client: TestClient, staff: str, world: Engine, method: str, path: str) -> None:
    assert ask(client, method, path, staff).status_code == 405
    assert count(world, RosterImport) == 0


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", ""])
def test_another_origin_is_refused(client: TestClient, staff: str, path: str, origin: str) -> None:
    answer = ask(client, "POST", path, staff, data={"csrf": form_token(staff)}, headers={"origin": origin})
    assert answer.status_code == 403


def test_a_file_leads_to_its_preview_and_enrols_nobody(client: TestClient, staff: str, world: Engine) -> None:
    answer = hand_in(client, staff)
    assert (answer.status_code, answer.headers["location"]) == (303, "/operateur/importer/1")
    assert (count(world, RosterImport), count(world, Enrolment)) == (1, 0)


@pytest.mark.parametrize("csrf", ["", "x", form_token("un autre visiteur")])
def test_a_forged_form_hands_nothing_in(client: TestClient, staff: str, world: Engine, csrf: str) -> None:
    assert hand_in(client, staff, csrf=csrf).headers["location"] == "/operateur/importer?erreur=formulaire"
    assert count(world, RosterImport) == 0


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_too_heavy_is_refused_before_it_is_read(
    client: TestClient, staff: str, world: Engine, announced: bool
) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="fichier"; filename="x.csv"\r\n\r\n' + b"x" * (MOST_BYTES * 2)
    content: Any = body if announced else iter([body[start : start + 65_536] for start in range(0, len(body), 65_536)])
    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = ask(client, "POST", POSTS[0], staff, content=content, headers=headers)
    assert answer.headers["location"] == "/operateur/importer?erreur=poids"
    assert count(world, RosterImport) == 0


def test_no_file_is_said(client: TestClient, staff: str) -> None:
    answer = ask(client, "POST", POSTS[0], staff, data={"csrf": form_token(staff)})
    assert answer.headers["location"] == "/operateur/importer?erreur=fichier"


def test_the_name_of_a_file_is_only_text(client: TestClient, staff: str, world: Engine) -> None:
    files = {"fichier": ("../../<script>\u202e.csv", ROSTER.encode())}
    ask(client, "POST", POSTS[0], staff, data={"csrf": form_token(staff)}, files=files)
    with Session(world) as session:
        assert "\u202e" not in session.exec(select(RosterImport)).one().file_name


def test_another_operator_reads_no_problems(client: TestClient, staff: str, world: Engine) -> None:
    hand_in(client, staff, ROSTER.replace("boulangère", "=cmd()").encode())
    own = ask(client, "GET", GETS[2], staff)
    assert own.status_code == 200 and "Métier" in own.content.decode("utf-8-sig")
    with transaction(world) as session:
        other = factories.an_operator(session).id or 0
    assert ask(client, "GET", GETS[2], signed_in(world, Role.OPERATOR, other)).status_code == 404


def codes_form(token: str, **fields: Any) -> dict[str, Any]:
    return {"csrf": form_token(token), "voie": "papier"} | fields


@pytest.fixture
def waiting(world: Engine, operator_id: int) -> Enrolment:
    with transaction(world) as session:
        operator = session.get(factories.Operator, operator_id)
        found: Enrolment = factories.an_enrolment(
            session, operator, first_name="<b>Ada</b>", last_name="Essai", email="ada@exemple.test"
        )
        return found


def test_a_sheet_of_codes_is_printed_once_and_kept_nowhere(
    client: TestClient, staff: str, world: Engine, waiting: Enrolment
) -> None:
    answer = ask(client, "POST", POSTS[1], staff, data=codes_form(staff, ids=[str(waiting.id)]))
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert "&lt;b&gt;Ada" in answer.text and "<svg" in answer.text
    code = answer.text.partition('class="code">')[2].partition("<")[0]
    assert look_at_code(None, NO_VISITOR, CodeInput.read({"code": code}), now=datetime.now(UTC), on=world).name
    with Session(world) as session:
        assert code.replace("-", "") not in repr(session.exec(select(ActivationCode)).all())


def test_codes_go_by_mail_and_the_page_says_how_many(
    client: TestClient, staff: str, world: Engine, waiting: Enrolment
) -> None:
    answer = ask(client, "POST", POSTS[1], staff, data=codes_form(staff, tous="oui", voie="courrier"))
    assert answer.headers["location"] == "/operateur/codes?envoyes=1&sans=0"
    with Session(world) as session:
        assert session.exec(select(OutboxMessage)).one().recipient == "ada@exemple.test"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "personne"),
        ({"ids": ["x", "-1", "1;2"]}, "personne"),
        ({"ids": ["1"] * 1_001}, "trop"),
        ({"csrf": ""}, "formulaire"),
    ],
)
def test_a_wrong_choice_issues_nothing(
    client: TestClient, staff: str, world: Engine, waiting: Enrolment, fields: dict[str, Any], error: str
) -> None:
    answer = ask(client, "POST", POSTS[1], staff, data=codes_form(staff, **fields))
    assert answer.headers["location"] == f"/operateur/codes?erreur={error}"
    assert count(world, ActivationCode) == 0


def test_another_operator_prints_no_code_of_ours(client: TestClient, world: Engine, waiting: Enrolment) -> None:
    with transaction(world) as session:
        other = factories.an_operator(session).id or 0
    token = signed_in(world, Role.OPERATOR, other)
    answer = ask(client, "POST", POSTS[1], token, data=codes_form(token, ids=[str(waiting.id)]))
    assert "Ada" not in answer.text and count(world, ActivationCode) == 0


@pytest.mark.parametrize("role", [Role.LEARNER, Role.COMPANY, Role.COACH, Role.OFFA])
@pytest.mark.parametrize("path", POSTS[:2])
def test_other_roles_post_nothing(client: TestClient, world: Engine, path: str, role: Role) -> None:
    token = signed_in(world, role)
    files = {"fichier": ("liste.csv", ROSTER.encode())}
    data = codes_form(token, tous="oui")
    answer = ask(client, "POST", path, token, data=data, files=files if path == POSTS[0] else None)
    assert answer.status_code == 403
    assert (count(world, RosterImport), count(world, ActivationCode)) == (0, 0)


@pytest.fixture
def link(world: Engine, waiting: Enrolment) -> str:
    with transaction(world) as session:
        code = factories.an_activation_code(session, waiting, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    typed = StartInput.read({"code": code, "email": "ada@exemple.test"})
    start_activation(None, NO_VISITOR, typed, now=datetime.now(UTC), on=world)
    with Session(world) as session:
        return session.exec(select(OutboxMessage)).one().text.partition("/lien/")[2].split()[0]


def finish(client: TestClient, link: str, visit: str = "v" * 43, **fields: str) -> Any:
    data = {"csrf": form_token(visit), "token": link, "new": PASSWORD} | fields
    return ask(client, "POST", "/auth/activation", visit, data=data)


def test_the_last_step_opens_the_account_and_signs_in(client: TestClient, world: Engine, link: str) -> None:
    answer = finish(client, link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/offres")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    token = cookie.partition("=")[2].partition(";")[0]
    actor = recognise(token, datetime.now(UTC), on=world)
    assert actor is not None and actor.role is Role.LEARNER


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"csrf": ""}, "formulaire"), ({"csrf": "x"}, "formulaire"), ({"new": "court"}, "mot-de-passe")],
)
def test_a_forged_or_weak_last_step_leads_back_and_changes_nothing(
    client: TestClient, world: Engine, link: str, fields: dict[str, str], error: str
) -> None:
    answer = finish(client, link, **fields)
    assert answer.headers["location"] == f"/lien/{link}?erreur={error}"
    assert "set-cookie" not in answer.headers
    with Session(world) as session:
        assert session.exec(select(Person).where(Person.role == Role.LEARNER)).first() is None
    assert finish(client, link).headers["location"] == "/offres"


@pytest.mark.parametrize("claimed", ["", "../offres", "//ailleurs.example", "x\r\nSet-Cookie: a=b", "é" * 40])
def test_an_invented_link_leads_to_the_start_and_nowhere_else(client: TestClient, world: Engine, claimed: str) -> None:
    answer = finish(client, claimed)
    assert answer.headers["location"] == "/activation" and "set-cookie" not in answer.headers


def test_a_link_used_up_leads_to_the_page_that_explains(client: TestClient, link: str) -> None:
    finish(client, link)
    answer = finish(client, link)
    assert answer.headers["location"] == f"/lien/{link}" and "set-cookie" not in answer.headers
