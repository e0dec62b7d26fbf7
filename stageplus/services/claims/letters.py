"""The mails of a claim: to the person, to whoever decides, to the company’s administrators."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, select

from stageplus.domain.actors import Role
from stageplus.models import CompanyClaim, Establishment, Person
from stageplus.services.claims.schemas import ClaimInput
from stageplus.services.claims.scope import deciders_of, staff_of
from stageplus.services.claims.wording import reason_words
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.numbers import shown
from stageplus.services.teams.queries import administrators_of
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

MINE = "/entreprise/demande"
HOW_TO = "/inscription/agrement"
TO_DECIDE = "claim-to-decide"


def confirm(session: Session, claim: CompanyClaim, path: str, hours: int, now: datetime) -> None:
    """Send the link that confirms the address and makes the claim a real one."""
    words = [
        _("Vous demandez à agir pour « {company} » sur Stage+.").format(company=claim.company_name),
        _(
            "Ce lien confirme votre adresse et vous fait choisir un mot de passe. Il sert une fois, pendant {n} heures."
        ).format(n=hours),
        _("Ce n’est pas vous ? Ne faites rien : sans ce lien, rien ne se passe."),
    ]
    link = (path, _("Confirmer mon adresse"))
    _write(session, f"confirm-{path[-12:]}", claim.email, _("Confirmez votre adresse"), words, link, now)


def another_door(session: Session, data: ClaimInput, role: Role, now: datetime) -> None:
    """Tell whoever has an account of another kind that this form is not theirs, and which door is."""
    if role is Role.LEARNER:
        words = [
            _("Quelqu’un a donné ton adresse dans le formulaire des entreprises de Stage+."),
            _("Ton compte est celui d’un apprenant : connecte-toi. Un nouveau code ? Il s’utilise une fois connecté."),
        ]
        link = ("/connexion", _("Se connecter"))
        subject = _("Ta porte d’entrée sur Stage+ est ailleurs")
    else:
        words = [
            _("Quelqu’un, sans doute vous, a donné votre adresse dans le formulaire des entreprises de Stage+."),
            _("Cette adresse a déjà un compte : connectez-vous, puis ajoutez l’établissement à vos demandes d’accès.")
            if role is Role.COMPANY
            else _("Cette adresse a déjà un compte d’un autre profil : pour une entreprise, prenez une autre adresse."),
        ]
        link, subject = (f"/connexion?suite={MINE}", _("Se connecter")), _("Cette adresse a déjà un compte sur Stage+")
    _write(session, f"door:{data.email}:{day_in_brussels(now)}", data.email, subject, words, link, now)


def arrived(session: Session, claim: CompanyClaim, establishment: Establishment | None, now: datetime) -> None:
    """Tell whoever decides that a claim waits, and the administrators of a company that is represented already."""
    words = [
        _("{person} ({function}) demande à agir pour « {company} ».").format(
            person=f"{claim.first_name} {claim.last_name}", function=claim.function, company=claim.company_name
        ),
        _("Une page montre ce qui correspond au registre et ce qui ne correspond pas."),
    ]
    for person in staff_of(session, deciders_of(session, claim)):
        link = (f"/operateur/demandes/{claim.id}", _("Voir la demande"))
        _write(
            session,
            f"{claim.id}:arrived:{person.id}",
            person.email,
            _("Une demande d’accès attend"),
            words,
            link,
            now,
            kind=TO_DECIDE,
        )
    if establishment is None:
        return
    for person in administrators_of(session, establishment.company_id):
        told = [words[0], _("Un opérateur vérifie. Si vous ne connaissez pas cette personne, dites-le-lui vite.")]
        link = ("/entreprise/equipe", _("Voir mon équipe"))
        subject = _("Quelqu’un demande à agir pour votre entreprise")
        _write(session, f"{claim.id}:administrator:{person.id}", person.email, subject, told, link, now)


def received(session: Session, claim: CompanyClaim, is_registered: bool, now: datetime) -> None:
    """Tell the person what happens next, or how to ask for an agrément when none is recorded."""
    if is_registered:
        words = [
            _("Votre demande pour « {company} » est arrivée. Un opérateur la vérifie.").format(
                company=claim.company_name
            ),
            _("Vous pouvez déjà préparer vos offres : elles seront publiables dès la validation."),
        ]
        link = (MINE, _("Suivre ma demande"))
    else:
        words = [
            _("Aucun agrément n’est noté pour l’unité d’établissement {number}.").format(
                number=shown(claim.establishment_number)
            ),
            _("Une page explique comment le demander, à qui, et en combien de temps."),
            _("Votre demande d’accès reste ouverte en attendant."),
        ]
        link = (HOW_TO, _("Demander un agrément"))
    _write(session, f"{claim.id}:received", claim.email, _("Votre demande d’accès"), words, link, now)


def accepted(session: Session, claim: CompanyClaim, now: datetime) -> None:
    """Tell the person that they are in."""
    words = [
        _("Votre accès pour « {company} » est validé. Vous pouvez publier vos offres.").format(
            company=claim.company_name
        )
    ]
    _write(
        session,
        f"{claim.id}:accepted",
        claim.email,
        _("Votre accès est validé"),
        words,
        ("/entreprise", _("Commencer")),
        now,
    )


def refused(session: Session, claim: CompanyClaim, now: datetime, *, is_final: bool) -> None:
    """Tell the person why, and how to contest unless OFFA itself has decided."""
    words = [
        _("Votre demande pour « {company} » est refusée.").format(company=claim.company_name),
        _("Raison : {reason}").format(reason=reason_words(claim)),
        _("OFFA a confirmé ce refus. Une nouvelle demande reste possible si la situation change.")
        if is_final
        else _("Vous n’êtes pas d’accord ? Expliquez pourquoi : OFFA examinera votre demande."),
    ]
    link = (MINE, _("Voir ma demande") if is_final else _("Contester"))
    key = f"{claim.id}:{'closed' if is_final else 'refused'}"
    _write(session, key, claim.email, _("Votre demande d’accès est refusée"), words, link, now)


def contested(session: Session, claim: CompanyClaim, now: datetime) -> None:
    """Tell OFFA that somebody contests a refusal."""
    words = [
        _("{person} conteste le refus de sa demande pour « {company} ».").format(
            person=f"{claim.first_name} {claim.last_name}", company=claim.company_name
        )
    ]
    link = (f"/offa/demandes/{claim.id}", _("Voir la demande"))
    for person in _offa(session):
        key, subject = f"{claim.id}:contested:{person.id}", _("Un refus est contesté")
        _write(session, key, person.email, subject, words, link, now, kind=TO_DECIDE)


def _offa(session: Session) -> Iterable[Person]:
    return session.exec(select(Person).where(Person.role == Role.OFFA))


def _write(
    session: Session,
    key: str,
    recipient: str,
    subject: str,
    words: Sequence[str],
    link: tuple[str, str],
    now: datetime,
    *,
    kind: str = "claim",
) -> None:
    queue_mail(
        session,
        key=f"claim:{key}"[:120],
        kind=kind,
        recipient=recipient,
        subject=subject,
        sentences=words,
        link=link,
        now=now,
    )
