"""The reminder that an offer ends: one link, and nobody's name."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from stageplus.models import Establishment, LinkPurpose, Offer
from stageplus.services.applications.queries import how_many_wait
from stageplus.services.links.actions import issue_link
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.services.postings.queries import title_in
from stageplus.services.renewals.scope import subject_of
from stageplus.services.teams.queries import people_at
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, day_in_brussels, long_date


def remind(session: Session, offer: Offer, turn: int, late_days: int, now: datetime) -> int:
    """Write to everybody who acts for the offer's establishment and is not suspended; say to how many.

    Each mail has a link of its own, which works until so many days after the offer's end.
    """
    house = session.get_one(Establishment, offer.establishment_id)
    people = [person for person in people_at(session, house) if person.suspended_at is None]
    sentences = _sentences(session, offer, now)
    about = About(bundle=subject_of(offer), words=sentences[0], path=f"/entreprise/offres/{offer.id}")
    is_over = offer.ends_on < day_in_brussels(now)
    subject = _("Votre offre n’est plus en ligne") if is_over else _("Votre offre se termine bientôt")
    last = datetime.combine(offer.ends_on + timedelta(days=late_days + 1), time(), BRUSSELS)
    for person in people:
        path = issue_link(
            session,
            LinkPurpose.OFFER_ENDING,
            lasts=last - now,
            now=now,
            person_id=person.id,
            subject=subject_of(offer),
            others_go_on=True,  # the first mail still works beside the second
        )
        queue_mail(
            session,
            key=f"offer-ending:{subject_of(offer)}:{turn}:{person.id}",
            kind="offer-ending",
            recipient=person.email,
            subject=subject,
            sentences=sentences,
            link=(path, _("Garder ou fermer cette offre")),
            about=about,
            now=now,
        )
    return len(people)


def waiting_in(session: Session, offer: Offer) -> int:
    """Count who waits for the company's last word."""
    return int(session.exec(how_many_wait(offer.id or 0)).one())


def ends_words(offer: Offer, today: date) -> str:
    """Say when an offer leaves the site, or left it."""
    if offer.ends_on < today:
        return _("Son dernier jour en ligne était le {day}.").format(day=long_date(offer.ends_on))
    if offer.ends_on == today:
        return _("Elle est en ligne jusqu’à ce soir.")
    return _("Elle est en ligne jusqu’au {day}.").format(day=long_date(offer.ends_on))


def waiting_words(count: int) -> str:
    """Say how many wait; nothing when nobody does."""
    if not count:
        return ""
    return ngettext("{n} personne attend votre réponse.", "{n} personnes attendent votre réponse.", count).format(
        n=count
    )


def _sentences(session: Session, offer: Offer, now: datetime) -> list[str]:
    title, establishment = title_in(session, offer)
    found = [
        f"{title} — {establishment}.",
        ends_words(offer, day_in_brussels(now)),
        waiting_words(waiting_in(session, offer)),
        _("Encore valable ? Un geste suffit pour la garder en ligne, ou pour dire que la place est prise."),
        _("Le lien s’ouvre sans se connecter et ne sert qu’une fois. Rien ne se passe avant d’appuyer sur un bouton."),
    ]
    return [sentence for sentence in found if sentence]
