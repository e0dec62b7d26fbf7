"""CVs over HTTP, attacked: what is posted, who opens it, under which headers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from stageplus.db import engine as engine_module
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.documents import DocumentState, Flaw
from stageplus.models import Document, Offer, Parameter
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.applications.actions import send_application, withdraw_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.documents import actions
from stageplus.services.documents.rewriter import FLAW_WORDS
from stageplus.services.documents.schemas import MOST_POSTED_BYTES, OF_APPLICATION, OF_DRAFT, UPLOAD
from stageplus.services.throttle import Limit, throttle
from stageplus.web.documents import DOCUMENT_ROUTES, NOT_READY
from stageplus.web.origin_guard import OwnOriginOnly
from stageplus.web.security_headers import SecurityHeaders
from tests import factories
from tests.services.documents import files

ORIGIN = "http://testserver"
WHO = ("learner", "other_learner", "company", "other_company", "operator", "coach", "offa")


class World:
    """Who is signed in, and the offer they are about."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        now = datetime.now(UTC)
        with transaction(database) as session:
            factories.minimal_reference(session)
            for role in Role:
                for name, value in (("session_idle_minutes", "60"), ("session_absolute_hours", "10")):
                    row = {"effective_from": now.date().replace(2020), "value": value, "unit": "", "source": ""}
                    session.add(Parameter(name=f"{name}_{role.value}", **row))
            offer = factories.an_offer(session, ends_on=now.date() + timedelta(days=9))
            learner = factories.a_learner(session)
            self.actors: dict[str, Actor] = {
                "learner": factories.actor_of_learner(learner),
                "other_learner": factories.actor_of_learner(factories.a_learner(session)),
                "company": factories.a_member(session, offer.company_id),
                "other_company": factories.a_member(session, factories.a_company(session).id or 0),
                "operator": factories.a_staff_member(session, learner.operator_id),
                "coach": factories.a_coach(session, "alimentation"),
                "offa": factories.an_offa_member(session),
            }
            for name, actor in self.actors.items():
                open_now = {"created_at": now, "last_seen_at": now, "factor_at": now}
                factories.a_session(session, actor.person_id, self.token(name), **open_now)
            self.offer = offer.id or 0

    def token(self, name: str) -> str:
        return name.ljust(43, "x") if name else ""

    def apply(self) -> int:
        words = ApplicationInput(form_key="a" * 32, motivation="J’aime le pain.")
        sent = send_application(self.actors["learner"], self.offer, words, now=datetime.now(UTC), on=self.database)
        return sent.application_id

    def documents(self) -> list[Document]:
        with Session(self.database) as session:
            return list(session.exec(select(Document)).all())


@pytest.fixture
def world(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(engine_module, "engine", lambda: sqlite_database)
    throttle().forget_everything()
    return World(sqlite_database)


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    guard = [Middleware(SecurityHeaders), Middleware(OwnOriginOnly, own_origins=[ORIGIN])]
    with TestClient(Starlette(routes=DOCUMENT_ROUTES, middleware=guard), follow_redirects=False) as opened:
        opened.headers["origin"] = ORIGIN
        yield opened


def post(
    client: TestClient, world: World, content: bytes, name: str = "cv.pdf", who: str = "learner", **options: Any
) -> Any:
    token = world.token(who)
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, token)
    data = {"csrf": form_token(token), "offer": str(world.offer)} | options
    return client.post(UPLOAD, data=data, files={"cv": (name, content, "application/pdf")})


def get(client: TestClient, world: World, path: str, who: str) -> Any:
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, world.token(who))
    return client.get(path)


def test_a_photo_called_pdf_is_taken_for_what_it_is_and_opens_safely(client: TestClient, world: World) -> None:
    assert post(client, world, files.a_picture(), "../../etc/passwd\x00.pdf").status_code == 204
    answer = get(client, world, f"{OF_DRAFT}/{world.offer}", "learner")
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"].startswith('attachment; filename="cv-')
    assert "passwd" not in answer.headers["content-disposition"]
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    with Image.open(BytesIO(answer.content)) as picture:
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("content", "name", "flaw"),
    [
        (b"", "cv.pdf", Flaw.EMPTY),
        (b"<!doctype html><script>alert(1)</script>", "cv.pdf", Flaw.UNKNOWN),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "cv.pdf", Flaw.UNKNOWN),
        (files.EICAR, "cv.pdf", Flaw.UNKNOWN),
        (files.a_pdf(files.with_script), "cv.jpg", Flaw.ACTIVE),
        (files.a_pdf(files.with_file), "cv.pdf", Flaw.EMBEDDED),
        (files.a_docx(word__styles="0" * 45_000_000), "bombe.docx", Flaw.TOO_LARGE),
    ],
)
def test_what_is_no_cv_gets_one_sentence_and_leaves_nothing(
    client: TestClient, world: World, content: bytes, name: str, flaw: Flaw
) -> None:
    answer = post(client, world, content, name)
    assert (answer.status_code, answer.text) == (422, FLAW_WORDS[flaw])
    assert world.documents() == []


def test_a_file_of_two_kinds_keeps_the_first_one_only(client: TestClient, world: World) -> None:
    assert post(client, world, files.a_picture() + files.zipped({"virus.exe": "MZ"})).status_code == 204
    assert b"virus.exe" not in get(client, world, f"{OF_DRAFT}/{world.offer}", "learner").content


@pytest.mark.parametrize("announced", [True, False])
def test_a_hundred_megabytes_are_refused_before_they_are_read(
    client: TestClient, world: World, announced: bool
) -> None:
    size = 100_000_000 if announced else MOST_POSTED_BYTES * 2
    body = b'--b\r\nContent-Disposition: form-data; name="cv"; filename="x.pdf"\r\n\r\n' + b"x" * size
    content: Any = body if announced else iter([body[start : start + 65_536] for start in range(0, len(body), 65_536)])
    client.cookies.set(SESSION_COOKIE, world.token("learner"))
    answer = client.post(UPLOAD, content=content, headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413 and "trop lourd" in answer.text
    assert world.documents() == []


@pytest.mark.parametrize("offer", ["0", "999", "-1", "1 OR 1=1", ""])
def test_an_offer_that_is_none_takes_no_file(client: TestClient, world: World, offer: str) -> None:
    assert post(client, world, files.a_picture(), offer=offer).status_code == 409


@pytest.mark.parametrize("csrf", ["", "x", form_token("w" * 43)])
def test_a_form_of_another_visit_adds_nothing(client: TestClient, world: World, csrf: str) -> None:
    answer = post(client, world, files.a_picture(), csrf=csrf)
    assert (answer.status_code, answer.text) == (403, NOT_READY)
    assert world.documents() == []


@pytest.mark.parametrize("who", [*WHO[2:], ""])
def test_only_learners_add_a_cv(client: TestClient, world: World, who: str) -> None:
    assert post(client, world, files.a_picture(), who=who).status_code == 403
    assert world.documents() == []


def test_a_file_too_many_is_told_how_long_to_wait(
    client: TestClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "UPLOADS", Limit("cv", times=1, minutes=60))
    assert post(client, world, b"").status_code == 422
    answer = post(client, world, b"")
    assert answer.status_code == 429 and "min" in answer.text


@pytest.mark.parametrize("who", WHO)
def test_a_draft_opens_for_its_learner_alone(client: TestClient, world: World, who: str) -> None:
    post(client, world, files.a_picture())
    answer = get(client, world, f"{OF_DRAFT}/{world.offer}", who)
    assert (answer.status_code == 200) is (who == "learner")


@pytest.mark.parametrize("who", [*WHO, ""])
def test_an_application_opens_for_its_two_sides_and_for_nobody_after_a_withdrawal(
    client: TestClient, world: World, who: str
) -> None:
    post(client, world, files.a_picture())
    application_id = world.apply()
    path = f"{OF_APPLICATION}/{application_id}"
    before = get(client, world, path, who)
    assert (before.status_code == 200) is (who in {"learner", "company"})
    withdraw_application(world.actors["learner"], application_id, now=datetime.now(UTC), on=world.database)
    after = get(client, world, path, who)
    assert after.status_code == (404 if who else 303)
    assert before.status_code in {200, after.status_code}, "nobody learns whether there was one"
    assert world.documents() == []


@pytest.mark.parametrize("state", [DocumentState.WAITING, DocumentState.INFECTED])
def test_what_is_not_known_to_be_clean_opens_for_nobody(client: TestClient, world: World, state: DocumentState) -> None:
    post(client, world, files.a_picture())
    application_id = world.apply()
    with transaction(world.database) as session:
        session.exec(select(Document)).one().state = state
    for who in ("learner", "company"):
        assert get(client, world, f"{OF_APPLICATION}/{application_id}", who).status_code == 404


def test_a_file_of_another_key_is_not_there(client: TestClient, world: World) -> None:
    post(client, world, files.a_picture())
    with transaction(world.database) as session:
        session.exec(select(Document)).one().sealed = b"x" * 400
    assert get(client, world, f"{OF_DRAFT}/{world.offer}", "learner").status_code == 404


def test_once_it_has_left_nothing_is_added(client: TestClient, world: World) -> None:
    world.apply()
    assert post(client, world, files.a_picture()).status_code == 409


def test_the_weight_in_force_counts(client: TestClient, world: World) -> None:
    answer = post(client, world, b"x" * 1_000_001)
    assert (answer.status_code, answer.text) == (422, FLAW_WORDS[Flaw.TOO_HEAVY].format(most=1))


def test_a_closed_offer_still_takes_a_cv_for_the_draft(client: TestClient, world: World) -> None:
    """The offer may open again, and the text is kept as well."""
    with transaction(world.database) as session:
        session.get_one(Offer, world.offer).intake_paused = True
    assert post(client, world, files.a_picture()).status_code == 204
