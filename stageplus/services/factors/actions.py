"""Use cases of second factors: prove who one is, register, remove, reset."""

from datetime import datetime
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update
from webauthn.helpers import bytes_to_base64url

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound, NotPossible
from stageplus.models import ChallengeUse, Passkey, Person, RecoveryCode, TotpSecret
from stageplus.services.accounts.actions import open_session
from stageplus.services.accounts.queries import is_password_of, person_with_email
from stageplus.services.accounts.schemas import NO_VISITOR, SignedIn, Visitor
from stageplus.services.factors import letters
from stageplus.services.factors.challenges import issue_challenge, spend_challenge
from stageplus.services.factors.changes import note_registered, note_removed, reset_access
from stageplus.services.factors.codes import code_hash, new_codes
from stageplus.services.factors.holdings import (
    erase_codes,
    held_by,
    locked_person,
    require_another,
)
from stageplus.services.factors.keys import encrypted
from stageplus.services.factors.passkeys import (
    authentication_options,
    claimed,
    claimed_challenge,
    handle_of,
    registered,
    registration_options,
)
from stageplus.services.factors.proofs import (
    note_signature,
    renew_session,
    signed_passkey,
    spend_code,
    spend_totp,
    wrong_proof,
)
from stageplus.services.factors.queries import factors_of, require_recent_proof
from stageplus.services.factors.schemas import (
    FactorsDetail,
    PasskeyInput,
    PasskeyNameInput,
    Proof,
    RecoveryCodes,
    ResetInput,
    TotpInput,
)
from stageplus.services.factors.scope import person_in_reach
from stageplus.services.factors.totp import secret_of, step_of
from stageplus.services.journal.actions import note_deed
from stageplus.services.threads import costly
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

MOST_PASSKEYS = 20


@costly
def prove_by_password(actor: Actor | None, token: str, proof: Proof, *, now: datetime, on: Engine | None = None) -> str:
    """Take the password again from whoever has no second factor, and return the session's new token.

    Raises `NotPossible` when there is a second factor, which is then the one to give; `InvalidInput` when it is wrong.
    """
    actor = require(actor, Permission.FACTOR_GIVE)
    with reading(on) as session:
        if held_by(session, actor.person_id).count:
            raise NotPossible("prove by password", "has a second factor")
        person = session.get_one(Person, actor.person_id)
    if not is_password_of(person, proof.given):
        raise wrong_proof()
    with transaction(on) as session:
        return renew_session(session, actor, token, password_at=now)


def prove_by_totp(actor: Actor | None, token: str, proof: Proof, *, now: datetime, on: Engine | None = None) -> str:
    """Take a code of one's application, good once, and return the session's new token."""
    actor = require(actor, Permission.FACTOR_GIVE)
    with transaction(on) as session:
        spend_totp(session, actor.person_id, proof.given, now)
        return renew_session(session, actor, token, factor_at=now)


def prove_by_code(actor: Actor | None, token: str, proof: Proof, *, now: datetime, on: Engine | None = None) -> str:
    """Take one of one's recovery codes, good once, and return the session's new token; the person is told."""
    actor = require(actor, Permission.FACTOR_GIVE)
    with transaction(on) as session:
        left = spend_code(session, actor.person_id, proof.given, now)
        note_deed(session, "factor.code_used", by=actor, to=actor.person_id, now=now)
        letters.code_used(session, session.get_one(Person, actor.person_id), left, now)
        return renew_session(session, actor, token, factor_at=now)


def passkey_to_prove(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> str:
    """Ask one's browser for one of one's passkeys; returns the options of the request as JSON."""
    actor = require(actor, Permission.FACTOR_GIVE)
    with transaction(on) as session:
        held = held_by(session, actor.person_id)
        if not held.passkeys:
            raise NotFound
        return authentication_options(held.passkeys, issue_challenge(session, token, ChallengeUse.PROVE, now))


def prove_by_passkey(actor: Actor | None, token: str, proof: Proof, *, now: datetime, on: Engine | None = None) -> str:
    """Take what one of one's passkeys signed, and return the session's new token."""
    actor = require(actor, Permission.FACTOR_GIVE)
    passkey, count = signed_passkey(proof.given, token, ChallengeUse.PROVE, now, on)
    if passkey.person_id != actor.person_id:
        raise wrong_proof()
    with transaction(on) as session:
        note_signature(session, passkey, count, now)
        return renew_session(session, actor, token, factor_at=now)


def passkey_to_sign_in(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> str:
    """Ask a browser for any passkey of this site, of whoever; returns the options of the request as JSON."""
    with transaction(on) as session:
        return authentication_options([], issue_challenge(session, token, ChallengeUse.SIGN_IN, now))


def sign_in_with_passkey(
    token: str, proof: Proof, now: datetime, on: Engine | None = None, *, visitor: Visitor = NO_VISITOR
) -> SignedIn:
    """Open a session for whoever a passkey names: it is enough alone, the device has recognised its owner.

    `token` is that of the visit that asked. Raises `InvalidInput` for whatever does not fit, without saying what.
    """
    passkey, count = signed_passkey(proof.given, token, ChallengeUse.SIGN_IN, now, on)
    if claimed(proof.given, "response", "userHandle") != bytes_to_base64url(handle_of(passkey.person_id)):
        raise wrong_proof()
    with transaction(on) as session:
        note_signature(session, passkey, count, now)
        return open_session(session, session.get_one(Person, passkey.person_id), visitor, now, factor_at=now)


def confirm_totp(actor: Actor | None, token: str, data: TotpInput, *, now: datetime, on: Engine | None = None) -> str:
    """Register an application once it gave a right code, in place of an earlier one; returns the new token."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    with reading(on) as session:
        require_recent_proof(session, actor, now)
    secret = secret_of(data.pending, actor.person_id)
    step = step_of(secret, data.code, now) if secret else None
    if secret is None or step is None:
        raise InvalidInput({"code": _("Ce code ne convient pas. Attendez le suivant et recopiez-le.")})
    with transaction(on) as session:
        session.merge(
            TotpSecret(
                person_id=actor.person_id,
                secret=encrypted(secret),
                created_at=now,
                confirmed_at=now,
                last_step=step,
            )
        )
        return note_registered(session, actor, token, _("une application de codes"), now)


def passkey_to_register(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> str:
    """Ask one's browser for a new passkey; returns the options of the request as JSON."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        person, held = session.get_one(Person, actor.person_id), held_by(session, actor.person_id)
        if len(held.passkeys) >= MOST_PASSKEYS:
            raise NotPossible("register", "too many passkeys")
        challenge = issue_challenge(session, token, ChallengeUse.REGISTER, now)
        return registration_options(person, held.passkeys, challenge)


def register_passkey(
    actor: Actor | None, token: str, data: PasskeyInput, *, now: datetime, on: Engine | None = None
) -> str:
    """Register the passkey that one's browser made for our challenge; returns the session's new token."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        asked = claimed_challenge(data.preuve)
        challenge = spend_challenge(session, asked, token, ChallengeUse.REGISTER, now)
    made = registered(data.preuve, challenge) if challenge else None
    if made is None:
        raise InvalidInput({"preuve": _("La clé d’accès n’a pas pu être ajoutée. Recommencez.")})
    name = data.name or _("Clé d’accès")
    try:
        with transaction(on) as session:
            session.add(Passkey(person_id=actor.person_id, name=name, created_at=now, **made))
            session.flush()
            return note_registered(session, actor, token, _("la clé d’accès « {name} »").format(name=name), now)
    except IntegrityError as known:
        raise AlreadyDone from known


def rename_passkey(
    actor: Actor | None, passkey_id: int, data: PasskeyNameInput, *, now: datetime, on: Engine | None = None
) -> FactorsDetail:
    """Give one of one's passkeys another name."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    with transaction(on) as session:
        mine = update(Passkey).where(col(Passkey.id) == passkey_id, col(Passkey.person_id) == actor.person_id)
        if session.exec(mine.values(name=data.name)).rowcount != 1:
            raise NotFound
        return factors_of(session, actor, now)


def remove_passkey(
    actor: Actor | None, token: str, passkey_id: int, *, now: datetime, on: Engine | None = None
) -> FactorsDetail:
    """Take one of one's passkeys away; raises `LastFactor` when the role must have one and it is the only one."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        person = locked_person(session, actor.person_id)
        mine = select(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == actor.person_id)
        passkey = session.exec(mine).first()
        if passkey is None:
            raise NotFound
        require_another(session, person, day_in_brussels(now))
        session.delete(passkey)
        return note_removed(session, actor, token, _("la clé d’accès « {name} »").format(name=passkey.name), now)


def remove_totp(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> FactorsDetail:
    """Take one's application of codes away; raises `LastFactor` when the role must have one and it is the only one."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        person = locked_person(session, actor.person_id)
        totp = held_by(session, actor.person_id).totp
        if totp is None:
            raise AlreadyDone
        require_another(session, person, day_in_brussels(now))
        session.delete(totp)
        return note_removed(session, actor, token, _("une application de codes"), now)


def renew_codes(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> RecoveryCodes:
    """Make ten recovery codes, the only time that they can be read; earlier ones end."""
    actor = require(actor, Permission.FACTOR_REGISTER)
    codes = new_codes()
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        person = locked_person(session, actor.person_id)
        if not held_by(session, actor.person_id).count:
            raise NotPossible("renew codes", "no second factor")
        erase_codes(session, actor.person_id)
        session.add_all(
            RecoveryCode(person_id=actor.person_id, code_hash=code_hash(actor.person_id, code)) for code in codes
        )
        note_deed(session, "factor.codes_renewed", by=actor, to=actor.person_id, now=now)
        letters.codes_renewed(session, person, now)
    text = "\n".join([_("Codes de secours Stage+ : chacun sert une seule fois."), "", *codes, ""])
    return RecoveryCodes(codes, f"data:text/plain;charset=utf-8,{quote(text)}")


def reset_factor(
    actor: Actor | None, person_id: int, data: ResetInput, *, now: datetime, on: Engine | None = None
) -> str:
    """Take away the second factors of somebody who lost them, end all their sessions and tell them; returns their name.

    An operator's staff does it for its learners and the companies it approved, OFFA for everybody but oneself.
    """
    actor = require(actor, Permission.FACTOR_RESET)
    with transaction(on) as session:
        person = person_in_reach(session, actor, person_id)
        require_recent_proof(session, actor, now)
        reset_access(session, person, now)
        note_deed(session, "factor.reset", by=actor, to=person_id, now=now, detail=data.reason)
        return f"{person.first_name} {person.last_name}"


def reset_factor_from_terminal(email: str, now: datetime, on: Engine | None = None) -> None:
    """Do the same for an address, from the terminal; raises `NotFound` when nobody has it."""
    with transaction(on) as session:
        person = person_with_email(session, email)
        if person is None:
            raise NotFound
        reset_access(session, person, now)
        note_deed(session, "factor.reset", by=None, to=person.id, now=now, detail=_("depuis le terminal"))
