"""Reads about people and sessions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from typing import Any

from sqlalchemy import Date, Engine, String, bindparam, exists, literal, type_coerce
from sqlmodel import Session, col, func, or_, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, Stage, require
from stageplus.domain.claims import PENDING
from stageplus.models import (
    CoachMandate,
    Company,
    CompanyClaim,
    CompanyMember,
    Learner,
    Operator,
    OperatorMember,
    Passkey,
    Person,
    SignInSession,
    TotpSecret,
)
from stageplus.services.accounts.passwords import is_password
from stageplus.services.accounts.schemas import (
    DEMO_ACCOUNTS,
    DEMO_DOMAIN,
    DEMO_PASSWORD,
    HOMES,
    NOBODY,
    AccountDetail,
    DemoAccount,
    Me,
    SessionRow,
    SignedInPerson,
)
from stageplus.services.alerts.queries import unseen_news
from stageplus.services.announcements.queries import banner_of, public_banner, shown_banner
from stageplus.services.announcements.schemas import Banner
from stageplus.services.applications.queries import applications_to_answer
from stageplus.services.claims.queries import claims_waiting
from stageplus.services.conversations.queries import unread_messages
from stageplus.services.enrolment.queries import reports_waiting
from stageplus.services.followup.queries import introductions_to_take_over
from stageplus.services.message_reports.queries import reports_waiting as reports_of_messages
from stageplus.services.moderation.queries import cases_waiting
from stageplus.services.notices.queries import unread_notices
from stageplus.services.registers.queries import in_force
from stageplus.services.suggestions.queries import unseen_suggestions
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, moment_words


def token_hash(token: str) -> str:
    """Return the only form in which a session's token is kept."""
    return sha256(token.encode("utf-8")).hexdigest()


def person_with_email(session: Session, email: str) -> Person | None:
    """Find somebody by address, in any case."""
    return session.exec(select(Person).where(Person.email == email.strip().lower())).first()


def is_password_of(person: Person, password: str) -> bool:
    """Say whether a password is somebody's."""
    return is_password(password, person.password_hash)


def signed_in_with(session: Session, token: str, now: datetime) -> SignedInPerson | None:
    """Find who holds a token, with their scopes, in one statement; nobody when it ended, idles too long or is too old.

    Every event of every page asks this: a coach's sectors cost a second statement, nobody else anything.
    """
    found = session.exec(_who(), params={"token": token_hash(token), "today": day_in_brussels(now)}).first()
    if found is None:
        return None
    signed_in, person, learner_id, company_id, claim_id, operator_id, has_factor, idle, absolute, needs_factor = found
    if now - signed_in.last_seen_at >= timedelta(minutes=float(idle)):
        return None
    if now - signed_in.created_at >= timedelta(hours=float(absolute)):
        return None
    actor = Actor(
        person_id=person.id or 0,
        role=person.role,
        learner_id=learner_id,
        company_id=company_id,
        claim_id=None if company_id else claim_id,
        operator_id=operator_id,
        sectors=_sectors(session, person),
        stage=_stage(signed_in, person, has_factor, needs_factor == "1"),
        factor_at=signed_in.factor_at,
        proved_at=_proved_at(signed_in, has_factor),
    )
    return SignedInPerson(actor, signed_in.last_seen_at)


@cache
def _who() -> Any:
    # Written once: putting so many parts together takes longer than the database needs to answer.
    person, today = col(Person.id), bindparam("today", type_=Date)
    first = select(func.min(CompanyMember.company_id)).where(CompanyMember.person_id == person)
    chosen = first.where(CompanyMember.company_id == SignInSession.company_id)
    claim = select(func.max(CompanyClaim.id)).where(
        CompanyClaim.person_id == person, col(CompanyClaim.state).in_(PENDING)
    )
    role = type_coerce(col(Person.role), String)
    totp = exists().where(col(TotpSecret.person_id) == person, col(TotpSecret.confirmed_at).is_not(None))
    wanted = select(  # type: ignore[call-overload]
        SignInSession,
        Person,
        select(Learner.id).where(Learner.person_id == person).scalar_subquery(),
        func.coalesce(chosen.scalar_subquery(), first.scalar_subquery()),
        claim.scalar_subquery(),
        select(OperatorMember.operator_id).where(OperatorMember.person_id == person).limit(1).scalar_subquery(),
        or_(totp, exists().where(col(Passkey.person_id) == person)),
        in_force(literal("session_idle_minutes_") + role, today),
        in_force(literal("session_absolute_hours_") + role, today),
        in_force(literal("second_factor_required_") + role, today),
    ).join(Person)
    wanted = wanted.where(col(SignInSession.token_hash) == bindparam("token", type_=String))
    return wanted.where(col(SignInSession.ended_at).is_(None), col(Person.suspended_at).is_(None))


def _sectors(session: Session, person: Person) -> frozenset[str]:
    if person.role is not Role.COACH:
        return frozenset()
    return frozenset(session.exec(select(CoachMandate.sector_code).where(CoachMandate.person_id == person.id)))


def _stage(signed_in: SignInSession, person: Person, has_factor: bool, needs_factor: bool) -> Stage:
    if signed_in.factor_at is not None:
        return Stage.COMPLETE
    if has_factor:
        return Stage.FACTOR_DUE
    return Stage.FACTOR_MISSING if needs_factor and not is_spared(person) else Stage.COMPLETE


def is_spared(person: Person) -> bool:
    """Say whether somebody is invented, whom the demonstration never obliges to have a second factor."""
    return settings().demo and person.email.endswith(f"@{DEMO_DOMAIN}")


def _proved_at(signed_in: SignInSession, has_factor: bool) -> datetime | None:
    if has_factor:
        return signed_in.factor_at
    moments = (signed_in.created_at, signed_in.factor_at, signed_in.password_at)
    return max(moment for moment in moments if moment)


def own_words(session: Session, person: Person) -> list[str]:
    """List what a password of somebody must not be made of: name, address, company, operator."""
    whose = col(Person.id) == person.id
    companies = select(Company.name).join(CompanyMember).join(Person).where(whose)
    staff = select(Operator.name).join(OperatorMember).join(Person).where(whose)
    learners = select(Operator.name).join(Learner).join(Person).where(whose)
    names = [name for names in (companies, staff, learners) for name in session.exec(names)]
    return [person.first_name, person.last_name, person.email, "Stage+ stageplus", *names]


def sessions_of(session: Session, actor: Actor, token: str, now: datetime) -> list[SessionRow]:
    """List the sessions of the actor that are still good, the latest first."""
    role, today = literal(actor.role.value), day_in_brussels(now)
    limits = select(
        in_force(literal("session_idle_minutes_") + role, today),
        in_force(literal("session_absolute_hours_") + role, today),
    )
    idle, absolute = session.exec(limits).one()
    good = select(SignInSession).where(
        col(SignInSession.person_id) == actor.person_id,
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.last_seen_at) > now - timedelta(minutes=float(idle)),
        col(SignInSession.created_at) > now - timedelta(hours=float(absolute)),
    )
    rows = session.exec(good.order_by(col(SignInSession.last_seen_at).desc(), col(SignInSession.id).desc()))
    return [_session_row(row, token_hash(token)) for row in rows]


def _session_row(row: SignInSession, here: str) -> SessionRow:
    return SessionRow(
        session_id=row.id or 0,
        device=row.device or _("Appareil non reconnu"),
        last_used=moment_words(row.last_seen_at),
        opened=moment_words(row.created_at),
        is_this=row.token_hash == here,
    )


def my_sessions(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> list[SessionRow]:
    """List the browsers that are signed in to one's own account; `token` is that of the one that asks."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        return sessions_of(session, actor, token, now)


def who_am_i(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Me:
    """Say who is signed in, where their home is and how much waits there; an empty answer for nobody."""
    if actor is None:
        return replace(NOBODY, **_announced(public_banner(now=now, on=on)))
    with reading(on) as session:
        person = session.get_one(Person, actor.person_id)
        counts = _counted(session, actor, now)
        announced = banner_of(str(counts.pop("announced", "") or ""))
        company, companies = _acting_for(session, actor)
    return Me(
        name=f"{person.first_name} {person.last_name}",
        person=str(person.id),
        role=person.role,
        home=HOMES[person.role],
        **{name: str(count or "") for name, count in counts.items()},
        **_announced(announced),
        unreachable=bool(person.unreachable_since),
        company=company,
        acts_for_several=companies > 1,
        claim_waits=actor.claim_id is not None,
    )


def _announced(banner: Banner) -> dict[str, Any]:
    return {"banner": banner.words, "banner_key": banner.key, "banner_link": banner.link}


def _acting_for(session: Session, actor: Actor) -> tuple[str, int]:
    if actor.company_id is None or actor.stage is not Stage.COMPLETE:
        return "", 0
    mine = select(func.count()).select_from(CompanyMember).where(CompanyMember.person_id == actor.person_id)
    named = select(Company.name, mine.scalar_subquery()).where(Company.id == actor.company_id)
    return session.exec(named).one()


def _counted(session: Session, actor: Actor, now: datetime) -> dict[str, Any]:
    """Count, in one statement, what waits for somebody, and read what OFFA announces to them.

    Who is not fully identified learns nothing of it.
    """
    today = day_in_brussels(now)
    of_role: dict[Role, Callable[[Actor], Any]] = {
        Role.COMPANY: applications_to_answer,
        Role.OPERATOR: introductions_to_take_over,
        Role.LEARNER: partial(unseen_news, today=today),
    }
    if actor.stage is not Stage.COMPLETE:
        return {}
    counts = {"notices": unread_notices(actor, now), "announced": shown_banner(actor.role, today)}
    if waiting := of_role.get(actor.role):
        counts["waiting"] = waiting(actor)
    if actor.may(Permission.CLAIM_DECIDE):
        counts["claims"] = claims_waiting(actor)
    if actor.role is Role.OPERATOR:
        counts["reported"] = reports_waiting(actor)
    if actor.may(Permission.OFFER_MODERATE):
        counts["moderated"] = cases_waiting() + reports_of_messages()
    if actor.role is Role.LEARNER:
        counts["proposed"] = unseen_suggestions(actor, today)
        counts["messages"] = unread_messages(actor)
    together: Any = select(*[count.label(name) for name, count in counts.items()])
    return dict(session.execute(together).one()._mapping)


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
