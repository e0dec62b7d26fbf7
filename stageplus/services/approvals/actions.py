"""Use cases of the register of agréments: record a decision, change it, note what the Commission decided."""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import AlreadyDone, InvalidInput
from stageplus.models import Operator, Trade
from stageplus.services.approvals.establishments import establishment_for
from stageplus.services.approvals.queries import approval_for, detail_in
from stageplus.services.approvals.recording import Decision, begin_approval, locked_approval, record_decision
from stageplus.services.approvals.schemas import ApprovalDetail, ApprovalInput, DecisionInput
from stageplus.services.inputs import identifier
from stageplus.services.journal.actions import note_deed
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def record_approval(
    actor: Actor | None, data: ApprovalInput, *, now: datetime, on: Engine | None = None
) -> ApprovalDetail:
    """Record a decision of one's operator on an establishment and a trade, also where nobody has recorded any.

    OFFA records for the operator that it names. Raises `AlreadyDone` when this decision is recorded already.
    """
    actor = require(actor, Permission.APPROVAL_RECORD)
    data.check(day_in_brussels(now))
    try:
        with transaction(on) as session:
            decision = Decision(_operator(session, actor, data.operator), data.state, data.since, data.reason)
            trade = session.get(Trade, data.trade)
            if trade is None:
                raise InvalidInput({"trade": _("Choisissez un métier de la liste.")})
            establishment_id = establishment_for(session, data).id or 0
            approval = locked_approval(session, establishment_id, trade.code)
            if approval is None:
                approval = begin_approval(session, actor, establishment_id, trade.code, decision, now)
            else:
                record_decision(session, actor, approval, decision, now)
            _note(session, actor, approval.id or 0, decision, now)
            return detail_in(session, actor, approval)
    except IntegrityError:  # somebody wrote down the same establishment or agrément at this very moment
        raise AlreadyDone from None


def change_approval(
    actor: Actor | None, approval_id: int, operator_id: int, data: DecisionInput, *, now: datetime,
    on: Engine | None = None,
) -> ApprovalDetail:  # fmt: skip
    """Record another decision of one's operator on an agrément that it has recorded; OFFA names the operator.

    Suspension and withdrawal act on the published offers at once. Raises `NotFound` for what one’s operator has not
    recorded, `AlreadyDone` when nothing would change.
    """
    actor = require(actor, Permission.APPROVAL_RECORD)
    data.check(day_in_brussels(now))
    with transaction(on) as session:
        approval = approval_for(session, actor, approval_id, locked=True)
        decision = Decision(_operator(session, actor, operator_id), data.state, data.since, data.reason)
        record_decision(session, actor, approval, decision, now)
        _note(session, actor, approval_id, decision, now)
        return detail_in(session, actor, approval)


def settle_approval(
    actor: Actor | None, approval_id: int, data: DecisionInput, *, now: datetime, on: Engine | None = None
) -> ApprovalDetail:
    """Note, as OFFA, what the Commission d’agrément et de médiation decided: it ends a disagreement of operators."""
    actor = require(actor, Permission.APPROVAL_SETTLE)
    data.check(day_in_brussels(now))
    with transaction(on) as session:
        approval = approval_for(session, actor, approval_id, locked=True)
        decision = Decision(None, data.state, data.since, data.reason)
        record_decision(session, actor, approval, decision, now)
        _note(session, actor, approval_id, decision, now)
        return detail_in(session, actor, approval)


def _operator(session: Session, actor: Actor, claimed: int) -> int:
    if actor.role is Role.OPERATOR:
        return actor.operator_id or 0
    operator = session.get(Operator, identifier(claimed))
    if operator is None:
        raise InvalidInput({"operator": _("Choisissez l’opérateur qui a décidé.")})
    return operator.id or 0


def _note(session: Session, actor: Actor, approval_id: int, decision: Decision, now: datetime) -> None:
    who = f"operator {decision.operator_id}" if decision.operator_id else "commission"
    detail = f"{approval_id} {decision.state.value} {who} {decision.reason}"
    note_deed(session, "approval.recorded", by=actor, to=None, now=now, detail=detail)
