"""Answers that may be taken back for some seconds: kept with what they changed, not yet shown to their learner."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlmodel import Session, col, delete, select

from stageplus.models import Application, HeldAnswer
from stageplus.services.applications.schemas import Hold, Took
from stageplus.services.applications.scope import Parties
from stageplus.services.notifications.actions import drop_held_letters
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels

BEFORE = ("status", "changed_at", "promised_on", "company_words", "refusal_reason")
"""What answers change in an application, and what taking them back restores."""


def new_hold(session: Session, now: datetime) -> Hold | None:
    """Return until when an answer given now may be taken back; nothing when the parameter in force says zero."""
    seconds = float(parameter_in_force(session, "answer_undo_seconds", day_in_brussels(now)))
    return Hold(token_hex(16), now + timedelta(seconds=seconds)) if seconds else None


def settle(session: Session, parties: Parties, step: str) -> None:
    """End what may be taken back of an earlier answer, as another step comes; nobody who withdraws hears of it."""
    gone = delete(HeldAnswer).where(col(HeldAnswer.application_id) == parties.application.id)
    key = session.execute(gone.returning(col(HeldAnswer.key))).scalar_one_or_none()
    if key and step == "withdraw":
        drop_held_letters(session, key, parties.person.email)
    parties.held = None


def hold_back(session: Session, application_id: int, before: dict[str, Any], took: Took, change_id: int) -> None:
    """Keep what an answer changed for as long as it may be taken back."""
    if took.hold is None or took.person_id is None:
        return
    held = HeldAnswer(
        application_id=application_id,
        key=took.hold.key,
        person_id=took.person_id,
        change_id=change_id,
        given_at=took.at,
        until=took.hold.until,
        **before,
    )
    session.add(held)
    session.flush()


def hold_of(session: Session, application: Application, now: datetime) -> Hold | None:
    """Return how long what is written of the answer given at this very moment waits."""
    held = session.get(HeldAnswer, application.id)
    return Hold(held.key, held.until) if held and held.given_at == now else None


def seen_by_learner(session: Session, found: Sequence[Parties], now: datetime) -> set[int]:
    """Show applications as they were before answers that may still be taken back; return what their stories leave out.

    Only for reading: the applications leave the session.
    """
    left_out = set()
    for parties in found:
        held = parties.held
        if held is not None and held.until > now:
            session.expunge(parties.application)
            for name in BEFORE:
                setattr(parties.application, name, getattr(held, name))
            left_out.add(held.change_id)
    return left_out


def end_of_holds(session: Session, now: datetime) -> list[int]:
    """End the holds whose time is over, and return the applications whose answer is told from now on."""
    over = select(HeldAnswer.application_id).where(col(HeldAnswer.until) <= now)
    numbers = list(session.exec(over.order_by(col(HeldAnswer.application_id))))
    told = col(HeldAnswer.application_id).in_(numbers)
    session.exec(delete(HeldAnswer).where(told, col(HeldAnswer.until) <= now))
    return numbers
