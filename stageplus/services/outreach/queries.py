"""What a coach reads of the links: how often they were opened, who asked for access by them, who published since."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, exists
from sqlmodel import Session, col, func, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.claims import ClaimState
from stageplus.domain.errors import NotFound
from stageplus.domain.reference import TradeStatus
from stageplus.domain.titles import both_genders
from stageplus.models import CoachLink, CoachLinkClaim, CompanyClaim, Establishment, Offer, Person, Sector, Trade
from stageplus.services.outreach.schemas import DOOR, LEAFLET, LeafletSheet, LinkRow, Outreach
from stageplus.texts.formats import day_in_brussels, number, short_date

MOST_TRADES = 12


def my_outreach(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Outreach:
    """List one's own links, the latest first, and what came of them: numbers only, never which company."""
    actor = require(actor, Permission.COMPANY_INVITE)
    mine: Any = select(CoachLink, _claims(), _claims(_has_published())).where(CoachLink.person_id == actor.person_id)
    with reading(on) as session:
        found = session.execute(mine.order_by(col(CoachLink.id).desc())).all()
    return Outreach(
        rows=[_row(*each) for each in found],
        opened=number(sum(link.opened for link, _claimed, _published in found)),
        claimed=number(sum(claimed for _link, claimed, _published in found)),
        published=number(sum(published for _link, _claimed, published in found)),
    )


def leaflet_of(actor: Actor | None, link_id: int, *, now: datetime, on: Engine | None = None) -> LeafletSheet:
    """Return what the leaflet of one's own link says; raises `NotFound` for another's, or one that has ended."""
    actor = require(actor, Permission.COMPANY_INVITE)
    with reading(on) as session:
        wanted = select(CoachLink).where(CoachLink.id == link_id, CoachLink.person_id == actor.person_id)
        link = session.exec(wanted.where(col(CoachLink.ended_at).is_(None))).first()
        if link is None:
            raise NotFound
        coach = session.get_one(Person, actor.person_id)
        sectors = session.exec(select(Sector.name).where(col(Sector.code).in_(actor.sectors)).order_by(Sector.name))
        return LeafletSheet(
            coach=f"{coach.first_name} {coach.last_name}",
            sectors=", ".join(sectors),
            trades=_trades(session, actor),
            path=DOOR + link.code,
        )


def _claims(*conditions: Any) -> Any:
    """Count the claims of a link whose person confirmed their address."""
    counted = select(func.count(col(CoachLinkClaim.claim_id))).join(CompanyClaim)
    counted = counted.where(CoachLinkClaim.link_id == CoachLink.id, col(CompanyClaim.confirmed_at).is_not(None))
    return counted.where(*conditions).correlate(CoachLink).scalar_subquery()


def _has_published() -> Any:
    offered = exists().where(
        col(Establishment.number) == CompanyClaim.establishment_number,
        col(Offer.establishment_id) == Establishment.id,
        col(Offer.published_at) >= CompanyClaim.created_at,
    )
    return (col(CompanyClaim.state) == ClaimState.ACCEPTED) & offered


def _trades(session: Session, actor: Actor) -> tuple[str, ...]:
    learned = select(Trade).where(col(Trade.sector_code).in_(actor.sectors), Trade.status != TradeStatus.ARCHIVED)
    found = session.exec(learned.order_by(Trade.name_f).limit(MOST_TRADES))
    return tuple(both_genders(each.name_f, each.name_m) for each in found)


def _row(link: CoachLink, claimed: int, published: int) -> LinkRow:
    return LinkRow(
        link_id=link.id or 0,
        name=link.name,
        path=DOOR + link.code,
        address=settings().site + DOOR + link.code,
        leaflet=LEAFLET.replace("{number:int}", str(link.id)),
        since=short_date(day_in_brussels(link.created_at)),
        opened=number(link.opened),
        claimed=number(claimed),
        published=number(published),
        is_open=link.ended_at is None,
    )
