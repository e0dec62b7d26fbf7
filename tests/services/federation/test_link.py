"""Linking and unlinking: by oneself, signed in, after a recent proof; one identity opens one account."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.domain.errors import AlreadyDone, Denied, FreshFactorNeeded
from stageplus.domain.refusals import IdentityTaken, IdentityUnknown
from stageplus.models import JournalEntry, LinkedIdentity, OutboxMessage, Person
from stageplus.services.accounts.actions import sign_out
from stageplus.services.factors.actions import reset_factor_from_terminal
from stageplus.services.federation.actions import leave_to_link, link_identity, unlink_identity
from stageplus.services.federation.queries import my_identity
from tests.factories import NOW
from tests.services.federation.conftest import TOKEN, VISITOR, Join, There, come_back, leave, link, seen

LATER = NOW + timedelta(minutes=11)


def linked(database: Engine) -> list[int]:
    with reading(database) as session:
        return list(session.exec(select(LinkedIdentity.person_id)).all())


def test_it_is_written_down_and_told_by_mail(database: Engine, there: There, join: Join) -> None:
    actor = join(Role.COMPANY)
    link(database, there, actor)
    unlink_identity(actor, now=NOW, on=database)
    with reading(database) as session:
        deeds = session.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all()
        mails = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
    assert [(deed.action, deed.actor_id, deed.detail) for deed in deeds] == [
        ("identity.linked", actor.person_id, there.address),
        ("identity.unlinked", actor.person_id, there.address),
    ]
    assert [mail.subject for mail in mails] == [
        "Connexion par Clé de ville ajoutée",
        "Connexion par Clé de ville retirée",
    ]
    assert "Votre compte" in mails[0].text and "citoyen-1" not in mails[0].text


def test_a_learner_is_told_in_everyday_words(database: Engine, there: There, join: Join) -> None:
    link(database, there, join(Role.LEARNER))
    with reading(database) as session:
        assert "Ton compte" in session.exec(select(OutboxMessage.text)).one()


def test_without_a_recent_proof_nothing_begins_ends_or_goes(database: Engine, there: There, join: Join) -> None:
    actor = join()
    with pytest.raises(FreshFactorNeeded):
        leave_to_link(actor, TOKEN, VISITOR, now=LATER, on=database)
    with pytest.raises(FreshFactorNeeded):
        unlink_identity(actor, now=LATER, on=database)
    answer = there.enter(leave_to_link(actor, TOKEN, VISITOR, now=NOW + timedelta(minutes=8), on=database))
    there.lie(now=LATER.timestamp())
    with pytest.raises(FreshFactorNeeded):
        link_identity(actor, TOKEN, answer, VISITOR, now=LATER, on=database)
    assert linked(database) == []


def test_an_identity_of_another_account_stays_there(database: Engine, there: There, join: Join) -> None:
    first, second = join(), join(token="autre")
    link(database, there, first)
    answer = there.enter(leave_to_link(second, "autre", VISITOR, now=NOW, on=database))
    with pytest.raises(IdentityTaken):
        link_identity(second, "autre", answer, VISITOR, now=NOW, on=database)
    assert linked(database) == [first.person_id]


def test_an_account_has_one_identity_of_the_provider(database: Engine, there: There, join: Join) -> None:
    actor = join()
    early = there.enter(leave_to_link(actor, TOKEN, VISITOR, now=NOW, on=database), "citoyen-2")
    link(database, there, actor)
    with pytest.raises(AlreadyDone):
        leave_to_link(actor, TOKEN, VISITOR, now=NOW, on=database)
    with pytest.raises(AlreadyDone):
        link_identity(actor, TOKEN, early, VISITOR, now=NOW, on=database)
    with pytest.raises(IdentityUnknown):
        come_back(database, there.enter(leave(database), "citoyen-2"))


def test_a_session_that_ended_meanwhile_links_nothing(database: Engine, there: There, join: Join) -> None:
    actor = join()
    answer = there.enter(leave_to_link(actor, TOKEN, VISITOR, now=NOW, on=database))
    sign_out(TOKEN, NOW, database)
    with pytest.raises(Denied):
        link_identity(actor, TOKEN, answer, VISITOR, now=NOW, on=database)
    assert linked(database) == []


def test_unlinked_it_opens_nothing_and_may_go_to_another_account(database: Engine, there: There, join: Join) -> None:
    first, second = join(), join(token="autre")
    link(database, there, first)
    assert unlink_identity(first, now=NOW, on=database).linked is False
    with pytest.raises(IdentityUnknown):
        come_back(database, there.enter(leave(database)))
    with pytest.raises(AlreadyDone):
        unlink_identity(first, now=NOW, on=database)
    link(database, there, second, "autre")
    assert seen(database, come_back(database, there.enter(leave(database))).token).person_id == second.person_id


def test_nobody_unlinks_somebody_else(database: Engine, there: There, join: Join) -> None:
    first, second = join(), join(token="autre")
    link(database, there, first)
    with pytest.raises(AlreadyDone):
        unlink_identity(second, now=NOW, on=database)
    assert linked(database) == [first.person_id]
    assert my_identity(second, now=NOW, on=database).linked is False


def test_a_reset_of_the_access_takes_it_away_too(database: Engine, there: There, join: Join) -> None:
    link(database, there, join(email="perdu@demo.test"))
    reset_factor_from_terminal("perdu@demo.test", NOW, database)
    assert linked(database) == []


def test_it_goes_with_its_account(database: Engine, there: There, join: Join) -> None:
    actor = join()
    link(database, there, actor)
    with transaction(database) as session:
        session.delete(session.get_one(Person, actor.person_id))
    assert linked(database) == []
