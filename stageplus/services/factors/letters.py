"""The mails that tell somebody what was done to their second factors, in case somebody else did it."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.models import Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _, ngettext

PAGE = "/compte/second-facteur"


def registered(session: Session, person: Person, what: str, now: datetime) -> None:
    """Tell that a way to prove who one is was added."""
    tu = _("Un moyen de connexion a été ajouté à ton compte Stage+ : {what}.").format(what=what)
    vous = _("Un moyen de connexion a été ajouté à votre compte Stage+ : {what}.").format(what=what)
    _write(session, person, "registered", _("Un moyen de connexion a été ajouté"), (tu, vous), now)


def removed(session: Session, person: Person, what: str, now: datetime) -> None:
    """Tell that one was taken away."""
    tu = _("Un moyen de connexion a été retiré de ton compte Stage+ : {what}.").format(what=what)
    vous = _("Un moyen de connexion a été retiré de votre compte Stage+ : {what}.").format(what=what)
    _write(session, person, "removed", _("Un moyen de connexion a été retiré"), (tu, vous), now)


def codes_renewed(session: Session, person: Person, now: datetime) -> None:
    """Tell that there are new recovery codes."""
    tu = _("Tu as de nouveaux codes de secours pour Stage+. Les anciens ne marchent plus.")
    vous = _("De nouveaux codes de secours ont été créés pour votre compte Stage+. Les anciens ne valent plus rien.")
    _write(session, person, "codes", _("Nouveaux codes de secours"), (tu, vous), now)


def code_used(session: Session, person: Person, left: int, now: datetime) -> None:
    """Tell that a recovery code was used, and how many are left."""
    rest = " " + ngettext("Il en reste {n}.", "Il en reste {n}.", left).format(n=left)
    tu = _("Un code de secours vient d’ouvrir ton compte Stage+.") + rest
    vous = _("Un code de secours vient d’ouvrir votre compte Stage+.") + rest
    _write(session, person, f"code-{left}", _("Un code de secours a servi"), (tu, vous), now)


def reset(session: Session, person: Person, now: datetime) -> None:
    """Tell that the second step was taken away on demand, and that every session has ended."""
    tu = _(
        "La deuxième étape de ta connexion à Stage+ a été remise à zéro. Tes appareils sont déconnectés : "
        "reconnecte-toi avec ton mot de passe, puis ajoute un nouveau moyen."
    )
    vous = _(
        "La deuxième étape de votre connexion à Stage+ a été remise à zéro. Vos appareils sont déconnectés : "
        "reconnectez-vous avec votre mot de passe, puis ajoutez un nouveau moyen."
    )
    _write(session, person, "reset", _("La deuxième étape de connexion est remise à zéro"), (tu, vous), now)


def _write(session: Session, person: Person, what: str, subject: str, words: tuple[str, str], now: datetime) -> None:
    is_learner = person.role is Role.LEARNER
    doubt = (
        _("Ce n’est pas toi ? Change tout de suite ton mot de passe et préviens ton opérateur.")
        if is_learner
        else _("Ce n’est pas vous ? Changez tout de suite votre mot de passe et prévenez OFFA.")
    )
    queue_mail(
        session,
        key=f"factor:{person.id}:{what}:{now.timestamp()}",
        kind="account",
        recipient=person.email,
        subject=subject,
        sentences=[words[0] if is_learner else words[1], doubt],
        link=(PAGE, _("Voir les moyens de connexion")),
        now=now,
    )
