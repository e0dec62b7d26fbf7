"""The life of an application, from the first word to the introduction."""

from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.transitions import CLOCK, Lifecycle, Step


class ApplicationStatus(StrEnum):
    """Where an application stands."""

    DRAFT = "brouillon"
    SENT = "envoyée"
    SEEN = "vue"
    IN_CONTACT = "en contact"
    ACCEPTED = "retenue"
    REFUSED = "refusée"
    WITHDRAWN = "retirée"
    LAPSED = "caduque"
    UNANSWERED = "sans réponse"


class RefusalReason(StrEnum):
    """Why a company refuses; a reason is always asked, none of them speaks of who the person is."""

    PLACES_TAKEN = "places prises"
    OTHER_PROFILE = "autre profil"
    DAYS_DIFFER = "jours"
    TOO_FAR = "trajet"
    STARTS_LATER = "début"
    NO_NEWS = "pas de nouvelles"
    OFFER_ENDED = "offre retirée"
    OTHER = "autre"


LIVE = frozenset({ApplicationStatus.SENT, ApplicationStatus.SEEN, ApplicationStatus.IN_CONTACT})
"""Statuses in which somebody still has to act; a learner has at most one such application per offer."""

TO_ANSWER = frozenset({ApplicationStatus.SENT, ApplicationStatus.SEEN, ApplicationStatus.UNANSWERED})
"""Statuses in which nobody of the company has answered yet; a late answer stays possible."""

ANSWERABLE = LIVE | {ApplicationStatus.UNANSWERED}
"""Statuses in which a company still owes a last word; nothing is closed before it is said."""

HIDDEN_FROM_COMPANY = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN})
"""A company sees a person only after she applied, and no longer once she withdrew."""

APPLICATION_LIFE: Lifecycle[ApplicationStatus] = Lifecycle(
    [
        Step("send", frozenset({ApplicationStatus.DRAFT}), ApplicationStatus.SENT, frozenset({Role.LEARNER})),
        Step("see", frozenset({ApplicationStatus.SENT}), ApplicationStatus.SEEN, frozenset({Role.COMPANY})),
        Step("contact", ANSWERABLE, ApplicationStatus.IN_CONTACT, frozenset({Role.COMPANY})),
        Step("accept", ANSWERABLE, ApplicationStatus.ACCEPTED, frozenset({Role.COMPANY})),
        Step("refuse", ANSWERABLE, ApplicationStatus.REFUSED, frozenset({Role.COMPANY})),
        Step("withdraw", ANSWERABLE, ApplicationStatus.WITHDRAWN, frozenset({Role.LEARNER})),
        Step("lapse", ANSWERABLE, ApplicationStatus.LAPSED, frozenset({CLOCK, Role.COMPANY})),
        Step("give-up-waiting", LIVE, ApplicationStatus.UNANSWERED, frozenset({CLOCK})),
    ]
)
