"""Files of agréments over HTTP: who may, the form token, a file that is too heavy or missing, another site."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, InvalidInput, NotFound
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.web import approvals, doors
from stageplus.web.app import compose_site
from stageplus.web.pages_index import PagesIndex

PEOPLE = {
    "s" * 43: Actor(1, Role.OPERATOR, operator_id=1),
    "o" * 43: Actor(2, Role.OFFA),
    "l" * 43: Actor(3, Role.LEARNER, learner_id=1),
}
STAFF, OFFA, LEARNER = PEOPLE
ORIGIN = "http://testserver"


def problems(actor: Actor, number: int, *, now: datetime) -> bytes:
    if actor.role is Role.LEARNER:
        raise Denied("approval:record")
    if number != 7:
        raise NotFound
    return b"Ligne"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    def hand_in(actor: Actor, operator: int, name: str, content: bytes, *, now: datetime) -> int:
        if actor.role is Role.LEARNER:
            raise Denied("approval:record")
        if actor.role is Role.OFFA and operator != 3:
            raise InvalidInput({"operator": "Choisissez."})
        assert (name, content) == ("a.csv", b"BCE")
        return 7

    def template(actor: Actor, *, now: datetime) -> bytes:
        if actor.role is Role.LEARNER:
            raise Denied("approval:record")
        return b"PK"

    monkeypatch.setattr(approvals, "approval_file_problems", problems)
    monkeypatch.setattr(approvals, "hand_in_approvals", hand_in)
    monkeypatch.setattr(approvals, "approvals_template", template)
    monkeypatch.setattr(doors, "recognise", lambda token, now: PEOPLE.get(token))
    pages = PagesIndex({}, lambda _path: False)
    site = compose_site(lambda *_: None, pages, approvals.APPROVAL_ROUTES, [ORIGIN], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened:
        yield opened


def post(client: TestClient, visit: str = STAFF, content: bytes = b"BCE", origin: str = ORIGIN, **changed: str) -> Any:
    form = {"csrf": form_token(visit), "operator": ""} | changed
    files = {"fichier": ("a.csv", content, "text/csv")} if content else None
    headers = {"origin": origin, "cookie": f"{SESSION_COOKIE}={visit}"}
    return client.post("/registre/agrements/fichier", data=form, files=files, headers=headers)


def test_a_file_leads_to_its_preview(client: TestClient) -> None:
    assert post(client).headers["location"] == "/operateur/agrements/importer/7"
    assert post(client, OFFA, operator="3").headers["location"] == "/offa/agrements/importer/7"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"csrf": ""}, "formulaire"),
        ({"csrf": form_token(OFFA)}, "formulaire"),
        ({"content": b"x" * 5_100_000}, "poids"),
    ],
)
def test_what_is_wrong_leads_back_with_its_reason(client: TestClient, changed: dict[str, Any], reason: str) -> None:
    assert post(client, **changed).headers["location"] == f"/operateur/agrements/importer?erreur={reason}"


def test_offa_names_an_operator(client: TestClient) -> None:
    assert post(client, OFFA, operator="x").headers["location"] == "/offa/agrements/importer?erreur=operateur"


def test_others_read_one_sentence_and_strangers_sign_in(client: TestClient) -> None:
    assert post(client, LEARNER).status_code == 403
    assert post(client, "x" * 43).headers["location"].startswith("/connexion?suite=")
    for visit, status in ((STAFF, 200), (LEARNER, 403), ("x" * 43, 303)):
        answer = client.get("/registre/agrements/modele.xlsx", headers={"cookie": f"{SESSION_COOKIE}={visit}"})
        assert answer.status_code == status


@pytest.mark.parametrize(("visit", "number", "status"), [(STAFF, 7, 200), (STAFF, 8, 404), (LEARNER, 7, 403)])
def test_the_problems_of_a_file_are_a_download(client: TestClient, visit: str, number: int, status: int) -> None:
    path = f"/registre/agrements/fichier/{number}/problemes.csv"
    answer = client.get(path, headers={"cookie": f"{SESSION_COOKIE}={visit}"})
    assert answer.status_code == status
    if status == 200:
        assert "attachment" in answer.headers["content-disposition"] and answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", ""])
def test_another_site_hands_in_nothing(client: TestClient, origin: str) -> None:
    assert post(client, origin=origin).status_code == 403
