"""OFFA sees first the accounts whose facts weigh most, with every reason, and none that is suspended."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.claims import ClaimState
from stageplus.domain.moderation import FlagReason, Standing
from stageplus.models import JournalEntry, ModerationCase, OfferFlag, Person
from stageplus.services.suspicions.queries import suspects
from tests import factories
from tests.factories import NOW

LONG_AGO = NOW - timedelta(days=91)


@pytest.fixture
def offa(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        return factories.an_offa_member(session)


def seen(offa: Actor, database: Engine) -> dict[int, list[str]]:
    return {row.person_id: row.reasons for row in suspects(offa, now=NOW, on=database).rows}


def a_bad_baker(session: Session) -> Actor:
    """Make a company with an offer taken off, a flag, and a message that was reported and hidden."""
    offer, learner = factories.an_offer(session), factories.a_learner(session)
    baker = factories.a_member(session, offer.company_id)
    gone = {"standing": Standing.TAKEN_OFF, "changed_at": NOW}
    factories.kept(session, ModerationCase(offer_id=offer.id or 0, **gone))
    flag = {"reason": FlagReason.FEES, "at": NOW}
    factories.kept(session, OfferFlag(offer_id=offer.id or 0, learner_id=learner.id, **flag))
    application = factories.an_application(session, offer, learner)
    message = factories.a_message(session, application, baker, words="Payez d’abord.", hidden_at=NOW)
    factories.a_report(session, message, learner)
    return baker


def test_the_weightiest_come_first_with_every_reason(offa: Actor, database: Engine) -> None:
    with transaction(database) as session:
        baker = a_bad_baker(session)
        lost = factories.a_person(session, Role.LEARNER, unreachable_since=NOW)
        for _each in range(2):
            factories.kept(session, JournalEntry(at=NOW, action="password.reset", subject_id=lost.id))
        factories.a_person(session, Role.LEARNER, unreachable_since=NOW)
        ids = [baker.person_id, lost.id]
    found = suspects(offa, now=NOW, on=database)
    assert [row.person_id for row in found.rows] == ids
    assert found.rows[0].reasons == [
        "1 message masqué par OFFA",
        "1 offre de son entreprise mise hors ligne",
        "1 message signalé par d’autres",
        "1 signalement d’offres de son entreprise",
    ]
    assert found.rows[0].points == "12"
    assert found.rows[1].reasons == ["2 accès remis à zéro", "Les e-mails à son adresse reviennent"]
    assert found.found_words == "2 comptes à vérifier"


def test_old_facts_and_suspended_accounts_are_left_out(offa: Actor, database: Engine) -> None:
    with transaction(database) as session:
        house = factories.an_establishment(session)
        refused = {"state": ClaimState.REFUSED, "decided_at": LONG_AGO}
        factories.a_claimant(session, house, **refused)
        baker = a_bad_baker(session)
        session.get_one(Person, baker.person_id).suspended_at = NOW
    assert seen(offa, database) == {}


def test_a_refused_claim_and_flags_without_ground_count(offa: Actor, database: Engine) -> None:
    with transaction(database) as session:
        claimant = factories.a_claimant(
            session, factories.an_establishment(session), state=ClaimState.REFUSED, decided_at=NOW
        )
        learner = factories.a_learner(session)
        for _each in range(3):
            offer = factories.an_offer(session)
            factories.kept(session, ModerationCase(offer_id=offer.id or 0, standing=Standing.ONLINE, changed_at=NOW))
            flag = {"reason": FlagReason.OTHER, "at": NOW, "settled_at": NOW}
            factories.kept(session, OfferFlag(offer_id=offer.id or 0, learner_id=learner.id, **flag))
        ids = {claimant.person_id, learner.person_id}
    found = seen(offa, database)
    assert set(found) == ids
    assert found[claimant.person_id] == ["1 demande d’accès refusée"]
    assert found[learner.person_id] == ["3 signalements restés sans suite"]


def test_bursts_of_wrong_passwords_count(offa: Actor, database: Engine) -> None:
    with transaction(database) as session:
        tried = factories.a_person(session, Role.LEARNER, unreachable_since=NOW)
        for at in (NOW, NOW, LONG_AGO):
            factories.kept(session, JournalEntry(at=at, action="sign-in.burst", subject_id=tried.id))
        factories.kept(session, JournalEntry(at=NOW, action="sign-in.burst"))
        person = tried.id or 0
    reasons = seen(offa, database)[person]
    assert sorted(reasons) == ["2 séries de mots de passe faux", "Les e-mails à son adresse reviennent"]
