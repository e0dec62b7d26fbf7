"""The mails about somebody's own account."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.models import Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, moment_words


def reset_link(session: Session, person: Person, path: str, minutes: int, now: datetime) -> None:
    """Send the link behind which a new password is chosen."""
    lasts = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    tu = [
        _("Tu as demandé un nouveau mot de passe. Ce lien marche une seule fois, pendant {lasts}.").format(lasts=lasts),
        _("Ce n’est pas toi ? Ne fais rien : ton mot de passe reste le même."),
    ]
    vous = [
        _("Vous avez demandé un nouveau mot de passe. Ce lien sert une seule fois, pendant {lasts}.").format(
            lasts=lasts
        ),
        _("Ce n’est pas vous ? Ne faites rien : votre mot de passe reste le même."),
    ]
    link = (path, _("Choisir un nouveau mot de passe"))
    _write(session, person, f"reset-{path[-12:]}", _("Choisir un nouveau mot de passe"), (tu, vous), link, now)


def password_changed(session: Session, person: Person, now: datetime) -> None:
    """Tell that the password is a new one, in case somebody else did it."""
    tu = [
        _("Le mot de passe de ton compte Stage+ vient de changer. Les autres appareils sont déconnectés."),
        _("Ce n’est pas toi ? Choisis tout de suite un nouveau mot de passe."),
    ]
    vous = [
        _("Le mot de passe de votre compte Stage+ vient de changer. Les autres appareils sont déconnectés."),
        _("Ce n’est pas vous ? Choisissez tout de suite un nouveau mot de passe."),
    ]
    subject = _("Ton mot de passe a changé") if _is_tu(person) else _("Votre mot de passe a changé")
    _write(session, person, f"password-{now.isoformat()}", subject, (tu, vous), _not_me(), now)


def new_device(session: Session, person: Person, device: str, now: datetime) -> None:
    """Tell of a sign-in with a kind of device that this account never used before."""
    when = moment_words(now)
    tu = [
        _("Quelqu’un vient de se connecter à ton compte Stage+ : {device}, {when}.").format(device=device, when=when),
        _("C’est toi ? Il n’y a rien à faire. Sinon, choisis tout de suite un nouveau mot de passe."),
    ]
    vous = [
        _("Quelqu’un vient de se connecter à votre compte Stage+ : {device}, {when}.").format(device=device, when=when),
        _("C’est vous ? Il n’y a rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe."),
    ]
    subject = _("Connexion avec un nouvel appareil : {device}").format(device=device)
    _write(session, person, f"device-{now.isoformat()}", subject, (tu, vous), _not_me(), now)


def confirm_address(session: Session, person: Person, email: str, path: str, hours: int, now: datetime) -> None:
    """Send the link that makes an address the account's own, to that address."""
    lasts = ngettext("{n} heure", "{n} heures", hours).format(n=hours)
    tu = [
        _("Confirme cette adresse pour ton compte Stage+. Le lien marche une seule fois, pendant {lasts}.").format(
            lasts=lasts
        ),
        _("Tu n’as rien demandé ? Ne fais rien : cette adresse ne sera pas utilisée."),
    ]
    vous = [
        _("Confirmez cette adresse pour votre compte Stage+. Le lien sert une seule fois, pendant {lasts}.").format(
            lasts=lasts
        ),
        _("Vous n’avez rien demandé ? Ne faites rien : cette adresse ne sera pas utilisée."),
    ]
    link = (path, _("Confirmer cette adresse"))
    _write(session, person, f"address-{path[-12:]}", _("Confirmer une adresse e-mail"), (tu, vous), link, now, email)


def address_taken(session: Session, email: str, now: datetime) -> None:
    """Tell whoever has an address that somebody wanted it for another account, at most once a day."""
    queue_mail(
        session,
        key=f"address-taken:{email[:80]}:{day_in_brussels(now)}",
        kind="account",
        recipient=email,
        subject=_("Cette adresse a déjà un compte Stage+"),
        sentences=[
            _("Quelqu’un a voulu utiliser cette adresse pour un autre compte. Rien n’a changé."),
            _("Si c’est vous, connectez-vous avec cette adresse."),
        ],
        link=("/connexion", _("Se connecter")),
        now=now,
    )


def address_changed(session: Session, person: Person, old: str, now: datetime) -> None:
    """Tell the old address that the account has another one."""
    tu = [
        _("Ton compte Stage+ a maintenant une autre adresse e-mail. Celle-ci ne reçoit plus rien."),
        _("Ce n’est pas toi ? Préviens tout de suite ton opérateur."),
    ]
    vous = [
        _("Votre compte Stage+ a maintenant une autre adresse e-mail. Celle-ci ne reçoit plus rien."),
        _("Ce n’est pas vous ? Prévenez tout de suite votre opérateur ou l’OFFA."),
    ]
    link = ("/aide", _("Obtenir de l’aide"))
    _write(session, person, f"left-{now.isoformat()}", _("Une autre adresse e-mail"), (tu, vous), link, now, old)


def _write(
    session: Session,
    person: Person,
    what: str,
    subject: str,
    words: tuple[Sequence[str], Sequence[str]],
    link: tuple[str, str],
    now: datetime,
    recipient: str = "",
) -> None:
    tu, vous = words
    queue_mail(
        session,
        key=f"account:{person.id}:{what}",
        kind="account",
        recipient=recipient or person.email,
        subject=subject,
        sentences=tu if _is_tu(person) else vous,
        link=link,
        now=now,
        person_id=person.id,
    )


def _not_me() -> tuple[str, str]:
    return "/mot-de-passe-oublie", _("Ce n’est pas moi")


def _is_tu(person: Person) -> bool:
    return person.role is Role.LEARNER
