"""Whom a member of staff follows: the operator's learners, or those of the one implantation that the member is of."""

from typing import Any

from sqlmodel import col, or_, select

from stageplus.domain.actors import Actor
from stageplus.models import Application, Introduction, Learner, OperatorMember


def my_learners_only(actor: Actor) -> list[Any]:
    """Return the conditions that keep to the actor's learners."""
    only = only_implantation(actor)
    return [Learner.operator_id == actor.operator_id, or_(only.is_(None), col(Learner.implantation_id) == only)]


def this_learner(actor: Actor, learner_id: int) -> list[Any]:
    """Return the conditions for one of the actor's learners, whose account is still there."""
    return [*my_learners_only(actor), Learner.id == learner_id, col(Learner.erased_at).is_(None)]


def my_introductions_only(actor: Actor) -> list[Any]:
    """Return the conditions that keep to the introductions of the actor's learners."""
    only = only_implantation(actor)
    theirs = select(Application.id).join(Learner).where(col(Learner.implantation_id) == only)
    here = col(Introduction.application_id).in_(theirs)
    return [Introduction.operator_id == actor.operator_id, or_(only.is_(None), here)]


def only_implantation(actor: Actor) -> Any:
    """Select, inside another statement, the one implantation that a member of staff is restricted to, if any."""
    mine = select(OperatorMember.implantation_id).where(OperatorMember.person_id == actor.person_id)
    return mine.where(OperatorMember.operator_id == actor.operator_id).scalar_subquery()
