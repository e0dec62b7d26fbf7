"""Use cases of files of agréments: hand in, look, import, undo."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from stageplus.domain.actors import Actor, Role
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound, NotPossible
from stageplus.models import Approval, ApprovalImport, ApprovalRecord, Establishment, ImportState, Offer
from stageplus.services.approvals.establishments import Houses, fitting, houses_of
from stageplus.services.approvals.recording import Decision, Entry, begin_approvals, put_back, record_decision
from stageplus.services.approvals.rows import ReadRow, kept_rows
from stageplus.services.approvals.schemas import FilePreview, FileProblem
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import moment_words

MOST_SHOWN = 100
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
    rows, known = kept_rows(found.rows), _known(session, found.operator_id)
    changed = [row for row in rows if known.get(row.key) != row.wanted]
    houses = houses_of(session, [row.data for row in changed])
    taken = _taken(session, houses)
    entries = [_entry(found, houses, row) for row in changed]
    new = [entry for entry in entries if (entry.establishment_id, entry.trade_code) not in taken]
    before: list[dict[str, object]] = [
        _record(session, actor, found, entry, now)
        for entry in entries
        if (entry.establishment_id, entry.trade_code) in taken
    ]
    before += [{"approval": begun.id, "was": None} for begun in begin_approvals(session, actor, new, now)]
    found.imported_at, found.recorded, found.unchanged = now, len(before), len(rows) - len(changed)
    found.rows, found.before = "[]", json.dumps(before)
    session.add(found)


def undo(session: Session, actor: Actor, found: ApprovalImport, now: datetime) -> None:
    """Bring back what each record was before a file, unless it was changed since; within the hours in force."""
    if found.imported_at is None or now > undo_until(session, found):
        raise NotPossible("undo", found.state.value)
    move(session, found, ImportState.DONE, ImportState.UNDONE)
    for each in json.loads(found.before):
        approval = session.get_one(Approval, each["approval"], with_for_update=True)
        mine = select(ApprovalRecord).where(ApprovalRecord.approval_id == approval.id)
        record = session.exec(mine.where(ApprovalRecord.operator_id == found.operator_id)).first()
        if record is None or record.noted_at != found.imported_at:
            found.kept += 1
            continue
        put_back(session, actor, approval, record, each["was"], _("Import annulé"), now)
        _forget_when_empty(session, approval)
    found.undone_at = now
    session.add(found)


def preview_of(session: Session, found: ApprovalImport) -> FilePreview:
    """Say what importing a file would do, or did."""
    rows = kept_rows(found.rows)
    known = _known(session, found.operator_id)
    states = [known.get(row.key) for row in rows]
    wanted = [row.wanted for row in rows]
    problems = [FileProblem(**each) for each in json.loads(found.problems)]
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
        result=_result(found),
        undo_until=_undo_words(session, found),
    )


def undo_until(session: Session, found: ApprovalImport) -> datetime:
    """Return until when a file can be undone."""
    assert found.imported_at is not None
    hours = float(parameter_in_force(session, "approval_undo_hours", found.imported_at.date()))
    return found.imported_at + timedelta(hours=hours)


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


def _taken(session: Session, houses: Houses) -> set[tuple[int, str]]:
    """Return the establishments and trades, of those of a file, that somebody has recorded something about."""
    named = {house.id for house, _enterprise in houses.values()}
    recorded = session.exec(select(Approval.establishment_id, Approval.trade_code))
    return {(establishment_id, trade) for establishment_id, trade in recorded if establishment_id in named}


def _record(session: Session, actor: Actor, found: ApprovalImport, entry: Entry, now: datetime) -> dict[str, object]:
    place = (Approval.establishment_id == entry.establishment_id, Approval.trade_code == entry.trade_code)
    approval = session.exec(select(Approval).where(*place).with_for_update()).one()
    mine = select(ApprovalRecord).where(ApprovalRecord.approval_id == approval.id)
    record = session.exec(mine.where(ApprovalRecord.operator_id == found.operator_id)).first()
    was = [record.state.value, record.since.isoformat(), record.noted_at.isoformat()] if record else None
    record_decision(session, actor, approval, entry.decision, now)
    return {"approval": approval.id, "was": was}


def _forget_when_empty(session: Session, approval: Approval) -> None:
    left = select(ApprovalRecord.id).where(ApprovalRecord.approval_id == approval.id)
    offers = select(Offer.id).where(
        Offer.establishment_id == approval.establishment_id, Offer.trade_code == approval.trade_code
    )
    if session.exec(left).first() is None and session.exec(offers).first() is None:
        session.exec(delete(Approval).where(col(Approval.id) == approval.id))


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
