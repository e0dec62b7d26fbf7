"""Reads about second factors, and the rule that asks for a recent proof."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Stage, require, require_fresh
from stageplus.services.factors.proofs import has_factor
from stageplus.services.factors.schemas import Ways
from stageplus.services.registers.queries import parameter_in_force


def require_recent_proof(session: Session, actor: Actor, now: datetime) -> None:
    """Let on only who gave the second factor, or without one the password, in the last minutes (a dated parameter).

    For e-mail changes, exports of personal data, changes of roles, resets. Raises `FreshFactorNeeded`.
    """
    require_fresh(actor, now, parameter_in_force(session, "fresh_factor_minutes", now.date()))


def my_ways(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Ways:
    """Say how the person who acts can prove who they are."""
    actor = require(actor, Permission.FACTOR_GIVE)
    with reading(on) as session:
        return Ways(password=not has_factor(session, actor.person_id), again=actor.stage is not Stage.FACTOR_DUE)
