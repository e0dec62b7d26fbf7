"""How what happened is said in one line, and what the groups of letters are called."""

from collections.abc import Callable, Sequence

from stageplus.domain.actors import Role
from stageplus.domain.letters import Group
from stageplus.models import Notice
from stageplus.texts import _, ngettext

MANY: dict[str, tuple[Callable[[int], str], str]] = {
    "application-received": (
        lambda n: ngettext(
            "{n} nouvelle candidature pour « {about} »", "{n} nouvelles candidatures pour « {about} »", n
        ),
        "/entreprise/candidatures",
    ),
    "application-withdrawn": (
        lambda n: ngettext("{n} candidature retirée pour « {about} »", "{n} candidatures retirées pour « {about} »", n),
        "/entreprise/candidatures",
    ),
    "application-reminder": (
        lambda n: ngettext(
            "{n} candidature attend votre réponse pour « {about} »",
            "{n} candidatures attendent votre réponse pour « {about} »",
            n,
        ),
        "/entreprise/candidatures",
    ),
    "introduction": (
        lambda n: ngettext(
            "{n} mise en relation à reprendre : « {about} »", "{n} mises en relation à reprendre : « {about} »", n
        ),
        "/operateur/mises-en-relation",
    ),
}
"""How several letters of a bundle are said together, and where they lead; the others repeat their subject."""

GROUP_WORDS: dict[Group, tuple[str, str]] = {
    Group.ANSWERS: (
        _("Réponses à mes candidatures"),
        _("Candidature envoyée, retenue, refusée, en pause ou restée sans réponse."),
    ),
    Group.INTERVIEWS: (_("Entretiens"), _("Un entretien proposé, son jour, son heure et son lieu.")),
    Group.APPLICATIONS: (_("Nouvelles candidatures"), _("Candidatures reçues, retirées ou mises en pause.")),
    Group.REMINDERS: (_("Rappels"), _("Candidatures sans réponse, offres qui se terminent bientôt.")),
    Group.INTRODUCTIONS: (_("Mises en relation"), _("Une entreprise retient un apprenant : la suite à reprendre.")),
    Group.LEARNERS: (_("Mes apprenants"), _("Demandes d’aide, inscriptions à vérifier.")),
    Group.REGISTERS: (_("Agréments"), _("Désaccords sur un agrément, entreprises où plus personne ne répond.")),
    Group.CLAIMS: (_("Demandes d’accès"), _("Une demande d’accès à décider, un refus contesté.")),
    Group.PLACES: (_("Places près de chez vous"), _("Une place proche qui cherche encore quelqu’un.")),
}
SAFETY_WORDS = _(
    "Connexion, mot de passe, sécurité et accès : pour que personne n’agisse à votre place sans que vous le sachiez."
)
SAFETY_WORDS_TU = _(
    "Connexion, mot de passe, sécurité et accès : pour que personne n’agisse à ta place sans que tu le saches."
)
DECISION_WORDS = _(
    "Décisions sur vos agréments et vos offres : la loi veut que vous en connaissiez le motif sans attendre."
)
ALERT_WORDS = _("Alertes et places suggérées : leur rythme se choisit sur la page « Alertes ».")


def title_of(notices: Sequence[Notice]) -> str:
    """Say in one line what letters of a bundle tell, the latest first."""
    latest, count = notices[0], len(notices)
    if count == 1:
        return latest.subject
    if latest.letter in MANY and latest.words:
        return MANY[latest.letter][0](count).format(n=count, about=latest.words)
    return _("{subject} ({n} fois)").format(subject=latest.subject, n=count)


def words_of(notices: Sequence[Notice]) -> str:
    """Name what letters of a bundle are about, unless their line does."""
    return "" if len(notices) > 1 and notices[0].letter in MANY else notices[0].words


def path_of(notices: Sequence[Notice]) -> str:
    """Return where a bundle leads: to the one thing it is about, or to the list that holds them all."""
    paths = {notice.path for notice in notices}
    return MANY[notices[0].letter][1] if len(paths) > 1 and notices[0].letter in MANY else notices[0].path


def line_of(notices: Sequence[Notice]) -> str:
    """Say a bundle in one line of the daily mail."""
    words = words_of(notices)
    return f"{title_of(notices)} : {words}" if words else title_of(notices)


def always_words(role: Role) -> list[str]:
    """Say which mails leave in any case, and why."""
    if role is Role.LEARNER:
        return [SAFETY_WORDS_TU, ALERT_WORDS]
    return [SAFETY_WORDS, DECISION_WORDS] if role is Role.COMPANY else [SAFETY_WORDS]
