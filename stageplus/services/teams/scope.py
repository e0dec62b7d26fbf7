"""A company locked by one of its administrators, so that nobody else changes its team meanwhile."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, InvalidInput, NotFound
from stageplus.domain.refusals import LastAdministrator
from stageplus.models import Company, CompanyMember, Establishment, MemberEstablishment, Person
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.teams.schemas import ScopeInput
from stageplus.texts import _


def managed_company(session: Session, actor: Actor, now: datetime) -> Company:
    """Return the actor's company, locked until the transaction ends.

    Raises `NotFound` without one, `Denied` for whoever is no administrator, `FreshFactorNeeded` without a recent proof
    of who acts: a team decides who reads applications.
    """
    company = locked_company(session, actor)
    me = session.get(CompanyMember, (actor.person_id, company.id))
    if me is None or not me.is_admin:
        raise Denied("manage a team")
    require_recent_proof(session, actor, now)
    return company


def locked_company(session: Session, actor: Actor) -> Company:
    """Return the actor's company, whose team nobody else changes until the transaction ends; raises `NotFound`."""
    wanted = select(Company).where(Company.id == actor.company_id)
    company = session.exec(wanted.with_for_update()).first()
    if company is None:
        raise NotFound
    return company


def member_of(session: Session, company: Company, person_id: int) -> CompanyMember:
    """Return somebody of the company's team; raises `NotFound` for anybody else."""
    member = session.get(CompanyMember, (person_id, company.id), populate_existing=True)
    if member is None:
        raise NotFound
    return member


def require_another_administrator(session: Session, company: Company, leaving: CompanyMember) -> None:
    """Raise `LastAdministrator` when nobody else would decide for the company; it is locked by then.

    Whoever is suspended decides nothing.
    """
    if not leaving.is_admin:
        return
    others = select(func.count()).select_from(CompanyMember).join(Person).where(CompanyMember.company_id == company.id)
    others = others.where(col(CompanyMember.is_admin), CompanyMember.person_id != leaving.person_id)
    others = others.where(col(Person.suspended_at).is_(None))
    if session.exec(others).one() == 0:
        raise LastAdministrator


def chosen_establishments(session: Session, company: Company, data: ScopeInput) -> list[int]:
    """Return the establishments of a scope that is not everywhere; raises `InvalidInput` without any of the company."""
    if data.is_admin or data.everywhere:
        return []
    theirs = select(Establishment.id).where(Establishment.company_id == company.id)
    found = session.exec(theirs.where(col(Establishment.id).in_(data.establishments))).all()
    if not found:
        raise InvalidInput({"establishments": _("Cochez au moins un établissement, ou choisissez « partout ».")})
    return [establishment_id for establishment_id in found if establishment_id]


def set_scope(session: Session, member: CompanyMember, data: ScopeInput, establishments: list[int]) -> None:
    """Write what a member may do; what was there before is replaced."""
    member.is_admin, member.everywhere = data.is_admin, data.is_admin or data.everywhere
    session.add(member)
    session.flush()
    mine = select(MemberEstablishment).where(MemberEstablishment.person_id == member.person_id)
    for before in session.exec(mine.where(MemberEstablishment.company_id == member.company_id)):
        session.delete(before)
    session.flush()
    for establishment_id in establishments:
        session.add(
            MemberEstablishment(
                person_id=member.person_id, company_id=member.company_id, establishment_id=establishment_id
            )
        )
    session.flush()
