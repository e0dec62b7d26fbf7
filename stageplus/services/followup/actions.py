"""Use cases of an operator's staff."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, NotFound
from stageplus.models import Application, Introduction, Learner, Offer, Person
from stageplus.services.followup.introductions import introduction_in
from stageplus.services.followup.schemas import IntroductionRow
from stageplus.services.followup.scope import my_introductions_only
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.live import tell
from stageplus.texts import _


def take_over(actor: Actor | None, introduction_id: int, *, now: datetime, on: Engine | None = None) -> IntroductionRow:
    """Mark an introduction of one's operator as taken over and tell the learner.

    Raises `AlreadyDone` when a colleague was faster, `NotFound` for another operator's.
    """
    actor = require(actor, Permission.INTRODUCTION_TAKE_OVER)
    with transaction(on) as session:
        mine = select(Introduction).where(*my_introductions_only(actor), Introduction.id == introduction_id)
        found = session.exec(mine).first()
        if found is None:
            raise NotFound
        free = update(Introduction).where(col(Introduction.id) == found.id, col(Introduction.taken_over_at).is_(None))
        done = session.exec(free.values(taken_over_at=now, taken_over_by=actor.person_id))
        if done.rowcount != 1:
            raise AlreadyDone
        session.refresh(found)
        _tell(session, found, now)
        return introduction_in(session, introduction_id, now)


def _tell(session: Session, introduction: Introduction, now: datetime) -> None:
    application = session.get_one(Application, introduction.application_id)
    learner = session.get_one(Learner, application.learner_id)
    offer = session.get_one(Offer, application.offer_id)
    person = session.get_one(Person, learner.person_id)
    queue_mail(
        session,
        key=f"taken-over:{introduction.id}",
        kind="taken-over",
        recipient=person.email,
        subject=_("Ton opérateur prend la suite"),
        sentences=[_("Ton opérateur s’occupe maintenant de ton contrat avec l’entreprise. Il te contacte bientôt.")],
        link=(f"/candidatures/{application.id}", _("Voir les étapes")),
        now=now,
    )
    tell(
        session,
        f"operator:{introduction.operator_id}",
        f"learner:{learner.id}",
        f"company:{offer.company_id}",
        "site",
    )
