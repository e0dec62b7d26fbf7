"""Use cases of rosters: hand in a file, import it, undo it, correct and end enrolments, settle reports."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotPossible
from stageplus.domain.refusals import LaterImport
from stageplus.models import Enrolment, EnrolmentReport, EnrolmentState, ImportState, RosterChange, RosterImport
from stageplus.services.enrolment.applying import apply_plan, snapshot, undo
from stageplus.services.enrolment.columns import COLUMNS
from stageplus.services.enrolment.following import follow, learners_of
from stageplus.services.enrolment.plan import Plan, plan_of, stored
from stageplus.services.enrolment.rows import judged, reference_of
from stageplus.services.enrolment.schemas import ConfirmInput, CorrectionInput, ImportResult, RosterProblem
from stageplus.services.enrolment.scope import enrolment_for, import_for, one_at_a_time
from stageplus.services.enrolment.wording import result_words
from stageplus.services.inputs import cleaned
from stageplus.services.journal.actions import note_deed
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.spreadsheets.queries import read_sheet
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def hand_in_roster(
    actor: Actor | None, file_name: str, content: bytes, *, now: datetime, on: Engine | None = None
) -> int:
    """Read a roster of the actor's operator and keep it for the preview; nobody is enrolled yet.

    A file that cannot be read is kept too, with the reason: the history shows it. Returns the import's identifier.
    """
    actor = require(actor, Permission.ROSTER_MANAGE)
    name = str(cleaned(file_name))[:120] or _("fichier sans nom")
    found = RosterImport(
        operator_id=actor.operator_id or 0,
        person_id=actor.person_id,
        file_name=name,
        state=ImportState.READ,
        read_at=now,
    )
    try:
        sheet = read_sheet(content, COLUMNS)
    except InvalidInput as refusal:
        found.state = ImportState.DROPPED
        found.problems = stored([RosterProblem(0, "", refusal.fields["file"])])
    else:
        with reading(on) as session:
            result = judged(sheet, reference_of(session, actor.operator_id, day_in_brussels(now)))
        ignored = [RosterProblem(0, title, "", is_warning=True) for title in sheet.unknown]
        found.rows, found.problems = stored(result.rows), stored([*result.problems, *ignored])
        found.refused = len({problem.line for problem in result.problems if not problem.is_warning})
    with transaction(on) as session:
        session.add(found)
        session.flush()
        return found.id or 0


def import_roster(
    actor: Actor | None, import_id: int, data: ConfirmInput, *, now: datetime, on: Engine | None = None
) -> ImportResult:
    """Carry out what the preview showed, all or nothing; absent enrolments end only when they were ticked.

    What is there now counts, not what was there at the preview. Raises `AlreadyDone` for a file that was imported or
    dropped already.
    """
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        found, only = import_for(session, actor, import_id)
        one_at_a_time(session, found.operator_id)
        _claim(session, found, ImportState.READ, ImportState.DONE)
        plan = plan_of(session, found, only)
        ended = [each for each in plan.absent if data.all_absent or each.id in data.ended]
        found.imported_at = now
        apply_plan(session, found, plan, ended, now)
        _count(found, plan, len(ended))
        found.rows = "[]"
        note_deed(session, "roster.imported", by=actor, to=None, now=now, detail=f"{found.id} {found.file_name}")
        tell(session, f"operator:{found.operator_id}")
        counts = {"added": found.added, "changed": found.changed, "unchanged": found.unchanged, "ended": found.ended}
        return ImportResult(import_id, **counts, words=result_words(found))


def drop_import(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> None:
    """Give up a file that was read and not imported; what was read of it is forgotten."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        found, _only = import_for(session, actor, import_id)
        _claim(session, found, ImportState.READ, ImportState.DROPPED)
        found.rows = found.problems = "[]"


def undo_import(actor: Actor | None, import_id: int, *, now: datetime, on: Engine | None = None) -> ImportResult:
    """Bring back what was before an import, within the hours in force; who was activated meanwhile stays.

    Raises `LaterImport` when a later one came after it, `NotPossible` when its time is over.
    """
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        found, _only = import_for(session, actor, import_id)
        one_at_a_time(session, found.operator_id)
        if found.imported_at is None or now > undo_until(session, found):
            raise NotPossible("undo", found.state.value)
        later = select(RosterImport.id).where(RosterImport.operator_id == found.operator_id)
        later = later.where(RosterImport.state == ImportState.DONE)
        if session.exec(later.where(col(RosterImport.imported_at) > found.imported_at)).first():
            raise LaterImport
        _claim(session, found, ImportState.DONE, ImportState.UNDONE)
        kept = undo(session, found)
        found.undone_at = now
        note_deed(session, "roster.undone", by=actor, to=None, now=now, detail=f"{found.id} {found.file_name}")
        tell(session, f"operator:{found.operator_id}")
        return ImportResult(import_id, found.added, found.changed, found.unchanged, found.ended, kept)


def correct_enrolment(
    actor: Actor | None, enrolment_id: int, data: CorrectionInput, *, now: datetime, on: Engine | None = None
) -> None:
    """Correct the name or the address of an enrolment by hand; its account follows, its reports are settled."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        enrolment = enrolment_for(session, actor, enrolment_id)
        before = snapshot(enrolment)
        enrolment.sqlmodel_update(data.model_dump())
        _follow(session, enrolment, before, tuple(data.model_dump()), now)
        _settle(session, actor, enrolment_id, now)
        note_deed(session, "enrolment.corrected", by=actor, to=None, now=now, detail=enrolment.reference)


def end_enrolment(actor: Actor | None, enrolment_id: int, *, now: datetime, on: Engine | None = None) -> None:
    """End an enrolment today: the learner keeps the account and its history, and applies no more."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        _turn(session, actor, enrolment_id, EnrolmentState.ENDED, now)
        _settle(session, actor, enrolment_id, now)


def resume_enrolment(actor: Actor | None, enrolment_id: int, *, now: datetime, on: Engine | None = None) -> None:
    """Take up an enrolment again that had ended."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        _turn(session, actor, enrolment_id, EnrolmentState.ACTIVE, now)


def settle_reports(actor: Actor | None, enrolment_id: int, *, now: datetime, on: Engine | None = None) -> None:
    """Say that what was reported of an enrolment has been looked at."""
    actor = require(actor, Permission.ROSTER_MANAGE)
    with transaction(on) as session:
        enrolment_for(session, actor, enrolment_id)
        _settle(session, actor, enrolment_id, now)


def forget_rosters(*, now: datetime, on: Engine | None = None) -> int:
    """Forget what files said once it is of no use: those never imported, and what was before an import too old to undo.

    Says how many imports it emptied.
    """
    with transaction(on) as session:
        hours = float(parameter_in_force(session, "roster_undo_hours", day_in_brussels(now)))
        old = select(RosterImport).where(col(RosterImport.read_at) < now - timedelta(hours=hours))
        emptied = 0
        for found in session.exec(old.where(col(RosterImport.forgotten).is_(False))):
            if found.imported_at is not None and now <= undo_until(session, found):
                continue
            if found.state is ImportState.READ:
                found.state = ImportState.DROPPED
            found.rows, found.problems, found.forgotten = "[]", "[]", True
            session.exec(update(RosterChange).where(col(RosterChange.import_id) == found.id).values(before=""))
            emptied += 1
        return emptied


def undo_until(session: Session, found: RosterImport) -> datetime:
    """Return until when an import can be undone."""
    assert found.imported_at is not None
    hours = float(parameter_in_force(session, "roster_undo_hours", day_in_brussels(found.imported_at)))
    return found.imported_at + timedelta(hours=hours)


def _claim(session: Session, found: RosterImport, from_state: ImportState, to_state: ImportState) -> None:
    untouched = update(RosterImport).where(col(RosterImport.id) == found.id, col(RosterImport.state) == from_state)
    if session.exec(untouched.values(state=to_state)).rowcount != 1:
        raise AlreadyDone
    session.refresh(found)


def _count(found: RosterImport, plan: Plan, ended: int) -> None:
    found.added, found.changed, found.unchanged = len(plan.added), len(plan.changed), plan.unchanged
    found.ended, found.refused = ended, found.refused + len(plan.refused)


def _turn(session: Session, actor: Actor, enrolment_id: int, state: EnrolmentState, now: datetime) -> None:
    enrolment = enrolment_for(session, actor, enrolment_id)
    before = snapshot(enrolment)
    other = update(Enrolment).where(col(Enrolment.id) == enrolment_id, col(Enrolment.state) != state)
    ended_on = day_in_brussels(now) if state is EnrolmentState.ENDED else None
    if session.exec(other.values(state=state, ended_on=ended_on)).rowcount != 1:
        raise AlreadyDone
    session.refresh(enrolment)
    _follow(session, enrolment, before, ("state",), now)
    note_deed(session, f"enrolment.{state.name.lower()}", by=actor, to=None, now=now, detail=enrolment.reference)


def _follow(
    session: Session, enrolment: Enrolment, before: dict[str, object], fields: tuple[str, ...], now: datetime
) -> None:
    enrolment.updated_at = now
    follow(enrolment, before, fields, learners_of(session, [enrolment]))
    session.flush()
    tell(session, f"operator:{enrolment.operator_id}", f"learner:{enrolment.learner_id}")


def _settle(session: Session, actor: Actor, enrolment_id: int, now: datetime) -> None:
    mine = update(EnrolmentReport).where(col(EnrolmentReport.enrolment_id) == enrolment_id)
    session.exec(
        mine.where(col(EnrolmentReport.settled_at).is_(None)).values(settled_at=now, settled_by=actor.person_id)
    )
    tell(session, f"operator:{actor.operator_id}")
