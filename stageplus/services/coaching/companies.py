"""Companies of a coach's sectors: which ones a search means, and what is known of each, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.domain.plain_text import plain
from stageplus.models import (
    AnswerRate,
    Approval,
    Company,
    CompanyFollowUp,
    Establishment,
    Municipality,
    Offer,
    Trade,
)
from stageplus.services.coaching import scope
from stageplus.services.coaching.schemas import CompanySearch, FollowedCompany
from stageplus.services.coaching.scope import Bounds
from stageplus.services.registers.queries import named
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_ago, number, short_date

TOWNS_NAMED = 2
DIGITS = 10
"""Of an enterprise number, however it is typed."""


@dataclass(frozen=True)
class CompanyFacts:
    """What is known of one company in some sectors; `received` and `answered` are of all that it offers."""

    company: Company
    approvals: int
    published: int
    paused: int
    places_left: int
    last_touched: datetime | None
    due_on: date | None
    received: int
    answered: int
    towns: list[str]


def sectors_asked(actor: Actor, code: str) -> frozenset[str]:
    """Return the sectors that a search means: all of the coach's, or the one he chose among them."""
    return actor.sectors & {code} if code else actor.sectors


def wanted_companies(session: Session, actor: Actor, search: CompanySearch, known: Bounds) -> Any:
    """Select the identifiers of the companies that the search means, in its order."""
    sectors = sectors_asked(actor, search.sector)
    wanted: Any = select(Company.id).where(*which_companies(sectors, search.state, known))
    return _ordered(wanted.where(*_words(session, search.text, sectors)), search.sort, sectors)


def which_companies(sectors: Collection[str], state: str, known: Bounds) -> tuple[Any, ...]:
    """Give the conditions that a state of the search stands for."""
    of_state: dict[str, Any] = {
        "toutes": None,
        "en-ligne": scope.is_on_line(sectors),
        "muettes": scope.has_gone_quiet(sectors, known),
        "jamais": scope.has_never_posted(sectors),
        "nouveaux": scope.has_unused_approval(sectors, known),
        "a-rappeler": scope.is_to_call(sectors, known),
        "ecrites": scope.was_written_to(sectors, known),
    }
    asked = of_state[state]
    return (scope.followed(sectors), *([] if asked is None else [asked]))


def facts_of(session: Session, sectors: Collection[str], ids: list[int]) -> list[CompanyFacts]:
    """Read what is known of some companies, in the order of their identifiers, in two statements."""
    read: Any = select(  # type: ignore[call-overload]
        Company,
        _granted(sectors),
        _offers(sectors, func.count(), col(Offer.status) == OfferStatus.PUBLISHED),
        _offers(sectors, func.count(), col(Offer.status) == OfferStatus.SUSPENDED),
        _places_left(sectors),
        _last_touched(sectors),
        _due(sectors),
        AnswerRate,
    )
    read = read.outerjoin(AnswerRate, col(AnswerRate.company_id) == Company.id).where(col(Company.id).in_(ids))
    rows = {row[0].id: row for row in session.execute(read)}
    towns = _towns(session, sectors, ids)
    return [_facts(towns.get(each, []), *rows[each]) for each in ids if each in rows]


def company_row(facts: CompanyFacts, known: Bounds) -> FollowedCompany:
    """Put what is known of a company in words."""
    standing, tone = standing_of(facts, known)
    return FollowedCompany(
        company_id=facts.company.id or 0,
        name=facts.company.name,
        towns=_towns_words(facts.towns),
        approvals=number(facts.approvals),
        open_offers=number(facts.published),
        places_left=number(facts.places_left),
        activity=days_ago(day_in_brussels(facts.last_touched), known.today) if facts.last_touched else "—",
        standing=standing,
        tone=tone,
        answers=answers_words(facts.received, facts.answered),
        due=short_date(facts.due_on) if facts.due_on else "",
        is_due=facts.due_on is not None and facts.due_on <= known.today,
    )


def answers_words(received: int, answered: int) -> str:
    """Say how many applications were answered of how many that count, if any does."""
    if not received:
        return "—"
    return _("{answered} sur {received}").format(answered=number(answered), received=number(received))


def standing_of(facts: CompanyFacts, known: Bounds) -> tuple[str, str]:
    """Say in two words how a company does, and in which tone; the filters of the list mean the same."""
    if facts.published:
        return _("En ligne"), "success"
    if facts.paused:
        return _("Offre suspendue"), "warning"
    if not facts.approvals:
        return _("Sans agrément"), "neutral"
    if facts.last_touched is None:
        return _("Jamais publié"), "accent"
    return (_("Silencieuse"), "warning") if facts.last_touched < known.quiet_since else (_("Sans offre"), "neutral")


def _facts(
    towns: list[str],
    company: Company,
    approvals: int,
    published: int,
    paused: int,
    places: int | None,
    touched: datetime | None,
    due: date | None,
    rate: AnswerRate | None,
) -> CompanyFacts:
    received, answered = (rate.received, rate.answered) if rate else (0, 0)
    return CompanyFacts(company, approvals, published, paused, places or 0, touched, due, received, answered, towns)


def _granted(sectors: Collection[str]) -> Any:
    counted = select(func.count(col(Approval.id)))
    counted = counted.join(Establishment, col(Approval.establishment_id) == Establishment.id)
    counted = counted.join(Trade, col(Approval.trade_code) == Trade.code)
    counted = counted.where(col(Establishment.company_id) == Company.id, col(Trade.sector_code).in_(sectors))
    return counted.where(scope.IS_GRANTED).correlate(Company).scalar_subquery()


def _offers(sectors: Collection[str], what: Any, *which: Any) -> Any:
    counted = select(what).select_from(Offer).where(col(Offer.company_id) == Company.id, *which)
    return counted.where(col(Offer.sector_code).in_(sectors)).correlate(Company).scalar_subquery()


def _places_left(sectors: Collection[str]) -> Any:
    left = func.sum(col(Offer.places) - col(Offer.places_taken))
    return _offers(sectors, left, col(Offer.status) == OfferStatus.PUBLISHED)


def _last_touched(sectors: Collection[str]) -> Any:
    return _offers(sectors, func.max(Offer.updated_at), col(Offer.published_at).is_not(None))


def _due(sectors: Collection[str]) -> Any:
    due = select(func.min(CompanyFollowUp.due_on)).where(col(CompanyFollowUp.company_id) == Company.id)
    return due.where(col(CompanyFollowUp.sector_code).in_(sectors)).correlate(Company).scalar_subquery()


def _towns(session: Session, sectors: Collection[str], ids: list[int]) -> dict[int, list[str]]:
    read: Any = select(Establishment.company_id, Municipality.name).distinct()
    read = read.join(Municipality, col(Municipality.ins) == Establishment.municipality_ins)
    read = read.join(Approval, col(Approval.establishment_id) == Establishment.id)
    read = read.join(Trade, col(Trade.code) == Approval.trade_code)
    read = read.where(col(Establishment.company_id).in_(ids), col(Trade.sector_code).in_(sectors))
    found: dict[int, list[str]] = {}
    for company_id, town in session.execute(read.order_by(Municipality.name)):
        found.setdefault(company_id, []).append(town)
    return found


def _towns_words(towns: list[str]) -> str:
    named_ones, others = ", ".join(towns[:TOWNS_NAMED]), len(towns) - TOWNS_NAMED
    more = ngettext("et {n} autre", "et {n} autres", others).format(n=number(others)) if others > 0 else ""
    return f"{named_ones} {more}".strip()


def _words(session: Session, text: str, sectors: Collection[str]) -> list[Any]:
    digits = "".join(filter(str.isdigit, text))
    if len(digits) == DIGITS:
        return [col(Company.enterprise_number) == digits]
    words = plain(text).split()
    meant = zip(words, named(session, words) if words else [], strict=True)
    return [
        or_(
            col(Company.plain_name).like(f"%{word}%"),
            scope.approved(sectors, col(Approval.trade_code).in_(found.trades)),
            scope.approved(sectors, col(Establishment.municipality_ins).in_(found.towns)),
        )
        for word, found in meant
    ]


def _ordered(wanted: Any, sort: str, sectors: Collection[str]) -> Any:
    rate = select(100 * AnswerRate.answered / AnswerRate.received).where(
        AnswerRate.company_id == Company.id, AnswerRate.received > 0
    )
    worst, due, touched = rate.correlate(Company).scalar_subquery(), _due(sectors), _last_touched(sectors)
    published = _offers(sectors, func.count(), col(Offer.status) == OfferStatus.PUBLISHED)
    orders: dict[str, tuple[Any, ...]] = {
        "nom": (),
        "activite": (touched.is_not(None), touched),
        "offres": (published.desc(),),
        "reponses": (worst.is_(None), worst),
        "rappel": (due.is_(None), due),
    }
    return wanted.order_by(*orders[sort], col(Company.plain_name), col(Company.id))
