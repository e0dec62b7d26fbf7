"""The log of what OFFA changes in the reference data: written in the transaction that changes it, and read back."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor
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


def changes_of(session: Session, kind: str, keys: Sequence[str] = (), begins: str = "") -> list[ChangeRow]:
    """List the latest changes of a kind, of some rows only, or of those whose key begins so."""
    wanted = select(ReferenceChange, Person).join(Person, col(ReferenceChange.by_id) == Person.id, isouter=True)
    wanted = wanted.where(ReferenceChange.kind == kind)
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
