"""What a session gains by a proof: a fresh token, so that one seen before the proof is worth nothing after it."""

from datetime import datetime
from secrets import token_urlsafe

from sqlmodel import Session, col, exists, or_, select, update

from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied
from stageplus.models import Passkey, SignInSession, TotpSecret
from stageplus.services.accounts.queries import token_hash


def renew_session(session: Session, actor: Actor, token: str, **proved: datetime) -> str:
    """Write down what the session has proved and replace its token; raises `Denied` when it ended meanwhile."""
    fresh = token_urlsafe(32)
    mine = update(SignInSession).where(col(SignInSession.person_id) == actor.person_id)
    mine = mine.where(col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None))
    if session.exec(mine.values(token_hash=token_hash(fresh), **proved)).rowcount != 1:
        raise Denied("prove")
    return fresh


def has_factor(session: Session, person_id: int) -> bool:
    """Say whether somebody has a second factor that counts."""
    totp = exists().where(col(TotpSecret.person_id) == person_id, col(TotpSecret.confirmed_at).is_not(None))
    return bool(session.exec(select(or_(totp, exists().where(col(Passkey.person_id) == person_id)))).one())
