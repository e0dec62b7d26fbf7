"""The mail that warns before an account is erased."""

from datetime import datetime

from sqlmodel import Session

from stageplus.models import Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def account_sleeps(session: Session, person: Person, erased_at: datetime, now: datetime) -> None:
    """Tell a learner that one visit keeps the account, and until when."""
    day = long_date(day_in_brussels(erased_at))
    queue_mail(
        session,
        key=f"sleeps:{person.id}:{now.isoformat()}",
        kind="account-sleeps",
        recipient=person.email,
        subject=_("Ton compte Stage+ sera bientôt effacé"),
        sentences=[
            _("Cela fait longtemps que tu n’es plus venu sur Stage+. Nous ne gardons pas les comptes qui dorment."),
            _("Sans visite d’ici au {day}, ton compte et tout ce que tu y as écrit seront effacés.").format(day=day),
            _("Tu veux le garder ? Il suffit de te connecter une fois. Sinon, ne fais rien."),
        ],
        link=("/connexion", _("Garder mon compte")),
        now=now,
    )
