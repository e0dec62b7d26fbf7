"""The link of a new application's mail: opening does nothing, one press says one thing, nobody else reads anybody."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, delete, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import DomainError, NotFound
from stageplus.domain.refusals import ApplicationGone, LinkOfAnother, LinkSpent
from stageplus.models import Application, CompanyMember, Learner, Offer, OutboxMessage, Person
from stageplus.services.applications.actions import send_application, withdraw_application
from stageplus.services.applications.queries import my_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.replies.actions import promise_by_link
from stageplus.services.replies.queries import look_at_reply
from stageplus.services.replies.schemas import ReplyView
from tests import factories
from tests.factories import NOW

SECRET = "Zibeline"
MOTIVATION = "J’aime le pain qui lève."


@dataclass(frozen=True)
class Mailbox:
    """A company's person, the token in their mail, and the learner who applied."""

    database: Engine
    person: Actor
    learner: Actor
    application: int
    token: str

    def status(self) -> ApplicationStatus:
        """Return where the application stands."""
        with reading(self.database) as session:
            return session.get_one(Application, self.application).status


@pytest.fixture
def box(database: Engine) -> Mailbox:
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer = factories.an_offer(session)
        person = factories.a_member(session, offer.company_id or 0)
        row = factories.a_learner(session)
        hers = session.get_one(Person, row.person_id)
        hers.first_name, hers.last_name = SECRET, "Secretnom"
        learner, number = factories.actor_of_learner(row), offer.id or 0
    data = ApplicationInput.read({"form_key": "e" * 32, "motivation": MOTIVATION, "phone": "0470 12 34 56"})
    receipt = send_application(learner, number, data, now=NOW, on=database)
    with reading(database) as session:
        mail = session.exec(select(OutboxMessage).where(OutboxMessage.kind == "application-received")).one()
    found = re.search(r"/lien/([\w-]+)", mail.text)
    assert found
    assert not re.search(f"{SECRET}|Secretnom|0470|{MOTIVATION}", mail.subject + mail.text + mail.html)
    return Mailbox(database, person, learner, receipt.application_id, found[1])


def shown(box: Mailbox, actor: Actor | None = None, token: str = "", after: timedelta = timedelta()) -> ReplyView:
    return look_at_reply(actor, token or box.token, now=NOW + after, on=box.database)


def press(box: Mailbox, actor: Actor | None = None, token: str = "", after: timedelta = timedelta()) -> str:
    return promise_by_link(actor, token or box.token, now=NOW + after, on=box.database)


def test_opening_shows_a_first_name_and_a_motivation_and_does_nothing(box: Mailbox) -> None:
    for actor in (None, box.person, None):
        view = shown(box, actor)
        assert (view.standing, view.first_name, view.motivation) == ("open", SECRET, MOTIVATION)
        assert not re.search("Secretnom|470|@", repr(view))
    assert box.status() is ApplicationStatus.SENT


def test_one_press_says_that_it_is_read_and_by_when(box: Mailbox) -> None:
    assert press(box) == (
        "Vous répondez avant le mardi 8 décembre 2026. La personne le sait, et vous ne recevez pas de rappel d’ici là."
    )
    seen = my_application(box.learner, box.application, now=NOW, on=box.database)
    assert (seen.card.status, seen.card.next_words) == (
        "vue",
        "L’entreprise a promis de te répondre avant le mardi 8 décembre 2026.",
    )
    with pytest.raises(LinkSpent):
        press(box)
    assert shown(box) == ReplyView()


def test_of_twenty_presses_at_once_one_acts(box: Mailbox) -> None:
    def tap(_number: int) -> bool:
        try:
            return bool(press(box))
        except DomainError:
            return False

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(tap, range(20))) == 1


def test_late_it_shows_and_does_nothing(box: Mailbox) -> None:
    late = timedelta(days=14)
    assert shown(box, after=late) == ReplyView()
    with pytest.raises(LinkSpent):
        press(box, after=late)
    assert box.status() is ApplicationStatus.SENT


def test_altered_it_is_unknown(box: Mailbox) -> None:
    for token in (box.token[:-1], box.token + "x", box.token.swapcase(), "", "’ OR 1=1"):
        assert shown(box, token=token or "vide") == ReplyView()
        with pytest.raises(NotFound):
            press(box, token=token or "vide")


def _withdraw(box: Mailbox) -> None:
    withdraw_application(box.learner, box.application, now=NOW, on=box.database)


def _answer(box: Mailbox) -> None:
    with transaction(box.database) as session:
        session.exec(update(Application).values(status=ApplicationStatus.REFUSED))


def _suspend(box: Mailbox) -> None:
    with transaction(box.database) as session:
        learner = session.get_one(Learner, box.learner.learner_id)
        session.get_one(Person, learner.person_id).suspended_at = NOW


@pytest.mark.parametrize(
    ("change", "standing"), [(_withdraw, "withdrawn"), (_answer, "settled"), (_suspend, "settled")]
)
def test_nobody_is_shown_once_nobody_waits(box: Mailbox, change: Callable[[Mailbox], None], standing: str) -> None:
    change(box)
    view = shown(box)
    assert (view.standing, SECRET in repr(view), MOTIVATION in repr(view)) == (standing, False, False)
    with pytest.raises(ApplicationGone):
        press(box)


def _leave(box: Mailbox) -> None:
    with transaction(box.database) as session:
        session.exec(delete(CompanyMember).where(col(CompanyMember.person_id) == box.person.person_id))


def test_whoever_left_the_company_reads_and_says_nothing(box: Mailbox) -> None:
    _leave(box)
    assert shown(box) == ReplyView("left")
    with pytest.raises(LinkOfAnother):
        press(box)


def test_a_forwarded_mail_serves_nobody_signed_in_as_another(box: Mailbox) -> None:
    with transaction(box.database) as session:
        offer = session.exec(select(Offer)).one()
        colleague = factories.a_member(session, offer.company_id or 0)
        stranger = factories.a_member(session, factories.a_company(session).id or 0)
    for actor in (colleague, stranger, box.learner):
        assert shown(box, actor) == ReplyView("elsewhere")
        with pytest.raises(LinkOfAnother):
            press(box, actor)
    assert box.status() is ApplicationStatus.SENT
