"""Use cases of accounts: register, sign in, recognise, sign out, change the password."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Engine
from sqlmodel import col, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import Denied, InvalidInput
from stageplus.domain.links import LinkPurpose
from stageplus.models import Person, SignInSession, SingleUseLink
from stageplus.services.accounts import letters
from stageplus.services.accounts.passwords import hash_password, is_password
from stageplus.services.accounts.queries import account_of, person_with_email, signed_in_with, token_hash
from stageplus.services.accounts.schemas import (
    AccountDetail,
    Credentials,
    EmailInput,
    NameInput,
    NewPasswordInput,
    NewPerson,
    PasswordInput,
    SignedIn,
)
from stageplus.services.accounts.sessions import end_sessions
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import end_links, issue_link, spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _

VISIT_NOTED_EVERY = timedelta(minutes=1)
"""How often a visit is written down: idle limits count in minutes, and a write per tap would make others wait."""


def register_person(new: NewPerson, now: datetime, on: Engine | None = None) -> int:
    """Create somebody's account and return its identifier; run from the terminal until registration opens."""
    hashed = hash_password(new.password)
    with transaction(on) as session:
        person = Person(
            email=new.email.strip().lower(),
            first_name=new.first_name,
            last_name=new.last_name,
            role=new.role,
            password_hash=hashed,
            created_at=now,
        )
        session.add(person)
        session.flush()
        assert person.id is not None
        return person.id


def sign_in(typed: Credentials, now: datetime, on: Engine | None = None) -> SignedIn:
    """Open a session for whoever knows the password.

    Raises `Denied`, after the same time, for an unknown address and for a wrong password.
    """
    with transaction(on) as session:
        person = person_with_email(session, typed.email)
    if not is_password(typed.password, person.password_hash if person else None) or person is None:
        raise Denied("sign in")
    assert person.id is not None
    token = token_urlsafe(32)
    with transaction(on) as session:
        session.add(SignInSession(person_id=person.id, token_hash=token_hash(token), created_at=now, last_seen_at=now))
    return SignedIn(person.role, token)


def recognise(token: str, now: datetime, on: Engine | None = None) -> Actor | None:
    """Return who holds the token, and note the visit once a minute; nobody when the session is over."""
    with reading(on) as session:
        found = signed_in_with(session, token, now)
    if found is None:
        return None
    if now - found.last_seen_at >= VISIT_NOTED_EVERY:
        with transaction(on) as session:
            mine = update(SignInSession).where(col(SignInSession.token_hash) == token_hash(token))
            session.exec(mine.values(last_seen_at=now))
    return found.actor


def sign_out(token: str, now: datetime, on: Engine | None = None) -> None:
    """End the session of this token; harmless when it is over already."""
    with transaction(on) as session:
        ended = update(SignInSession).where(col(SignInSession.token_hash) == token_hash(token))
        session.exec(ended.where(col(SignInSession.ended_at).is_(None)).values(ended_at=now))


def change_password(
    actor: Actor | None, token: str, data: PasswordInput, *, now: datetime, on: Engine | None = None
) -> AccountDetail:
    """Replace one's own password and end all one's other sessions; `token` is that of the session that goes on.

    Raises `InvalidInput` beside the old password when it is wrong.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        person = session.get_one(Person, actor.person_id)
    if not is_password(data.old, person.password_hash):
        raise InvalidInput({"old": _("Ce n’est pas le mot de passe actuel.")})
    hashed = hash_password(data.new)
    with transaction(on) as session:
        person = session.get_one(Person, actor.person_id)
        person.password_hash = hashed
        end_sessions(session, actor.person_id, now, but=token_hash(token))
        note_deed(session, "password.changed", by=actor, to=actor.person_id, now=now)
        letters.password_changed(session, person, now)
        return account_of(person)


def rename(actor: Actor | None, data: NameInput, *, now: datetime, on: Engine | None = None) -> AccountDetail:
    """Change one's own first and last name."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        person = session.get_one(Person, actor.person_id)
        person.first_name, person.last_name = data.first_name, data.last_name
        return account_of(person)


def ask_for_reset(actor: Actor | None, data: EmailInput, *, now: datetime, on: Engine | None = None) -> None:
    """Mail a link for a new password to whoever has this address; the answer is the same when nobody has."""
    with transaction(on) as session:
        person = person_with_email(session, data.email)
        if person is None:
            return
        minutes = int(parameter_in_force(session, "reset_link_minutes", now.date()))
        path = issue_link(
            session,
            LinkPurpose.RESET_PASSWORD,
            lasts=timedelta(minutes=minutes),
            now=now,
            person_id=person.id,
            subject=person.email,
            others_go_on=True,
        )
        letters.reset_link(session, person, path, minutes, now)


def reset_password(
    actor: Actor | None, token: str, data: NewPasswordInput, *, now: datetime, on: Engine | None = None
) -> bool:
    """Set the password of whoever was mailed this link, and end all their sessions; the link works once.

    Raises `NotFound` for a token that is none, `LinkSpent` when it was used or has expired.
    """
    with reading(on) as session:
        usable_link(session, token, LinkPurpose.RESET_PASSWORD, now)  # before the costly hash
    hashed = hash_password(data.new)
    with transaction(on) as session:
        link = spend_link(session, token, LinkPurpose.RESET_PASSWORD, now)
        person = session.get_one(Person, link.person_id)
        person.password_hash = hashed
        end_sessions(session, person.id or 0, now)
        end_links(session, LinkPurpose.RESET_PASSWORD, now, col(SingleUseLink.person_id) == person.id)
        note_deed(session, "password.reset", by=None, to=person.id, now=now)
        letters.password_changed(session, person, now)
        return True
