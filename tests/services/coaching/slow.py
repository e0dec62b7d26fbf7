"""The figures of a coach's desk once more: plain loops over every row, to compare with what the database counts."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from sqlmodel import Session, SQLModel, select

from stageplus.models import (
    Application,
    ApplicationChange,
    Approval,
    Company,
    CompanyContact,
    CompanyFollowUp,
    Establishment,
    Offer,
    OfferChange,
    Trade,
)
from stageplus.texts.formats import day_in_brussels
from tests.factories import NOW

TODAY = NOW.date()
SOON = TODAY + timedelta(days=7)
DAYS = timedelta(days=90)
ANSWERED = {"en contact", "retenue", "refusée", "non aboutie"}
MONTH_AGO, YEAR_AGO = datetime(2026, 10, 24, 8, tzinfo=UTC), datetime(2025, 11, 24, 9, tzinfo=UTC)
"""The same hour in Brussels, where October still had summer time."""


class Slow:
    """All rows of a world, and the figures of some sectors."""

    def __init__(self, session: Session, sectors: Collection[str]) -> None:
        def rows(table: type[SQLModel]) -> list[Any]:
            return list(session.exec(select(table)).all())

        self.sectors = sectors
        sector = {trade.code: trade.sector_code for trade in rows(Trade)}
        houses = {house.id: house for house in rows(Establishment)}
        self.approvals = [
            (houses[each.establishment_id].company_id, each)
            for each in rows(Approval)
            if sector[each.trade_code] in sectors and each.state.value != "demandé"
        ]
        self.houses = houses
        self.companies = {each.id: each for each in rows(Company)}
        self.offers = [each for each in rows(Offer) if each.sector_code in sectors]
        self.every_offer = rows(Offer)
        self.applications = rows(Application)
        self.answers = rows(ApplicationChange)
        self.changes = sorted(rows(OfferChange), key=lambda each: (each.at, each.id))
        self.contacts = [each for each in rows(CompanyContact) if each.sector_code in sectors]
        self.due = [each for each in rows(CompanyFollowUp) if each.sector_code in sectors]

    def followed(self) -> set[int]:
        return {company_id for company_id, _approval in self.approvals}

    def granted(self, company_id: int) -> list[Any]:
        return [each for mine, each in self.approvals if mine == company_id and each.state.value == "accordé"]

    def of(self, company_id: int) -> list[Any]:
        return [offer for offer in self.offers if offer.company_id == company_id]

    def received(self, offer: Any) -> list[Any]:
        hidden = {"brouillon", "retirée"}
        return [a for a in self.applications if a.offer_id == offer.id and a.status.value not in hidden]

    def published(self) -> list[Any]:
        return [offer for offer in self.offers if offer.status.value == "publiée"]

    def figures(self) -> dict[str, int]:
        open_now = self.published()
        return {
            "offers": len(open_now),
            "places": sum(offer.places - offer.places_taken for offer in open_now),
            "without": sum(not self.received(offer) for offer in open_now),
            "soon": sum(offer.ends_on <= SOON for offer in open_now),
            "waiting": sum(self.waits(offer) for offer in open_now),
            "quiet": len(self.quiet()),
            "new": len(self.new()),
            "never": len(self.never()),
            "written": len(self.written()),
        }

    def waits(self, offer: Any) -> bool:
        return any(a.offer_id == offer.id and a.status.value in {"envoyée", "vue"} for a in self.applications)

    def quiet(self) -> set[int]:
        found = set()
        for company_id in self.followed():
            were = [offer for offer in self.of(company_id) if offer.published_at]
            on_line = any(offer.status.value in {"publiée", "suspendue"} for offer in self.of(company_id))
            if self.granted(company_id) and were and not on_line and max(o.updated_at for o in were) < NOW - DAYS:
                found.add(company_id)
        return found

    def never(self) -> set[int]:
        return {
            company_id
            for company_id in self.followed()
            if self.granted(company_id) and not any(offer.published_at for offer in self.of(company_id))
        }

    def written(self) -> set[int]:
        sent = [each for each in self.contacts if each.kind.value == "message" and each.at > NOW - timedelta(days=30)]
        return {each.company_id for each in sent} & self.followed()

    def new(self) -> set[int]:
        used = {(o.establishment_id, o.trade_code) for o in self.every_offer if o.published_at}
        return {
            company_id
            for company_id, each in self.approvals
            if each.state.value == "accordé"
            and each.since >= TODAY - DAYS
            and (each.establishment_id, each.trade_code) not in used
        }

    def to_call(self) -> set[tuple[int, str]]:
        return {
            (each.company_id, each.sector_code)
            for each in self.due
            if each.due_on <= TODAY and each.company_id in self.followed()
        }

    def on_line_at(self, moment: datetime, company_id: int | None = None) -> int:
        count = 0
        for offer in self.offers:
            story = [each for each in self.changes if each.offer_id == offer.id and each.at <= moment]
            mine = company_id is None or offer.company_id == company_id
            count += mine and bool(story) and story[-1].status.value == "publiée"
        return count

    def before(self) -> str:
        mine = {offer.id for offer in self.offers}
        began = min((each.at for each in self.changes if each.offer_id in mine), default=NOW)
        said = ((MONTH_AGO, "il y a un mois"), (YEAR_AGO, "il y a un an"))
        return " · ".join(f"{self.on_line_at(at)} {words}" for at, words in said if began <= at)

    def published_in(self, company_id: int, first: date) -> int:
        mine = {offer.id for offer in self.of(company_id)}
        steps = [each for each in self.changes if each.offer_id in mine and each.step == "publish"]
        return sum(day_in_brussels(each.at).replace(day=1) == first for each in steps)

    def days_to_answer(self, company_id: int) -> int | None:
        """Return the median of the answers of twelve months, rounded up, when there are five or more."""
        waits = []
        for application in self.applications:
            offer = next(each for each in self.every_offer if each.id == application.offer_id)
            firsts = [
                each.at
                for each in self.answers
                if each.application_id == application.id and each.step in {"contact", "phone", "accept", "refuse"}
            ]
            recent = application.sent_at >= NOW - timedelta(days=30.5 * 12)
            if offer.company_id == company_id and application.status.value in ANSWERED and firsts and recent:
                waits.append((min(firsts) - application.sent_at) / timedelta(days=1))
        return None if len(waits) < 5 else max(1, -int(-median(waits) // 1))

    def promised(self, house_id: int) -> int:
        return sum(
            offer.places
            for offer in self.every_offer
            if offer.establishment_id == house_id and offer.status.value in {"publiée", "suspendue"}
        )
