"""The log of what OFFA changes in the reference data: written in the transaction that changes it, and read back."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.plain_text import plain
from stageplus.models import Person, ReferenceChange
from stageplus.services.journal.actions import note_deed
from stageplus.services.notifications.live import tell
from stageplus.services.offers.actions import reference_changed
from stageplus.services.reference.schemas import Change, ChangeRow
from stageplus.texts import _
from stageplus.texts.formats import moment_words

TOPIC = "reference"
"""The topic that open pages of the reference data listen to."""
MOST_SHOWN = 50


def note_change(session: Session, actor: Actor, change: Change, now: datetime) -> None:
    """Write a change down for its history, for the journal and for imports; every process reads anew after it."""
    line = ReferenceChange(kind=change.kind, key=change.key, by_id=actor.person_id, at=now, why=change.why[:300])
    line.before, line.after = change.before[:600], change.after[:600]
    session.add(line)
    session.flush()
    detail = " → ".join(filter(None, [change.before, change.after or _("retiré")]))
    detail += f" · {change.why}" if change.why else ""
    note_deed(session, f"reference.{change.kind}", by=actor, to=None, now=now, detail=detail)
    reference_changed(session)
    tell(session, TOPIC)


def fresh_code(session: Session, table: type[Any], name: str, longest: int = 60) -> str:
    """Make a code of a name, which no row of a table has yet."""
    code = re.sub("[^a-z0-9]+", "-", plain(name)).strip("-")[: longest - 4].strip("-") or "sans-nom"
    taken = set(session.exec(select(table.code).where(col(table.code).startswith(code))))
    numbered = (f"{code}-{number}" for number in range(2, 1000))
    return code if code not in taken else next(each for each in numbered if each not in taken)


def changes_of(session: Session, *kinds: str, keys: Sequence[str] = (), begins: str = "") -> list[ChangeRow]:
    """List the latest changes of some kinds, of some rows only, or of those whose key begins so."""
    wanted = select(ReferenceChange, Person).join(Person, col(ReferenceChange.by_id) == Person.id, isouter=True)
    wanted = wanted.where(col(ReferenceChange.kind).in_(kinds))
    if keys:
        wanted = wanted.where(col(ReferenceChange.key).in_(keys))
    if begins:
        wanted = wanted.where(col(ReferenceChange.key).startswith(begins, autoescape=True))
    return [_row(*each) for each in session.exec(wanted.order_by(col(ReferenceChange.id).desc()).limit(MOST_SHOWN))]


def _row(change: ReferenceChange, by: Person | None) -> ChangeRow:
    return ChangeRow(
        when=moment_words(change.at),
        by=f"{by.first_name} {by.last_name}" if by else _("Équipe technique"),
        before=change.before,
        after=change.after,
        why=change.why,
    )
