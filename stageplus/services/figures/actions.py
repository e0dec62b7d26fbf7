"""Use cases of an offer's figures: count who opens it, forget who it was, and tell the operators nearby."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import HIDDEN_FROM_COMPANY
from stageplus.domain.distances import Point, distance_km
from stageplus.domain.errors import NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, Municipality, Offer, OfferDay, OfferSight, Operator, OperatorMember, Person
from stageplus.services.figures.letters import place_to_fill
from stageplus.services.figures.queries import TOLD, last_told
from stageplus.services.postings.actions import note_step
from stageplus.services.postings.queries import offer_acted_for
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts.formats import day_in_brussels


def note_seen(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> None:
    """Count a learner who opens an offer on line, once a day; anything else counts for nothing."""
    actor = require(actor, Permission.OFFER_SEARCH)
    today = day_in_brussels(now)
    sight = OfferSight(offer_id=offer_id, learner_id=actor.learner_id or 0, day=today)
    with reading(on) as session:
        offer = session.get(Offer, offer_id)
        known = session.get(OfferSight, (offer_id, sight.learner_id, today))
    if offer is None or offer.status is not OfferStatus.PUBLISHED or known is not None:
        return
    try:
        with transaction(on) as session:
            session.add(sight)
    except IntegrityError:  # opened in two tabs at once
        return


def fold_sights(*, now: datetime, on: Engine | None = None) -> int:
    """Turn the sights of days that are over into one number per offer and day, and forget who it was; say how many."""
    with transaction(on) as session:
        over = col(OfferSight.day) < day_in_brussels(now)
        grouped = select(col(OfferSight.offer_id), col(OfferSight.day), func.count()).where(over)
        found = session.exec(grouped.group_by(col(OfferSight.offer_id), col(OfferSight.day))).all()
        for offer_id, day, count in found:
            kept = session.get(OfferDay, (offer_id, day)) or OfferDay(offer_id=offer_id, day=day, seen=0)
            kept.seen += count
            session.add(kept)
        session.flush()
        session.exec(delete(OfferSight).where(over))
        return sum(count for _offer, _day, count in found)


def tell_operators(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> int:
    """Tell the staff of the operators nearest to an offer that nobody applied yet, and say how many were written to.

    Raises `NotPossible` for an offer that is not on line or has applications, or was told of within the delay in force.
    """
    actor = require(actor, Permission.OFFER_MANAGE)
    with transaction(on) as session:
        offer = offer_acted_for(session, actor, offer_id)
        session.refresh(offer, with_for_update={"key_share": True})
        known = parameters_in_force(session, day_in_brussels(now))
        applied = select(func.count(col(Application.id))).where(Application.offer_id == offer_id)
        applied = applied.where(col(Application.status).not_in(HIDDEN_FROM_COMPANY))
        told_at = session.exec(last_told(offer_id)).one()
        again = now - timedelta(days=int(known["operators_told_again_days"]))
        if offer.status is not OfferStatus.PUBLISHED or session.exec(applied).one() or (told_at and told_at > again):
            raise NotPossible(TOLD, offer.status)
        staff = _staff_near(session, offer, int(known["operators_told_nearest"]))
        for person in staff:
            place_to_fill(session, offer, person, now)
        note_step(session, actor, offer, TOLD, now)
        return len(staff)


def _staff_near(session: Session, offer: Offer, nearest: int) -> list[Person]:
    """List the staff, not suspended, of the operators nearest to an offer in its region that have any."""
    town = session.get_one(Municipality, offer.municipality_ins)
    here = Point(town.latitude, town.longitude)
    staff = select(Person).join(OperatorMember).where(col(Person.suspended_at).is_(None))
    staffed = col(Operator.id).in_(staff.with_only_columns(col(OperatorMember.operator_id)))
    placed = select(Operator.id, Municipality).join(Municipality).where(Municipality.region == town.region, staffed)
    found = sorted(
        (distance_km(here, Point(where.latitude, where.longitude)), operator_id or 0)
        for operator_id, where in session.exec(placed)
    )
    near = [operator_id for _away, operator_id in found[:nearest]]
    return list(session.exec(staff.where(col(OperatorMember.operator_id).in_(near)).order_by(col(Person.id))))
