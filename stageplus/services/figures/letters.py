"""The mail that tells an operator's staff of a place to fill nearby."""

from datetime import datetime

from sqlmodel import Session

from stageplus.models import Municipality, Offer, Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.services.postings.queries import title_in
from stageplus.texts import _
from stageplus.texts.formats import days_words, long_date, of_place


def place_to_fill(session: Session, offer: Offer, person: Person, now: datetime) -> None:
    """Write to one member of staff: which place, where, on which days, and until when."""
    title, establishment = title_in(session, offer)
    town = session.get_one(Municipality, offer.municipality_ins)
    queue_mail(
        session,
        key=f"place-to-fill:{offer.id}:{int(now.timestamp())}:{person.id}",
        kind="place-to-fill",
        recipient=person.email,
        subject=_("Une place près de chez vous cherche encore quelqu’un"),
        sentences=[
            _("{title} — {establishment}, près {of_place}.").format(
                title=title, establishment=establishment, of_place=of_place(town.name)
            ),
            _("Jours en entreprise : {days}. En ligne jusqu’au {day}.").format(
                days=days_words(offer.company_days), day=long_date(offer.ends_on)
            ),
            _("Personne n’y a encore postulé. Pensez-vous à l’un de vos apprenants ?"),
        ],
        link=("/operateur/apprenants", _("Voir mes apprenants")),
        about=About(words=f"{title} — {establishment}"),
        now=now,
    )
