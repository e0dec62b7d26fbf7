"""The mails of a team: invitations, and what changes for somebody."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from stageplus.models import Company, CompanyInvitation, Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _


def invitation(
    session: Session, invited: CompanyInvitation, company: Company, by: Person, path: str, days: int, now: datetime
) -> None:
    """Send the link that lets somebody in."""
    words = [
        _("{person} vous invite à agir pour « {company} » sur Stage+.").format(
            person=f"{by.first_name} {by.last_name}", company=company.name
        ),
        _("Ce lien sert une seule fois, pendant {n} jours. Rien ne se passe avant d’appuyer sur son bouton.").format(
            n=days
        ),
    ]
    link = (path, _("Voir l’invitation"))
    _write(
        session, f"{invited.id}:{path[-12:]}", invited.email, _("Une invitation de votre entreprise"), words, link, now
    )


def another_profile(session: Session, invited: CompanyInvitation, company: Company, now: datetime) -> None:
    """Tell whoever has an account of another profile that the invitation needs another address."""
    words = [
        _(
            "« {company} » a voulu vous inviter, mais cette adresse a déjà un compte d’un autre profil sur Stage+."
        ).format(company=company.name),
        _("Donnez une autre adresse à la personne qui invite."),
    ]
    _write(
        session,
        f"{invited.id}:profile",
        invited.email,
        _("Une invitation pour une autre adresse"),
        words,
        ("/aide", _("Aide")),
        now,
    )


def joined(session: Session, people: Sequence[Person], company: Company, who: Person, now: datetime) -> None:
    """Tell the administrators that somebody has joined."""
    words = [
        _("{person} fait maintenant partie de l’équipe de « {company} ».").format(
            person=f"{who.first_name} {who.last_name}", company=company.name
        )
    ]
    for person in people:
        if person.id != who.id:
            key = f"joined:{company.id}:{who.id}:{person.id}:{now.isoformat()}"
            _write(session, key, person.email, _("Une personne a rejoint votre équipe"), words, _TEAM, now)


def changed(session: Session, person: Person, company: Company, now: datetime) -> None:
    """Tell somebody that what they may do for the company has changed."""
    words = [_("Votre rôle dans l’équipe de « {company} » a changé.").format(company=company.name)]
    key = f"changed:{company.id}:{person.id}:{now.isoformat()}"
    _write(session, key, person.email, _("Votre rôle a changé"), words, _TEAM, now)


def removed(session: Session, person: Person, company: Company, now: datetime) -> None:
    """Tell somebody that they no longer act for the company."""
    words = [
        _("Vous n’agissez plus pour « {company} » sur Stage+.").format(company=company.name),
        _("C’est une erreur ? Parlez-en à l’administrateur de l’entreprise."),
    ]
    key = f"removed:{company.id}:{person.id}:{now.isoformat()}"
    _write(session, key, person.email, _("Vous n’êtes plus dans l’équipe"), words, ("/compte", _("Mon compte")), now)


_TEAM = ("/entreprise/equipe", _("Voir l’équipe"))


def _write(
    session: Session, key: str, recipient: str, subject: str, words: Sequence[str], link: tuple[str, str], now: datetime
) -> None:
    queue_mail(
        session,
        key=f"team:{key}"[:120],
        kind="team",
        recipient=recipient,
        subject=subject,
        sentences=words,
        link=link,
        now=now,
    )
