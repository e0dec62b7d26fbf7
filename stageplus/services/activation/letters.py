"""The mails of activation."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from stageplus.domain.activation import grouped
from stageplus.domain.actors import Role
from stageplus.models import Enrolment, Operator, Person, ReportKind
from stageplus.services.activation.schemas import PAGE
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date

KIND = "activation"


def code(session: Session, enrolment: Enrolment, operator: Operator, code: str, until: datetime, now: datetime) -> None:
    """Send a code to the address of the roster."""
    queue_mail(
        session,
        key=_key("code", code),
        kind=KIND,
        recipient=enrolment.email,
        subject=_("Ton code pour Stage+"),
        sentences=[
            _("Bonjour {name},").format(name=enrolment.first_name),
            _("{operator} t’ouvre Stage+, le site des places en alternance.").format(operator=operator.name),
            _("Ton code : {code}").format(code=grouped(code)),
            _("Il marche une seule fois, jusqu’au {day}. Ne le donne à personne.").format(
                day=long_date(day_in_brussels(until))
            ),
        ],
        link=(f"{PAGE}?code={grouped(code)}", _("Activer mon compte")),
        now=now,
    )


def confirm(session: Session, enrolment: Enrolment, email: str, path: str, known: Person | None, now: datetime) -> None:
    """Send the link that goes on: to a password, to the account that is there, or the reason why it cannot."""
    if known is not None and known.role is not Role.LEARNER:
        return _other_role(session, email, path, now)
    sentences = [
        _("Bonjour {name},").format(name=enrolment.first_name),
        _("Ce lien marche une seule fois, sur n’importe quel appareil."),
        _("Tu n’as rien demandé ? Ne fais rien : sans ce lien, rien ne se passe."),
    ]
    if known is None:
        label = _("Choisir mon mot de passe")
    else:
        label = _("Rattacher mon inscription")
        sentences.insert(1, _("Tu as déjà un compte avec cette adresse : ta nouvelle inscription peut s’y rattacher."))
    queue_mail(
        session,
        key=_key("link", path),
        kind=KIND,
        recipient=email,
        subject=_("Encore une étape pour Stage+"),
        sentences=sentences,
        link=(path, label),
        now=now,
    )
    return None


def welcome(session: Session, person: Person, now: datetime) -> None:
    """Tell that the account is open."""
    queue_mail(
        session,
        key=f"activation:welcome:{person.id}:{now.isoformat()}",
        kind=KIND,
        recipient=person.email,
        subject=_("Bienvenue sur Stage+"),
        sentences=[
            _("Ton compte est prêt. Tu te connectes avec cette adresse et ton mot de passe."),
            _("Ce n’est pas toi ? Réponds à ton opérateur : il peut fermer ce compte."),
        ],
        link=("/offres", _("Voir les offres")),
        now=now,
    )


def reported(session: Session, enrolment: Enrolment, kind: ReportKind, staff: Person, now: datetime) -> None:
    """Tell a member of staff that a name or an operator is wrong; the mail holds no name."""
    what = {
        ReportKind.NOT_ME: _("Quelqu’un a reçu un code et dit : « Ce n’est pas moi ». Ce code ne marche plus."),
        ReportKind.MOVED: _("Quelqu’un a reçu un code et dit avoir changé d’opérateur."),
    }
    queue_mail(
        session,
        key=f"activation:report:{enrolment.id}:{kind.value}:{staff.id}:{day_in_brussels(now)}",
        kind="activation-report",
        recipient=staff.email,
        subject=_("Une inscription est à vérifier"),
        sentences=[what[kind], _("Référence : {reference}").format(reference=enrolment.reference)],
        link=(f"/operateur/codes/{enrolment.id}", _("Vérifier l’inscription")),
        now=now,
    )


def _other_role(session: Session, email: str, path: str, now: datetime) -> None:
    queue_mail(
        session,
        key=_key("other", path),
        kind=KIND,
        recipient=email,
        subject=_("Cette adresse sert déjà sur Stage+"),
        sentences=[
            _("Quelqu’un a voulu activer un compte d’apprenant avec votre adresse, qui a déjà un autre compte."),
            _("Si c’était vous : recommencez avec une autre adresse. Sinon, ne faites rien."),
        ],
        link=(PAGE, _("Recommencer")),
        now=now,
    )


def _key(what: str, secret: str) -> str:
    return f"activation:{what}:{sha256(secret.encode()).hexdigest()[:40]}"
