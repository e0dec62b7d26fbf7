"""Records what people decided on agréments, computes the effects, and has them carried out at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.approvals import ApprovalState, Effect, Opinion, effect_of
from stageplus.domain.errors import AlreadyDone
from stageplus.models import Approval, ApprovalChange, ApprovalRecord
from stageplus.services.approvals.effects import Move, People, Place, carry_out_effects
from stageplus.services.approvals.establishments import portions
from stageplus.services.approvals.letters import News
from stageplus.services.approvals.post import Post, one_mail_each
from stageplus.services.notifications.live import tell
from stageplus.texts.formats import day_in_brussels


@dataclass(frozen=True)
class Decision:
    """What is recorded: the state of an agrément for an operator, or for nobody by the Commission, and why."""

    operator_id: int | None
    state: ApprovalState
    since: date
    reason: str = ""


@dataclass(frozen=True)
class Touched:
    """An agrément whose records change: what was decided, everybody's records as they are now, its effect before."""

    approval: Approval
    decision: Decision
    records: Sequence[ApprovalRecord]
    before: Effect


@dataclass(frozen=True)
class Return:
    """A record that goes back to what it was, or to nothing, among all those of its agrément."""

    approval: Approval
    record: ApprovalRecord
    records: Sequence[ApprovalRecord]
    was: Sequence[str] | None


@dataclass(frozen=True)
class Entry:
    """A decision on an establishment and a trade."""

    establishment_id: int
    trade_code: str
    decision: Decision

    @property
    def place(self) -> Place:
        """Say what it is about."""
        return self.establishment_id, self.trade_code


def locked_approval(session: Session, establishment_id: int, trade_code: str) -> Approval | None:
    """Return the agrément of an establishment for a trade, which nobody else changes until the transaction ends."""
    return locked_approvals(session, [(establishment_id, trade_code)]).get((establishment_id, trade_code))


def locked_approvals(session: Session, places: Sequence[Place]) -> dict[Place, Approval]:
    """Return the agréments of establishments and trades, by both, which nobody else changes meanwhile."""
    found: dict[Place, Approval] = {}
    for some in portions(sorted(set(places))):
        here = tuple_(col(Approval.establishment_id), col(Approval.trade_code)).in_(some)
        locked = select(Approval).where(here).order_by(col(Approval.id)).with_for_update()
        found |= {(each.establishment_id, each.trade_code): each for each in session.exec(locked)}
    return found


def begin_approvals(session: Session, actor: Actor, new: Sequence[Entry], post: Post, now: datetime) -> list[Approval]:
    """Write down agréments that nobody has recorded before, however many; companies that have people are told."""
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
    people = People(session, [each.establishment_id for each in new])
    for approval, change in zip(begun, changes, strict=True):
        if approval.state is ApprovalState.GRANTED:
            post.to_company(people.at(approval), News(approval, change))
    operators = {f"operator:{each.decision.operator_id}" for each in new}
    tell(session, "approvals", *operators, *{f"establishment:{each.establishment_id}" for each in new})
    return begun


def record_decision(session: Session, actor: Actor, approval: Approval, decision: Decision, now: datetime) -> None:
    """Record a decision on a locked agrément; the offers it carries follow in the same transaction.

    Raises `AlreadyDone` when this very decision is recorded already.
    """
    with one_mail_each(session, now) as post:
        record_decisions(session, actor, [(approval, decision)], post, now)


def record_decisions(
    session: Session, actor: Actor, decided: Sequence[tuple[Approval, Decision]], post: Post, now: datetime
) -> None:
    """Record decisions on locked agréments, however many; the offers they carry follow in the same transaction.

    Raises `AlreadyDone` when one of them is recorded already.
    """
    records = records_of(session, [approval for approval, _decision in decided])
    touched = []
    for approval, decision in decided:
        theirs = records[approval.id or 0]
        touched.append(Touched(approval, decision, theirs, _effect(approval)))
        own = own_record(theirs, decision.operator_id)
        if own is None:
            own = _record(approval, decision, now)
            theirs.append(own)
        elif (own.state, own.since) == (decision.state, decision.since):
            raise AlreadyDone
        own.state, own.since, own.noted_at = decision.state, decision.since, now
        session.add(own)
    changes = _settle(session, actor, touched, post, now)
    for each, change in zip(touched, changes, strict=True):
        if each.approval.disputed and not each.before.disputed:
            others = [other.operator_id for other in each.records if other.operator_id]
            others = [number for number in others if number != each.decision.operator_id]
            post.to_operators(others, News(each.approval, change))


def put_back(session: Session, actor: Actor, steps: Sequence[Return], reason: str, now: datetime) -> None:
    """Bring records back to what they were, or to nothing, and carry out what follows for the agréments' effects."""
    touched = []
    for step in steps:
        record, theirs = step.record, list(step.records)
        before = _effect(step.approval)
        if step.was is None:
            session.delete(record)
            theirs.remove(record)
        else:
            state, since, noted_at = step.was
            record.state, record.since = ApprovalState(state), date.fromisoformat(since)
            record.noted_at = datetime.fromisoformat(noted_at)
        decision = Decision(record.operator_id, record.state, record.since, reason)
        touched.append(Touched(step.approval, decision, theirs, before))
    with one_mail_each(session, now) as post:
        _settle(session, actor, touched, post, now)


def own_record(records: Sequence[ApprovalRecord], operator_id: int | None) -> ApprovalRecord | None:
    """Return the record of an operator, or of the Commission, among those of one agrément."""
    return next((each for each in records if each.operator_id == operator_id), None)


def records_of(session: Session, approvals: Sequence[Approval]) -> dict[int, list[ApprovalRecord]]:
    """Return what everybody recorded on some agréments, by agrément."""
    found: dict[int, list[ApprovalRecord]] = defaultdict(list)
    for some in portions([approval.id or 0 for approval in approvals]):
        for record in session.exec(select(ApprovalRecord).where(col(ApprovalRecord.approval_id).in_(some))):
            found[record.approval_id].append(record)
    return found


def _settle(
    session: Session, actor: Actor, touched: Sequence[Touched], post: Post, now: datetime
) -> list[ApprovalChange]:
    nothing = Effect(ApprovalState.WITHDRAWN, day_in_brussels(now), None)
    for each in touched:
        opinions = [Opinion(one.operator_id, one.state, one.since, one.noted_at) for one in each.records]
        after = effect_of(opinions, each.before) if opinions else nothing
        approval = each.approval
        approval.state, approval.since, approval.disputed = after.state, after.since, after.disputed
        approval.operator_id = after.operator_id or approval.operator_id
        session.add(approval)
    session.flush()
    changes = [_change(actor, each.approval, each.decision, now) for each in touched]
    session.add_all(changes)
    session.flush()
    moves = [Move(one.approval, one.before.state, change) for one, change in zip(touched, changes, strict=True)]
    carry_out_effects(session, actor, moves, post, now)
    operators = {f"operator:{record.operator_id}" for each in touched for record in each.records if record.operator_id}
    tell(session, "approvals", *operators, *{f"establishment:{each.approval.establishment_id}" for each in touched})
    return changes


def _effect(approval: Approval) -> Effect:
    return Effect(approval.state, approval.since, approval.operator_id, approval.disputed)


def _record(approval: Approval, decision: Decision, now: datetime) -> ApprovalRecord:
    return ApprovalRecord(
        approval_id=approval.id or 0,
        operator_id=decision.operator_id,
        state=decision.state,
        since=decision.since,
        noted_at=now,
    )


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
