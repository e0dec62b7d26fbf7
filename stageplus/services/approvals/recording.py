"""Records what somebody decided on an agrément, computes its effect, and carries the effect out at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, and_, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.approvals import ApprovalState, Effect, Opinion, effect_of
from stageplus.domain.errors import AlreadyDone
from stageplus.models import Approval, ApprovalChange, ApprovalRecord, Offer
from stageplus.services.applications.actions import tell_of_pause
from stageplus.services.approvals import letters
from stageplus.services.notifications.live import tell
from stageplus.services.offers.actions import halt_offers, restore_offers
from stageplus.services.teams.queries import with_people
from stageplus.texts import _

NO_APPROVAL = _("l’accord qui lui permet de former est en attente")


@dataclass(frozen=True)
class Decision:
    """What is recorded: the state of an agrément for an operator, or for nobody by the Commission, and why."""

    operator_id: int | None
    state: ApprovalState
    since: date
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """A decision on an establishment and a trade."""

    establishment_id: int
    trade_code: str
    decision: Decision


def locked_approval(session: Session, establishment_id: int, trade_code: str) -> Approval | None:
    """Return the agrément of an establishment for a trade, which nobody else changes until the transaction ends."""
    wanted = select(Approval).where(Approval.establishment_id == establishment_id, Approval.trade_code == trade_code)
    return session.exec(wanted.with_for_update()).first()


def begin_approvals(session: Session, actor: Actor, new: Sequence[Entry], now: datetime) -> list[Approval]:
    """Write down agréments that nobody has recorded before, however many, and tell the companies that have people."""
    begun = [
        Approval(
            establishment_id=each.establishment_id,
            trade_code=each.trade_code,
            state=each.decision.state,
            operator_id=each.decision.operator_id or 0,
            since=each.decision.since,
        )
        for each in new
    ]
    session.add_all(begun)
    session.flush()
    pairs = [(approval, each.decision) for approval, each in zip(begun, new, strict=True)]
    session.add_all(_record(approval, decision, now) for approval, decision in pairs)
    changes = [_change(actor, approval, decision, now) for approval, decision in pairs]
    session.add_all(changes)
    session.flush()
    peopled = with_people(session, [each.establishment_id for each in new])
    for approval, change in zip(begun, changes, strict=True):
        if approval.state is ApprovalState.GRANTED and approval.establishment_id in peopled:
            letters.regained(session, approval, change, [], now)
    operators = {f"operator:{each.decision.operator_id}" for each in new}
    tell(session, "approvals", *operators, *{f"establishment:{each.establishment_id}" for each in new})
    return begun


def record_decision(session: Session, actor: Actor, approval: Approval, decision: Decision, now: datetime) -> None:
    """Record a decision on a locked agrément; the offers it carries follow in the same transaction.

    Raises `AlreadyDone` when this very decision is recorded already.
    """
    before = Effect(approval.state, approval.since, approval.operator_id, approval.disputed)
    _write(session, approval, decision, now)
    after = effect_of(_opinions(session, approval), before)
    approval.state, approval.since, approval.disputed = after.state, after.since, after.disputed
    approval.operator_id = after.operator_id or approval.operator_id
    session.add(approval)
    session.flush()
    change = _history(session, actor, approval, decision, now)
    _carry_out(session, actor, approval, before, change, now)
    if after.disputed and not before.disputed:
        letters.disputed(session, approval, change, _others(session, approval, decision), now)
    _news(session, approval)


def put_back(
    session: Session,
    actor: Actor,
    approval: Approval,
    record: ApprovalRecord,
    was: Sequence[str] | None,
    reason: str,
    now: datetime,
) -> None:
    """Bring a record back to what it was, or to nothing, and carry out what follows for the agrément's effect."""
    before = Effect(approval.state, approval.since, approval.operator_id, approval.disputed)
    decision = Decision(record.operator_id, record.state, record.since, reason)
    if was is None:
        session.delete(record)
    else:
        state, since, noted_at = was
        record.state, record.since = ApprovalState(state), date.fromisoformat(since)
        record.noted_at = datetime.fromisoformat(noted_at)
        decision = Decision(record.operator_id, record.state, record.since, reason)
    session.flush()
    opinions = _opinions(session, approval)
    nothing = Effect(ApprovalState.WITHDRAWN, now.date(), None)
    after = effect_of(opinions, before) if opinions else nothing
    approval.state, approval.since, approval.disputed = after.state, after.since, after.disputed
    approval.operator_id = after.operator_id or approval.operator_id
    session.add(approval)
    session.flush()
    change = _history(session, actor, approval, decision, now)
    _carry_out(session, actor, approval, before, change, now)
    _news(session, approval)


def _write(session: Session, approval: Approval, decision: Decision, now: datetime) -> None:
    mine = select(ApprovalRecord).where(ApprovalRecord.approval_id == approval.id)
    record = session.exec(mine.where(ApprovalRecord.operator_id == decision.operator_id)).first()
    if record is None:
        record = _record(approval, decision, now)
    elif (record.state, record.since) == (decision.state, decision.since):
        raise AlreadyDone
    record.state, record.since, record.noted_at = decision.state, decision.since, now
    session.add(record)
    session.flush()


def _record(approval: Approval, decision: Decision, now: datetime) -> ApprovalRecord:
    return ApprovalRecord(
        approval_id=approval.id or 0,
        operator_id=decision.operator_id,
        state=decision.state,
        since=decision.since,
        noted_at=now,
    )


def _opinions(session: Session, approval: Approval) -> list[Opinion]:
    records = session.exec(select(ApprovalRecord).where(ApprovalRecord.approval_id == approval.id))
    return [Opinion(record.operator_id, record.state, record.since, record.noted_at) for record in records]


def _history(session: Session, actor: Actor, approval: Approval, decision: Decision, now: datetime) -> ApprovalChange:
    change = _change(actor, approval, decision, now)
    session.add(change)
    session.flush()
    return change


def _change(actor: Actor, approval: Approval, decision: Decision, now: datetime) -> ApprovalChange:
    return ApprovalChange(
        approval_id=approval.id or 0,
        operator_id=decision.operator_id,
        state=decision.state,
        since=decision.since,
        effect=approval.state,
        disputed=approval.disputed,
        reason=decision.reason,
        role=actor.role,
        person_id=actor.person_id,
        at=now,
    )


def _carry_out(
    session: Session, actor: Actor, approval: Approval, before: Effect, change: ApprovalChange, now: datetime
) -> None:
    was, holds = before.state is ApprovalState.GRANTED, approval.state is ApprovalState.GRANTED
    carried = and_(Offer.establishment_id == approval.establishment_id, Offer.trade_code == approval.trade_code)
    if was and not holds:
        halted = halt_offers(session, actor, carried, change.reason, now)
        letters.lost(session, approval, change, halted, now)
        tell_of_pause(session, halted, str(change.id), now, why=NO_APPROVAL)
    elif holds and not was:
        restored = restore_offers(session, actor, carried, change.reason, now)
        letters.regained(session, approval, change, restored, now)
        tell_of_pause(session, restored, str(change.id), now)
    elif approval.state is ApprovalState.REFUSED and before.state is ApprovalState.REQUESTED:
        letters.refused(session, approval, change, now)


def _others(session: Session, approval: Approval, decision: Decision) -> list[int]:
    records = select(ApprovalRecord.operator_id).where(ApprovalRecord.approval_id == approval.id)
    known = session.exec(records.where(col(ApprovalRecord.operator_id).is_not(None)))
    return [operator_id for operator_id in known if operator_id not in {None, decision.operator_id}]


def _news(session: Session, approval: Approval) -> None:
    records = select(ApprovalRecord.operator_id).where(ApprovalRecord.approval_id == approval.id)
    topics = [f"operator:{operator_id}" for operator_id in session.exec(records) if operator_id]
    tell(session, "approvals", f"establishment:{approval.establishment_id}", *topics)
