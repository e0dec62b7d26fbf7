"""The letters about a place that was found, or that came to nothing."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.titles import place_title
from stageplus.services.applications.actions import write_to_company, write_to_learner
from stageplus.services.applications.queries import Parties
from stageplus.texts import _


def withdrawn(session: Session, parties: Parties, goodbye: str, now: datetime) -> None:
    """Tell the company that one application less waits, with the learner's own polite words; it opens no more."""
    words = [_("Une candidature pour « {title} » a été retirée.").format(title=_title(parties))]
    words += [_("La personne vous écrit :"), *goodbye.split("\n\n")]
    link = ("/entreprise/candidatures", _("Voir les candidatures"))
    write_to_company(session, parties, "withdrawn", _("Une candidature a été retirée"), words, now, link=link)


def fell_through(session: Session, parties: Parties, reason: str, now: datetime) -> None:
    """Tell both sides that nothing came of the introduction, and what each may do now."""
    company, title = parties.company.name, _title(parties)
    words = [
        _("Ton opérateur a noté que la place « {title} » chez {company} n’a pas abouti : {reason}.").format(
            title=title, company=company, reason=reason
        ),
        _("Cela arrive. Tu cherches à nouveau une place : tu peux postuler partout, ici aussi."),
    ]
    write_to_learner(session, parties, "fell-through", _("La place n’a pas abouti"), words, now)
    words = [
        _("L’opérateur a noté qu’une mise en relation pour « {title} » n’a pas abouti : {reason}.").format(
            title=title, reason=reason
        ),
        _("La place vous est rendue. Ouvrez vos offres pour voir si elle est de nouveau en ligne."),
    ]
    write_to_company(session, parties, "given-back", _("Une mise en relation n’a pas abouti"), words, now)


def back_again(session: Session, parties: Parties, now: datetime) -> None:
    """Tell a learner whose application ended when the offer was full that it takes applications again."""
    words = [
        _("La place « {title} » chez {company} est de nouveau libre.").format(
            title=_title(parties), company=parties.company.name
        ),
        _("Si elle t’intéresse toujours, tu peux postuler à nouveau."),
    ]
    link = (f"/offres/{parties.offer.id}", _("Voir l’offre"))
    subject = _("Une place est de nouveau libre")
    write_to_learner(session, parties, f"reopened-{int(now.timestamp())}", subject, words, now, link=link)


def _title(parties: Parties) -> str:
    return place_title(parties.trade.name_f, parties.trade.name_m)
