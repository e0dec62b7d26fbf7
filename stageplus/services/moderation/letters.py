"""The mails of moderation to the people of a company."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.titles import place_title
from stageplus.models import Establishment, Offer, Trade
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.services.teams.queries import people_at
from stageplus.texts import _

SUBJECTS = {
    "leave": _("OFFA a relu votre offre"),
    "ask": _("OFFA vous demande de changer une offre"),
    "take off": _("OFFA a mis une offre hors ligne"),
    "lift": _("Votre offre est de nouveau en ligne"),
}
_FIRST = {
    "leave": _("OFFA a relu l’offre « {title} » et la laisse en ligne."),
    "ask": _("OFFA a relu l’offre « {title} » et vous demande de la changer. Elle reste en ligne en attendant."),
    "take off": _("« {title} » est hors ligne : les apprenants ne la voient plus, les candidatures sont gardées."),
    "lift": _("OFFA remet en ligne l’offre « {title} »."),
}
_NEXT = {
    "ask": _("Ouvrez l’offre, changez le texte, enregistrez : OFFA la relit."),
    "take off": _("Changez le texte et enregistrez : OFFA la relit, et peut la remettre en ligne."),
}


def decided(session: Session, offer: Offer, decision: str, words: str, now: datetime) -> None:
    """Tell the people who act for the establishment what OFFA decided and why."""
    trade = session.get_one(Trade, offer.trade_code)
    establishment = session.get_one(Establishment, offer.establishment_id)
    title = place_title(trade.name_f, trade.name_m)
    sentences = [_FIRST[decision].format(title=f"{title}, {establishment.name}")]
    sentences += [_("OFFA écrit : « {words} »").format(words=words)] if words else []
    sentences += [_NEXT[decision]] if decision in _NEXT else []
    link = (f"/entreprise/offres/{offer.id}", _("Voir l'offre"))
    for person in people_at(session, establishment):
        key = f"moderation:{offer.id}:{decision}:{now.isoformat()}:{person.id}"
        queue_mail(
            session,
            key=key,
            kind="moderation",
            recipient=person.email,
            subject=SUBJECTS[decision],
            sentences=sentences,
            link=link,
            about=About(words=f"{title}, {establishment.name}"),
            now=now,
        )
