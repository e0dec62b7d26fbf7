"""Use cases of an operator's staff: take an introduction over, confirm the start, say that nothing came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.domain.introductions import INTRODUCTION_LIFE, IntroductionStatus
from stageplus.models import Application, Introduction
from stageplus.services.applications.schemas import Took
from stageplus.services.consultations.actions import note_consultation
from stageplus.services.followup import letters
from stageplus.services.followup.introductions import introduction_in
from stageplus.services.followup.queries import followed_in
from stageplus.services.followup.schemas import FailureInput, FirstDayInput, FollowedLearner, IntroductionRow
from stageplus.services.followup.scope import my_introductions_only
from stageplus.services.placements.actions import fall_through, invite, recount_place
from stageplus.services.postings.actions import give_place_back
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def take_over(actor: Actor | None, introduction_id: int, *, now: datetime, on: Engine | None = None) -> IntroductionRow:
    """Mark an introduction of one's operator as taken over and tell the learner.

    Raises `AlreadyDone` when a colleague was faster, `NotFound` for another operator's.
    """
    actor = require(actor, Permission.INTRODUCTION_TAKE_OVER)
    with transaction(on) as session:
        found = _mine(session, actor, introduction_id)
        if found.status is not IntroductionStatus.WAITING:
            raise AlreadyDone
        _move(session, actor, found, "take over", taken_over_at=now, taken_over_by=actor.person_id)
        letters.taken_over(session, found, now)
        return introduction_in(session, introduction_id, now)


def confirm_start(
    actor: Actor | None, introduction_id: int, data: FirstDayInput, *, now: datetime, on: Engine | None = None
) -> IntroductionRow:
    """Note that a learner has begun in the company, and tell both; the introduction is settled.

    Raises `InvalidInput` for a day to come, or before the learner applied; `NotPossible` before it was taken over or
    once it is settled; `AlreadyDone` when a colleague was faster.
    """
    actor = require(actor, Permission.INTRODUCTION_TAKE_OVER)
    with transaction(on) as session:
        found = _mine(session, actor, introduction_id)
        sent_at = session.get_one(Application, found.application_id).sent_at
        if not day_in_brussels(sent_at) <= data.day <= day_in_brussels(now):
            raise InvalidInput({"day": _("Le premier jour est déjà passé, et suit la candidature.")})
        settled = {"settled_at": now, "settled_by": actor.person_id}
        _move(session, actor, found, "start", started_on=data.day, **settled)
        letters.started(session, found, now)
        return introduction_in(session, introduction_id, now)


def fail_introduction(
    actor: Actor | None, introduction_id: int, data: FailureInput, *, now: datetime, on: Engine | None = None
) -> IntroductionRow:
    """Say why nothing came of an introduction: the place and the learner are given back, all or nothing.

    The offer goes on line again when nothing but this place had filled it and it still may be; whoever was told then
    that it was full reads that it is free again. Raises `NotPossible` once it is settled, `AlreadyDone` when a
    colleague was faster.
    """
    actor = require(actor, Permission.INTRODUCTION_TAKE_OVER)
    with transaction(on) as session:
        found = _mine(session, actor, introduction_id)
        settled = {"settled_at": now, "settled_by": actor.person_id}
        _move(session, actor, found, "fail", failure_reason=data.reason, **settled)
        application = session.get_one(Application, found.application_id)
        reopened = give_place_back(session, actor, application.offer_id, now)
        took = Took("fall-through", actor.role, actor.person_id, now)
        fall_through(session, found.application_id, data.reason, took)
        recount_place(session, application.learner_id)
        if reopened:
            invite(session, application.offer_id, now)
        return introduction_in(session, introduction_id, now)


def open_learner(actor: Actor | None, learner_id: int, *, now: datetime, on: Engine | None = None) -> FollowedLearner:
    """Open the sheet of one learner of one's operator, who reads that the operator looked, and on which days.

    Raises `NotFound` for another operator's.
    """
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with transaction(on) as session:
        shown = followed_in(session, actor, learner_id, now)
        note_consultation(session, actor, learner_id, None, now)
        return shown


def _mine(session: Session, actor: Actor, introduction_id: int) -> Introduction:
    mine = select(Introduction).where(*my_introductions_only(actor), Introduction.id == introduction_id)
    found = session.exec(mine).first()
    if found is None:
        raise NotFound
    return found


def _move(session: Session, actor: Actor, found: Introduction, step: str, **changed: Any) -> None:
    """Take a step if nobody was faster; raises `AlreadyDone` when a colleague was."""
    before = found.status
    after = INTRODUCTION_LIFE.after(step, before, actor.role)
    free = update(Introduction).where(col(Introduction.id) == found.id, col(Introduction.status) == before)
    if session.exec(free.values(status=after, **changed)).rowcount != 1:
        raise AlreadyDone
    session.refresh(found)
