"""A CV goes with its draft, then with its application, and is nobody's once that is over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pikepdf
import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.documents import DocumentKind, DocumentState, Flaw
from stageplus.domain.errors import AlreadyDone, Denied, DomainError, InvalidInput, NotFound
from stageplus.domain.refusals import AlreadyApplied, TooManyTries
from stageplus.models import Application, Document, Learner, OutboxMessage, Person
from stageplus.services.applications.actions import open_cv, send_application, withdraw_application
from stageplus.services.applications.queries import inbox_detail, my_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.documents import actions, rewriter
from stageplus.services.documents.actions import (
    UPLOADS,
    add_document,
    drop_document,
    examine_documents,
    forget_documents,
)
from stageplus.services.documents.queries import draft_file
from stageplus.services.documents.rewriter import FLAW_WORDS, Rewritten
from stageplus.services.documents.schemas import DocumentLine
from stageplus.services.documents.sealing import sealed, unsealed
from stageplus.services.drafts.queries import my_draft
from stageplus.services.throttle import throttle
from tests.factories import NOW
from tests.services.applications.conftest import Cast
from tests.services.documents import files
from tests.services.documents.conftest import FakeClamd

JPG, KEY = files.a_picture(), "a" * 32


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rewrite nothing: the process of its own has its own tests."""
    throttle().forget_everything()
    monkeypatch.setattr(actions, "rewrite", lambda content: Rewritten(DocumentKind.JPG, content))


def add(cast: Cast, content: bytes = JPG) -> DocumentLine:
    return add_document(cast.learner, cast.offer, content, now=NOW, on=cast.database)


def send(cast: Cast, key: str = KEY) -> int:
    words = ApplicationInput(form_key=key, motivation="J’aime le pain.")
    return send_application(cast.learner, cast.offer, words, now=NOW, on=cast.database).application_id


def kept(cast: Cast) -> list[Document]:
    with reading(cast.database) as session:
        return list(session.exec(select(Document)))


def test_a_cv_is_encrypted_and_opens_for_its_learner(cast: Cast) -> None:
    assert add(cast).words == "JPG, 1 ko"
    file = draft_file(cast.learner, cast.offer, now=NOW, on=cast.database)
    assert (file.content, file.kind) == (JPG, DocumentKind.JPG)
    [document] = kept(cast)
    assert JPG[:20] not in document.sealed and len(document.sealed) > len(JPG)


def test_under_another_name_or_changed_it_does_not_open() -> None:
    box = sealed(JPG, 1)
    assert unsealed(box, 1) == JPG
    assert unsealed(box, 2) is unsealed(box[:-1] + b"x", 1) is unsealed(b"", 1) is None
    assert sealed(JPG, 1) != box, "the same file twice looks different"


def test_the_latest_cv_takes_the_place_of_the_one_before(cast: Cast) -> None:
    add(cast, b"first")
    add(cast, b"second")
    assert draft_file(cast.learner, cast.offer, now=NOW, on=cast.database).content == b"second"
    assert len(kept(cast)) == 1


def test_a_cv_can_be_removed_before_sending_by_its_learner_only(cast: Cast) -> None:
    add(cast)
    drop_document(cast.other_learner, cast.offer, now=NOW, on=cast.database)
    assert len(kept(cast)) == 1
    assert drop_document(cast.learner, cast.offer, now=NOW, on=cast.database) == DocumentLine()
    assert kept(cast) == [] and my_draft(cast.learner, cast.offer, now=NOW, on=cast.database).cv.words == ""


def test_of_several_files_at_once_one_is_there(cast: Cast) -> None:
    def try_one(number: int) -> bool:
        try:
            return bool(add(cast, f"{number}".encode()).words)
        except AlreadyDone:
            return False

    with ThreadPoolExecutor(6) as threads:
        assert any(threads.map(try_one, range(6)))
    assert len(kept(cast)) == 1


@pytest.mark.parametrize("content", [b"x" * 1_000_001, b"x" * 9_000_000])
def test_what_weighs_more_than_the_parameter_in_force_is_refused(cast: Cast, content: bytes) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add(cast, content)
    assert refusal.value.fields == {"cv": FLAW_WORDS[Flaw.TOO_HEAVY].format(most=1)}


def test_a_file_that_is_refused_leaves_the_one_before(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    add(cast)
    monkeypatch.setattr(actions, "rewrite", rewriter.rewrite)
    with pytest.raises(InvalidInput):
        add(cast, b"<html>")
    assert len(kept(cast)) == 1


def test_nobody_rewrites_files_without_end(cast: Cast) -> None:
    for _time in range(UPLOADS.times):
        throttle().admit(UPLOADS, f"{cast.learner.person_id}")
    with pytest.raises(TooManyTries):
        add(cast)


def test_a_cv_goes_with_its_application_and_opens_for_both_sides(cast: Cast) -> None:
    add(cast)
    application_id = send(cast)
    for actor in (cast.learner, cast.company):
        assert open_cv(actor, application_id, now=NOW, on=cast.database).content == JPG
    seen = inbox_detail(cast.company, application_id, now=NOW, on=cast.database).cv
    assert seen == my_application(cast.learner, application_id, now=NOW, on=cast.database).cv
    assert seen.href == f"/fichiers/cv/candidature/{application_id}"
    with pytest.raises(NotFound):
        draft_file(cast.learner, cast.offer, now=NOW, on=cast.database)
    with pytest.raises(AlreadyApplied):
        add(cast)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("other_learner", NotFound), ("other_company", NotFound), ("operator", Denied), ("anonymous", Denied)],
)
def test_nobody_else_opens_it(cast: Cast, who: str, refusal: type[DomainError]) -> None:
    add(cast)
    application_id = send(cast)
    with pytest.raises(refusal):
        open_cv(getattr(cast, who, None), application_id, now=NOW, on=cast.database)


def test_after_a_withdrawal_nobody_opens_it_and_nothing_of_it_is_kept(cast: Cast) -> None:
    add(cast)
    application_id = send(cast)
    withdraw_application(cast.learner, application_id, now=NOW, on=cast.database)
    for actor in (cast.learner, cast.company):
        with pytest.raises(NotFound):
            open_cv(actor, application_id, now=NOW, on=cast.database)
    assert kept(cast) == []


def test_it_goes_with_its_learner(cast: Cast) -> None:
    add(cast)
    with transaction(cast.database) as session:
        session.delete(session.get_one(Learner, cast.learner.learner_id))
    assert kept(cast) == []


def test_an_application_without_a_cv_has_none_to_open(cast: Cast) -> None:
    application_id = send(cast)
    assert inbox_detail(cast.company, application_id, now=NOW, on=cast.database).cv == DocumentLine()
    with pytest.raises(NotFound):
        open_cv(cast.company, application_id, now=NOW, on=cast.database)


def test_its_name_is_ours_whatever_the_learner_is_called(cast: Cast) -> None:
    with transaction(cast.database) as session:
        person = session.get_one(Person, cast.learner.person_id)
        person.first_name, person.last_name = 'Zoé "/../', "Ünal\r\n李"
    add(cast)
    assert draft_file(cast.learner, cast.offer, now=NOW, on=cast.database).name == "cv-zoe-unal.jpg"


def test_until_it_is_examined_nobody_opens_it_and_both_sides_read_so(cast: Cast, clamd: FakeClamd) -> None:
    assert add(cast).waits
    application_id = send(cast)
    for actor in (cast.learner, cast.company):
        with pytest.raises(NotFound):
            open_cv(actor, application_id, now=NOW, on=cast.database)
    assert inbox_detail(cast.company, application_id, now=NOW, on=cast.database).cv.waits
    assert examine_documents(now=NOW, on=cast.database) == 1
    assert clamd.seen == [JPG], "the daemon gets the file in clear, as the company would"
    assert open_cv(cast.company, application_id, now=NOW, on=cast.database).content == JPG
    assert examine_documents(now=NOW, on=cast.database) == 0


def mails(cast: Cast) -> list[OutboxMessage]:
    with reading(cast.database) as session:
        return list(session.exec(select(OutboxMessage).where(OutboxMessage.kind == "document-infected")))


def test_an_infected_one_is_thrown_away_and_only_its_learner_knows(cast: Cast, clamd: FakeClamd) -> None:
    add(cast, files.EICAR)
    application_id = send(cast)
    examine_documents(now=NOW, on=cast.database)
    [document] = kept(cast)
    assert (document.state, document.sealed) == (DocumentState.INFECTED, b"")
    assert inbox_detail(cast.company, application_id, now=NOW, on=cast.database).cv == DocumentLine()
    assert my_application(cast.learner, application_id, now=NOW, on=cast.database).cv.infected
    [mail] = mails(cast)
    assert "entreprise n’en sait rien" in mail.text and "bien partie" in mail.text


def test_an_infected_draft_leaves_without_it(cast: Cast, clamd: FakeClamd) -> None:
    add(cast, files.EICAR)
    examine_documents(now=NOW, on=cast.database)
    assert my_draft(cast.learner, cast.offer, now=NOW, on=cast.database).cv.infected
    assert len(mails(cast)) == 1 and "choisis un autre fichier" in mails(cast)[0].text
    send(cast)
    assert kept(cast) == []


def test_eicar_is_found_in_what_was_rewritten(cast: Cast, clamd: FakeClamd, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_eicar(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Contents = pdf.make_stream(b"% " + files.EICAR)

    monkeypatch.setattr(actions, "rewrite", rewriter.rewrite)
    add(cast, files.a_pdf(with_eicar, compress_streams=False))
    examine_documents(now=NOW, on=cast.database)
    assert kept(cast)[0].state is DocumentState.INFECTED


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: OK?"])
def test_without_a_verdict_it_waits(cast: Cast, clamd: FakeClamd, says: bytes) -> None:
    add(cast)
    clamd.says = says or b" "
    assert examine_documents(now=NOW, on=cast.database) == "antivirus injoignable"
    assert kept(cast)[0].state is DocumentState.WAITING


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/clamd.ctl"])
def test_a_daemon_that_is_away_keeps_it_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(actions, "configured_antivirus", lambda: actions.Clamd(address))
    add(cast)
    assert examine_documents(now=NOW, on=cast.database) == "antivirus injoignable"
    assert kept(cast)[0].state is DocumentState.WAITING


def test_without_an_antivirus_those_that_waited_are_let_through(cast: Cast) -> None:
    add(cast)
    with transaction(cast.database) as session:
        session.exec(select(Document)).one().state = DocumentState.WAITING
    assert examine_documents(now=NOW, on=cast.database) == 1
    assert kept(cast)[0].examined_at is None, "nobody says that it was examined"


def test_one_that_was_replaced_meanwhile_is_judged_for_itself(
    cast: Cast, clamd: FakeClamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(cast, files.EICAR)
    ask = actions.Clamd.is_infected

    def while_it_is_replaced(self: actions.Clamd, content: bytes) -> bool:
        add(cast)
        return ask(self, content)

    monkeypatch.setattr(actions.Clamd, "is_infected", while_it_is_replaced)
    examine_documents(now=NOW, on=cast.database)
    assert [each.state for each in kept(cast)] == [DocumentState.WAITING] and mails(cast) == []


def left_alone(cast: Cast) -> int:
    add(cast)
    return 0


def over(cast: Cast) -> int:
    add(cast)
    application_id = send(cast)
    with transaction(cast.database) as session:
        session.get_one(Application, application_id).status = ApplicationStatus.REFUSED
    return application_id


@pytest.mark.parametrize(("prepare", "days"), [(left_alone, 60), (over, 92)])
def test_what_nobody_needs_is_forgotten_after_the_days_in_force(
    cast: Cast, prepare: Callable[[Cast], int], days: int
) -> None:
    prepare(cast)
    assert forget_documents(now=NOW + timedelta(days=days - 2), on=cast.database) == 0
    assert forget_documents(now=NOW + timedelta(days=days + 1), on=cast.database) == 1
    assert kept(cast) == []


def test_a_live_application_keeps_its_cv(cast: Cast) -> None:
    add(cast)
    send(cast)
    assert forget_documents(now=NOW + timedelta(days=400), on=cast.database) == 0
