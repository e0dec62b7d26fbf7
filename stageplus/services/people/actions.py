"""Use cases of the people whom OFFA lets in: invite, send again, withdraw, come in."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound, NotPossible
from stageplus.domain.refusals import AddressTaken, LinkSpent
from stageplus.models import InvitedSector, LinkPurpose, Operator, Person, SignInSession, SingleUseLink, StaffInvitation
from stageplus.services.absences.actions import bring_back, take_away
from stageplus.services.accounts.actions import accepted_password
from stageplus.services.accounts.queries import ROLE_WORDS, person_with_email
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.inputs import identifier
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import end_links, forget_unaccepted, issue_link, spend_link
from stageplus.services.links.queries import usable_link
from stageplus.services.notifications.live import tell
from stageplus.services.people import letters
from stageplus.services.people.mandates import Mandate, charge_of, chosen_mandate, give_mandate, take_mandates, words_of
from stageplus.services.people.queries import open_invitations
from stageplus.services.people.reach import managed_person
from stageplus.services.people.schemas import InviteInput, JoinInput, MandateInput, SuspensionInput
from stageplus.services.registers.queries import months_before, parameter_in_force
from stageplus.services.threads import costly
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def invite_person(actor: Actor | None, data: InviteInput, *, now: datetime, on: Engine | None = None) -> str:
    """Invite an address as staff of an operator, coach or OFFA, and return it; an earlier invitation of it ends.

    Asks for a recent proof of who acts. Raises `InvalidInput` when the address has an account, whose role never
    changes this way, or when nothing is chosen for the role.
    """
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        return invite(session, actor, data, now)


def renew_invitation(actor: Actor | None, invitation_id: int, *, now: datetime, on: Engine | None = None) -> str:
    """Send an invitation again, with a new link that lasts from now on, and return its address; the old link ends.

    Raises `NotFound` when it was used or withdrawn, `InvalidInput` when its address has an account by now.
    """
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        invited = _open_invitation(session, invitation_id)
        _refuse_known(session, invited.email)
        invited.sent_at, invited.expires_at = now, now + _lasts(session, now)
        invited.invited_by = actor.person_id
        session.add(invited)
        charge = _send(session, actor, invited, now)
        note_deed(session, "people.invited-again", by=actor, to=None, now=now, detail=f"{invited.email} · {charge}")
        tell(session, "people")
        return invited.email


def withdraw_invitation(actor: Actor | None, invitation_id: int, *, now: datetime, on: Engine | None = None) -> str:
    """Take back an invitation that nobody has used and return its address; its link ends at once."""
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        invited = _open_invitation(session, invitation_id)
        _end_invitations(session, now, col(StaffInvitation.id) == invitation_id)
        note_deed(session, "people.invitation-withdrawn", by=actor, to=None, now=now, detail=invited.email)
        tell(session, "people")
        return invited.email


@costly
def accept_invitation(
    actor: Actor | None, token: str, data: JoinInput, *, now: datetime, on: Engine | None = None
) -> Role:
    """Make the account that the mailed link is for, and return its role; the link proves the address and works once.

    Raises `NotFound` for a token that is none, `LinkSpent` when it was used, withdrawn or has expired, `AddressTaken`
    when the address has an account by now, `InvalidInput` when the password is easy to guess.
    """
    with reading(on) as session:
        invited = _invited_by(session, usable_link(session, token, LinkPurpose.INVITATION, now).subject)
        if person_with_email(session, invited.email):
            raise AddressTaken
        operator = session.get(Operator, invited.operator_id) if invited.operator_id else None
    newcomer = _newcomer(invited, data, operator.name if operator else "OFFA", now)
    try:
        with transaction(on) as session:
            spend_link(session, token, LinkPurpose.INVITATION, now)
            _join(session, invited.id or 0, newcomer, now)
    except IntegrityError:  # the address has got an account at this very moment
        raise AddressTaken from None
    return invited.role


def forget_invitations(*, now: datetime, on: Engine | None = None) -> int:
    """Delete the invitations that nobody accepted, some months after they ended (`retention_invitation_months`).

    Says how many were deleted.
    """
    with transaction(on) as session:
        old = months_before(session, "retention_invitation_months", now)
        return forget_unaccepted(session, StaffInvitation, LinkPurpose.INVITATION, old)


def suspend_person(
    actor: Actor | None, person_id: int, data: SuspensionInput, *, now: datetime, on: Engine | None = None
) -> str:
    """Suspend somebody's account, end all their sessions, tell them why, and return their name; never oneself.

    No other mail goes to them until it is open again. Offers that nobody else can answer are paused, applications of a
    suspended learner wait, and whoever that concerns is told, see `absences`. Asks for a recent proof of who acts.
    Raises `AlreadyDone` for whoever is suspended.
    """
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with transaction(on) as session:
        person = managed_person(session, actor, person_id, now)
        if person.suspended_at is not None:
            raise AlreadyDone
        person.suspended_at = now
        open_ones = update(SignInSession).where(col(SignInSession.person_id) == person_id)
        session.exec(open_ones.where(col(SignInSession.ended_at).is_(None)).values(ended_at=now))
        session.add(person)
        session.flush()
        letters.suspended(session, person, data.reason, take_away(session, actor, person, now), now)
        return _noted(session, actor, "people.suspended", person, data.reason, now)


def restore_person(actor: Actor | None, person_id: int, *, now: datetime, on: Engine | None = None) -> str:
    """Open a suspended account again with what waited for it, tell the person, and return their name."""
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with transaction(on) as session:
        person = managed_person(session, actor, person_id, now)
        if person.suspended_at is None:
            raise AlreadyDone
        person.suspended_at = None
        session.add(person)
        session.flush()
        letters.restored(session, person, now)
        bring_back(session, actor, person, now)
        return _noted(session, actor, "people.restored", person, "", now)


def change_mandate(
    actor: Actor | None, person_id: int, data: MandateInput, *, now: datetime, on: Engine | None = None
) -> str:
    """Charge a coach with other sectors, or an operator's staff with another place, tell them, return their name.

    Raises `NotPossible` for other roles, `InvalidInput` when nothing known is chosen.
    """
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with transaction(on) as session:
        person = managed_person(session, actor, person_id, now)
        if person.role not in {Role.OPERATOR, Role.COACH}:
            raise NotPossible("change mandate", person.role.value)
        mandate = chosen_mandate(session, person.role, data)
        take_mandates(session, person_id)
        give_mandate(session, person_id, mandate)
        charge = words_of(session, person.role, mandate)
        letters.recharged(session, person, charge, now)
        return _noted(session, actor, "people.charged", person, charge, now)


def _noted(session: Session, actor: Actor, deed: str, person: Person, why: str, now: datetime) -> str:
    session.add(person)
    note_deed(session, deed, by=actor, to=person.id, now=now, detail=why)
    tell(session, "people")
    return f"{person.first_name} {person.last_name}"


def invite(session: Session, actor: Actor, data: InviteInput, now: datetime) -> str:
    """Invite an address within a transaction, and return it."""
    _refuse_known(session, data.email)
    mandate = chosen_mandate(session, data.role, data)
    _end_invitations(session, now, col(StaffInvitation.email) == data.email)
    invited = _invitation(session, actor, data, mandate, now)
    charge = _send(session, actor, invited, now)
    note_deed(session, "people.invited", by=actor, to=None, now=now, detail=f"{invited.email} · {charge}")
    tell(session, "people")
    return invited.email


def _refuse_known(session: Session, email: str) -> None:
    known = person_with_email(session, email)
    if known:
        words = _("Cette adresse a déjà un compte ({role}) : un compte ne change pas de rôle. Prenez-en une autre.")
        raise InvalidInput({"email": words.format(role=ROLE_WORDS[known.role])})


def _lasts(session: Session, now: datetime) -> timedelta:
    return timedelta(days=float(parameter_in_force(session, "staff_invitation_days", day_in_brussels(now))))


def _invitation(session: Session, actor: Actor, data: InviteInput, mandate: Mandate, now: datetime) -> StaffInvitation:
    invited = StaffInvitation(
        email=data.email,
        role=data.role,
        operator_id=mandate.operator_id,
        implantation_id=mandate.implantation_id,
        invited_by=actor.person_id,
        sent_at=now,
        expires_at=now + _lasts(session, now),
    )
    session.add(invited)
    session.flush()
    session.add_all(InvitedSector(invitation_id=invited.id or 0, sector_code=code) for code in mandate.sectors)
    session.flush()
    return invited


def _send(session: Session, actor: Actor, invited: StaffInvitation, now: datetime) -> str:
    lasts, charge = invited.expires_at - now, charge_of(session, invited)
    path = issue_link(session, LinkPurpose.INVITATION, lasts=lasts, now=now, subject=str(invited.id))
    letters.invitation(session, invited, session.get_one(Person, actor.person_id), charge, path, lasts.days, now)
    return charge


def _open_invitation(session: Session, invitation_id: int) -> StaffInvitation:
    wanted = open_invitations().where(StaffInvitation.id == invitation_id).with_for_update()
    found: StaffInvitation | None = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return found


def _end_invitations(session: Session, now: datetime, which: ColumnElement[bool]) -> None:
    for invited in session.exec(open_invitations().where(which)).all():
        invited.withdrawn_at = now
        session.add(invited)
        end_links(session, LinkPurpose.INVITATION, now, col(SingleUseLink.subject) == str(invited.id))
    session.flush()


def _invited_by(session: Session, subject: str) -> StaffInvitation:
    invited = session.get(StaffInvitation, identifier(subject))
    if invited is None:
        raise LinkSpent
    return invited


def _newcomer(invited: StaffInvitation, data: JoinInput, house: str, now: datetime) -> Person:
    own = (invited.email, data.first_name, data.last_name, house, "Stage+ stageplus")
    return Person(
        email=invited.email,
        first_name=data.first_name,
        last_name=data.last_name,
        role=invited.role,
        password_hash=accepted_password("new", data.new, own),
        created_at=now,
    )


def _join(session: Session, invitation_id: int, newcomer: Person, now: datetime) -> None:
    waits = update(StaffInvitation).where(col(StaffInvitation.id) == invitation_id)
    waits = waits.where(col(StaffInvitation.withdrawn_at).is_(None), col(StaffInvitation.accepted_at).is_(None))
    if session.exec(waits.values(accepted_at=now)).rowcount != 1:
        raise LinkSpent
    session.add(newcomer)
    session.flush()
    invited = session.get_one(StaffInvitation, invitation_id)
    sectors = select(InvitedSector.sector_code).where(InvitedSector.invitation_id == invitation_id)
    mandate = Mandate(invited.operator_id, invited.implantation_id, tuple(session.exec(sectors)))
    give_mandate(session, newcomer.id or 0, mandate)
    _end_invitations(session, now, col(StaffInvitation.email) == newcomer.email)
    charge, inviter = charge_of(session, invited), session.get(Person, invited.invited_by)
    note_deed(session, "people.joined", by=None, to=newcomer.id, now=now, detail=charge)
    if inviter:
        letters.joined(session, inviter, newcomer, charge, now)
    tell(session, "people")
