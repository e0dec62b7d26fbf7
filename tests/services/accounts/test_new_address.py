"""A new address: proved by its own mailbox, after a recent proof of who acts, and the old one is told."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import FreshFactorNeeded, InvalidInput, NotFound
from stageplus.domain.refusals import AddressTaken, LinkSpent, TooManyTries
from stageplus.models import JournalEntry, OutboxMessage, Person
from stageplus.services.accounts.actions import (
    ask_for_email_change,
    ask_for_reset,
    confirm_email_change,
    reset_password,
)
from stageplus.services.accounts.schemas import NO_VISITOR, EmailInput, NewPasswordInput
from tests import factories
from tests.factories import NOW

OLD, NEW = "ancienne@demo.test", "nouvelle@demo.test"


@pytest.fixture
def actor(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        person = factories.a_person(session, Role.LEARNER, email=OLD, unreachable_since=NOW)
        return Actor(person.id or 0, Role.LEARNER, proved_at=NOW)


def ask(database: Engine, actor: Actor, email: str = NEW, after: timedelta = timedelta()) -> str:
    ask_for_email_change(actor, EmailInput(email=email), now=NOW + after, on=database)
    return mails(database)[-1].text.partition("/lien/")[2].partition("\n")[0]


def mails(database: Engine) -> list[OutboxMessage]:
    with Session(database) as session:
        return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))


def address(database: Engine, actor: Actor) -> str:
    with Session(database) as session:
        return session.get_one(Person, actor.person_id).email


def confirm(database: Engine, token: str, after: timedelta = timedelta()) -> bool:
    return confirm_email_change(None, token, now=NOW + after, on=database)


def test_nothing_changes_before_the_button_behind_the_link(database: Engine, actor: Actor) -> None:
    token = ask(database, actor)
    assert [mail.recipient for mail in mails(database)] == [NEW]
    assert address(database, actor) == OLD
    assert confirm(database, token)
    assert address(database, actor) == NEW
    assert [mail.recipient for mail in mails(database)] == [NEW, OLD]
    with Session(database) as session:
        entry = session.exec(select(JournalEntry)).one()
        person = session.get_one(Person, actor.person_id)
    assert (entry.action, entry.subject_id) == ("email.changed", actor.person_id)
    assert person.unreachable_since is None


def test_without_a_recent_proof_nothing_is_sent(database: Engine, actor: Actor) -> None:
    for proved_at in (None, NOW - timedelta(minutes=10)):
        stale = Actor(actor.person_id, Role.LEARNER, proved_at=proved_at)
        with pytest.raises(FreshFactorNeeded):
            ask(database, stale)
    assert mails(database) == []


def test_ones_own_address_is_no_new_one(database: Engine, actor: Actor) -> None:
    with transaction(database) as session:
        session.get_one(Person, actor.person_id).unreachable_since = None
    with pytest.raises(InvalidInput) as refused:
        ask(database, actor, OLD)
    assert list(refused.value.fields) == ["email"]


def test_an_address_whose_mail_came_back_may_be_proved_again(database: Engine, actor: Actor) -> None:
    assert confirm(database, ask(database, actor, OLD))
    with Session(database) as session:
        assert session.get_one(Person, actor.person_id).unreachable_since is None


def test_an_address_of_somebody_else_is_told_to_its_owner_only(database: Engine, actor: Actor) -> None:
    with transaction(database) as session:
        factories.a_person(session, Role.OFFA, email=NEW)
    for _time in range(2):
        assert ask(database, actor) == ""
    [mail] = mails(database)
    assert (mail.recipient, mail.subject) == (NEW, "Cette adresse a déjà un compte Stage+")


def test_an_address_taken_meanwhile_leaves_the_link_unused(database: Engine, actor: Actor) -> None:
    token = ask(database, actor)
    with transaction(database) as session:
        other = factories.a_person(session, Role.OFFA, email=NEW)
    with pytest.raises(AddressTaken):
        confirm(database, token)
    with transaction(database) as session:
        session.delete(session.get_one(Person, other.id))
    assert confirm(database, token)


def test_the_latest_link_counts_and_each_ends_after_a_day(database: Engine, actor: Actor) -> None:
    first = ask(database, actor)
    second = ask(database, actor, "autre@demo.test", timedelta(minutes=1))
    with pytest.raises(LinkSpent):
        confirm(database, first, timedelta(minutes=2))
    with pytest.raises(LinkSpent):
        confirm(database, second, timedelta(hours=24, minutes=1))
    with pytest.raises(NotFound):
        confirm(database, "un jeton")


def test_links_for_a_password_that_went_to_the_old_address_end(database: Engine, actor: Actor) -> None:
    ask_for_reset(None, NO_VISITOR, EmailInput(email=OLD), now=NOW, on=database)
    reset = mails(database)[-1].text.partition("/lien/")[2].partition("\n")[0]
    confirm(database, ask(database, actor))
    with pytest.raises(LinkSpent):
        reset_password(None, reset, NewPasswordInput(new="une tout autre phrase"), now=NOW, on=database)


def test_the_sixth_address_within_half_an_hour_waits(database: Engine, actor: Actor) -> None:
    for number in range(5):
        ask(database, actor, f"{number}@demo.test")
    with pytest.raises(TooManyTries):
        ask(database, actor)
