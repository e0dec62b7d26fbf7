"""Use cases of the registers."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlmodel import Session, SQLModel, select

from stageplus.db.engine import transaction
from stageplus.models import (
    Basin,
    JointCommittee,
    Municipality,
    OperatorNetwork,
    Parameter,
    Place,
    PlaceName,
    ReferenceChange,
    Scheme,
    SchemeRule,
    Sector,
    Trade,
    TradeWord,
    TutorLimit,
)
from stageplus.services.registers.schemas import TableChange

REFERENCE_FOLDER = Path(__file__).parents[2] / "reference"
FILES: tuple[tuple[str, type[SQLModel]], ...] = (
    ("basins", Basin),
    ("municipalities", Municipality),
    ("places", Place),
    ("place_names", PlaceName),
    ("joint_committees", JointCommittee),
    ("sectors", Sector),
    ("trades", Trade),
    ("trade_words", TradeWord),
    ("operator_networks", OperatorNetwork),
    ("schemes", Scheme),
    ("scheme_rules", SchemeRule),
    ("parameters", Parameter),
    ("tutor_limits", TutorLimit),
)


IMPORTED = "import"
"""The kind of the line that says that the shipped files changed something: by its number processes read again."""


def import_reference(
    folder: Path = REFERENCE_FOLDER, on: Engine | None = None, *, now: datetime | None = None
) -> list[TableChange]:
    """Load or refresh the shipped reference data in one transaction and say what changed; rows are never removed.

    What OFFA has changed is left as OFFA wants it, also what OFFA removed: see docs/adr/0015. Run from the terminal by
    whoever operates the site. Raises `ValueError` when a cell does not fit its column.
    """
    with transaction(on) as session:
        made = [_refresh(session, table, folder / f"{name}.csv") for name, table in FILES]
        added, changed = sum(each.added for each in made), sum(each.changed for each in made)
        if added or changed:
            words = f"{added} + {changed}"
            session.add(ReferenceChange(kind=IMPORTED, key=IMPORTED, after=words, at=now or datetime.now(UTC)))
        return made


def row_key(row: SQLModel) -> str:
    """Name a row of the reference data as the log of changes does; all values of one that is dated share a name."""
    if isinstance(row, Parameter):
        return row.name
    if isinstance(row, SchemeRule):
        return row.scheme_code
    return "|".join(str(part) for part in _key(row))


def _refresh(session: Session, table: type[SQLModel], path: Path) -> TableChange:
    present = {_key(row): row for row in session.exec(select(table)).all()}
    of_offa = set(session.exec(select(ReferenceChange.key).where(ReferenceChange.kind == path.stem)))
    added = changed = unchanged = kept = 0
    for row in _rows(table, path):
        known = present.get(_key(row))
        if row_key(row) in of_offa:
            kept += 1
        elif known is None:
            session.add(row)
            added += 1
        elif known.model_dump() == row.model_dump():
            unchanged += 1
        else:
            known.sqlmodel_update(row.model_dump())
            changed += 1
    session.flush()
    return TableChange(path.stem, added, changed, unchanged, kept)


def _rows(table: type[SQLModel], path: Path) -> Iterator[SQLModel]:
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            yield table.model_validate({name: _cell(table, name, text) for name, text in cells.items()})


def _cell(table: type[SQLModel], name: str, text: str) -> str | bool | date | None:
    annotation = table.model_fields[name].annotation
    if annotation is date:
        return date.fromisoformat(text)
    if annotation is bool:
        return text == "true"
    return text or None if annotation == str | None else text


def _key(row: SQLModel) -> tuple[object, ...]:
    return tuple(inspect(type(row)).primary_key_from_instance(row))
