"""Somebody is suspended: no mail goes to them, no offer and no application waits for an answer from nobody."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import LastAdministrator, LearnerSuspended
from stageplus.models import Application, Approval, CompanyMember, Offer, OutboxMessage, Person
from stageplus.services.absences.actions import keep_offers_answered
from stageplus.services.applications.actions import (
    accept_application,
    give_up_waiting,
    propose_interview,
    refuse_application,
    remind_companies,
    withdraw_application,
)
from stageplus.services.applications.queries import inbox, inbox_detail
from stageplus.services.applications.schemas import InboxSearch, RefusalInput
from stageplus.services.approvals.actions import change_approval
from stageplus.services.approvals.schemas import DecisionInput
from stageplus.services.interviews.schemas import InterviewInput
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.people.actions import restore_person, suspend_person
from stageplus.services.people.schemas import SuspensionInput
from stageplus.services.postings.actions import suspend_offer
from stageplus.services.teams.actions import leave_team
from tests import factories
from tests.factories import NOW

LATER = NOW + timedelta(minutes=5)
WHY = SuspensionInput(reason="Enquête en cours")
INTERVIEW = InterviewInput.read({"day": "2026-12-01", "at": "10:00", "place": "Rue de l’Essai 1"})
NO = RefusalInput.read({"reason": "jours", "words": "Merci, mais non."})


@dataclass(frozen=True)
class Scene:
    """A bakery with two establishments and an approved operator, its administrator, an applicant, and OFFA."""

    database: Engine
    offa: Actor
    staff: Actor
    admin: Actor
    learner: Actor
    here: int
    elsewhere: int
    application: int
    approval: int

    def suspend(self, who: Actor) -> None:
        suspend_person(self.offa, who.person_id, WHY, now=NOW, on=self.database)

    def restore(self, who: Actor) -> None:
        restore_person(self.offa, who.person_id, now=LATER, on=self.database)

    def statuses(self) -> list[OfferStatus]:
        with reading(self.database) as session:
            return list(session.exec(select(Offer.status).order_by(col(Offer.id))))

    def mails(self, who: Actor) -> list[OutboxMessage]:
        with reading(self.database) as session:
            address = session.get_one(Person, who.person_id).email
            theirs = select(OutboxMessage).where(OutboxMessage.recipient == address)
            return list(session.exec(theirs.order_by(col(OutboxMessage.id))))

    def member(self, *houses: int) -> Actor:
        with transaction(self.database) as session:
            return factories.a_member(session, self.admin.company_id or 0, *houses)


@pytest.fixture
def scene(database: Engine) -> Scene:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator, company = factories.an_operator(session), factories.a_company(session)
        here, elsewhere = (factories.an_establishment(session, company) for _number in range(2))
        approvals = [factories.an_approval(session, house, operator_id=operator.id) for house in (here, elsewhere)]
        offers = [factories.an_offer(session, house) for house in (here, elsewhere)]
        learner = factories.a_learner(session, operator)
        sent = factories.an_application(session, offers[0], learner)
        return Scene(
            database,
            factories.an_offa_member(session),
            factories.a_staff_member(session, operator.id or 0),
            factories.a_member(session, company.id or 0, is_admin=True),
            factories.actor_of_learner(learner),
            here.id or 0,
            elsewhere.id or 0,
            sent.id or 0,
            approvals[0].id or 0,
        )


def write(session: Session, address: str, key: str) -> None:
    link = ("/aide", "Aide")
    queue_mail(session, key=key, kind="account", recipient=address, subject=key, sentences=[key], link=link, now=NOW)


def test_whoever_is_suspended_reads_of_the_suspension_alone(scene: Scene) -> None:
    with transaction(scene.database) as session:
        address = session.get_one(Person, scene.learner.person_id).email
        write(session, address, "before")
    scene.suspend(scene.learner)
    with transaction(scene.database) as session:
        write(session, address, "meanwhile")
    assert [mail.subject for mail in scene.mails(scene.learner)] == ["Un compte suspendu"]
    scene.restore(scene.learner)
    with transaction(scene.database) as session:
        write(session, address, "after")
    subjects = [mail.subject for mail in scene.mails(scene.learner)]
    assert subjects == ["Un compte suspendu", "Un compte rouvert", "after"]


def test_what_was_sent_before_stays_in_the_outbox(scene: Scene) -> None:
    with transaction(scene.database) as session:
        write(session, session.get_one(Person, scene.admin.person_id).email, "sent")
        session.exec(select(OutboxMessage)).one().sent_at = NOW
    scene.suspend(scene.admin)
    assert [mail.subject for mail in scene.mails(scene.admin)] == ["sent", "Un compte suspendu"]


def test_offers_that_nobody_answers_pause_and_come_back(scene: Scene) -> None:
    scene.suspend(scene.admin)
    assert scene.statuses() == [OfferStatus.SUSPENDED] * 2
    assert "2 offres sont en pause" in scene.mails(scene.admin)[-1].text
    assert "personne ne peut y répondre" in scene.mails(scene.learner)[-1].text
    assert "2 offres sont en pause" in scene.mails(scene.staff)[-1].text
    scene.restore(scene.admin)
    assert scene.statuses() == [OfferStatus.PUBLISHED] * 2
    assert "de nouveau ouverte" in scene.mails(scene.learner)[-1].text
    assert "2 offres sont revenues" in scene.mails(scene.staff)[-1].text


def test_offers_that_a_colleague_answers_stay_open(scene: Scene) -> None:
    scene.member(scene.elsewhere)
    scene.suspend(scene.admin)
    assert scene.statuses() == [OfferStatus.SUSPENDED, OfferStatus.PUBLISHED]
    assert "1 offre est en pause" in scene.mails(scene.admin)[-1].text


def test_a_colleague_who_is_suspended_too_answers_nothing(scene: Scene) -> None:
    colleague = scene.member()
    scene.suspend(scene.admin)
    assert scene.statuses() == [OfferStatus.PUBLISHED] * 2
    scene.suspend(colleague)
    assert scene.statuses() == [OfferStatus.SUSPENDED] * 2
    scene.restore(colleague)
    assert scene.statuses() == [OfferStatus.PUBLISHED] * 2


def test_the_last_who_answers_may_leave_and_whoever_joins_brings_the_offers_back(scene: Scene) -> None:
    colleague = scene.member()
    scene.suspend(scene.admin)
    leave_team(colleague, now=NOW, on=scene.database)
    assert scene.statuses() == [OfferStatus.SUSPENDED] * 2
    newcomer = scene.member(scene.here)
    with transaction(scene.database) as session:
        keep_offers_answered(session, None, newcomer.company_id or 0, LATER)
    assert scene.statuses() == [OfferStatus.PUBLISHED, OfferStatus.SUSPENDED]


def test_a_suspended_administrator_does_not_replace_the_last_one(scene: Scene) -> None:
    other = scene.member()
    with transaction(scene.database) as session:
        session.get_one(CompanyMember, (other.person_id, other.company_id)).is_admin = True
    scene.suspend(other)
    with pytest.raises(LastAdministrator):
        leave_team(scene.admin, now=NOW, on=scene.database)


def test_what_the_company_paused_itself_stays_paused(scene: Scene) -> None:
    with reading(scene.database) as session:
        offer = session.exec(select(Offer.id).where(Offer.establishment_id == scene.here)).one()
    suspend_offer(scene.admin, offer or 0, now=NOW, on=scene.database)
    scene.suspend(scene.admin)
    scene.restore(scene.admin)
    assert scene.statuses() == [OfferStatus.SUSPENDED, OfferStatus.PUBLISHED]


def test_an_offer_comes_back_only_when_it_lacks_neither_agrement_nor_answer(scene: Scene) -> None:
    def decide(state: ApprovalState, days: int) -> None:
        day = (NOW + timedelta(days=days)).date()
        data = DecisionInput(state=state, since=day, reason="Contrôle")
        moment = NOW + timedelta(days=days)
        change_approval(scene.staff, scene.approval, 0, data, now=moment, on=scene.database)

    scene.suspend(scene.admin)
    decide(ApprovalState.SUSPENDED, 0)
    scene.restore(scene.admin)
    assert scene.statuses() == [OfferStatus.SUSPENDED, OfferStatus.PUBLISHED]
    scene.suspend(scene.admin)
    decide(ApprovalState.GRANTED, 1)
    assert scene.statuses() == [OfferStatus.SUSPENDED] * 2
    scene.restore(scene.admin)
    assert scene.statuses() == [OfferStatus.PUBLISHED] * 2
    with reading(scene.database) as session:
        assert session.get_one(Approval, scene.approval).state is ApprovalState.GRANTED


def test_nobody_answers_a_learner_who_would_not_read_it(scene: Scene) -> None:
    scene.suspend(scene.learner)
    number, on = scene.application, scene.database
    for answer in (
        lambda: propose_interview(scene.admin, number, INTERVIEW, now=NOW, on=on),
        lambda: accept_application(scene.admin, number, now=NOW, on=on),
        lambda: refuse_application(scene.admin, number, NO, now=NOW, on=on),
    ):
        with pytest.raises(LearnerSuspended):
            answer()
    detail = inbox_detail(scene.admin, number, now=NOW, on=on)
    assert (detail.row.suspended, detail.row.waiting_words) == (True, "Compte suspendu pour le moment")
    assert not (detail.can_contact or detail.can_accept or detail.can_refuse)
    listed = inbox(scene.admin, InboxSearch(), now=NOW, on=on)
    assert ([row.suspended for row in listed.rows], listed.to_answer) == ([True], 0)
    assert inbox(scene.admin, InboxSearch(group="a-repondre"), now=NOW, on=on).rows == []
    scene.restore(scene.learner)
    assert inbox_detail(scene.admin, number, now=NOW, on=on).can_accept
    assert inbox(scene.admin, InboxSearch(group="a-repondre"), now=NOW, on=on).to_answer == 1


@pytest.mark.parametrize("days", [8, 15, 31])
def test_nobody_is_reminded_or_said_to_be_silent_meanwhile(scene: Scene, days: int) -> None:
    scene.suspend(scene.learner)
    later = NOW + timedelta(days=days)
    assert remind_companies(now=later, on=scene.database) + give_up_waiting(now=later, on=scene.database) == 0
    scene.restore(scene.learner)
    assert remind_companies(now=later, on=scene.database) + give_up_waiting(now=later, on=scene.database) == 1


def test_the_company_in_contact_is_told_both_ways(scene: Scene) -> None:
    propose_interview(scene.admin, scene.application, INTERVIEW, now=NOW, on=scene.database)
    scene.suspend(scene.learner)
    assert "est suspendu pour le moment" in scene.mails(scene.admin)[-1].text
    scene.restore(scene.learner)
    assert "est rouvert" in scene.mails(scene.admin)[-1].text
    with reading(scene.database) as session:
        assert session.get_one(Application, scene.application).status is ApplicationStatus.IN_CONTACT


def test_what_is_over_says_nothing_of_a_suspension(scene: Scene) -> None:
    withdraw_application(scene.learner, scene.application, now=NOW, on=scene.database)
    before = len(scene.mails(scene.admin))
    scene.suspend(scene.learner)
    assert inbox(scene.admin, InboxSearch(), now=NOW, on=scene.database).rows == []
    assert len(scene.mails(scene.admin)) == before


def test_a_suspension_of_staff_touches_no_offer(scene: Scene) -> None:
    with transaction(scene.database) as session:
        coach = Actor(factories.a_person(session, Role.COACH).id or 0, Role.COACH)
    scene.suspend(coach)
    scene.suspend(scene.staff)
    assert scene.statuses() == [OfferStatus.PUBLISHED] * 2
