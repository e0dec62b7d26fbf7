"""What OFFA finds to look at in the invented world: words that select, flags of learners, and what it decided."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.actors import Role
from stageplus.domain.moderation import FlagReason, Standing
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    CompanyMember,
    Learner,
    ModerationCase,
    ModerationStep,
    Offer,
    OfferChange,
    OfferFlag,
    Person,
)

WORDED = (
    " Nous cherchons un jeune homme motivé, en parfaite santé.",
    " Présentation soignée. Les outils sont à ta charge : une caution de 50 € est demandée.",
)
FLAGS = (
    (FlagReason.ELSEWHERE, "On m’a demandé d’écrire sur un autre numéro après ma candidature."),
    (FlagReason.NOT_TRUE, "Au téléphone, l’horaire était tout à fait différent."),
    (FlagReason.GONE, ""),
)
ASKED = "Écrivez « une personne motivée » : le sexe, l’âge et la santé ne sont pas des critères."
TAKEN_OFF = "Un apprenant ne paie jamais pour être formé. Retirez la caution et dites quels outils vous fournissez."


def fill_moderation(cast: Cast) -> None:
    """Bring some offers to OFFA: one waits by its words, three by flags, one is changed, one is off line."""
    others, mine = _offers(cast, demo=False), _offers(cast, demo=True)
    _by_words(cast, others[0], WORDED[0], hours=3)
    for number, (reason, words) in enumerate(FLAGS):
        _by_flag(cast, others[number + 1], reason, words, number)
    _decided(cast, mine[-1], WORDED[0], "ask", Standing.CHANGE_ASKED, ASKED)
    off = others[len(FLAGS) + 1]
    _decided(cast, off, WORDED[1], "take off", Standing.TAKEN_OFF, TAKEN_OFF)
    off.status = OfferStatus.SUSPENDED
    cast.kept(OfferChange(offer_id=off.id or 0, step="withhold", status=off.status, role=Role.OFFA, at=cast.now))


def _offers(cast: Cast, *, demo: bool) -> list[Offer]:
    theirs = select(CompanyMember.company_id).join(Person).where(Person.email == "entreprise@demo.test")
    own = col(Offer.company_id).in_(theirs)
    online = select(Offer).where(Offer.status == OfferStatus.PUBLISHED, own if demo else ~own)
    return list(cast.session.exec(online.order_by(col(Offer.id))))


def _by_words(cast: Cast, offer: Offer, words: str, hours: int) -> None:
    offer.tasks += words
    at = cast.now - timedelta(hours=hours)
    cast.kept(ModerationCase(offer_id=offer.id or 0, standing=Standing.ONLINE, waiting_since=at, changed_at=at))
    _step(cast, offer, "wording", Role.COMPANY, None, hours, words.strip())


def _by_flag(cast: Cast, offer: Offer, reason: FlagReason, words: str, number: int) -> None:
    hours = 26 * (number + 1)
    at = cast.now - timedelta(hours=hours)
    learner = cast.session.exec(select(Learner).order_by(col(Learner.id)).offset(5 + number)).first()
    assert learner is not None
    cast.kept(ModerationCase(offer_id=offer.id or 0, standing=Standing.ONLINE, waiting_since=at, changed_at=at))
    cast.kept(OfferFlag(offer_id=offer.id or 0, learner_id=learner.id, reason=reason, words=words, at=at))
    _step(cast, offer, "flag", Role.LEARNER, learner.person_id, hours, words)


def _decided(cast: Cast, offer: Offer, words: str, step: str, standing: Standing, answer: str) -> None:
    _by_words(cast, offer, words, hours=50)
    case = cast.session.get_one(ModerationCase, offer.id)
    case.standing, case.waiting_since, case.words = standing, None, answer
    case.changed_at = cast.now - timedelta(hours=20)
    offa = cast.session.exec(select(Person.id).where(Person.email == "offa@demo.test")).one()
    _step(cast, offer, step, Role.OFFA, offa, 20, answer)


def _step(cast: Cast, offer: Offer, step: str, role: Role, person: int | None, hours: int, words: str) -> None:
    at = cast.now - timedelta(hours=hours)
    cast.kept(ModerationStep(offer_id=offer.id or 0, step=step, role=role, person_id=person, at=at, words=words))
