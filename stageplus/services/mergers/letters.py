"""The mail to whoever acts for companies that OFFA joined."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from stageplus.models import Company, Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.numbers import shown
from stageplus.texts import _


def joined(session: Session, people: Sequence[int], keep: Company, gone_number: str, why: str, now: datetime) -> None:
    """Tell everybody who acts for either company that they are one now, and why."""
    words = [
        _("OFFA a réuni deux inscriptions de votre entreprise : le numéro {gone} est remplacé par {keep}.").format(
            gone=shown(gone_number), keep=shown(keep.enterprise_number)
        ),
        _("Raison — {why}").format(why=why),
        _("Vos offres, candidatures et agréments sont tous là. Chaque personne garde ses établissements."),
    ]
    for person in session.exec(select(Person).where(col(Person.id).in_(people))):
        queue_mail(
            session,
            key=f"merger:{keep.id}:{gone_number}:{person.id}",
            kind="team",
            recipient=person.email,
            subject=_("Votre entreprise est réunie sur Stage+"),
            sentences=words,
            link=("/entreprise/equipe", _("Voir l’équipe")),
            now=now,
        )
