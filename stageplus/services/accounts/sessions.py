"""What every deed on sessions shares."""

from datetime import datetime

from sqlmodel import Session, col, update

from stageplus.models import SignInSession


def end_sessions(session: Session, person_id: int, now: datetime, *, but: str = "") -> int:
    """End somebody's open sessions and say how many; `but` is the stored form of the token that goes on."""
    open_ones = update(SignInSession).where(
        col(SignInSession.person_id) == person_id,
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.token_hash) != but,
    )
    return session.exec(open_ones.values(ended_at=now)).rowcount
