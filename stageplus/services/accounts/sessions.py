"""What every deed on sessions shares."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from stageplus.models import Person, SignInSession


def end_sessions(session: Session, person_id: int, now: datetime, *, but: str = "") -> int:
    """End somebody's open sessions and say how many; `but` is the stored form of the token that goes on."""
    open_ones = update(SignInSession).where(
        col(SignInSession.person_id) == person_id,
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.token_hash) != but,
    )
    return session.exec(open_ones.values(ended_at=now)).rowcount


def is_new_device(session: Session, person: Person, device: str) -> bool:
    """Say whether somebody signs in with this kind of device for the first time; the very first time tells nothing."""
    kinds = set(session.exec(select(SignInSession.device).where(SignInSession.person_id == person.id).distinct()))
    return bool(kinds) and device not in kinds
