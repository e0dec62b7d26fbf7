"""What a mailed link is, before it is used."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.domain.refusals import LinkSpent
from stageplus.models import LinkPurpose, SingleUseLink
from stageplus.services.links.actions import link_hash
from stageplus.services.links.schemas import LinkView


def look_at_link(actor: Actor | None, token: str, *, now: datetime, on: Engine | None = None) -> LinkView:
    """Say what a link is for and whether it still works, to whoever holds it; looking changes nothing."""
    with reading(on) as session:
        link = session.exec(select(SingleUseLink).where(SingleUseLink.token_hash == link_hash(token))).first()
    if link is None:
        return LinkView()
    state = "used" if link.used_at else "fresh" if link.expires_at > now else "expired"
    return LinkView(link.purpose.value, state, link.subject)


def link_of(session: Session, token: str, purpose: LinkPurpose) -> SingleUseLink | None:
    """Return a link of this purpose in whatever state, for a page that says what became of what it was for."""
    wanted = select(SingleUseLink).where(SingleUseLink.token_hash == link_hash(token))
    return session.exec(wanted.where(SingleUseLink.purpose == purpose)).first()


def fresh_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> SingleUseLink | None:
    """Return a link of this purpose that still works, without using it."""
    link = link_of(session, token, purpose)
    return link if link and link.used_at is None and link.expires_at > now else None


def usable_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> SingleUseLink:
    """Return a link of this purpose that still works, without using it.

    Raises `NotFound` for a token that is none or of another purpose, `LinkSpent` when it was used or has expired.
    """
    link = link_of(session, token, purpose)
    if link is None:
        raise NotFound
    if link.used_at is not None or link.expires_at <= now:
        raise LinkSpent
    return link
