"""The mails about somebody's coming in, and what OFFA changes for them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.models import Person, StaffInvitation
from stageplus.services.notifications.actions import SUSPENSION, queue_mail
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


def suspended(session: Session, person: Person, reason: str, paused: int, now: datetime) -> None:
    """Tell somebody that their account is suspended and why, and how many offers are paused as nobody else answers."""
    if person.role is Role.LEARNER:
        words = [_("OFFA a suspendu ton compte Stage+ : {reason}").format(reason=reason)]
        words.append(_("Tes appareils sont déconnectés. Une question ? Parles-en à ton opérateur."))
    else:
        words = [_("OFFA a suspendu votre compte Stage+ : {reason}").format(reason=reason)]
        words.append(_("Vos appareils sont déconnectés. Une question ? Écrivez à OFFA."))
    if paused:
        words.append(
            ngettext(
                "Personne d’autre ne peut répondre pour votre entreprise : {n} offre est en pause.",
                "Personne d’autre ne peut répondre pour votre entreprise : {n} offres sont en pause.",
                paused,
            ).format(n=paused)
        )
    key, link = f"suspended:{person.id}:{now.isoformat()}", ("/aide", _("Aide"))
    _write(session, key, person.email, _("Un compte suspendu"), words, link, now, kind=SUSPENSION)


def restored(session: Session, person: Person, now: datetime) -> None:
    """Tell somebody that they may come in again."""
    is_learner = person.role is Role.LEARNER
    words = [
        _("Ton compte Stage+ est rouvert : connecte-toi comme avant.")
        if is_learner
        else _("Votre compte Stage+ est rouvert : connectez-vous comme avant.")
    ]
    key, link = f"restored:{person.id}:{now.isoformat()}", ("/connexion", _("Se connecter"))
    _write(session, key, person.email, _("Un compte rouvert"), words, link, now)


def recharged(session: Session, person: Person, charge: str, now: datetime) -> None:
    """Tell somebody what they are charged with from now on."""
    words = [_("OFFA a changé votre rôle sur Stage+ — {charge}.").format(charge=charge)]
    key, link = f"charge:{person.id}:{now.isoformat()}", ("/compte", _("Mon compte"))
    _write(session, key, person.email, _("Votre rôle a changé"), words, link, now)


def _write(
    session: Session,
    key: str,
    recipient: str,
    subject: str,
    words: Sequence[str],
    link: tuple[str, str],
    now: datetime,
    *,
    kind: str = "account",
) -> None:
    queue_mail(
        session,
        key=f"people:{key}"[:120],
        kind=kind,
        recipient=recipient,
        subject=subject,
        sentences=words,
        link=link,
        now=now,
    )
