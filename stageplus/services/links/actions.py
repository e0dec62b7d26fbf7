"""Links that are mailed: each has one purpose, works once, and ends."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select, update

from stageplus.domain.errors import NotFound
from stageplus.domain.refusals import LinkSpent
from stageplus.models import CompanyInvitation, LinkPurpose, SingleUseLink, StaffInvitation

PATH = "/lien/"
Invitation = TypeVar("Invitation", CompanyInvitation, StaffInvitation)


def link_hash(token: str) -> str:
    """Return the only form in which a link's token is kept."""
    return sha256(token.encode("utf-8", "ignore")).hexdigest()


def issue_link(
    session: Session,
    purpose: LinkPurpose,
    *,
    lasts: timedelta,
    now: datetime,
    person_id: int | None = None,
    subject: str = "",
    others_go_on: bool = False,
) -> str:
    """Make a link and return its path; earlier unused ones of the same person, purpose and subject end.

    `others_go_on` leaves them: for what a stranger may ask in somebody's name, who would else hold dead links only.
    """
    if not others_go_on:
        end_links(
            session, purpose, now, col(SingleUseLink.person_id) == person_id, col(SingleUseLink.subject) == subject
        )
    token = token_urlsafe(32)
    link = SingleUseLink(
        purpose=purpose,
        token_hash=link_hash(token),
        person_id=person_id,
        subject=subject,
        created_at=now,
        expires_at=now + lasts,
    )
    session.add(link)
    session.flush()
    return f"{PATH}{token}"


def end_links(session: Session, purpose: LinkPurpose, now: datetime, *which: ColumnElement[bool]) -> None:
    """End the unused links of a purpose that these conditions name."""
    unused = update(SingleUseLink).where(col(SingleUseLink.purpose) == purpose, col(SingleUseLink.used_at).is_(None))
    session.exec(unused.where(*which, col(SingleUseLink.expires_at) > now).values(expires_at=now))


def forget_unaccepted(session: Session, table: type[Invitation], purpose: LinkPurpose, old: datetime) -> int:
    """Delete the invitations that nobody accepted and that ended before a moment, with their links; say how many."""
    unused = select(table).where(col(table.accepted_at).is_(None), col(table.expires_at) < old)
    found = session.exec(unused).all()
    subject = col(SingleUseLink.subject).in_([str(invited.id) for invited in found])
    session.exec(delete(SingleUseLink).where(col(SingleUseLink.purpose) == purpose, subject))
    for invited in found:
        session.delete(invited)
    return len(found)


def spend_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> SingleUseLink:
    """Use a link up, inside the transaction of what it is for: of twenty at once, one does it.

    Raises `NotFound` for a token that is none or of another purpose, `LinkSpent` when it was used or has expired.
    """
    wanted = col(SingleUseLink.token_hash) == link_hash(token)
    link = session.exec(select(SingleUseLink).where(wanted, SingleUseLink.purpose == purpose)).first()
    if link is None:
        raise NotFound
    unused = update(SingleUseLink).where(wanted, col(SingleUseLink.used_at).is_(None))
    done = session.exec(unused.where(col(SingleUseLink.expires_at) > now).values(used_at=now))
    if done.rowcount != 1:
        raise LinkSpent
    session.refresh(link)
    return link
