"""The journal of what was done to people's access and rights."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Actor
from stageplus.models import JournalEntry
from stageplus.services.notifications.live import tell


def note_deed(
    session: Session, action: str, *, by: Actor | None, to: int | None, now: datetime, detail: str = ""
) -> None:
    """Write down who did what to whom, in the transaction that does it; `by` is nobody for the terminal or the clock.

    `action` is a name such as `factor.reset`; `detail` says why, never a secret.
    """
    by_id = by.person_id if by else None
    tell(session, "deeds")
    session.add(JournalEntry(at=now, action=action, actor_id=by_id, subject_id=to, detail=detail[:500]))
