"""The mails of quick answers: to the learner, or to the colleague who takes an application on."""

from datetime import date, datetime

from sqlmodel import Session

from stageplus.domain.titles import place_title
from stageplus.models import Person
from stageplus.services.applications.actions import write_to_company, write_to_learner
from stageplus.services.applications.queries import Parties
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def phoned(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the learner that the company says it called; whoever got no call knows what to do."""
    words = [
        _("{company} dit t’avoir répondu par téléphone pour « {title} ».").format(**_names(parties)),
        _("Personne ne t’a appelé ? Écoute ta messagerie, puis parles-en à ton opérateur."),
    ]
    _to_learner(session, parties, "phoned", _("On t’a répondu par téléphone"), words, now)


def promised(session: Session, parties: Parties, before: date, now: datetime) -> None:
    """Tell the learner by when the company answers."""
    words = [
        _("{company} a lu ta candidature pour « {title} ».").format(**_names(parties)),
        _("Tu auras une réponse avant le {day}.").format(day=long_date(before)),
    ]
    _to_learner(session, parties, "promised", _("Tu sauras bientôt"), words, now)


def reconsidered(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the learner that the company takes its refusal back."""
    words = [
        _("Bonne nouvelle : {company} revient sur sa réponse pour « {title} ».").format(**_names(parties)),
        _("L’entreprise te contacte. Tu n’es plus intéressé ? Retire ta candidature en un geste."),
    ]
    _to_learner(session, parties, "reconsidered", _("L’entreprise change d’avis"), words, now)


def moved(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the learner where the application goes on, and the people there that it came."""
    where = {"place": parties.establishment.name, "town": parties.municipality.name}
    words = [
        _("{company} a confié ta candidature pour « {title} » à son établissement de {town} : {place}.").format(
            **_names(parties), **where
        ),
        _("Cela ne te convient pas ? Tu peux la retirer en un geste."),
    ]
    _to_learner(session, parties, "moved", _("Ta candidature passe à un autre établissement"), words, now)
    words = [
        _("Un autre établissement de votre entreprise vous confie une candidature : {title}.").format(**_names(parties))
    ]
    subject = _("Une candidature vous est confiée")
    write_to_company(session, parties, f"handed-over-{parties.offer.id}", subject, words, now)


def handed_over(session: Session, parties: Parties, to: Person, by: Person, now: datetime) -> None:
    """Tell a colleague who hands an application over; the person's name waits in the site."""
    giver = f"{by.first_name} {by.last_name}"
    words = [_("{giver} vous confie une candidature pour « {title} ».").format(giver=giver, **_names(parties))]
    waited = _("Elle attend depuis le {day}.").format(day=long_date(day_in_brussels(parties.application.sent_at)))
    queue_mail(
        session,
        key=f"application-handed-over:{parties.application.id}:{to.id}:{int(now.timestamp())}",
        kind="application-handed-over",
        recipient=to.email,
        subject=_("Une candidature vous est confiée"),
        sentences=[*words, waited],
        link=(f"/entreprise/candidatures/{parties.application.id}", _("Voir la candidature")),
        about=About(parties.thing),
        now=now,
    )


def _names(parties: Parties) -> dict[str, str]:
    return {"company": parties.company.name, "title": place_title(parties.trade.name_f, parties.trade.name_m)}


def _to_learner(session: Session, parties: Parties, kind: str, subject: str, words: list[str], now: datetime) -> None:
    write_to_learner(session, parties, kind, subject, words, now, turn=f":{int(now.timestamp())}")
