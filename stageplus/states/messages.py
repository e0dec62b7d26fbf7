"""The French sentence for each refusal of the rules."""

from stageplus.domain.errors import AlreadyDone, DomainError, NotPossible
from stageplus.domain.refusals import (
    AccountSuspended,
    AddressTaken,
    AlreadyApplied,
    AlreadyPlaced,
    AlreadyThere,
    AnswersFirst,
    AnswerTold,
    ApplicantsWait,
    ApplicationGone,
    AskedAlready,
    ClaimUnmatched,
    ConversationClosed,
    EnoughApplications,
    LastAdministrator,
    LastFactor,
    LaterImport,
    LearnerSuspended,
    LinkOfAnother,
    LinkSpent,
    NoPlaceLeft,
    NotApproved,
    NotEnrolled,
    NotSuggestable,
    NotValidated,
    NudgedAlready,
    NudgedTooEarly,
    OfferClosed,
    OfferMoved,
    OfferOver,
    SchemeOver,
    StaffNudgedAlready,
    StartIsOver,
    TakenOffLine,
    TooManyAlerts,
    TooManyKept,
    TooManyMessages,
    TooManyThisWeek,
    TooManyTries,
)
from stageplus.texts import _, ngettext
from stageplus.texts.formats import moment_words

MESSAGES: dict[type[DomainError], str] = {
    AlreadyDone: _("C’est déjà fait : rien n’a été changé."),
    NotPossible: _("La situation a changé entre-temps : cette action n’est plus possible. La page est à jour."),
    OfferClosed: _(
        "Cette offre vient de fermer : elle ne prend plus de candidature. Ton texte est gardé sur cet appareil."
    ),
    OfferOver: _("L’offre est pourvue ou fermée depuis : cette réponse ne change plus."),
    EnoughApplications: _(
        "L’entreprise a assez de candidatures pour l’instant : la tienne n’est pas partie. Ton texte est gardé sur cet "
        "appareil, et l’offre peut rouvrir."
    ),
    AlreadyApplied: _("Ta candidature pour cette offre est déjà là. Tu la retrouves dans « Candidatures »."),
    AnswersFirst: _(
        "L’offre est gardée en brouillon. Plusieurs candidatures de suite sont restées sans réponse : "
        "répondez d’abord à l’une d’elles, un mot suffit, puis publiez."
    ),
    AnswerTold: _("La réponse est partie : la personne la lit déjà. Écrivez-lui plutôt."),
    AlreadyThere: _("La personne a aussi postulé là-bas : répondez-lui ici, ou là-bas."),
    NudgedAlready: _("Tu as déjà relancé l’entreprise pour cette candidature : une fois suffit."),
    NudgedTooEarly: _("L’entreprise a encore un peu de temps : tu pourras la relancer bientôt."),
    AlreadyPlaced: _("Une place est déjà notée : rien n’a été changé."),
    AskedAlready: _("Ton message est déjà parti. Laisse à ton opérateur le temps de te répondre."),
    TooManyAlerts: _("Tu as déjà beaucoup d’alertes : supprimes-en une d’abord."),
    TooManyKept: _("Tu as déjà beaucoup de favoris : enlèves-en un d’abord."),
    NotSuggestable: _("Cette offre ne prend plus de candidature pour le moment : rien n’a été envoyé."),
    StaffNudgedAlready: _("Cette entreprise a été relancée il y a peu : laissez-lui le temps de répondre."),
    NoPlaceLeft: _("La dernière place vient d’être prise. Cette candidature n’a pas changé."),
    ApplicantsWait: _(
        "Une candidature vient d’arriver : elle est dans la liste. Relisez, puis choisissez encore le motif."
    ),
    NotApproved: _("Cet établissement n’a pas d’agrément accordé pour ce métier : l’offre reste un brouillon."),
    LastAdministrator: _(
        "Une entreprise garde toujours un administrateur : nommez d’abord une autre personne, ou transmettez ce rôle."
    ),
    ClaimUnmatched: _(
        "Le registre ne connaît pas ces deux numéros ensemble : notez d’abord l’agrément, puis acceptez la demande."
    ),
    NotValidated: _(
        "L’offre est gardée en brouillon : elle pourra être publiée dès que votre demande d’accès sera validée."
    ),
    NotEnrolled: _(
        "Ton inscription chez ton opérateur est terminée : tu gardes ton compte, mais tu ne peux plus postuler. "
        "Ce n’est pas juste ? Parles-en à ton opérateur, il peut la reprendre."
    ),
    LaterImport: _("Un autre fichier a été importé depuis : annulez d’abord le plus récent."),
    LastFactor: _("C’est le seul moyen qui reste, et votre profil doit en avoir un. Ajoutez-en d’abord un autre."),
    LinkSpent: _("Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau."),
    LinkOfAnother: _("Ce lien n’est pas pour le compte ouvert ici, ou n’agit plus pour cette offre : rien n’a changé."),
    ApplicationGone: _("Cette candidature n’attend plus cette réponse : il n’y a plus rien à faire ici."),
    OfferMoved: _("L’offre a changé entre-temps : il n’y a plus rien à faire ici."),
    AccountSuspended: _("Ce compte est suspendu. OFFA peut vous dire pourquoi."),
    LearnerSuspended: _(
        "Le compte de cette personne est suspendu pour le moment : rien n’a été envoyé. Sa candidature est gardée."
    ),
    AddressTaken: _("Cette adresse est entre-temps celle d’un autre compte : rien n’a changé."),
    SchemeOver: _(
        "Le dispositif de cette offre est fermé : plus aucune offre n’y commence. "
        "Publiez-en une dans un autre dispositif."
    ),
    StartIsOver: _("La période de début de cette offre est passée : choisissez d’autres dates, puis renouvelez-la."),
    TakenOffLine: _(
        "OFFA a mis cette offre hors ligne. Changez ce que son message demande : OFFA la relira et pourra la remettre."
    ),
    ConversationClosed: _("Cette conversation est fermée pour le moment : rien n’a été envoyé."),
    DomainError: _("Ce n’est pas possible pour le moment."),
}


def message_of(refusal: DomainError) -> str:
    """Return the sentence of the nearest known class of the refusal."""
    if isinstance(refusal, TooManyTries):
        return wait_words(refusal.minutes)
    if isinstance(refusal, TooManyThisWeek):
        return week_words(refusal)
    if isinstance(refusal, TooManyMessages):
        return pace_words(refusal.minutes)
    return next(MESSAGES[kind] for kind in type(refusal).__mro__ if kind in MESSAGES)


def week_words(refusal: TooManyThisWeek) -> str:
    """Say that somebody has applied enough for a week, from when on it goes on, and that nothing is lost."""
    words = _(
        "Tu as envoyé {n} candidatures en sept jours : bravo, et c’est le maximum. Ton texte est gardé : tu pourras "
        "l’envoyer à partir du {day}. En attendant, suis tes réponses."
    )
    return words.format(n=refusal.most, day=moment_words(refusal.again))


def wait_words(minutes: int) -> str:
    """Say how long to wait after too many tries."""
    if minutes > 120:
        hours = round(minutes / 60)
        return _("Trop d’essais en peu de temps. Un nouvel essai sera possible dans {n} heures.").format(n=hours)
    words = ngettext(
        "Trop d’essais en peu de temps. Un nouvel essai sera possible dans {n} minute.",
        "Trop d’essais en peu de temps. Un nouvel essai sera possible dans {n} minutes.",
        minutes,
    )
    return words.format(n=minutes)


def pace_words(minutes: int) -> str:
    """Say how long to wait after many messages, and that the text is kept."""
    words = ngettext(
        "Beaucoup de messages en une heure. Le prochain pourra partir dans {n} minute : le texte reste ici.",
        "Beaucoup de messages en une heure. Le prochain pourra partir dans {n} minutes : le texte reste ici.",
        minutes,
    )
    return words.format(n=minutes)
