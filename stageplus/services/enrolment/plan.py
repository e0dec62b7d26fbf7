"""Compares the rows of a roster with the enrolments that are there: added, changed, left, absent."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, select

from stageplus.models import Enrolment, EnrolmentState, Implantation, RosterImport
from stageplus.services.enrolment.columns import LABELS
from stageplus.services.enrolment.schemas import RosterProblem, RosterRow
from stageplus.services.spreadsheets.queries import plain_text
from stageplus.texts import _

FOLLOWED = (
    "first_name",
    "last_name",
    "birth_date",
    "email",
    "postal_code",
    "municipality_ins",
    "trade_code",
    "year",
    "company_days",
    "implantation_id",
)
"""What a roster says of an enrolment."""
KEPT = (*FOLLOWED, "state", "ended_on", "updated_at")
"""What undoing brings back."""


@dataclass(frozen=True)
class Change:
    """An enrolment that is there, and what a row says of it; `fields` are those that differ."""

    enrolment: Enrolment
    row: RosterRow
    fields: tuple[str, ...]


@dataclass
class Plan:
    """What importing would do; nothing of it has happened. `only` is the one implantation of a restricted author."""

    added: list[RosterRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    absent: list[Enrolment] = field(default_factory=list)
    new_implantations: list[str] = field(default_factory=list)
    refused: list[RosterProblem] = field(default_factory=list)
    only: int | None = None


def stored(rows: Sequence[RosterRow] | Sequence[RosterProblem]) -> str:
    """Write rows as JSON, for the time between reading and importing."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False)


def rows_of(found: RosterImport) -> list[RosterRow]:
    """Read back the rows that fit."""
    return [RosterRow(**each) for each in json.loads(found.rows)]


def problems_of(found: RosterImport) -> list[RosterProblem]:
    """Read back what did not fit."""
    return [RosterProblem(**each) for each in json.loads(found.problems)]


def plan_of(session: Session, found: RosterImport, only: int | None) -> Plan:
    """Compare a file with what is there now; `only` is the one implantation that its author may touch."""
    plan = Plan(only=only)
    operator_id = found.operator_id
    known = {
        enrolment.reference: enrolment
        for enrolment in session.exec(select(Enrolment).where(Enrolment.operator_id == operator_id))
    }
    places = _Places(session, operator_id, only)
    rows = rows_of(found)
    for row in rows:
        _place_row(plan, row, known.get(row.reference), places)
    named = {row.reference for row in rows} | {problem.reference for problem in problems_of(found)}
    plan.absent = [
        enrolment
        for reference, enrolment in known.items()
        if reference not in named and enrolment.state is EnrolmentState.ACTIVE and places.admits(enrolment)
    ]
    plan.new_implantations = places.new
    return plan


def values_of(row: RosterRow, implantation_id: int | None) -> dict[str, Any]:
    """Return what a row says, as an enrolment keeps it; a file without implantations says nothing of them."""
    said = asdict(row)
    values = {name: said[name] for name in FOLLOWED if name in said}
    values["birth_date"] = date.fromisoformat(row.birth_date)
    return values | ({"implantation_id": implantation_id} if implantation_id is not None else {})


def label_of(name: str) -> str:
    """Name a field of an enrolment as the template does."""
    keys = {"trade_code": "trade", "municipality_ins": "postal_code", "implantation_id": "implantation"}
    return LABELS.get(keys.get(name, name), _("Inscription"))


class _Places:
    """The implantations of an operator by name, those that a file brings, and the one its author is restricted to."""

    def __init__(self, session: Session, operator_id: int, only: int | None) -> None:
        found = session.exec(select(Implantation).where(Implantation.operator_id == operator_id))
        self.by_name = {plain_text(each.name): each.id for each in found}
        self.only = only
        self.new: list[str] = []

    def of(self, row: RosterRow) -> int | None:
        """Return the implantation of a row; 0 for one that the import will make."""
        if not row.implantation:
            return self.only
        name = plain_text(row.implantation)
        if name not in self.by_name:
            self.by_name[name] = 0
            if self.only is None:
                self.new.append(row.implantation)
        return self.by_name[name]

    def admits(self, enrolment: Enrolment) -> bool:
        """Say whether the author may touch this enrolment."""
        return self.only is None or enrolment.implantation_id == self.only


def _place_row(plan: Plan, row: RosterRow, enrolment: Enrolment | None, places: _Places) -> None:
    place = places.of(row)
    if places.only is not None and (place != places.only or (enrolment and not places.admits(enrolment))):
        elsewhere = _("Cette personne est d’une autre implantation que la vôtre.")
        plan.refused.append(RosterProblem(row.line, LABELS["implantation"], elsewhere, row.reference))
    elif enrolment is None:
        plan.added.append(row)
    elif fields := _differences(enrolment, row, place):
        plan.changed.append(Change(enrolment, row, fields))
    else:
        plan.unchanged += 1


def _differences(enrolment: Enrolment, row: RosterRow, place: int | None) -> tuple[str, ...]:
    said = values_of(row, place)
    if not row.email:
        # An empty cell takes no known address away: many rosters never had any.
        said.pop("email")
    fields = [name for name, value in said.items() if getattr(enrolment, name) != value]
    return (*fields, "state") if enrolment.state is EnrolmentState.ENDED else tuple(fields)
