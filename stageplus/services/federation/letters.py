"""The mails that tell somebody that their account is linked to an identity provider, or no longer."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.models import Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _

PAGE = "/compte"


def linked(session: Session, person: Person, provider: str, now: datetime) -> None:
    """Tell that the provider opens the account from now on."""
    tu = _("Ton compte Stage+ s’ouvre désormais aussi avec {provider}.").format(provider=provider)
    vous = _("Votre compte Stage+ s’ouvre désormais aussi avec {provider}.").format(provider=provider)
    subject = _("Connexion par {provider} ajoutée").format(provider=provider)
    _write(session, person, "linked", subject, (tu, vous), now)


def unlinked(session: Session, person: Person, provider: str, now: datetime) -> None:
    """Tell that it no longer does."""
    tu = _("Ton compte Stage+ ne s’ouvre plus avec {provider}.").format(provider=provider)
    vous = _("Votre compte Stage+ ne s’ouvre plus avec {provider}.").format(provider=provider)
    subject = _("Connexion par {provider} retirée").format(provider=provider)
    _write(session, person, "unlinked", subject, (tu, vous), now)


def _write(session: Session, person: Person, what: str, subject: str, words: tuple[str, str], now: datetime) -> None:
    is_learner = person.role is Role.LEARNER
    doubt = (
        _("Ce n’est pas toi ? Retire cette connexion dans ton compte, puis change tout de suite ton mot de passe.")
        if is_learner
        else _(
            "Ce n’est pas vous ? Retirez cette connexion dans votre compte, puis changez tout de suite le mot de passe."
        )
    )
    queue_mail(
        session,
        key=f"federation:{person.id}:{what}:{now.timestamp()}",
        kind="account",
        recipient=person.email,
        subject=subject,
        sentences=[words[0] if is_learner else words[1], doubt],
        link=(PAGE, _("Voir mon compte")),
        now=now,
    )
