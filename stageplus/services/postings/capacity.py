"""How many learners an establishment, and each of its tutors, may train at a time, over all its offers on line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, select

from stageplus.domain.offers import OfferStatus
from stageplus.models import Establishment, Offer, TutorLimit
from stageplus.texts import _, ngettext

ON_LINE = (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED)
Tutor = tuple[str, str]
"""First name and function, as `tutor_named` compares them."""


@dataclass(frozen=True)
class Capacity:
    """The most learners of an establishment and of a tutor in a sector, and what its other offers on line promise.

    `own` is what the offer itself promised already: it never has to shrink because a number in the register did.
    """

    most: int
    elsewhere: int = 0
    own: int = 0
    most_per_tutor: int | None = None
    with_tutor: Mapping[Tutor, int] = field(default_factory=dict)

    def fault(self, places: int, tutor: Tutor) -> str:
        """Say why so many places with this tutor are too many; nothing when they are not, or are not more than before.

        Never more learners than workers under contract, one when there is none, and a maximum per tutor and sector
        (DOMAIN: capacité formative).
        """
        if places <= self.own:
            return ""
        return self._house_fault(places) or self._tutor_fault(places, self.with_tutor.get(tutor, 0))

    def _house_fault(self, places: int) -> str:
        if places + self.elsewhere <= self.most:
            return ""
        most = ngettext(
            "Cet établissement peut former {n} apprenant au plus : jamais plus que de travailleurs.",
            "Cet établissement peut former {n} apprenants au plus : jamais plus que de travailleurs.",
            self.most,
        ).format(n=self.most)
        if not self.elsewhere:
            return most
        taken = ngettext(
            "{n} place est déjà en ligne dans vos autres offres, il en reste {left}.",
            "{n} places sont déjà en ligne dans vos autres offres, il en reste {left}.",
            self.elsewhere,
        )
        return f"{most} {taken.format(n=self.elsewhere, left=max(0, self.most - self.elsewhere))}"

    def _tutor_fault(self, places: int, elsewhere: int) -> str:
        if self.most_per_tutor is None or places + elsewhere <= self.most_per_tutor:
            return ""
        most = ngettext(
            "Dans ce secteur, un tuteur suit {n} apprenant au plus à la fois.",
            "Dans ce secteur, un tuteur suit {n} apprenants au plus à la fois.",
            self.most_per_tutor,
        ).format(n=self.most_per_tutor)
        return f"{most} {_('Réduisez les places, ou faites une autre offre avec un autre tuteur.')}"


def tutor_named(first_name: str, function: str) -> Tutor:
    """Return how a tutor is recognised among the offers of an establishment, whatever the case."""
    return first_name.strip().casefold(), function.strip().casefold()


def hold_establishment(session: Session, offer: Offer) -> None:
    """Let two offers of one establishment that are published at once wait for each other."""
    held = select(Establishment.id).where(Establishment.id == offer.establishment_id)
    session.exec(held.with_for_update(key_share=True)).one()


def capacity_of(session: Session, offer: Offer, today: date) -> Capacity:
    """Read what an offer may promise beside the others on line, in one statement."""
    most_per_tutor = _most_per_tutor(offer.sector_code, today)
    on_line = and_(
        Offer.establishment_id == Establishment.id, col(Offer.status).in_(ON_LINE), col(Offer.id) != offer.id
    )
    read = select(Establishment.workers, most_per_tutor, Offer).join(Offer, on_line, isouter=True)
    rows = session.exec(read.where(Establishment.id == offer.establishment_id)).all()
    others = [other for _workers, _most, other in rows if other is not None]
    with_tutor = Counter[Tutor]()
    for other in others:
        if other.sector_code == offer.sector_code:
            with_tutor[tutor_named(other.tutor_first_name, other.tutor_function)] += other.places
    workers, most, _other = rows[0]
    own = offer.places if offer.status in ON_LINE else 0
    return Capacity(max(1, workers), sum(other.places for other in others), own, most, with_tutor)


def _most_per_tutor(sector: str, today: date) -> Any:
    dated = select(TutorLimit.learners).where(TutorLimit.sector_code == sector)
    in_force = dated.where(col(TutorLimit.effective_from) <= today)
    return in_force.order_by(col(TutorLimit.effective_from).desc()).limit(1).scalar_subquery()
