"""What a sector coach reads: his desk, the offers and companies of his sectors, one company. Never a learner."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.models import Approval, Company, Establishment, Sector, Trade
from stageplus.services.coaching import desk, files
from stageplus.services.coaching.companies import company_row, facts_of, sectors_asked, wanted_companies
from stageplus.services.coaching.desk import meanings
from stageplus.services.coaching.followed import offer_rows, sectors_of, wanted_offers
from stageplus.services.coaching.schemas import (
    CompanyPage,
    CompanySearch,
    CompanySheet,
    Desk,
    FollowedPage,
    FollowedSearch,
    SectorLine,
)
from stageplus.services.coaching.scope import DECIDED, Bounds, bounds, was_written_to
from stageplus.services.coaching.sheet import sheet_of
from stageplus.services.paging import page_of
from stageplus.services.registers.queries import parameters_in_force
from stageplus.services.spreadsheets.schemas import SheetFormat
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, number, offers_counted


def my_desk(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Desk:
    """Show a coach how his sectors do: offers, places, silence, and whom to call today; per sector when he has several.

    What is said of a month and a year ago comes from the stories of offers, and is left out where they do not reach.
    """
    actor = require(actor, Permission.OFFER_FOLLOW)
    with reading(on) as session:
        known, soon, soon_days = _bounds(session, now)
        meaning, mine = meanings(known, soon_days), sectors_of(session, actor)
        whole = desk.counted(session, actor.sectors, known, soon)
        calls, cut = desk.calls_of(session, actor, known)
        return Desk(
            figures=desk.figures(whole, meaning, before=desk.before_words(session, actor.sectors, now)),
            sectors=[
                SectorLine(name, desk.figures(desk.counted(session, {code}, known, soon), meaning, code))
                for code, name in mine
                if len(mine) > 1
            ],
            calls=calls,
            calls_cut=cut,
        )


def offers_of_my_sectors(
    actor: Actor | None, search: FollowedSearch, *, now: datetime, on: Engine | None = None
) -> FollowedPage:
    """Show a coach one page of the offers of his sectors with counts, never who applied."""
    actor = require(actor, Permission.OFFER_FOLLOW)
    with reading(on) as session:
        _known, soon, soon_days = _bounds(session, now)
        found = page_of(session, wanted_offers(session, actor, search, soon), search.page)
        return FollowedPage(
            rows=offer_rows(session, found.ids, soon),
            sectors=sectors_of(session, actor),
            found_words=offers_counted(found.total),
            soon_words=_("Se termine dans les {n} jours").format(n=soon_days),
            page=found.page,
            pages=found.pages,
        )


def companies_of_my_sectors(
    actor: Actor | None, search: CompanySearch, *, now: datetime, on: Engine | None = None
) -> CompanyPage:
    """Show a coach one page of the companies that have, or had, an agrément in his sectors."""
    actor = require(actor, Permission.COMPANY_FOLLOW)
    with reading(on) as session:
        known, _soon, soon_days = _bounds(session, now)
        found = page_of(session, wanted_companies(session, actor, search, known), search.page)
        facts = facts_of(session, sectors_asked(actor, search.sector), found.ids)
        words = ngettext("{n} entreprise", "{n} entreprises", found.total)
        meant = {each.filters.get("etat"): each.definition for each in meanings(known, soon_days).values()}
        return CompanyPage(
            rows=[company_row(each, known) for each in facts],
            sectors=sectors_of(session, actor),
            found_words=words.format(n=number(found.total)),
            hint=meant.get(search.state, ""),
            page=found.page,
            pages=found.pages,
        )


def company_sheet(actor: Actor | None, company_id: int, *, now: datetime, on: Engine | None = None) -> CompanySheet:
    """Show a coach one company of his sectors; raises `NotFound` for any other."""
    actor = require(actor, Permission.COMPANY_FOLLOW)
    with reading(on) as session:
        company_followed(session, actor, company_id)
        known, soon, _soon_days = _bounds(session, now)
        return sheet_of(session, actor, company_id, known, soon, now)


def offers_file(
    actor: Actor | None, search: FollowedSearch, kind: SheetFormat, *, now: datetime, on: Engine | None = None
) -> Iterator[bytes]:
    """Write every offer that a search means to a csv or xlsx file, piece by piece, however many there are."""
    actor = require(actor, Permission.OFFER_FOLLOW)
    with reading(on) as session:
        _known, soon, _soon_days = _bounds(session, now)
        ids = list(session.execute(wanted_offers(session, actor, search, soon)).scalars())
    return files.offers(ids, search.hidden, kind, on)


def companies_file(
    actor: Actor | None, search: CompanySearch, kind: SheetFormat, *, now: datetime, on: Engine | None = None
) -> Iterator[bytes]:
    """Write every company that a search means to a csv or xlsx file, piece by piece, however many there are."""
    actor = require(actor, Permission.COMPANY_FOLLOW)
    with reading(on) as session:
        known, _soon, _soon_days = _bounds(session, now)
        ids = list(session.execute(wanted_companies(session, actor, search, known)).scalars())
    return files.companies(ids, sectors_asked(actor, search.sector), known, search.hidden, kind, on)


def company_followed(session: Session, actor: Actor, company_id: int) -> list[tuple[str, str]]:
    """List the coach's sectors that a company is in, by code and name; raises `NotFound` when there is none."""
    read = select(Sector.code, Sector.name).join(Trade, col(Trade.sector_code) == Sector.code)
    read = read.join(Approval, col(Approval.trade_code) == Trade.code)
    read = read.join(Establishment, col(Establishment.id) == Approval.establishment_id)
    read = read.join(Company, col(Company.id) == Establishment.company_id)
    mine = read.where(Company.id == company_id, col(Sector.code).in_(actor.sectors), col(Approval.state).in_(DECIDED))
    found = [(code, name) for code, name in session.exec(mine.distinct().order_by(col(Sector.name)))]
    if not found:
        raise NotFound
    return found


def companies_meant(session: Session, actor: Actor, search: CompanySearch, now: datetime) -> Any:
    """Select the companies that a search means by number and name, and whether a coach wrote to them lately."""
    known = _bounds(session, now)[0]
    written = was_written_to(sectors_asked(actor, search.sector), known)
    return wanted_companies(session, actor, search, known).add_columns(Company.name, written)


def _bounds(session: Session, now: datetime) -> tuple[Bounds, date, int]:
    known = parameters_in_force(session, day_in_brussels(now))
    days = int(known["offer_ending_soon_days"])
    return bounds(known, now), day_in_brussels(now) + timedelta(days=days), days
