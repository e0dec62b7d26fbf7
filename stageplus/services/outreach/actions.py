"""Use cases of coaches who invite companies: make a link, end it, count its openings, remember who came by it."""

from datetime import datetime
from secrets import choice
from string import ascii_lowercase, digits

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.domain.refusals import TooManyTries
from stageplus.models import CoachLink, CoachLinkClaim, Person
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.notifications.live import tell
from stageplus.services.outreach.schemas import CODE, LinkInput
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.throttle import Limit, network_of, throttle
from stageplus.texts import ngettext
from stageplus.texts.formats import day_in_brussels

OPENINGS = Limit("coach link openings", 1, 60)
"""A company that comes back within the hour, or a scanner that insists, counts once."""


def make_link(actor: Actor | None, data: LinkInput, *, now: datetime, on: Engine | None = None) -> str:
    """Make an invitation link of one's own for an occasion, and return the occasion.

    Raises `InvalidInput` beyond the number of open links in force (`coach_links_max`).
    """
    actor = require(actor, Permission.COMPANY_INVITE)
    with transaction(on) as session:
        session.get_one(Person, actor.person_id, with_for_update=True)  # two taps at once are counted one by one
        mine = select(func.count(col(CoachLink.id))).where(CoachLink.person_id == actor.person_id)
        most = int(parameter_in_force(session, "coach_links_max", day_in_brussels(now)))
        if session.exec(mine.where(col(CoachLink.ended_at).is_(None))).one() >= most:
            words = ngettext(
                "{n} lien ouvert au plus : fermez-en un.", "{n} liens ouverts au plus : fermez-en un.", most
            )
            raise InvalidInput({"name": words.format(n=most)})
        session.add(CoachLink(person_id=actor.person_id, code=_fresh_code(), name=data.name, created_at=now))
        return data.name


def end_link(actor: Actor | None, link_id: int, *, now: datetime, on: Engine | None = None) -> str:
    """Count a link of one's own no more, and return its occasion; who follows it still finds the registration.

    Raises `NotFound` for another's, `AlreadyDone` when it has ended.
    """
    actor = require(actor, Permission.COMPANY_INVITE)
    with transaction(on) as session:
        link = session.exec(
            select(CoachLink).where(CoachLink.id == link_id, CoachLink.person_id == actor.person_id).with_for_update()
        ).first()
        if link is None:
            raise NotFound
        if link.ended_at is not None:
            raise AlreadyDone
        link.ended_at = now
        session.add(link)
        return link.name


def note_opening(actor: Actor | None, visitor: Visitor, code: str, *, now: datetime, on: Engine | None = None) -> None:
    """Count that somebody who is not signed in opened the registration by a coach's link.

    The page itself calls it once it runs in a browser: a mail scanner that fetches the address counts nothing. What is
    unknown or has ended is passed over in silence, so that the answer tells nothing.
    """
    if actor is not None or not CODE.fullmatch(code):
        return
    try:
        throttle().admit(OPENINGS, f"{code} {network_of(visitor.address)}")
    except TooManyTries:
        return
    with transaction(on) as session:
        counted = update(CoachLink).where(col(CoachLink.code) == code, col(CoachLink.ended_at).is_(None))
        if session.exec(counted.values(opened=CoachLink.opened + 1)).rowcount:
            _tell_coach(session, code)


def remember_claim(session: Session, code: str, claim_id: int) -> None:
    """Note, in the transaction that makes a claim, that it came by a coach's link; nothing for an unknown one."""
    if not CODE.fullmatch(code):
        return
    link = session.exec(select(CoachLink).where(CoachLink.code == code, col(CoachLink.ended_at).is_(None))).first()
    if link:
        session.add(CoachLinkClaim(claim_id=claim_id, link_id=link.id or 0))


def _tell_coach(session: Session, code: str) -> None:
    tell(session, f"person:{session.exec(select(CoachLink.person_id).where(CoachLink.code == code)).one()}")


def _fresh_code() -> str:
    return "".join(choice(ascii_lowercase + digits) for _each in range(12))
