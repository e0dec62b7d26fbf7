"""Moves what a company has to the one that it is joined to: nothing is lost, and nobody but administrators gains."""

from typing import Any

from sqlmodel import Session, col, delete, select, update

from stageplus.models import (
    AnswerRate,
    CalendarFeed,
    CircularStop,
    Company,
    CompanyClaim,
    CompanyContact,
    CompanyFollowUp,
    CompanyInvitation,
    CompanyMember,
    Consultation,
    Establishment,
    FormerNumber,
    MemberEstablishment,
    Offer,
    SignInSession,
)

FOLLOW: tuple[Any, ...] = (Establishment, Offer, CompanyInvitation, Consultation, SignInSession, FormerNumber)
"""Tables whose rows only change the company that they name."""


def move_everything(session: Session, keep: Company, gone: Company) -> list[int]:
    """Move all that a company has, and return who acted for it; the company itself is then empty."""
    members = _move_members(session, keep.id or 0, gone.id or 0)
    for table in FOLLOW:
        session.execute(update(table).where(col(table.company_id) == gone.id).values(company_id=keep.id))
    typed = update(CompanyClaim).where(col(CompanyClaim.enterprise_number) == gone.enterprise_number)
    session.execute(typed.values(enterprise_number=keep.enterprise_number))
    _add_answers(session, keep.id or 0, gone.id or 0)
    _move_coaching(session, keep.id or 0, gone.id or 0)
    session.flush()
    return members


def _move_members(session: Session, keep_id: int, gone_id: int) -> list[int]:
    """Let everybody act where they did before; administrators do so for the whole.

    Who acted for all of the company that goes acts for its establishments only, and not for those of the other one.
    """
    houses = session.exec(select(Establishment.id).where(Establishment.company_id == gone_id)).all()
    theirs = session.exec(select(CompanyMember).where(CompanyMember.company_id == gone_id)).all()
    for old in theirs:
        member = session.get(CompanyMember, (old.person_id, keep_id))
        known = member or CompanyMember(person_id=old.person_id, company_id=keep_id, everywhere=False)
        known.is_admin = known.is_admin or old.is_admin
        known.everywhere = known.everywhere or known.is_admin
        session.add(known)
        session.flush()
        _move_scope(session, old, known, [each or 0 for each in houses])
    session.execute(delete(CompanyMember).where(col(CompanyMember.company_id) == gone_id))
    return [each.person_id for each in theirs]


def _move_scope(session: Session, old: CompanyMember, known: CompanyMember, houses: list[int]) -> None:
    scope = select(MemberEstablishment.establishment_id).where(
        MemberEstablishment.person_id == old.person_id, MemberEstablishment.company_id == old.company_id
    )
    acted = houses if old.everywhere else list(session.exec(scope))
    session.execute(_left(delete(MemberEstablishment), MemberEstablishment, old))
    if session.get(CalendarFeed, (old.person_id, known.company_id)):
        session.execute(_left(delete(CalendarFeed), CalendarFeed, old))
    else:
        session.execute(_left(update(CalendarFeed), CalendarFeed, old).values(company_id=known.company_id))
    if not known.everywhere:
        session.add_all(
            MemberEstablishment(person_id=old.person_id, establishment_id=each, company_id=known.company_id)
            for each in acted
        )
    session.flush()


def _left(statement: Any, table: Any, old: CompanyMember) -> Any:
    """Narrow a statement to what somebody has at the company that goes."""
    return statement.where(col(table.person_id) == old.person_id, col(table.company_id) == old.company_id)


def _add_answers(session: Session, keep_id: int, gone_id: int) -> None:
    old, known = session.get(AnswerRate, gone_id), session.get(AnswerRate, keep_id)
    if old is None:
        return
    total = known or AnswerRate(company_id=keep_id, received=0, answered=0)
    total.received, total.answered = total.received + old.received, total.answered + old.answered
    session.add(total)
    session.delete(old)


def _move_coaching(session: Session, keep_id: int, gone_id: int) -> None:
    """Keep what coaches noted and planned; a message that both got stays once, and who wanted none gets none."""
    both = select(CompanyContact.circular_id).where(CompanyContact.company_id == keep_id)
    both = both.where(col(CompanyContact.circular_id).is_not(None))
    of_gone = col(CompanyContact.company_id) == gone_id
    session.execute(delete(CompanyContact).where(of_gone, col(CompanyContact.circular_id).in_(both)))
    session.execute(update(CompanyContact).where(of_gone).values(company_id=keep_id))
    planned = session.exec(select(CompanyFollowUp.sector_code).where(CompanyFollowUp.company_id == keep_id)).all()
    moved = update(CompanyFollowUp).where(col(CompanyFollowUp.company_id) == gone_id)
    session.execute(moved.where(col(CompanyFollowUp.sector_code).not_in(planned)).values(company_id=keep_id))
    if session.get(CircularStop, keep_id) is None:
        stopped = update(CircularStop).where(col(CircularStop.company_id) == gone_id)
        session.execute(stopped.values(company_id=keep_id))
