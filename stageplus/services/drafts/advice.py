"""What to think of before sending an application: what is too private, what is repeated."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from stageplus.domain.private_words import PrivateMatter, private_matters
from stageplus.domain.variety import Attempt, HintsAfter, VarietyHint, variety_hints
from stageplus.models import Application, Offer
from stageplus.services.drafts.schemas import Advice, DraftInput
from stageplus.texts import _

MATTER_WORDS = {
    PrivateMatter.ADDRESS: _("une adresse : ta commune suffit, l’entreprise la voit déjà"),
    PrivateMatter.NATIONAL_NUMBER: _("un numéro national : il ne sert qu’au contrat, jamais avant"),
    PrivateMatter.HEALTH: _("ta santé : tu n’as pas à en parler pour un premier contact"),
    PrivateMatter.PARENTS: _("des informations sur tes parents : c’est toi qui postules"),
}
HINT_WORDS = {
    VarietyHint.SAME_TEXT: _(
        "Tu as déjà envoyé presque ce texte à d’autres. Une phrase sur cette entreprise-ci, et il touche davantage."
    ),
    VarietyHint.SAME_COMPANY: _(
        "Tu as déjà écrit plusieurs fois à cette entreprise. Essaie aussi ailleurs : cela augmente tes chances."
    ),
    VarietyHint.SAME_TRADE: _(
        "Toutes tes candidatures visent le même métier. Un métier voisin ouvre d’autres portes : regarde-les aussi."
    ),
}


def private_in(data: DraftInput) -> list[PrivateMatter]:
    """Name what a draft says that nobody needs for a first contact; the telephone has a field of its own."""
    return private_matters("\n".join([data.motivation, data.experience, data.journey]))


def advice_on(
    session: Session, learner_id: int, offer: Offer, data: DraftInput, known: dict[str, str], now: datetime
) -> Advice:
    """Say what to think of before sending these words to an offer's company; `known` are the parameters in force."""
    found = private_in(data)
    return Advice(
        private=[MATTER_WORDS[each] for each in found],
        matters=" ".join(each.name for each in found),
        hints=[HINT_WORDS[each] for each in _repeated(session, learner_id, offer, data, known, now)],
    )


def _repeated(
    session: Session, learner_id: int, offer: Offer, data: DraftInput, known: dict[str, str], now: datetime
) -> list[VarietyHint]:
    since = now - timedelta(days=float(known["variety_days"]))
    sent = select(Offer.company_id, Offer.trade_code, Application.motivation).join(Application)
    sent = sent.where(Application.learner_id == learner_id, Application.sent_at >= since)
    earlier = [Attempt(*row) for row in session.exec(sent.order_by(col(Application.sent_at).desc()).limit(100))]
    after = HintsAfter(*[int(float(known[f"variety_same_{what}"])) for what in ("texts", "companies", "trades")])
    return variety_hints(Attempt(offer.company_id, offer.trade_code, data.motivation), earlier, after)
