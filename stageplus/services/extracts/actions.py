"""Use cases of taking lists along: staff's learners and introductions as files, each learner told that it was done."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.models import Application, Introduction
from stageplus.services.consultations.actions import note_consultations
from stageplus.services.extracts.lines import OF_INTRODUCTIONS, OF_LEARNERS, introduction_lines, learner_lines
from stageplus.services.extracts.schemas import Extract
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.followup.queries import my_introductions, ordered_learners, patience_in
from stageplus.services.followup.schemas import LearnerSearch
from stageplus.services.throttle import Limit, throttle
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

PER_PERSON = Limit("extracts", 20, 60)


def extract_learners(actor: Actor | None, search: LearnerSearch, *, now: datetime, on: Engine | None = None) -> Extract:
    """Take along the learners that a search means, all pages of it; each of them reads that the operator looked.

    Needs a recent proof, for so many people's data leave the site; at most twenty files an hour. Raises
    `FreshFactorNeeded` and `TooManyTries`.
    """
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with transaction(on) as session:
        _admit(session, actor, now)
        ordered = ordered_learners(session, actor, search, now, patience_in(session, now))
        ids = list(session.execute(ordered).scalars())
        note_consultations(session, actor, ids, now)
    return Extract(
        _("apprenants-{day}").format(day=day_in_brussels(now)), OF_LEARNERS, learner_lines(actor, ids, now, on)
    )


def extract_introductions(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Extract:
    """Take along every introduction of one's learners, the latest first; the same proof, limit and log as for them."""
    actor = require(actor, Permission.INTRODUCTION_TAKE_OVER)
    with transaction(on) as session:
        _admit(session, actor, now)
        mine = select(Introduction.id, Application.learner_id).join(Application).where(*my_introductions(actor))
        found = session.exec(mine.order_by(col(Introduction.created_at).desc(), col(Introduction.id).desc())).all()
        note_consultations(session, actor, sorted({learner for _introduction, learner in found}), now)
    ids = [introduction or 0 for introduction, _learner in found]
    name = _("mises-en-relation-{day}").format(day=day_in_brussels(now))
    return Extract(name, OF_INTRODUCTIONS, introduction_lines(actor, ids, on))


def _admit(session: Session, actor: Actor, now: datetime) -> None:
    require_recent_proof(session, actor, now)
    throttle().admit(PER_PERSON, str(actor.person_id))
