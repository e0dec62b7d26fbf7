"""Carries out what a plan says, and undoes it."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from stageplus.models import (
    ActivationCode,
    ChangeKind,
    Enrolment,
    EnrolmentState,
    Implantation,
    RosterChange,
    RosterImport,
)
from stageplus.services.enrolment.following import follow, learners_of
from stageplus.services.enrolment.plan import KEPT, Change, Plan, values_of
from stageplus.services.enrolment.schemas import RosterRow
from stageplus.services.spreadsheets.queries import plain_text
from stageplus.texts.formats import day_in_brussels


def snapshot(enrolment: Enrolment) -> dict[str, Any]:
    """Return what undoing has to bring back."""
    return {name: getattr(enrolment, name) for name in KEPT}


def apply_plan(session: Session, found: RosterImport, plan: Plan, ended: Sequence[Enrolment], now: datetime) -> None:
    """Add, change and end; each step leaves what it was, so that it can be undone."""
    place_of = _implantations(session, found.operator_id, plan)
    for row in plan.added:
        session.add(
            Enrolment(
                operator_id=found.operator_id,
                reference=row.reference,
                state=EnrolmentState.ACTIVE,
                created_at=now,
                updated_at=now,
                **({"implantation_id": None} | values_of(row, place_of(row))),
            )
        )
    session.flush()
    _note_added(session, found, plan)
    accounts = learners_of(session, [*(change.enrolment for change in plan.changed), *ended])
    for change in plan.changed:
        before = snapshot(change.enrolment)
        _change(change, place_of(change.row), now)
        follow(change.enrolment, before, change.fields, accounts)
        session.add(_changed(found, change.enrolment, ChangeKind.CHANGED, before))
    for enrolment in ended:
        before = snapshot(enrolment)
        enrolment.state, enrolment.ended_on, enrolment.updated_at = EnrolmentState.ENDED, day_in_brussels(now), now
        follow(enrolment, before, ("state",), accounts)
        session.add(_changed(found, enrolment, ChangeKind.ENDED, before))
    session.flush()


def undo(session: Session, found: RosterImport) -> int:
    """Bring back what was before an import and say how many enrolments were left as they are.

    Left are those added that were activated since, and those corrected by hand since.
    """
    wanted = select(RosterChange, Enrolment).join(Enrolment).where(RosterChange.import_id == found.id)
    changes = session.exec(wanted).all()
    accounts = learners_of(session, [enrolment for _change, enrolment in changes])
    gone: list[int] = []
    kept = 0
    for change, enrolment in changes:
        touched = enrolment.updated_at != found.imported_at
        if touched or (change.kind is ChangeKind.ADDED and enrolment.learner_id is not None):
            kept += 1
        elif change.kind is ChangeKind.ADDED:
            gone.append(enrolment.id or 0)
        else:
            _restore(enrolment, json.loads(change.before), accounts)
    session.flush()
    _remove(session, gone)
    return kept


def _note_added(session: Session, found: RosterImport, plan: Plan) -> None:
    wanted = {row.reference for row in plan.added}
    mine = select(Enrolment.id, Enrolment.reference).where(Enrolment.operator_id == found.operator_id)
    session.add_all(
        RosterChange(import_id=found.id or 0, enrolment_id=number or 0, kind=ChangeKind.ADDED)
        for number, reference in session.exec(mine)
        if reference in wanted
    )


def _change(change: Change, place: int | None, now: datetime) -> None:
    said = values_of(change.row, place)
    for name in change.fields:
        if name in said:
            setattr(change.enrolment, name, said[name])
    change.enrolment.state, change.enrolment.ended_on = EnrolmentState.ACTIVE, None
    change.enrolment.updated_at = now


def _changed(found: RosterImport, enrolment: Enrolment, kind: ChangeKind, before: Mapping[str, Any]) -> RosterChange:
    text = json.dumps({name: _written(value) for name, value in before.items()}, ensure_ascii=False)
    return RosterChange(import_id=found.id or 0, enrolment_id=enrolment.id or 0, kind=kind, before=text)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _restore(enrolment: Enrolment, before: dict[str, Any], accounts: Mapping[int, Any]) -> None:
    now_values = snapshot(enrolment)
    for name in ("birth_date", "ended_on"):
        before[name] = date.fromisoformat(before[name]) if before[name] else None
    before |= {"state": EnrolmentState(before["state"]), "updated_at": datetime.fromisoformat(before["updated_at"])}
    for name, value in before.items():
        setattr(enrolment, name, value)
    follow(enrolment, now_values, [name for name in KEPT if before[name] != now_values[name]], accounts)


def _remove(session: Session, gone: Sequence[int]) -> None:
    for start in range(0, len(gone), 400):
        some = gone[start : start + 400]
        for table in (RosterChange, ActivationCode):
            session.exec(delete(table).where(col(table.enrolment_id).in_(some)))
        session.exec(delete(Enrolment).where(col(Enrolment.id).in_(some), col(Enrolment.learner_id).is_(None)))


def _implantations(session: Session, operator_id: int, plan: Plan) -> Callable[[RosterRow], int | None]:
    for name in plan.new_implantations:
        session.add(Implantation(operator_id=operator_id, name=name))
    session.flush()
    found = session.exec(select(Implantation).where(Implantation.operator_id == operator_id))
    by_name = {plain_text(each.name): each.id for each in found}
    return lambda row: by_name.get(plain_text(row.implantation), plan.only)
