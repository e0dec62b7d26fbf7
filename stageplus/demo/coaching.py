"""What the coach of the demonstration follows: offers of last year, a company gone quiet, new agréments, contacts."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from stageplus.demo.cast import Cast, a_company, an_approval, an_offer
from stageplus.domain.coaching import ContactKind, ViewList
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Approval,
    Company,
    CompanyContact,
    CompanyFollowUp,
    Establishment,
    Offer,
    OfferChange,
    Operator,
    Person,
    SavedView,
)
from stageplus.texts.formats import day_in_brussels

BAKER = ("boulanger", "Fournil", "Pétrir, façonner et cuire avec l’équipe.")
SECTOR = "alimentation"
QUIET, FRESH = "Boulangerie du Temps d’Avant", "Boulangerie de la Première Fournée"
RAN = ((400, 330), (385, 320), (150, 95), (75, 9), (70, 4), (68, 2))
"""How many days ago each offer of the past was published, and when its last day had passed; the first are quiet."""
VIEWS = (
    (ViewList.OFFERS, "Boulangeries sans candidature", "q=boulanger&sans=oui"),
    (ViewList.COMPANIES, "À relancer", "etat=muettes&tri=activite"),
)
CONTACTS = (
    (ContactKind.CALL, 2, "La gérante cherche une personne pour janvier. Elle publie l’offre cette semaine."),
    (ContactKind.VISIT, 16, "Vu l’atelier : deux postes de travail, tutrice motivée. Bon accès en bus."),
    (ContactKind.MAIL, 41, "Envoyé l’explication des capacités et des rétributions minimales."),
    (ContactKind.NOTE, 60, "Ferme la dernière semaine de décembre."),
)


def fill_coaching(cast: Cast, coach: Person, operator: Operator) -> None:
    """Add it to the world; every offer of the past is over, so that nothing of it is in the way of learners."""
    namur = cast.town("Namur")
    a_company(cast, QUIET, namur, BAKER, [])
    a_company(cast, FRESH, namur, BAKER, [])
    quiet, fresh = _house(cast, QUIET), _house(cast, FRESH)
    _renew_approval(cast, fresh, operator)
    houses = [quiet, quiet, quiet, *_open_houses(cast)]
    for house, (published, ended) in zip(houses, RAN, strict=False):
        _ran(cast, house, published, ended)
    for of_list, name, query in VIEWS:
        view = SavedView(person_id=coach.id or 0, of_list=of_list, name=name, query=query, kept_at=cast.now)
        cast.kept(view)
    for number, company_id in enumerate(dict.fromkeys(house.company_id for house in [*houses[3:], quiet])):
        _spoken(cast, coach, company_id, number)


def _house(cast: Cast, name: str) -> Establishment:
    company = cast.session.exec(select(Company).where(Company.name == name)).one()
    return cast.session.exec(select(Establishment).where(Establishment.company_id == company.id)).one()


def _renew_approval(cast: Cast, house: Establishment, operator: Operator) -> None:
    """Give a house that published nothing yet an agrément of twenty days ago."""
    since = day_in_brussels(cast.now) - timedelta(days=20)
    kept = cast.session.exec(select(Approval).where(Approval.establishment_id == house.id)).first()
    if kept is None:
        an_approval(cast, house, BAKER[0], operator, since)
    else:
        kept.since = since


def _open_houses(cast: Cast) -> list[Establishment]:
    open_now = select(Establishment).join(Offer, col(Offer.establishment_id) == Establishment.id)
    bakers = open_now.where(Offer.status == OfferStatus.PUBLISHED, Offer.trade_code == BAKER[0]).distinct()
    return list(cast.session.exec(bakers.order_by(col(Establishment.id)).limit(3)))


def _ran(cast: Cast, house: Establishment, published: int, ended: int) -> None:
    """Tell an offer of the past: published, and over when its last day had passed."""
    offer = an_offer(cast, house, BAKER, OfferStatus.EXPIRED)
    began, over = cast.now - timedelta(days=published), cast.now - timedelta(days=ended)
    offer.published_at = offer.created_at = began
    offer.updated_at, offer.ends_on = over, day_in_brussels(over)
    [first] = cast.session.exec(select(OfferChange).where(OfferChange.offer_id == offer.id)).all()
    first.at, first.status = began, OfferStatus.PUBLISHED
    cast.kept(OfferChange(offer_id=offer.id or 0, step="expire", status=OfferStatus.EXPIRED, at=over))


def _spoken(cast: Cast, coach: Person, company_id: int, number: int) -> None:
    """Note some contacts with a company, and when to call again: late, today, or in a week."""
    today = day_in_brussels(cast.now)
    about: dict[str, Any] = {"company_id": company_id, "sector_code": SECTOR}
    for kind, ago, said in CONTACTS[number:]:
        at = cast.now - timedelta(days=ago)
        cast.kept(CompanyContact(kind=kind, words=said, on_day=day_in_brussels(at), person_id=coach.id, at=at, **about))
    due = today + timedelta(days=(-3, 0, 7, 0)[number % 4])
    cast.kept(CompanyFollowUp(due_on=due, changed_at=cast.now, changed_by=coach.id, **about))
