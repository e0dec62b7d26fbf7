"""What a session gains by a proof: a fresh token, so that one seen before the proof is worth nothing after it."""

from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, InvalidInput
from stageplus.models import ChallengeUse, Passkey, RecoveryCode, SignInSession, TotpSecret
from stageplus.services.accounts.queries import token_hash
from stageplus.services.factors.challenges import spend_challenge
from stageplus.services.factors.codes import code_hash
from stageplus.services.factors.keys import decrypted
from stageplus.services.factors.passkeys import claimed, claimed_challenge, counted
from stageplus.services.factors.totp import step_of
from stageplus.texts import _


def wrong_proof() -> InvalidInput:
    """Return the one refusal of whatever was given: it never says how near it was."""
    return InvalidInput({"preuve": _("Cette preuve ne convient pas.")})


def renew_session(session: Session, actor: Actor, token: str, **proved: datetime) -> str:
    """Write down what the session has proved and replace its token; raises `Denied` when it ended meanwhile."""
    fresh = token_urlsafe(32)
    mine = update(SignInSession).where(col(SignInSession.person_id) == actor.person_id)
    mine = mine.where(col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None))
    if session.exec(mine.values(token_hash=token_hash(fresh), **proved)).rowcount != 1:
        raise Denied("prove")
    return fresh


def ask_others_again(session: Session, person_id: int, token: str) -> None:
    """Ask every other session of somebody for the second factor again, after one was registered or removed."""
    others = update(SignInSession).where(col(SignInSession.person_id) == person_id)
    others = others.where(col(SignInSession.token_hash) != token_hash(token), col(SignInSession.ended_at).is_(None))
    session.exec(others.values(factor_at=None))


def spend_totp(session: Session, person_id: int, code: str, now: datetime) -> None:
    """Use up a code of somebody's application: each is good once, also for two who give it at the same moment."""
    kept = session.get(TotpSecret, person_id)
    secret = decrypted(kept.secret) if kept and kept.confirmed_at else None
    step = step_of(secret, code, now, kept.last_step) if kept and secret else None
    unused = update(TotpSecret).where(col(TotpSecret.person_id) == person_id, col(TotpSecret.last_step) < (step or 0))
    if step is None or session.exec(unused.values(last_step=step)).rowcount != 1:
        raise wrong_proof()


def spend_code(session: Session, person_id: int, code: str, now: datetime) -> int:
    """Use up a recovery code of somebody and return how many are left: of twenty at once, one does it."""
    mine = update(RecoveryCode).where(
        col(RecoveryCode.person_id) == person_id,
        col(RecoveryCode.code_hash) == code_hash(person_id, code),
        col(RecoveryCode.used_at).is_(None),
    )
    if session.exec(mine.values(used_at=now)).rowcount != 1:
        raise wrong_proof()
    return codes_left(session, person_id)


def codes_left(session: Session, person_id: int) -> int:
    """Count the recovery codes that somebody has not used."""
    return int(session.exec(unused_codes(person_id)).one())


def unused_codes(person_id: int) -> Any:
    """Select that count, for a statement that reads more."""
    mine = select(func.count(col(RecoveryCode.id))).where(RecoveryCode.person_id == person_id)
    return mine.where(col(RecoveryCode.used_at).is_(None))


def signed_passkey(
    credential: str, holder: str, use: ChallengeUse, now: datetime, on: Engine | None
) -> tuple[Passkey, int]:
    """Find the passkey that signed a challenge of this browser, with its new count of signatures.

    The challenge is spent first, for good: a wrong answer costs it too.
    """
    with transaction(on) as session:
        challenge = spend_challenge(session, claimed_challenge(credential), holder, use, now)
        known = select(Passkey).where(Passkey.credential_id == claimed(credential, "id"))
        passkey = session.exec(known).first()
    count = counted(credential, challenge, passkey) if challenge and passkey else None
    if passkey is None or count is None:
        raise wrong_proof()
    return passkey, count


def note_signature(session: Session, passkey: Passkey, count: int, now: datetime) -> None:
    """Write down that a passkey signed, unless another answer with the same count was faster."""
    same = update(Passkey).where(col(Passkey.id) == passkey.id, col(Passkey.sign_count) == passkey.sign_count)
    if session.exec(same.values(sign_count=count, last_used_at=now)).rowcount != 1:
        raise wrong_proof()
