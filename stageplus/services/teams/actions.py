"""Use cases of a company's team: invite, join, change, hand over, remove, switch between companies."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.domain.refusals import LinkSpent
from stageplus.models import (
    Company,
    CompanyInvitation,
    CompanyMember,
    InvitationEstablishment,
    LinkPurpose,
    Person,
    SingleUseLink,
)
from stageplus.services.absences.actions import keep_offers_answered
from stageplus.services.accounts.actions import accepted_password, act_for_company
from stageplus.services.accounts.queries import person_with_email
from stageplus.services.accounts.schemas import NewPasswordInput
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.inputs import identifier
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import end_links, forget_unaccepted, issue_link, spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import months_before, parameter_in_force
from stageplus.services.teams import letters
from stageplus.services.teams.queries import administrators_of
from stageplus.services.teams.reads import member_in, team_in
from stageplus.services.teams.schemas import InviteInput, JoinInput, MemberDetail, ScopeInput, Team
from stageplus.services.teams.scope import (
    chosen_establishments,
    locked_company,
    managed_company,
    member_of,
    require_another_administrator,
    set_scope,
)
from stageplus.services.threads import costly
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def invite_member(actor: Actor | None, data: InviteInput, *, now: datetime, on: Engine | None = None) -> Team:
    """Invite an address to act for one's company, as an administrator; an earlier invitation of it ends.

    Raises `InvalidInput` for somebody of the team, or without an establishment for whoever is not to act everywhere.
    """
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        company = managed_company(session, actor, now)
        establishments = chosen_establishments(session, company, data)
        person = person_with_email(session, data.email)
        if person and session.get(CompanyMember, (person.id, company.id)):
            raise InvalidInput({"email": _("Cette personne fait déjà partie de l’équipe.")})
        _end_invitations(session, company, now, col(CompanyInvitation.email) == data.email)
        invited = _invitation(session, actor, company, data, establishments, now)
        if person and person.role is not Role.COMPANY:
            letters.another_profile(session, invited, company, now)
        else:
            _send(session, actor, company, invited, now)
        note_deed(session, "team.invited", by=actor, to=person.id if person else None, now=now, detail=str(invited.id))
        return _told(session, actor, company, now)


def withdraw_invitation(actor: Actor | None, invitation_id: int, *, now: datetime, on: Engine | None = None) -> Team:
    """Take back an invitation of one's company that nobody has used; its link ends at once."""
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        company = managed_company(session, actor, now)
        if not _end_invitations(session, company, now, col(CompanyInvitation.id) == invitation_id):
            raise NotFound
        note_deed(session, "team.invitation-withdrawn", by=actor, to=None, now=now, detail=str(invitation_id))
        return _told(session, actor, company, now)


@costly
def accept_invitation(
    actor: Actor | None, token: str, data: JoinInput, *, now: datetime, on: Engine | None = None
) -> bool:
    """Join a team with the mailed link, which proves the address; whoever has no account makes one. It works once.

    Raises `NotFound` for a token that is none, `LinkSpent` when it was used, withdrawn or has expired, `InvalidInput`
    when a name is missing or the password is easy to guess.
    """
    with reading(on) as session:
        subject = usable_link(session, token, LinkPurpose.TEAM, now).subject
        invited = session.get(CompanyInvitation, identifier(subject))
        if invited is None:
            raise LinkSpent
        known = person_with_email(session, invited.email)
        company_name = session.get_one(Company, invited.company_id).name
    newcomer = None if known else _newcomer(invited.email, data, company_name, now)
    try:
        with transaction(on) as session:
            spend_link(session, token, LinkPurpose.TEAM, now)
            _join(session, invited.id or 0, newcomer, now)
            return True
    except IntegrityError:  # the address has got an account, or joined, at this very moment
        raise LinkSpent from None


def forget_invitations(*, now: datetime, on: Engine | None = None) -> int:
    """Delete the invitations that nobody accepted, some months after they ended (`retention_invitation_months`).

    Says how many were deleted.
    """
    with transaction(on) as session:
        old = months_before(session, "retention_invitation_months", now)
        return forget_unaccepted(session, CompanyInvitation, LinkPurpose.TEAM, old)


def change_member(
    actor: Actor | None, person_id: int, data: ScopeInput, *, now: datetime, on: Engine | None = None
) -> MemberDetail:
    """Change what somebody of one's team may do; raises `LastAdministrator` when nobody else would decide."""
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        company = managed_company(session, actor, now)
        member = member_of(session, company, person_id)
        if not data.is_admin:
            require_another_administrator(session, company, member)
        set_scope(session, member, data, chosen_establishments(session, company, data))
        person = session.get_one(Person, person_id)
        letters.changed(session, person, company, now)
        note_deed(session, "team.changed", by=actor, to=person_id, now=now, detail=_scope_words(company, data))
        _told(session, actor, company, now)
        return member_in(session, company, member)


def hand_over(actor: Actor | None, person_id: int, *, now: datetime, on: Engine | None = None) -> Team:
    """Make somebody of one's team the administrator in one's place; oneself stays a member everywhere."""
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        company = managed_company(session, actor, now)
        member, me = member_of(session, company, person_id), member_of(session, company, actor.person_id)
        if member.person_id == me.person_id:
            raise NotFound
        set_scope(session, member, ScopeInput(is_admin=True), [])
        set_scope(session, me, ScopeInput(everywhere=True), [])
        letters.changed(session, session.get_one(Person, person_id), company, now)
        note_deed(session, "team.handed-over", by=actor, to=person_id, now=now, detail=f"company {company.id}")
        return _told(session, actor, company, now)


def remove_member(actor: Actor | None, person_id: int, *, now: datetime, on: Engine | None = None) -> Team:
    """Take somebody out of one's team; their access ends at once. Raises `LastAdministrator` for the only one."""
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        company = managed_company(session, actor, now)
        _take_out(session, actor, company, person_id, now)
        return _told(session, actor, company, now)


def leave_team(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> None:
    """Stop acting for the company that one acts for; raises `LastAdministrator` for its only administrator.

    Asks for a recent proof of who acts: only an administrator lets them in again.
    """
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        company = locked_company(session, actor)
        require_recent_proof(session, actor, now)
        _take_out(session, actor, company, actor.person_id, now)
        tell(session, f"company:{company.id}")


def switch_company(actor: Actor | None, token: str, company_id: int, *, now: datetime, on: Engine | None = None) -> str:
    """Act for another of one's companies from now on, in this browser; returns the session's new token.

    Raises `NotFound` for a company that one does not act for.
    """
    actor = require(actor, Permission.TEAM_BELONG)
    with transaction(on) as session:
        if session.get(CompanyMember, (actor.person_id, company_id)) is None:
            raise NotFound
        note_deed(session, "team.switched", by=actor, to=actor.person_id, now=now, detail=f"company {company_id}")
        return act_for_company(session, actor, token, company_id)


def _take_out(session: Session, actor: Actor, company: Company, person_id: int, now: datetime) -> None:
    member = member_of(session, company, person_id)
    require_another_administrator(session, company, member)
    session.delete(member)
    session.flush()
    keep_offers_answered(session, None, company.id or 0, now)
    letters.removed(session, session.get_one(Person, person_id), company, now)
    note_deed(session, "team.removed", by=actor, to=person_id, now=now, detail=f"company {company.id}")


def _invitation(
    session: Session, actor: Actor, company: Company, data: InviteInput, establishments: list[int], now: datetime
) -> CompanyInvitation:
    days = float(parameter_in_force(session, "team_invitation_days", day_in_brussels(now)))
    invited = CompanyInvitation(
        company_id=company.id or 0,
        email=data.email,
        is_admin=data.is_admin,
        everywhere=data.is_admin or data.everywhere,
        invited_by=actor.person_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(invited)
    session.flush()
    for establishment_id in establishments:
        session.add(InvitationEstablishment(invitation_id=invited.id or 0, establishment_id=establishment_id))
    session.flush()
    return invited


def _send(session: Session, actor: Actor, company: Company, invited: CompanyInvitation, now: datetime) -> None:
    lasts = invited.expires_at - now
    path = issue_link(session, LinkPurpose.TEAM, lasts=lasts, now=now, subject=str(invited.id))
    letters.invitation(session, invited, company, session.get_one(Person, actor.person_id), path, lasts.days, now)


def _end_invitations(session: Session, company: Company, now: datetime, which: ColumnElement[bool]) -> int:
    waiting = select(CompanyInvitation).where(
        CompanyInvitation.company_id == company.id,
        col(CompanyInvitation.accepted_at).is_(None),
        col(CompanyInvitation.withdrawn_at).is_(None),
        which,
    )
    found = session.exec(waiting).all()
    for invited in found:
        invited.withdrawn_at = now
        session.add(invited)
        end_links(session, LinkPurpose.TEAM, now, col(SingleUseLink.subject) == str(invited.id))
    session.flush()
    return len(found)


def _newcomer(email: str, data: JoinInput, company: str, now: datetime) -> Person:
    missing = {name: _("Ce champ est à compléter.") for name in ("first_name", "last_name") if not getattr(data, name)}
    if missing:
        raise InvalidInput(missing)
    password = NewPasswordInput.read({"new": data.new}).new
    return Person(
        email=email,
        first_name=data.first_name,
        last_name=data.last_name,
        role=Role.COMPANY,
        password_hash=accepted_password("new", password, (email, data.first_name, data.last_name, company)),
        created_at=now,
    )


def _join(session: Session, invitation_id: int, newcomer: Person | None, now: datetime) -> None:
    waits = update(CompanyInvitation).where(col(CompanyInvitation.id) == invitation_id)
    waits = waits.where(col(CompanyInvitation.withdrawn_at).is_(None), col(CompanyInvitation.accepted_at).is_(None))
    if session.exec(waits.values(accepted_at=now)).rowcount != 1:
        raise LinkSpent
    invited = session.get_one(CompanyInvitation, invitation_id)
    if newcomer:
        session.add(newcomer)
        session.flush()
    person = newcomer or person_with_email(session, invited.email)
    if person is None or person.role is not Role.COMPANY:
        raise LinkSpent
    company = session.get_one(Company, invited.company_id)
    member = CompanyMember(person_id=person.id or 0, company_id=invited.company_id)
    chosen = select(InvitationEstablishment.establishment_id).where(
        InvitationEstablishment.invitation_id == invitation_id
    )
    may = ScopeInput(is_admin=invited.is_admin, everywhere=invited.everywhere)
    set_scope(session, member, may, list(session.exec(chosen)))
    keep_offers_answered(session, None, invited.company_id, now)
    note_deed(session, "team.joined", by=None, to=person.id, now=now, detail=f"company {company.id}")
    letters.joined(session, administrators_of(session, company.id or 0), company, person, now)
    tell(session, f"company:{company.id}")


def _told(session: Session, actor: Actor, company: Company, now: datetime) -> Team:
    tell(session, f"company:{company.id}")
    return team_in(session, actor, company, now)


def _scope_words(company: Company, data: ScopeInput) -> str:
    where = "everywhere" if data.is_admin or data.everywhere else ",".join(map(str, data.establishments))
    return f"company {company.id} {'administrator' if data.is_admin else 'member'} {where}"
