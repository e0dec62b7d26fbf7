"""Which enrolments a member of staff may see: those of the operator, or of one implantation when it is named."""

from typing import Any

from sqlmodel import Session, col, or_, select

from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.models import Enrolment, Operator, OperatorMember, RosterImport


def implantation_of(session: Session, actor: Actor) -> int | None:
    """Return the one implantation that a member of staff is restricted to; nothing when there is no restriction."""
    only: int | None = session.exec(_implantation(actor)).first()
    return only


def _implantation(actor: Actor) -> Any:
    mine = select(OperatorMember.implantation_id).where(OperatorMember.person_id == actor.person_id)
    return mine.where(OperatorMember.operator_id == actor.operator_id)


def visible_to(actor: Actor) -> list[Any]:
    """Return the conditions that keep to the actor's enrolments."""
    only = only_implantation(actor)
    return [
        col(Enrolment.operator_id) == actor.operator_id,
        or_(only.is_(None), col(Enrolment.implantation_id) == only),
    ]


def only_implantation(actor: Actor) -> Any:
    """Select, inside another statement, the one implantation that a member of staff is restricted to, if any."""
    return _implantation(actor).scalar_subquery()


def enrolment_for(session: Session, actor: Actor, enrolment_id: int) -> Enrolment:
    """Return one enrolment to the staff that may see it; raises `NotFound` for any other."""
    wanted = select(Enrolment).where(Enrolment.id == enrolment_id, *visible_to(actor))
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return found


def one_at_a_time(session: Session, operator_id: int) -> None:
    """Let one import of an operator wait for the other: both would add the same reference."""
    session.exec(select(Operator.id).where(Operator.id == operator_id).with_for_update())


def import_for(session: Session, actor: Actor, import_id: int) -> tuple[RosterImport, int | None]:
    """Return an import and the one implantation that the actor is restricted to.

    An import is for its operator's staff, and for nobody but its author when staff is restricted; else `NotFound`.
    """
    found, only = session.get(RosterImport, import_id), implantation_of(session, actor)
    if found is None or found.operator_id != actor.operator_id:
        raise NotFound
    if only is not None and found.person_id != actor.person_id:
        raise NotFound
    return found, only
