"""Counts for coaches, OFFA and the front page."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, case, col, distinct, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Application,
    Company,
    Establishment,
    Introduction,
    JobLease,
    Learner,
    Municipality,
    Offer,
    OutboxMessage,
    Sector,
    Trade,
)
from stageplus.services.applications.schemas import STATUS_WORDS
from stageplus.services.postings.schemas import STATUS_WORDS as OFFER_WORDS
from stageplus.services.reporting.schemas import (
    CoachView,
    Figure,
    FollowedOffer,
    PublicTotals,
    SectorTotal,
    SiteTotals,
)
from stageplus.texts import _
from stageplus.texts.formats import moment_words, number, short_date

ANSWERED = (ApplicationStatus.IN_CONTACT, ApplicationStatus.ACCEPTED, ApplicationStatus.REFUSED)
UNCOUNTED = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)
MOST_OFFERS = 500


def offers_of_my_sectors(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> CoachView:
    """Show a coach the offers of his sectors with counts, never who applied."""
    actor = require(actor, Permission.OFFER_FOLLOW)
    with reading(on) as session:
        rows = session.exec(_followed_offers(actor)).all()
    offers = [_followed(*row) for row in rows]
    names = sorted({offer.sector for offer in offers})
    return CoachView([_sector(name, rows) for name in names], offers)


def site_totals(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> SiteTotals:
    """Count what OFFA watches, and say how the site's timed work goes."""
    actor = require(actor, Permission.SITE_WATCH)
    with reading(on) as session:
        grouped = select(col(Application.status), func.count()).group_by(col(Application.status))
        by_status = {ApplicationStatus(status): count for status, count in session.exec(grouped)}
        figures = _figures(session, by_status)
        health, is_healthy = _health(session)
    applications = [Figure(STATUS_WORDS[status], number(by_status.get(status, 0))) for status in ApplicationStatus]
    return SiteTotals(figures, applications, health, is_healthy)


def public_totals(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> PublicTotals:
    """Count the open offers, their trades and their municipalities, for everybody."""
    with reading(on) as session:
        counted = select(
            func.count(),
            func.count(distinct(col(Offer.trade_code))),
            func.count(distinct(col(Offer.municipality_ins))),
        )
        found = session.exec(counted.where(Offer.status == OfferStatus.PUBLISHED)).one()
    return PublicTotals(*[number(value) for value in found])


def _followed_offers(actor: Actor) -> Any:
    answered = case((col(Application.status).in_(ANSWERED), 1), else_=0)
    counts = (
        select(
            Application.offer_id,
            func.count().label("applications"),
            func.sum(answered).label("answered"),
        )
        .where(col(Application.status).not_in(UNCOUNTED))
        .group_by(col(Application.offer_id))
        .subquery()
    )
    return (
        select(  # type: ignore[call-overload]
            Offer, Trade, Company, Municipality, Sector, counts.c.applications, counts.c.answered
        )
        .join(Trade, Offer.trade_code == Trade.code)
        .join(Company, Offer.company_id == Company.id)
        .join(Municipality, Offer.municipality_ins == Municipality.ins)
        .join(Sector, Offer.sector_code == Sector.code)
        .outerjoin(counts, counts.c.offer_id == Offer.id)
        .where(col(Offer.sector_code).in_(actor.sectors), Offer.status != OfferStatus.DRAFT)
        .order_by(Offer.status != OfferStatus.PUBLISHED, col(Offer.published_at).desc())
        .limit(MOST_OFFERS)
    )


def _followed(
    offer: Offer,
    trade: Trade,
    company: Company,
    town: Municipality,
    sector: Sector,
    applications: int | None,
    answered: int | None,
) -> FollowedOffer:
    return FollowedOffer(
        offer_id=offer.id or 0,
        title=both_genders(trade.name_f, trade.name_m),
        company=company.name,
        municipality=town.name,
        sector=sector.name,
        status=offer.status.value,
        status_words=OFFER_WORDS[offer.status],
        places=_("{taken} sur {places}").format(taken=offer.places_taken, places=offer.places),
        applications=applications or 0,
        answered=int(answered or 0),
        ends=short_date(offer.ends_on),
    )


def _sector(name: str, rows: Any) -> SectorTotal:
    mine = [row for row in rows if row[4].name == name]
    published = [row[0] for row in mine if row[0].status is OfferStatus.PUBLISHED]
    return SectorTotal(
        sector=name,
        open_offers=len(published),
        places_left=sum(offer.places - offer.places_taken for offer in published),
        applications=sum(row[5] or 0 for row in mine),
        answered=sum(int(row[6] or 0) for row in mine),
    )


def _figures(session: Session, by_status: dict[ApplicationStatus, int]) -> list[Figure]:
    def count(statement: Any) -> int:
        return int(session.exec(statement).one() or 0)

    learners = count(select(func.count(col(Learner.id))))
    placed = select(func.count(distinct(col(Application.learner_id))))
    with_place = count(placed.where(Application.status == ApplicationStatus.ACCEPTED))
    published = Offer.status == OfferStatus.PUBLISHED
    sent = sum(found for status, found in by_status.items() if status not in UNCOUNTED)
    answered = sum(by_status.get(status, 0) for status in ANSWERED)
    rate = f"{number(round(100 * answered / sent))} %" if sent else "—"
    return [
        Figure(_("Apprenants"), number(learners)),
        Figure(_("Sans lieu de stage"), number(learners - with_place)),
        Figure(_("Établissements"), number(count(select(func.count(col(Establishment.id)))))),
        Figure(_("Offres ouvertes"), number(count(select(func.count(col(Offer.id))).where(published)))),
        Figure(
            _("Places libres"),
            number(count(select(func.sum(col(Offer.places) - col(Offer.places_taken))).where(published))),
        ),
        Figure(_("Candidatures"), number(sent)),
        Figure(_("Taux de réponse"), rate),
        Figure(_("Mises en relation"), number(count(select(func.count(col(Introduction.id)))))),
    ]


def _health(session: Session) -> tuple[list[Figure], bool]:
    sent, given_up = col(OutboxMessage.sent_at), col(OutboxMessage.given_up_at)
    waiting = session.exec(select(func.count()).where(sent.is_(None), given_up.is_(None))).one()
    failed = session.exec(select(func.count()).where(given_up.is_not(None))).one()
    jobs = session.exec(select(JobLease).order_by(JobLease.name)).all()
    runs = [Figure(job.name, moment_words(job.last_run_at) if job.last_run_at else _("jamais")) for job in jobs]
    mails = [
        Figure(_("Courriers en attente"), number(waiting)),
        Figure(_("Courriers abandonnés"), number(failed)),
    ]
    return [*mails, *runs], failed == 0
