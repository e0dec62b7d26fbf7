"""Finds people for OFFA, and holds one of them for a change."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col, func, or_, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, NotFound
from stageplus.domain.plain_text import plain
from stageplus.models import (
    Company,
    CompanyMember,
    Learner,
    Operator,
    OperatorMember,
    Passkey,
    Person,
    SignInSession,
    TotpSecret,
)
from stageplus.services.accounts.queries import ROLE_WORDS
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.names import has_word, person_has_word
from stageplus.services.people.schemas import PeopleSearch, PersonRow
from stageplus.texts import _
from stageplus.texts.formats import moment_words


def managed_person(session: Session, actor: Actor, person_id: int, now: datetime) -> Person:
    """Load somebody for a change by OFFA, which nobody else makes meanwhile; raises `NotFound`, also for oneself.

    All of OFFA is locked, the suspended too, and whoever acts is still one of it: so two who suspend each other at once
    leave one, and OFFA always has somebody. Leaving out the suspended would let two take the same locks in two orders.
    """
    require_recent_proof(session, actor, now)
    desk = select(Person).where(Person.role == Role.OFFA).order_by(col(Person.id)).with_for_update()
    desk = desk.execution_options(populate_existing=True)
    if not any(each.id == actor.person_id and each.suspended_at is None for each in session.exec(desk)):
        raise Denied("manage people")
    wanted = select(Person).where(Person.id == person_id, Person.id != actor.person_id)
    found = session.exec(wanted.with_for_update()).first()
    if found is None:
        raise NotFound
    return found


def wanted_people(session: Session, search: PeopleSearch) -> Any:
    """Select the identifiers of the people that a search means; each word is found somewhere."""
    erased = select(Learner.person_id).where(col(Learner.erased_at).is_not(None))
    wanted = select(Person.id).where(*[_says(session, word) for word in search.text.split()])
    wanted = wanted.where(col(Person.id).not_in(erased))
    if search.role:
        wanted = wanted.where(Person.role == Role(search.role))
    if search.state == "suspendu":
        wanted = wanted.where(col(Person.suspended_at).is_not(None))
    if search.state == "injoignable":
        wanted = wanted.where(col(Person.unreachable_since).is_not(None))
    return wanted


def _says(session: Session, word: str) -> Any:
    meant = [number for number, name in session.exec(select(Operator.id, Operator.name)) if plain(word) in plain(name)]
    staff = select(OperatorMember.person_id).where(col(OperatorMember.operator_id).in_(meant))
    members = select(CompanyMember.person_id).join(Company).where(has_word(Company.plain_name, word))
    return or_(person_has_word(word), col(Person.id).in_(staff), col(Person.id).in_(members))


def person_rows(session: Session, ids: list[int]) -> dict[int, PersonRow]:
    """Read the rows of one page."""
    person = col(Person.id)
    seen = select(func.max(SignInSession.last_seen_at)).where(SignInSession.person_id == person).scalar_subquery()
    totp = exists().where(col(TotpSecret.person_id) == person, col(TotpSecret.confirmed_at).is_not(None))
    factor = or_(totp, exists().where(col(Passkey.person_id) == person))
    found = session.exec(select(Person, seen, factor).where(person.in_(ids))).all()
    return {each.id or 0: _row(each, last, bool(has_factor)) for each, last, has_factor in found}


def _row(person: Person, last: datetime | None, has_factor: bool) -> PersonRow:
    return PersonRow(
        person_id=person.id or 0,
        name=f"{person.last_name} {person.first_name}",
        email=person.email,
        role=ROLE_WORDS[person.role],
        last_seen=moment_words(last) if last else _("jamais"),
        suspended=person.suspended_at is not None,
        unreachable=person.unreachable_since is not None,
        has_factor=has_factor,
    )
