"""The mails of conversations: that a message waits, never what it says."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.titles import place_title
from stageplus.services.applications.queries import Parties
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.services.teams.queries import people_at
from stageplus.texts import _


def waits_for_learner(session: Session, party: Parties, stretch: str, now: datetime) -> None:
    """Tell the learner whose message waits; `stretch` names the time without reading, of which one mail is written."""
    queue_mail(
        session,
        key=f"message:{stretch}:{party.person.id}",
        kind="message-to-learner",
        recipient=party.person.email,
        subject=_("Un message t’attend"),
        sentences=[_("{company} t’a écrit. Le message t’attend sur Stage+.").format(company=party.company.name)],
        link=(f"/messages/{party.application.id}", _("Lire le message")),
        about=About(party.thing, words=_place(party)),
        now=now,
    )


def waits_for_company(session: Session, party: Parties, stretch: str, now: datetime) -> None:
    """Tell the people of the establishment for which place somebody wrote; a mailbox never learns the person's name."""
    words = _("Une personne qui a postulé pour « {title} » vous a écrit. Le message vous attend sur Stage+.")
    for person in people_at(session, party.establishment):
        queue_mail(
            session,
            key=f"message:{stretch}:{person.id}",
            kind="message-to-company",
            recipient=person.email,
            subject=_("Un message vous attend"),
            sentences=[words.format(title=_place(party))],
            link=(f"/entreprise/candidatures/{party.application.id}", _("Lire le message")),
            about=About(party.thing, words=_place(party)),
            now=now,
        )


def _place(party: Parties) -> str:
    return place_title(party.trade.name_f, party.trade.name_m)
