"""Who acts for which establishments of a company, and what they see of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, and_, col, or_, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.models import (
    Company,
    CompanyClaim,
    CompanyInvitation,
    CompanyMember,
    Establishment,
    LinkPurpose,
    MemberEstablishment,
    Person,
)
from stageplus.services.links.queries import fresh_link
from stageplus.services.teams.reads import establishment_cards, member_in, team_in
from stageplus.services.teams.schemas import CompanyChoice, EstablishmentCard, Invited, MemberDetail, Team
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

AT_ONCE = 400
"""Establishments asked about in one statement."""


def acts_at(actor: Actor, company_id: Any, establishment_id: Any) -> Any:
    """Return the condition under which the actor acts for an establishment of a company, both given as columns."""
    named = select(MemberEstablishment.establishment_id).where(MemberEstablishment.person_id == actor.person_id)
    member = select(CompanyMember.person_id).where(
        CompanyMember.person_id == actor.person_id,
        CompanyMember.company_id == actor.company_id,
        CompanyMember.company_id == company_id,
        or_(col(CompanyMember.everywhere), establishment_id.in_(named)),
    )
    # Said again outside, where an index answers it: the rest is then asked of this company's rows only.
    return and_(company_id == actor.company_id, member.exists())


def somebody_acts(company_id: Any, establishment_id: Any) -> Any:
    """Return the condition under which somebody acts for an establishment whose account is open, both as columns."""
    named = select(MemberEstablishment.establishment_id).where(MemberEstablishment.person_id == CompanyMember.person_id)
    acting = select(CompanyMember.person_id).join(Person).where(CompanyMember.company_id == company_id)
    here = or_(col(CompanyMember.everywhere), col(establishment_id).in_(named))
    acting = acting.where(col(Person.suspended_at).is_(None), here)
    return acting.exists()


def claimed_by(actor: Actor) -> Any:
    """Return the condition under which an establishment is the one of the actor's waiting claim: both numbers fit."""
    claim = (
        select(CompanyClaim.id)
        .join(Company, col(Company.enterprise_number) == CompanyClaim.enterprise_number)
        .where(
            CompanyClaim.id == actor.claim_id,
            CompanyClaim.person_id == actor.person_id,
            CompanyClaim.establishment_number == Establishment.number,
            Company.id == Establishment.company_id,
        )
    )
    return claim.exists()


def people_at(session: Session, establishment: Establishment) -> list[Person]:
    """List the people who act for an establishment, for mails to them."""
    named = select(MemberEstablishment.person_id).where(MemberEstablishment.establishment_id == establishment.id)
    members = select(Person).join(CompanyMember).where(CompanyMember.company_id == establishment.company_id)
    acting = members.where(or_(col(CompanyMember.everywhere), col(Person.id).in_(named)))
    return list(session.exec(acting.order_by(col(Person.id))))


def with_people(session: Session, establishment_ids: Collection[int]) -> set[int]:
    """Return which of these establishments belong to a company that somebody acts for."""
    acting = select(CompanyMember.person_id).where(CompanyMember.company_id == Establishment.company_id).exists()
    distinct, found = sorted(set(establishment_ids)), set[int]()
    for start in range(0, len(distinct), AT_ONCE):
        wanted = select(Establishment.id).where(col(Establishment.id).in_(distinct[start : start + AT_ONCE]), acting)
        found |= {each or 0 for each in session.exec(wanted)}
    return found


def administrators_of(session: Session, company_id: int) -> list[Person]:
    """List the administrators of a company, for mails to them."""
    members = select(Person).join(CompanyMember).where(CompanyMember.company_id == company_id)
    return list(session.exec(members.where(col(CompanyMember.is_admin)).order_by(col(Person.id))))


def my_team(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Team:
    """Show the team of the company that one acts for; raises `NotFound` without one."""
    actor = require(actor, Permission.TEAM_BELONG)
    with reading(on) as session:
        return team_in(session, actor, _my_company(session, actor), now)


def team_member(actor: Actor | None, person_id: int, *, now: datetime, on: Engine | None = None) -> MemberDetail:
    """Show somebody of one's team to an administrator, who may change what they may do."""
    actor = require(actor, Permission.TEAM_BELONG)
    with reading(on) as session:
        company = _my_company(session, actor)
        me = session.get(CompanyMember, (actor.person_id, company.id))
        member = session.get(CompanyMember, (person_id, company.id))
        if me is None or not me.is_admin or member is None:
            raise NotFound
        return member_in(session, company, member)


def my_companies(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[CompanyChoice]:
    """List the companies that one acts for, by name."""
    actor = require(actor, Permission.TEAM_BELONG)
    with reading(on) as session:
        mine = select(Company, CompanyMember).join(CompanyMember).where(CompanyMember.person_id == actor.person_id)
        return [
            CompanyChoice(
                company_id=company.id or 0,
                name=company.name,
                where=_("Administrateur") if member.is_admin else _("Membre"),
                is_current=company.id == actor.company_id,
            )
            for company, member in session.exec(mine.order_by(Company.plain_name))
        ]


def my_establishments(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[EstablishmentCard]:
    """Show the establishments that one acts for, with agréments, capacity and people."""
    actor = require(actor, Permission.TEAM_BELONG)
    with reading(on) as session:
        mine = select(Establishment).where(acts_at(actor, Establishment.company_id, Establishment.id))
        found = session.exec(mine.order_by(Establishment.plain_name)).all()
        return establishment_cards(session, found, day_in_brussels(now))


def look_at_invitation(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> Invited:
    """Say, to whoever holds the link of an invitation, which company invites and whether an account exists already."""
    with reading(on) as session:
        link = fresh_link(session, token, LinkPurpose.TEAM, now)
        invited = session.get(CompanyInvitation, int(link.subject)) if link else None
        if invited is None:
            return Invited()
        known = session.exec(select(Person.id).where(Person.email == invited.email)).first()
        return Invited(session.get_one(Company, invited.company_id).name, invited.email, known is not None)


def _my_company(session: Session, actor: Actor) -> Company:
    company = session.get(Company, actor.company_id) if actor.company_id else None
    if company is None or session.get(CompanyMember, (actor.person_id, company.id)) is None:
        raise NotFound
    return company
