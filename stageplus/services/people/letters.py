"""The mails about somebody's coming in, and what OFFA changes for them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from stageplus.models import Person, StaffInvitation
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _, ngettext


def invitation(
    session: Session, invited: StaffInvitation, by: Person, charge: str, path: str, days: int, now: datetime
) -> None:
    """Send the link that lets somebody in."""
    lasts = ngettext("{n} jour", "{n} jours", days).format(n=days)
    words = [
        _("{person}, d’OFFA, vous invite sur Stage+.").format(person=f"{by.first_name} {by.last_name}"),
        _("Votre rôle — {charge}.").format(charge=charge),
        _(
            "Vous choisirez un mot de passe, puis une deuxième étape de connexion : une clé d’accès, "
            "ou une application de codes sur votre téléphone."
        ),
        _("Ce lien sert une seule fois, pendant {lasts}. Rien ne se passe avant d’appuyer sur son bouton.").format(
            lasts=lasts
        ),
    ]
    key, link = f"invitation:{invited.id}:{path[-12:]}", (path, _("Voir l’invitation"))
    _write(session, key, invited.email, _("Votre invitation sur Stage+"), words, link, now)


def joined(session: Session, inviter: Person, who: Person, charge: str, now: datetime) -> None:
    """Tell whoever invited somebody that they have come in."""
    name = f"{who.first_name} {who.last_name}"
    words = [
        _("{name} a accepté votre invitation. Son rôle — {charge}.").format(name=name, charge=charge),
        _("Ce n’est pas la personne que vous attendiez ? Suspendez ce compte tout de suite."),
    ]
    link = ("/offa/comptes/invitations", _("Voir les invitations"))
    _write(session, f"joined:{who.id}", inviter.email, _("Une invitation est acceptée"), words, link, now)


def _write(
    session: Session, key: str, recipient: str, subject: str, words: Sequence[str], link: tuple[str, str], now: datetime
) -> None:
    queue_mail(
        session,
        key=f"people:{key}"[:120],
        kind="account",
        recipient=recipient,
        subject=subject,
        sentences=words,
        link=link,
        now=now,
    )
