"""Whether a learner has a place, through Stage+ or elsewhere, as the learner and the staff read it."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, and_, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import ANSWERABLE
from stageplus.domain.errors import NotFound
from stageplus.domain.introductions import IntroductionStatus
from stageplus.models import Application, Introduction, Learner, OutsidePlace
from stageplus.services.followup.queries import this_learner
from stageplus.services.numbers import shown
from stageplus.services.placements.schemas import OwnPlace
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def my_place(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> OwnPlace:
    """Say whether a place of one's own is noted, and how many applications a company could still answer."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with reading(on) as session:
        return own_place_in(session, actor.learner_id or 0)


def own_place_in(session: Session, learner_id: int) -> OwnPlace:
    """Read where a learner stands, within a session, in one statement."""
    live = select(func.count(col(Application.id))).where(Application.learner_id == learner_id)
    live = live.where(col(Application.status).in_(ANSWERABLE))
    holds = and_(col(OutsidePlace.learner_id) == Learner.id, col(OutsidePlace.ended_at).is_(None))
    read = select(Learner.has_place, live.scalar_subquery(), OutsidePlace).outerjoin(OutsidePlace, holds)
    has_place, count, place = session.exec(read.where(Learner.id == learner_id)).one()
    return OwnPlace(has_place, place is not None, place_words(place) if place else "", int(count))


def place_words(place: OutsidePlace) -> str:
    """Say where a place found without Stage+ is, as far as it is known, and since when it is noted."""
    who = place.company_name or (shown(place.enterprise_number) if place.enterprise_number else "")
    parts = [who, _("dès le {day}").format(day=long_date(place.starts_on)) if place.starts_on else ""]
    noted = _("noté le {day}").format(day=long_date(day_in_brussels(place.noted_at)))
    return " · ".join(filter(None, [*parts, noted]))


def place_elsewhere(session: Session, learner_id: int) -> OutsidePlace | None:
    """Return the place found without Stage+ that a learner still has."""
    mine = select(OutsidePlace).where(OutsidePlace.learner_id == learner_id)
    return session.exec(mine.where(col(OutsidePlace.ended_at).is_(None))).first()


def is_introduced(session: Session, learner_id: int) -> bool:
    """Say whether a learner has a place through Stage+."""
    through = select(Introduction.id).join(Application).where(Application.learner_id == learner_id)
    return session.exec(through.where(Introduction.status != IntroductionStatus.FAILED).limit(1)).first() is not None


def place_left(session: Session, learner_id: int) -> bool:
    """Say whether any place is noted for a learner."""
    return place_elsewhere(session, learner_id) is not None or is_introduced(session, learner_id)


def learner_followed(session: Session, actor: Actor, learner_id: int) -> Learner:
    """Return a learner to the staff who follows them; raises `NotFound` for anybody else's."""
    found = session.exec(select(Learner).where(*this_learner(actor, learner_id))).first()
    if found is None:
        raise NotFound
    return found
