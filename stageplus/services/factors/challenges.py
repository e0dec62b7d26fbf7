"""What a passkey has to sign: kept here, for one browser and one use, good once and for some minutes."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_challenge

from stageplus.models import ChallengeUse, PasskeyChallenge
from stageplus.services.accounts.queries import token_hash

LASTS = timedelta(minutes=5)


def issue_challenge(session: Session, holder: str, use: ChallengeUse, now: datetime) -> bytes:
    """Keep a fresh challenge for the browser whose cookie this is; those whose time is over go."""
    session.exec(delete(PasskeyChallenge).where(col(PasskeyChallenge.expires_at) <= now))
    drawn = generate_challenge()
    session.add(
        PasskeyChallenge(
            challenge=bytes_to_base64url(drawn), holder=token_hash(holder), use=use, expires_at=now + LASTS
        )
    )
    return drawn


def spend_challenge(session: Session, claimed: str, holder: str, use: ChallengeUse, now: datetime) -> bytes | None:
    """Use a challenge up; nothing when it was never given to this browser for this use, was used or is too old."""
    mine = delete(PasskeyChallenge).where(
        col(PasskeyChallenge.challenge) == claimed,
        col(PasskeyChallenge.holder) == token_hash(holder),
        col(PasskeyChallenge.use) == use,
        col(PasskeyChallenge.expires_at) > now,
    )
    return base64url_to_bytes(claimed) if session.exec(mine).rowcount == 1 else None
