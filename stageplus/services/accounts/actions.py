"""Use cases of accounts: sign in and out, sessions, the password, the address."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Engine
from sqlmodel import Session, col, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound
from stageplus.domain.links import LinkPurpose
from stageplus.domain.refusals import AccountSuspended, AddressTaken
from stageplus.models import Person, SignInSession, SingleUseLink
from stageplus.services.accounts import letters
from stageplus.services.accounts.devices import device_words
from stageplus.services.accounts.passwords import hash_password, is_outdated, is_password, refuse_weak
from stageplus.services.accounts.patience import check_tries, forgive_tries, note_failure
from stageplus.services.accounts.queries import (
    account_of,
    own_words,
    person_with_email,
    sessions_of,
    signed_in_with,
    token_hash,
)
from stageplus.services.accounts.schemas import (
    NO_VISITOR,
    AccountDetail,
    Credentials,
    EmailInput,
    NameInput,
    NewPasswordInput,
    NewPerson,
    PasswordInput,
    SessionRow,
    SignedIn,
    Visitor,
)
from stageplus.services.accounts.sessions import end_sessions, is_new_device
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import end_links, issue_link, spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.threads import costly
from stageplus.services.throttle import Limit, network_of, throttle
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

VISIT_NOTED_EVERY = timedelta(minutes=1)
"""How often a visit is written down: idle limits count in minutes, and a write per tap would make others wait."""
PASSWORD_TRIES = Limit("own password", 10, 15)
EMAIL_CHANGES = Limit("e-mail change", 5, 30)
RESETS_PER_ACCOUNT = Limit("reset", 5, 30)
"""No longer than a link lasts: whoever asks in somebody's name leaves that person a link that still works."""
RESETS_PER_ADDRESS = Limit("reset address", 30, 30)


@costly
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


@costly
def sign_in(typed: Credentials, now: datetime, on: Engine | None = None, *, visitor: Visitor = NO_VISITOR) -> SignedIn:
    """Open a session for whoever knows the password.

    Raises `Denied`, after the same time, for an unknown address and for a wrong password; `TooManyTries` with the time
    to wait, also whether or not the address is known.
    """
    check_tries(typed.email, visitor)
    with reading(on) as session:
        person = person_with_email(session, typed.email)
    if not is_password(typed.password, person.password_hash if person else None) or person is None:
        if note_failure(typed.email, visitor):
            _note_burst(person, now, on)
        raise Denied("sign in")
    forgive_tries(typed.email, visitor)
    outdated = is_outdated(person.password_hash)
    stored = hash_password(typed.password) if outdated else person.password_hash
    with transaction(on) as session:
        kept = update(Person).where(col(Person.id) == person.id, col(Person.password_hash) == person.password_hash)
        if session.exec(kept.values(password_hash=stored)).rowcount != 1:
            raise Denied("sign in")  # the password changed while this one was checked
        return open_session(session, person, visitor, now)


def _note_burst(person: Person | None, now: datetime, on: Engine | None) -> None:
    """Write that an address was tried in vain until it had to wait; as long for one that nobody has."""
    with transaction(on) as session:
        note_deed(session, "sign-in.burst", by=None, to=person.id if person else None, now=now)


def open_session(
    session: Session, person: Person, visitor: Visitor, now: datetime, factor_at: datetime | None = None
) -> SignedIn:
    """Open a session under a token of its own for whoever has proved who they are, and tell them of a new device.

    Raises `AccountSuspended`.
    """
    if person.suspended_at is not None:
        raise AccountSuspended
    token, device = token_urlsafe(32), device_words(visitor.user_agent)
    if device and is_new_device(session, person, device):
        letters.new_device(session, person, device, now)
    session.add(
        SignInSession(
            person_id=person.id or 0,
            token_hash=token_hash(token),
            created_at=now,
            last_seen_at=now,
            device=device,
            factor_at=factor_at,
        )
    )
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


def accepted_password(field: str, password: str, own: Iterable[str]) -> str:
    """Return what is kept of a new password; `own` holds the person's name, address and organization.

    Raises `InvalidInput` beside the field when it is easy to guess.
    """
    refuse_weak(field, password, own)
    return hash_password(password)


def act_for_company(session: Session, actor: Actor, token: str, company_id: int) -> str:
    """Have a session act for a company from now on, under a fresh token; raises `Denied` when it ended meanwhile."""
    fresh = token_urlsafe(32)
    mine = update(SignInSession).where(col(SignInSession.person_id) == actor.person_id)
    mine = mine.where(col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None))
    if session.exec(mine.values(token_hash=token_hash(fresh), company_id=company_id)).rowcount != 1:
        raise Denied("switch")
    return fresh


def end_session(
    actor: Actor | None, token: str, session_id: int, *, now: datetime, on: Engine | None = None
) -> list[SessionRow]:
    """End one of one's own sessions and list those that go on; `token` is that of the session that asks.

    Asks for a recent proof of who acts: whoever finds an open session must not shut its owner out.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        mine = update(SignInSession).where(col(SignInSession.id) == session_id)
        mine = mine.where(col(SignInSession.person_id) == actor.person_id, col(SignInSession.ended_at).is_(None))
        if session.exec(mine.values(ended_at=now)).rowcount != 1:
            raise NotFound
        note_deed(session, "session.ended", by=actor, to=actor.person_id, now=now)
        return sessions_of(session, actor, token, now)


def end_other_sessions(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> list[SessionRow]:
    """End all one's sessions but the one that asks, which has proved lately who acts."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        end_sessions(session, actor.person_id, now, but=token_hash(token))
        note_deed(session, "session.ended", by=actor, to=actor.person_id, now=now, detail="others")
        return sessions_of(session, actor, token, now)


def end_sessions_of(email: str, *, now: datetime, on: Engine | None = None) -> int:
    """End every session of whoever has this address and say how many; from the terminal. Raises `NotFound`."""
    with transaction(on) as session:
        person = person_with_email(session, email)
        if person is None:
            raise NotFound
        note_deed(session, "session.ended", by=None, to=person.id, now=now, detail="all")
        return end_sessions(session, person.id or 0, now)


@costly
def change_password(
    actor: Actor | None, token: str, data: PasswordInput, *, now: datetime, on: Engine | None = None
) -> AccountDetail:
    """Replace one's own password and end all one's other sessions; `token` is that of the session that goes on.

    Raises `InvalidInput` beside the old password when it is wrong, beside the new one when it is easy to guess.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        person = session.get_one(Person, actor.person_id)
        own = own_words(session, person)
    throttle().check(PASSWORD_TRIES, str(actor.person_id))
    if not is_password(data.old, person.password_hash):
        throttle().count(PASSWORD_TRIES, str(actor.person_id))
        raise InvalidInput({"old": _("Ce n’est pas le mot de passe actuel.")})
    hashed = accepted_password("new", data.new, own)
    with transaction(on) as session:
        person = session.get_one(Person, actor.person_id)
        _replace_password(session, person, hashed, now, but=token_hash(token))
        note_deed(session, "password.changed", by=actor, to=actor.person_id, now=now)
        return account_of(person)


def _replace_password(session: Session, person: Person, hashed: str, now: datetime, *, but: str = "") -> None:
    person.password_hash = hashed
    end_sessions(session, person.id or 0, now, but=but)
    end_links(session, LinkPurpose.RESET_PASSWORD, now, col(SingleUseLink.person_id) == person.id)
    letters.password_changed(session, person, now)


def rename(actor: Actor | None, data: NameInput, *, now: datetime, on: Engine | None = None) -> AccountDetail:
    """Change one's own first and last name."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        person = session.get_one(Person, actor.person_id)
        person.first_name, person.last_name = data.first_name, data.last_name
        return account_of(person)


def ask_for_reset(
    actor: Actor | None, visitor: Visitor, data: EmailInput, *, now: datetime, on: Engine | None = None
) -> None:
    """Mail a link for a new password to whoever has this address; the answer is the same when nobody has.

    Raises `TooManyTries`, whether or not somebody has it.
    """
    throttle().admit(RESETS_PER_ADDRESS, network_of(visitor.address))
    throttle().admit(RESETS_PER_ACCOUNT, data.email)
    with transaction(on) as session:
        person = person_with_email(session, data.email)
        if person is not None:
            _mail_reset_link(session, person, now)


@costly
def reset_password(
    actor: Actor | None, token: str, data: NewPasswordInput, *, now: datetime, on: Engine | None = None
) -> bool:
    """Set the password of whoever was mailed this link, and end all their sessions; the link works once.

    Raises `NotFound` for a token that is none, `LinkSpent` when it was used or has expired.
    """
    with reading(on) as session:
        link = usable_link(session, token, LinkPurpose.RESET_PASSWORD, now)  # before the costly hash
        own = own_words(session, session.get_one(Person, link.person_id))
    hashed = accepted_password("new", data.new, own)
    with transaction(on) as session:
        link = spend_link(session, token, LinkPurpose.RESET_PASSWORD, now)
        person = session.get_one(Person, link.person_id)
        person.unreachable_since = None
        _replace_password(session, person, hashed, now)
        note_deed(session, "password.reset", by=None, to=person.id, now=now)
    forgive_tries(person.email, NO_VISITOR)
    return True


def ask_for_email_change(
    actor: Actor | None, data: EmailInput, *, now: datetime, on: Engine | None = None
) -> AccountDetail:
    """Mail a link to one's own new address, which changes nothing before it is followed.

    Asks for a recent proof of who acts. The present address is taken only when mail to it came back. An address that
    somebody else has gets a mail that says so, and no link.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        person = session.get_one(Person, actor.person_id)
        if data.email == person.email and not person.unreachable_since:
            raise InvalidInput({"email": _("C’est déjà l’adresse de ce compte.")})
        throttle().admit(EMAIL_CHANGES, str(actor.person_id))
        if person_with_email(session, data.email) not in (None, person):
            letters.address_taken(session, data.email, now)
        else:
            _mail_change_link(session, person, data.email, now)
        return account_of(person)


def confirm_email_change(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> bool:
    """Make the address to which the link was mailed the account's own, and tell the old one.

    Raises `NotFound`, `LinkSpent`, or `AddressTaken` when somebody took it meanwhile.
    """
    with transaction(on) as session:
        link = spend_link(session, token, LinkPurpose.CHANGE_EMAIL, now)
        person = session.get_one(Person, link.person_id)
        if person_with_email(session, link.subject) not in (None, person):
            raise AddressTaken
        old, person.email, person.unreachable_since = person.email, link.subject, None
        end_links(session, LinkPurpose.RESET_PASSWORD, now, col(SingleUseLink.person_id) == person.id)
        if old != person.email:
            letters.address_changed(session, person, old, now)
        note_deed(session, "email.changed", by=actor, to=person.id, now=now)
        return True


def create_administrator(email: str, *, now: datetime, on: Engine | None = None) -> str:
    """Give an address an OFFA account, and return the path behind which its password is chosen; from the terminal.

    An OFFA account that is there already gets a new link. Raises `AlreadyDone` when the address is somebody else's.
    """
    with transaction(on) as session:
        person = person_with_email(session, email)
        if person is None:
            person = Person(
                email=email,
                first_name=_("Administration"),
                last_name="OFFA",
                role=Role.OFFA,
                password_hash="",
                created_at=now,
            )
            session.add(person)
            session.flush()
            note_deed(session, "administrator.created", by=None, to=person.id, now=now)
        elif person.role is not Role.OFFA:
            raise AlreadyDone
        return _mail_reset_link(session, person, now)


def _mail_reset_link(session: Session, person: Person, now: datetime) -> str:
    minutes = int(parameter_in_force(session, "reset_link_minutes", day_in_brussels(now)))
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
    return path


def _mail_change_link(session: Session, person: Person, email: str, now: datetime) -> None:
    end_links(session, LinkPurpose.CHANGE_EMAIL, now, col(SingleUseLink.person_id) == person.id)
    hours = int(parameter_in_force(session, "email_link_hours", day_in_brussels(now)))
    lasts = timedelta(hours=hours)
    path = issue_link(session, LinkPurpose.CHANGE_EMAIL, lasts=lasts, now=now, person_id=person.id, subject=email)
    letters.confirm_address(session, person, email, path, hours, now)
