"""The mails about somebody's own account."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.models import Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _, ngettext


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
    link = ("/mot-de-passe-oublie", _("Ce n’est pas moi"))
    subject = _("Ton mot de passe a changé") if _is_tu(person) else _("Votre mot de passe a changé")
    _write(session, person, f"password-{now.isoformat()}", subject, (tu, vous), link, now)


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
    )


def _is_tu(person: Person) -> bool:
    return person.role is Role.LEARNER
