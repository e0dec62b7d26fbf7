"""How the staff of the demonstration follows its learners, and what came of some introductions."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.coaching import ViewList
from stageplus.domain.guidance import Situation
from stageplus.domain.introductions import FailureReason, IntroductionStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    Consultation,
    FollowUp,
    Introduction,
    Learner,
    LearnerAssignment,
    LearnerNote,
    Offer,
    OutsidePlace,
    Person,
    SavedView,
)
from stageplus.texts.formats import day_in_brussels

NOTES = (
    "Vu au centre mardi : motivé, préfère un atelier à moins de 15 km.",
    "A reçu deux réponses négatives. On relit sa motivation ensemble la semaine prochaine.",
    "Disponible dès la rentrée, prend le train sans souci.",
)

VIEWS = (("Sans lieu, à appeler", "place=sans&contact=du&tri=contact"), ("Mes apprenants", "suivi=moi"))


def follow_some(cast: Cast, referent: Person, mine: Learner) -> None:
    """Settle some introductions of an operator, follow some of its learners, and log who looked at one of them."""
    _settle(cast, referent, mine.operator_id)
    _came_one_by_one(cast, mine.operator_id)
    others = select(Learner).where(Learner.operator_id == mine.operator_id, col(Learner.has_place).is_(False))
    others = others.where(Learner.id != mine.id)
    waiting = cast.session.exec(others.order_by(col(Learner.plain_name)).limit(4)).all()
    for number, learner in enumerate([mine, *waiting[:3]]):
        _follow(cast, referent, learner, number)
    _share_out(cast, referent, [mine, *waiting])
    for name, query in VIEWS:
        cast.kept(
            SavedView(person_id=referent.id or 0, of_list=ViewList.LEARNERS, name=name, query=query, kept_at=cast.now)
        )
    if len(waiting) > 3:
        _found_elsewhere(cast, referent, waiting[3])
    _log(cast, referent, mine)


def _settle(cast: Cast, referent: Person, operator_id: int) -> None:
    theirs = select(Introduction).where(Introduction.operator_id == operator_id).order_by(col(Introduction.id))
    statuses = (IntroductionStatus.WAITING, IntroductionStatus.TAKEN_OVER, IntroductionStatus.STARTED)
    for number, introduction in enumerate(cast.session.exec(theirs)):
        status = (*statuses, IntroductionStatus.FAILED)[number % 4]
        introduction.status, introduction.taken_over_at = status, None
        if status is IntroductionStatus.WAITING:
            continue
        introduction.taken_over_at, introduction.taken_over_by = introduction.created_at, referent.id
        if status is IntroductionStatus.TAKEN_OVER:
            continue
        introduction.settled_at, introduction.settled_by = cast.now - timedelta(hours=3), referent.id
        if status is IntroductionStatus.STARTED:
            introduction.started_on = day_in_brussels(cast.now) - timedelta(days=1)
        else:
            _give_back(cast, introduction)
    cast.session.flush()


def _give_back(cast: Cast, introduction: Introduction) -> None:
    introduction.failure_reason = FailureReason.NO_CONTACT
    application = cast.session.get_one(Application, introduction.application_id)
    application.status, application.changed_at = ApplicationStatus.FELL_THROUGH, cast.now - timedelta(hours=3)
    told = ApplicationChange(application_id=application.id or 0, step="fall-through", role=Role.OPERATOR)
    told.status, told.at = application.status, application.changed_at
    cast.kept(told)
    offer = cast.session.get_one(Offer, application.offer_id)
    offer.places_taken -= 1
    if offer.status is OfferStatus.FILLED:
        offer.status = OfferStatus.PUBLISHED
    cast.session.get_one(Learner, application.learner_id).has_place = False


def _follow(cast: Cast, referent: Person, learner: Learner, number: int) -> None:
    today, learner_id = day_in_brussels(cast.now), learner.id or 0
    planned = (today + timedelta(days=2), today, today - timedelta(days=1), None)[number]
    followed = FollowUp(learner_id=learner_id, situation=list(Situation)[number], changed_at=cast.now)
    followed.next_contact_on, followed.changed_by = planned, referent.id
    cast.kept(followed)
    if number < len(NOTES):
        note = LearnerNote(learner_id=learner_id, operator_id=learner.operator_id, words=NOTES[number], at=cast.now)
        note.at, note.person_id = cast.now - timedelta(days=number + 1), referent.id
        cast.kept(note)


def _came_one_by_one(cast: Cast, operator_id: int) -> None:
    """Let the accounts be of different days, so that some have been without a place longer than others."""
    theirs = select(Person).join(Learner).where(Learner.operator_id == operator_id).order_by(col(Learner.id))
    for number, person in enumerate(cast.session.exec(theirs)):
        person.created_at = cast.now - timedelta(days=(34, 47, 60, 75, 96)[number % 5])


def _share_out(cast: Cast, referent: Person, learners: list[Learner]) -> None:
    """Give every other learner to the referent, and the rest to nobody yet."""
    for learner in learners[::2]:
        who = {"operator_id": learner.operator_id, "person_id": referent.id or 0, "assigned_by": referent.id or 0}
        cast.kept(LearnerAssignment(learner_id=learner.id or 0, **who, at=cast.now - timedelta(days=3)))


def _found_elsewhere(cast: Cast, referent: Person, learner: Learner) -> None:
    place = OutsidePlace(learner_id=learner.id or 0, by_staff=True, person_id=referent.id, noted_at=cast.now)
    place.company_name, place.trade_code = "Atelier du Détour", learner.trade_code
    place.starts_on = day_in_brussels(cast.now) + timedelta(days=6)
    cast.kept(place)
    learner.has_place = True


def _log(cast: Cast, referent: Person, mine: Learner) -> None:
    seen = select(Application, Offer).join(Offer).where(Application.learner_id == mine.id)
    for number, (application, offer) in enumerate(cast.session.exec(seen.order_by(col(Application.id)))):
        at = application.changed_at + timedelta(hours=number)
        if application.status is not ApplicationStatus.SENT:
            look = Consultation(learner_id=mine.id or 0, role=Role.COMPANY, day=day_in_brussels(at), at=at)
            look.application_id, look.company_id = application.id, offer.company_id
            cast.kept(look)
    at = cast.now - timedelta(days=1)
    look = Consultation(learner_id=mine.id or 0, role=Role.OPERATOR, day=day_in_brussels(at), at=at)
    look.person_id, look.operator_id = referent.id, mine.operator_id
    cast.kept(look)
