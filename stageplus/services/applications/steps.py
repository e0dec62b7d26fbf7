"""One step of an application's life: the rule, the conditional write, the story, and who is told."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select, update

from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import APPLICATION_LIFE, LIVE, ApplicationStatus, Facts
from stageplus.domain.errors import NotPossible
from stageplus.domain.interviews import HELD_IN
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, ApplicationChange, Offer
from stageplus.services.applications.held import BEFORE, hold_back, new_hold, settle
from stageplus.services.applications.schemas import Took
from stageplus.services.applications.scope import Parties
from stageplus.services.documents.actions import remove_document
from stageplus.services.interviews.actions import end_with_application
from stageplus.services.notifications.actions import drop_news_about
from stageplus.services.notifications.live import tell


def hold_capped(session: Session, offer: Offer) -> None:
    """Hold an offer that has a cap, before anything else, so that its count and its steps never cross."""
    if offer.most_waiting is not None:
        session.refresh(offer, with_for_update={"key_share": True})


def hold_offers(session: Session, *numbers: int) -> None:
    """Hold offers, in the same order for everybody: what closes, fills, reopens or moves at once waits here."""
    wanted = select(Offer).where(col(Offer.id).in_(numbers)).order_by(col(Offer.id)).with_for_update(key_share=True)
    session.exec(wanted.execution_options(populate_existing=True)).all()


def weigh(session: Session, offer: Offer) -> None:
    """Note whether as many applications as the company wants at most are waiting; below, the offer takes some again.

    Waiting are those in which somebody still has to act; those that a company never answered do not keep it closed.
    """
    waiting = select(func.count(col(Application.id))).where(Application.offer_id == offer.id)
    live = waiting.where(col(Application.status).in_(LIVE))
    at_cap = offer.most_waiting is not None and session.exec(live).one() >= offer.most_waiting
    if at_cap != offer.at_cap:
        offer.at_cap = at_cap
        session.add(offer)
        session.flush()


def answer_by(session: Session, actor: Actor, step: str, now: datetime) -> Took:
    """Return an answer that its author may take back for as long as the parameter in force says."""
    return Took(step, actor.role, actor.person_id, now, new_hold(session, now))


def facts_of(parties: Parties) -> Facts:
    """Return what the guards of an application ask about."""
    offer = parties.offer
    return Facts(
        learner_is_there=parties.person.suspended_at is None,
        places_left=offer.places - offer.places_taken,
        offer_takes_answers=offer.status in (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED),
    )


def take_step(session: Session, parties: Parties, took: Took, facts: Facts | None = None, **changed: Any) -> None:
    """Take a step if nobody was faster; raises `NotPossible` when the status has changed meanwhile.

    `facts` are those of before a place was taken for this very step; otherwise those of the moment.
    What was written about an application that is withdrawn and waits to be sent or read, goes with it, and so its CV.
    """
    hold_capped(session, parties.offer)
    application = parties.application
    before, fields = application.status, {name: getattr(application, name) for name in BEFORE}
    after = APPLICATION_LIFE.after(took.step, before, took.role, facts or facts_of(parties))
    mine = update(Application).where(col(Application.id) == application.id, col(Application.status) == before)
    done = session.exec(mine.values(status=after, changed_at=took.at, **changed))
    if done.rowcount != 1:
        raise NotPossible(took.step, before)
    settle(session, parties, took.step)
    session.refresh(application)
    if after is ApplicationStatus.WITHDRAWN:
        drop_news_about(session, parties.thing)
        remove_document(session, application.id or 0)
    hold_back(session, application.id or 0, fields, took, record(session, parties, took))
    if before in HELD_IN and after is not before and took.hold is None:
        end_interview(session, parties, took.at, took.role)


def end_interview(session: Session, parties: Parties, now: datetime, role: Role | None = None) -> None:
    """End the interview of an application that no longer holds one; after an answer, once that is not taken back."""
    if parties.application.status is not ApplicationStatus.IN_CONTACT:
        end_with_application(session, parties.application.id or 0, parties.application.status, role, now)


def stay(
    session: Session, parties: Parties, took: Took, *which: Any, facts: Facts | None = None, **changed: Any
) -> None:
    """Take a step that leaves the status where it is, if nobody moved the application meanwhile; `which` says more."""
    application = parties.application
    status = APPLICATION_LIFE.after(took.step, application.status, took.role, facts or facts_of(parties))
    mine = update(Application).where(col(Application.id) == application.id, col(Application.status) == status, *which)
    if session.exec(mine.values(**changed or {"status": status})).rowcount != 1:
        raise NotPossible(took.step, status)
    session.refresh(application)
    record(session, parties, took)


def record(session: Session, parties: Parties, took: Took) -> int:
    """Write the step in the application's story, tell whoever looks at it, and return what was written."""
    application = parties.application
    change = ApplicationChange(
        application_id=application.id or 0,
        step=took.step,
        status=application.status,
        role=took.role,
        person_id=took.person_id,
        at=took.at,
    )
    session.add(change)
    session.flush()
    weigh(session, parties.offer)
    tell_all(session, parties)
    return change.id or 0


def tell_all(session: Session, parties: Parties) -> None:
    """Tell the open pages of everybody around an application that it changed."""
    tell(
        session,
        f"learner:{parties.application.learner_id}",
        f"company:{parties.offer.company_id}",
        f"operator:{parties.learner.operator_id}",
        f"offer:{parties.offer.id}",
        f"sector:{parties.offer.sector_code}",
        "site",
    )
