"""The life of an application, from the first word to the introduction."""

from dataclasses import dataclass
from enum import StrEnum

from stageplus.domain.actors import Role
from stageplus.domain.refusals import LearnerSuspended, NoPlaceLeft, NudgedAlready, NudgedTooEarly, OfferOver
from stageplus.domain.transitions import CLOCK, Guard, Lifecycle, Step


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
    FELL_THROUGH = "non aboutie"


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

IN_ANSWER = frozenset({ApplicationStatus.SENT, ApplicationStatus.SEEN})
"""Statuses in which the company's first answer is still in time."""

ANSWERED = frozenset(
    {
        ApplicationStatus.IN_CONTACT,
        ApplicationStatus.ACCEPTED,
        ApplicationStatus.REFUSED,
        ApplicationStatus.FELL_THROUGH,
    }
)
"""Statuses that only an answer of the company leads to."""

FIRST_ANSWERS = ("contact", "phone", "accept", "refuse")
"""Steps by which a company answers for the first time."""


class Effect(StrEnum):
    """What comes of a step, in the same transaction."""

    TELLS_LEARNER = "tells the learner"
    TELLS_COMPANY = "tells the company"
    TELLS_OPERATOR = "tells the operator"
    TAKES_PLACE = "takes a place"
    GIVES_PLACE_BACK = "gives the place back"


@dataclass(frozen=True)
class Facts:
    """What the guards of an application ask about: its learner, its offer, and how long it has waited."""

    learner_is_there: bool = True
    places_left: int = 1
    offer_takes_answers: bool = True
    is_nudged: bool = False
    days_waited: float = 0
    nudge_after_days: float = 0


LEARNER_IS_THERE = Guard("learner is there", lambda facts: facts.learner_is_there, LearnerSuspended)
PLACE_LEFT = Guard("place left", lambda facts: facts.places_left > 0, NoPlaceLeft)
OFFER_ANSWERS = Guard("offer takes answers", lambda facts: facts.offer_takes_answers, OfferOver)
NOT_NUDGED = Guard("not nudged yet", lambda facts: not facts.is_nudged, NudgedAlready)
WAITED = Guard("waited long enough", lambda facts: facts.days_waited >= facts.nudge_after_days, NudgedTooEarly)

_LEARNER, _COMPANY, _TIME = frozenset({Role.LEARNER}), frozenset({Role.COMPANY}), frozenset({CLOCK})
_THERE = (LEARNER_IS_THERE,)
_TOLD = (Effect.TELLS_LEARNER,)
_S = ApplicationStatus

APPLICATION_LIFE: Lifecycle[ApplicationStatus] = Lifecycle(
    [
        Step(
            "send",
            frozenset({_S.DRAFT}),
            _S.SENT,
            _LEARNER,
            "while the offer is open",
            effects=(Effect.TELLS_LEARNER, Effect.TELLS_COMPANY),
        ),
        Step("see", frozenset({_S.SENT}), _S.SEEN, _COMPANY, "when first opened"),
        Step("promise", IN_ANSWER, _S.SEEN, _COMPANY, "before a first answer", _THERE, _TOLD),
        Step("contact", ANSWERABLE, _S.IN_CONTACT, _COMPANY, "any time, late too", _THERE, _TOLD),
        Step("phone", TO_ANSWER, _S.IN_CONTACT, _COMPANY, "any time, late too", _THERE, _TOLD),
        Step(
            "accept",
            ANSWERABLE,
            _S.ACCEPTED,
            _COMPANY,
            "any time, late too",
            (LEARNER_IS_THERE, PLACE_LEFT),
            (Effect.TELLS_LEARNER, Effect.TELLS_OPERATOR, Effect.TAKES_PLACE),
        ),
        Step("refuse", ANSWERABLE, _S.REFUSED, _COMPANY, "any time, late too", _THERE, _TOLD),
        Step(
            "reconsider",
            frozenset({_S.REFUSED}),
            _S.IN_CONTACT,
            _COMPANY,
            "while the offer is there",
            (LEARNER_IS_THERE, OFFER_ANSWERS, PLACE_LEFT),
            _TOLD,
        ),
        Step(
            "nudge",
            IN_ANSWER,
            None,
            _LEARNER,
            "once, after some days",
            (WAITED, NOT_NUDGED),
            (Effect.TELLS_COMPANY,),
        ),
        Step("hand over", ANSWERABLE, None, _COMPANY, "any time, late too", effects=(Effect.TELLS_COMPANY,)),
        Step(
            "move",
            ANSWERABLE,
            None,
            _COMPANY,
            "any time, late too",
            _THERE,
            (Effect.TELLS_LEARNER, Effect.TELLS_COMPANY),
        ),
        Step("withdraw", ANSWERABLE, _S.WITHDRAWN, _LEARNER, "any time before the end", (), (Effect.TELLS_COMPANY,)),
        Step(
            "fall-through",
            frozenset({_S.ACCEPTED}),
            _S.FELL_THROUGH,
            frozenset({Role.OPERATOR}),
            "when nothing came of it",
            (),
            (Effect.TELLS_LEARNER, Effect.TELLS_COMPANY, Effect.GIVES_PLACE_BACK),
        ),
        Step("lapse", ANSWERABLE, _S.LAPSED, _TIME | _COMPANY, "when the offer is gone", (), _TOLD),
        Step("give-up-waiting", LIVE, _S.UNANSWERED, _TIME, "after a month of silence", (), _TOLD),
    ]
)
