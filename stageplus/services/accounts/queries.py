"""Reads about people and sessions."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.models import CoachMandate, CompanyMember, Learner, OperatorMember, Person, SignInSession
from stageplus.services.accounts.schemas import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    HOMES,
    NOBODY,
    AccountDetail,
    DemoAccount,
    Me,
)
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _


def token_hash(token: str) -> str:
    """Return the only form in which a session's token is kept."""
    return sha256(token.encode("utf-8")).hexdigest()


def person_with_email(session: Session, email: str) -> Person | None:
    """Find somebody by address, in any case."""
    return session.exec(select(Person).where(Person.email == email.strip().lower())).first()


def live_session(session: Session, token: str, now: datetime) -> tuple[SignInSession, Person] | None:
    """Find the session of a token and its person, unless ended, idle too long or too old for the role."""
    statement = select(SignInSession, Person).join(Person).where(SignInSession.token_hash == token_hash(token))
    found = session.exec(statement.where(col(SignInSession.ended_at).is_(None))).first()
    if found is None:
        return None
    signed_in, person = found
    idle = parameter_in_force(session, f"session_idle_minutes_{person.role}", now.date())
    absolute = parameter_in_force(session, f"session_absolute_hours_{person.role}", now.date())
    is_fresh = now - signed_in.last_seen_at < timedelta(minutes=float(idle))
    is_young = now - signed_in.created_at < timedelta(hours=float(absolute))
    return (signed_in, person) if is_fresh and is_young else None


def actor_of(session: Session, person: Person) -> Actor:
    """Return the person as an actor, with the scopes that memberships give at this moment."""
    assert person.id is not None
    learner = select(Learner.id).where(Learner.person_id == person.id)
    company = select(CompanyMember.company_id).where(CompanyMember.person_id == person.id)
    operator = select(OperatorMember.operator_id).where(OperatorMember.person_id == person.id)
    sectors = select(CoachMandate.sector_code).where(CoachMandate.person_id == person.id)
    return Actor(
        person_id=person.id,
        role=person.role,
        learner_id=session.exec(learner).first(),
        company_id=session.exec(company).first(),
        operator_id=session.exec(operator).first(),
        sectors=frozenset(session.exec(sectors).all()),
    )


def who_am_i(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Me:
    """Say who is signed in, where their home is and how much waits there; an empty answer for nobody."""
    if actor is None:
        return NOBODY
    with reading(on) as session:
        person = session.get_one(Person, actor.person_id)
    return Me(f"{person.first_name} {person.last_name}", str(person.id), person.role, HOMES[person.role])


def demo_accounts(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[DemoAccount]:
    """List the one-tap accounts, in demo mode only."""
    if not settings().demo:
        return []
    return [DemoAccount(label, email, DEMO_PASSWORD) for label, email in DEMO_ACCOUNTS]


ROLE_WORDS = {
    Role.LEARNER: _("Apprenant"),
    Role.COMPANY: _("Entreprise formatrice"),
    Role.OPERATOR: _("Opérateur de formation"),
    Role.COACH: _("Coach sectoriel"),
    Role.OFFA: _("OFFA"),
}


def my_account(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> AccountDetail:
    """Show one's own account."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        return account_of(session.get_one(Person, actor.person_id))


def account_of(person: Person) -> AccountDetail:
    """Build what somebody sees of their own account."""
    return AccountDetail(person.email, person.first_name, person.last_name, ROLE_WORDS[person.role])
