"""Use cases of files of agréments: hand in, look, import, undo."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from stageplus.domain.actors import Actor, Role
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.models import Approval, ApprovalImport, ApprovalRecord, Establishment, ImportState
from stageplus.services.approvals.effects import with_offers
from stageplus.services.approvals.establishments import Houses, fitting, houses_of, portions
from stageplus.services.approvals.post import one_mail_each
from stageplus.services.approvals.recording import (
    Decision,
    Entry,
    Return,
    begin_approvals,
    locked_approvals,
    own_record,
    put_back,
    record_decisions,
    records_of,
)
from stageplus.services.approvals.rows import ReadRow, kept_rows, with_present_numbers
from stageplus.services.approvals.schemas import FilePreview, FileProblem
from stageplus.services.paging import cut_words
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, moment_words

MOST_SHOWN = 300
TAKES_AWAY = (ApprovalState.SUSPENDED, ApprovalState.WITHDRAWN)


def file_for(session: Session, actor: Actor, import_id: int) -> ApprovalImport:
    """Return a file of one's operator, or for OFFA any, that nobody else imports meanwhile; raises `NotFound`."""
    wanted = select(ApprovalImport).where(ApprovalImport.id == import_id)
    if actor.role is not Role.OFFA:
        wanted = wanted.where(ApprovalImport.operator_id == actor.operator_id)
    found = session.exec(wanted.with_for_update()).first()
    if found is None:
        raise NotFound
    return found


def carry_out(session: Session, actor: Actor, found: ApprovalImport, now: datetime) -> None:
    """Record every row of a file; raises `AlreadyDone` for one that was imported or dropped already."""
    move(session, found, ImportState.READ, ImportState.DONE)
    rows, known = with_present_numbers(session, kept_rows(found.rows)), _known(session, found.operator_id)
    changed = [row for row in rows if known.get(row.key) != row.wanted]
    houses = houses_of(session, [row.data for row in changed])
    entries = [_entry(found, houses, row) for row in changed]
    taken = locked_approvals(session, [entry.place for entry in entries])
    new = [entry for entry in entries if entry.place not in taken]
    decided = [(taken[entry.place], entry.decision) for entry in entries if entry.place in taken]
    before = _records_before(session, found, [approval for approval, _decision in decided])
    with one_mail_each(session, now) as post:
        record_decisions(session, actor, decided, post, now)
        begun = begin_approvals(session, actor, new, post, now)
    before += [{"approval": each.id, "was": None} for each in begun]
    found.imported_at, found.recorded, found.unchanged = now, len(before), len(rows) - len(changed)
    found.rows, found.before = "[]", json.dumps(before)
    session.add(found)


def undo(session: Session, actor: Actor, found: ApprovalImport, now: datetime) -> None:
    """Bring back what each record was before a file, unless it was changed since; within the hours in force."""
    if found.imported_at is None or now > undo_until(session, found):
        raise NotPossible("undo", found.state.value)
    move(session, found, ImportState.DONE, ImportState.UNDONE)
    was = {each["approval"]: each["was"] for each in json.loads(found.before)}
    approvals = _locked(session, list(was))
    records, steps = records_of(session, approvals), []
    for approval in approvals:
        theirs = records[approval.id or 0]
        own = own_record(theirs, found.operator_id)
        if own and own.noted_at == found.imported_at:
            steps.append(Return(approval, own, theirs, was[approval.id]))
    put_back(session, actor, steps, _("Import annulé"), now)
    _forget_empty(session, [step.approval for step in steps if step.was is None and len(step.records) == 1])
    found.undone_at, found.kept = now, len(was) - len(steps)
    session.add(found)


def preview_of(session: Session, found: ApprovalImport) -> FilePreview:
    """Say what importing a file would do, or did."""
    rows = kept_rows(found.rows)
    known = _known(session, found.operator_id)
    states = [known.get(row.key) for row in rows]
    wanted = [row.wanted for row in rows]
    problems = problems_of(found)
    return FilePreview(
        import_id=found.id or 0,
        file_name=found.file_name,
        state=found.state.value,
        added=sum(state is None for state in states),
        changed=sum(state is not None and state != new for state, new in zip(states, wanted, strict=True)),
        unchanged=sum(state == new for state, new in zip(states, wanted, strict=True)),
        taken_away=sum(row.data.state in TAKES_AWAY for row in rows),
        refused=len({problem.line for problem in problems}),
        problems=problems[:MOST_SHOWN],
        problems_cut=cut_words(MOST_SHOWN, len(problems)),
        result=_result(found),
        undo_until=_undo_words(session, found),
    )


def undo_until(session: Session, found: ApprovalImport) -> datetime:
    """Return until when a file can be undone."""
    assert found.imported_at is not None
    hours = float(parameter_in_force(session, "approval_undo_hours", day_in_brussels(found.imported_at)))
    return found.imported_at + timedelta(hours=hours)


def problems_of(found: ApprovalImport) -> list[FileProblem]:
    """Return everything that did not fit in a file."""
    return [FileProblem(**each) for each in json.loads(found.problems)]


def stored_problems(problems: list[FileProblem]) -> str:
    """Write problems for the preview to keep."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False)


def move(session: Session, found: ApprovalImport, before: ImportState, after: ImportState) -> None:
    """Take a file from one state to the next; raises `AlreadyDone` when somebody was faster."""
    mine = update(ApprovalImport).where(col(ApprovalImport.id) == found.id, col(ApprovalImport.state) == before)
    if session.exec(mine.values(state=after)).rowcount != 1:
        raise AlreadyDone
    session.refresh(found)


def _entry(found: ApprovalImport, houses: Houses, row: ReadRow) -> Entry:
    try:
        house = fitting(houses, row.data)
    except InvalidInput as refusal:  # somebody wrote it down for another enterprise since the preview
        words = _("Ligne {line} : {message}").format(line=row.line, message=next(iter(refusal.fields.values())))
        raise InvalidInput({"form": words}) from refusal
    decision = Decision(found.operator_id, row.data.state, row.data.since, row.data.reason)
    return Entry(house.id or 0, row.data.trade, decision)


def _records_before(session: Session, found: ApprovalImport, approvals: list[Approval]) -> list[dict[str, object]]:
    """Write down what the operator's records are, so that undoing brings them back."""
    records = records_of(session, approvals)
    own = [(approval.id or 0, own_record(records[approval.id or 0], found.operator_id)) for approval in approvals]
    return [
        {"approval": number, "was": [it.state.value, it.since.isoformat(), it.noted_at.isoformat()] if it else None}
        for number, it in own
    ]


def _locked(session: Session, ids: list[int]) -> list[Approval]:
    found: list[Approval] = []
    for some in portions(sorted(ids)):
        wanted = select(Approval).where(col(Approval.id).in_(some)).order_by(col(Approval.id))
        found += session.exec(wanted.with_for_update())
    return found


def _forget_empty(session: Session, approvals: list[Approval]) -> None:
    """Delete agréments that nobody has recorded anything about, unless an offer was written for them."""
    offered = with_offers(session, [(each.establishment_id, each.trade_code) for each in approvals], *OfferStatus)
    empty = [each.id or 0 for each in approvals if (each.establishment_id, each.trade_code) not in offered]
    for some in portions(empty):
        session.exec(delete(Approval).where(col(Approval.id).in_(some)))


def _known(session: Session, operator_id: int) -> dict[tuple[str, str], tuple[ApprovalState, date]]:
    rows = (
        select(Establishment.number, Approval.trade_code, ApprovalRecord)
        .join(Approval, col(Approval.establishment_id) == Establishment.id)
        .join(ApprovalRecord, col(ApprovalRecord.approval_id) == Approval.id)
        .where(ApprovalRecord.operator_id == operator_id)
    )
    return {(number, trade): (record.state, record.since) for number, trade, record in session.exec(rows)}


def _result(found: ApprovalImport) -> str:
    if found.imported_at is None:
        return ""
    noted = ngettext("{n} décision notée", "{n} décisions notées", found.recorded).format(n=found.recorded)
    kept = ngettext("{n} gardée, changée depuis", "{n} gardées, changées depuis", found.kept).format(n=found.kept)
    return f"{noted}, {kept}" if found.kept else noted


def _undo_words(session: Session, found: ApprovalImport) -> str:
    return moment_words(undo_until(session, found)) if found.state is ImportState.DONE else ""
