"""One step of an application's life: the rule, the conditional write, the story, and who is told."""

from typing import Any

from sqlmodel import Session, col, func, select, update

from stageplus.domain.applications import APPLICATION_LIFE, LIVE, ApplicationStatus
from stageplus.domain.errors import NotPossible
from stageplus.models import Application, ApplicationChange, Offer
from stageplus.services.applications.schemas import Took
from stageplus.services.applications.scope import Parties
from stageplus.services.notifications.actions import drop_news_about
from stageplus.services.notifications.live import tell


def hold_capped(session: Session, offer: Offer) -> None:
    """Hold an offer that has a cap, before anything else, so that its count and its steps never cross."""
    if offer.most_waiting is not None:
        session.refresh(offer, with_for_update={"key_share": True})


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


def take_step(session: Session, parties: Parties, took: Took, **changed: Any) -> None:
    """Take a step if nobody was faster; raises `NotPossible` when the status has changed meanwhile.

    What was written about an application that is withdrawn and waits to be sent or read, goes with it.
    """
    hold_capped(session, parties.offer)
    application = parties.application
    before = application.status
    after = APPLICATION_LIFE.after(took.step, before, took.role)
    mine = update(Application).where(col(Application.id) == application.id, col(Application.status) == before)
    done = session.exec(mine.values(status=after, changed_at=took.at, **changed))
    if done.rowcount != 1:
        raise NotPossible(took.step, before)
    session.refresh(application)
    if after is ApplicationStatus.WITHDRAWN:
        drop_news_about(session, parties.thing)
    record(session, parties, took)


def record(session: Session, parties: Parties, took: Took) -> None:
    """Write the step in the application's story and tell whoever looks at it."""
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
    tell(
        session,
        f"learner:{application.learner_id}",
        f"company:{parties.offer.company_id}",
        f"operator:{parties.learner.operator_id}",
        f"offer:{parties.offer.id}",
        f"sector:{parties.offer.sector_code}",
        "site",
    )
