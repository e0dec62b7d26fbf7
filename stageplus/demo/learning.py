"""What a learner of the demonstration keeps between two visits: favourites, and an alert that has found something."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.alerts import AlertPace
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Alert,
    AlertOffer,
    Application,
    Favourite,
    HelpRequest,
    Learner,
    Offer,
    Operator,
    Person,
    Suggestion,
)
from stageplus.services.alerts.searches import kept_search
from stageplus.services.offers.schemas import OfferSearch
from stageplus.texts.formats import day_in_brussels

KEPT_OPEN = 3
SUGGESTED = (
    "J’en ai parlé avec toi mardi : une petite équipe, et quelqu’un qui prend le temps d’expliquer.",
    "Le bus s’arrête devant, et les horaires vont avec tes jours.",
)
ASKED = ("luthier · Arlon, à 25 km", "vitrailliste · Dinant, à 15 km")


def keep_some(cast: Cast, learner: Learner, offers: list[Offer]) -> None:
    """Let a learner keep a few offers of their own trade: one closes in three days, others have closed meanwhile."""
    mine = [offer for offer in offers if offer.trade_code == learner.trade_code]
    still_open = [offer for offer in mine if offer.status is OfferStatus.PUBLISHED][-KEPT_OPEN:]
    still_open[0].ends_on = day_in_brussels(cast.now) + timedelta(days=3)
    gone = {offer.status: offer for offer in mine if offer.status in {OfferStatus.CLOSED, OfferStatus.SUSPENDED}}
    for days, offer in enumerate([*still_open, *gone.values()]):
        kept_at = cast.now - timedelta(days=days)
        cast.kept(Favourite(learner_id=learner.id or 0, offer_id=offer.id or 0, kept_at=kept_at))


def watch_for_some(cast: Cast, learner: Learner, offers: list[Offer]) -> None:
    """Give a learner two alerts; the first found two offers, one of which was seen already."""
    searches = (OfferSearch(text="boulanger", place="Namur", radius=50), OfferSearch(text="pâtissier", place="Namur"))
    paces = (AlertPace.DAILY, AlertPace.WEEKLY)
    alerts = [
        cast.kept(
            Alert(
                learner_id=learner.id or 0,
                search=kept_search(search),
                pace=pace,
                created_at=cast.now - timedelta(days=6),
                checked_until=cast.now,
            )
        )
        for search, pace in zip(searches, paces, strict=True)
    ]
    mine = [offer for offer in offers if offer.trade_code == "boulanger" and offer.status is OfferStatus.PUBLISHED]
    for days, offer in enumerate(mine[:2]):
        found = AlertOffer(learner_id=learner.id or 0, offer_id=offer.id or 0, alert_id=alerts[0].id or 0)
        found.found_at = cast.now - timedelta(days=days)
        found.seen_at = found.found_at if days else None
        cast.kept(found)


def suggest_some(cast: Cast, referent: Person, learner: Learner, offers: list[Offer]) -> None:
    """Let the staff who follows a learner have suggested two offers to them, one of which was seen, and one to others.

    None is among the offers that the learner keeps or has applied to.
    """
    applied = select(Application.offer_id).where(Application.learner_id == learner.id)
    taken = {*cast.session.exec(applied)}
    taken |= {*cast.session.exec(select(Favourite.offer_id).where(Favourite.learner_id == learner.id))}
    trades = (learner.trade_code, "patissier")
    fits = [each for each in offers if each.trade_code in trades and each.status is OfferStatus.PUBLISHED]
    free = [each for each in fits if each.id not in taken and each.places_taken < each.places][-len(SUGGESTED) :]
    others = select(Learner).where(Learner.operator_id == learner.operator_id, Learner.id != learner.id)
    waiting = others.where(col(Learner.has_place).is_(False)).order_by(col(Learner.id)).limit(2)
    for days, (offer, reason) in enumerate(zip(free, SUGGESTED, strict=False)):
        for each in [learner, *(cast.session.exec(waiting).all() if days else [])]:
            told = Suggestion(
                learner_id=each.id or 0,
                offer_id=offer.id or 0,
                operator_id=learner.operator_id,
                person_id=referent.id,
                reason=reason,
                suggested_at=cast.now - timedelta(days=days, hours=1),
            )
            told.seen_at = told.mailed_at = told.suggested_at + timedelta(hours=3) if days else None
            cast.kept(told)


def ask_for_some(cast: Cast, operator: Operator) -> None:
    """Let two learners of an operator, without a place, have asked its staff for help."""
    waiting = select(Learner).where(Learner.operator_id == operator.id, col(Learner.has_place).is_(False))
    learners = cast.session.exec(waiting.order_by(col(Learner.id)).offset(3).limit(len(ASKED))).all()
    for learner, search in zip(learners, ASKED, strict=False):
        until = cast.now + timedelta(days=13)
        asked = HelpRequest(learner_id=learner.id or 0, search=search, asked_at=cast.now, shown_until=until)
        asked.asked_at -= timedelta(days=1)
        cast.kept(asked)
