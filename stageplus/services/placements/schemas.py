"""Places that learners have: what comes after one was found, and what is typed about it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from stageplus.domain.introductions import FailureReason
from stageplus.services.inputs import FilledWords, Input, Line, identifier
from stageplus.services.numbers import EnterpriseNumber
from stageplus.texts import _


@dataclass(frozen=True)
class NextStep:
    """One thing to do after an introduction, outside Stage+: what, who does it, and how."""

    title: str
    who: str
    how: str


FOR_EVERYBODY = [
    NextStep(
        _("Contrat d’alternance"),
        _("L’opérateur"),
        _("Il prépare le contrat. L’entreprise, l’apprenant et, avant 18 ans, un parent le signent."),
    ),
    NextStep(
        _("Plan de formation"),
        _("L’opérateur et le tuteur"),
        _("Ils le complètent avec l’apprenant ; il est joint au contrat."),
    ),
    NextStep(_("Dimona"), _("L’entreprise"), _("Elle déclare l’entrée en service avant le premier jour de travail.")),
    NextStep(
        _("Visite médicale"),
        _("L’entreprise"),
        _("Elle la demande à son service externe de prévention, avant le premier jour."),
    ),
    NextStep(
        _("Assurance"),
        _("L’entreprise"),
        _("Elle couvre l’apprenant contre les accidents du travail ; l’opérateur vérifie l’attestation."),
    ),
]
"""What comes after an introduction, as companies and operators read it; the learner's list says the same."""
FOR_LEARNERS = [
    NextStep(
        _("Contrat d’alternance"),
        _("Ton opérateur"),
        _("Il prépare le contrat. Tu le signes avec l’entreprise ; avant 18 ans, un parent signe aussi."),
    ),
    NextStep(
        _("Plan de formation"),
        _("Ton opérateur et ton tuteur"),
        _("C’est la liste de ce que tu vas apprendre. Ils la complètent avec toi."),
    ),
    NextStep(_("Dimona"), _("L’entreprise"), _("Elle te déclare avant ton premier jour. Tu n’as rien à faire.")),
    NextStep(
        _("Visite médicale"),
        _("L’entreprise"),
        _("Elle prend le rendez-vous avant ton premier jour. Toi, tu y vas."),
    ),
    NextStep(
        _("Assurance"),
        _("L’entreprise"),
        _("Elle t’assure contre les accidents du travail ; ton opérateur vérifie."),
    ),
]
FAILURE_WORDS = {
    FailureReason.COMPANY: _("L’entreprise a renoncé"),
    FailureReason.LEARNER: _("L’apprenant a renoncé"),
    FailureReason.CONDITIONS: _("Les conditions du contrat ne sont pas remplies"),
    FailureReason.NO_CONTACT: _("L’entreprise et l’apprenant ne se sont pas trouvés"),
    FailureReason.OTHER: _("Autre raison"),
}
GOODBYE = _(
    "Bonjour,\n\nJ’ai trouvé une place et je retire donc ma candidature. Merci pour le temps que vous y avez passé.\n\n"
    "Bonne continuation !"
)
"""Proposed to the learner, who may change it; it names nobody."""


def _numbers(typed: Any) -> list[int]:
    chosen = [typed] if isinstance(typed, str) else typed or []
    return [found for each in chosen[:500] if (found := identifier(each))]


class WithdrawalInput(Input):
    """Which of one's applications to withdraw, and the polite words that each company reads in its mail."""

    applications: Annotated[tuple[int, ...], BeforeValidator(_numbers)] = ()
    words: FilledWords


class FarewellInput(Input):
    """The polite words that every company reads once the learner has found a place elsewhere."""

    words: FilledWords


class OutsidePlaceInput(Input):
    """A place found without Stage+: the company by its name or number, the trade, and the first day."""

    company_name: Line = ""
    enterprise_number: EnterpriseNumber | Literal[""] = ""
    trade: Line = ""
    starts_on: date


@dataclass(frozen=True)
class OwnPlace:
    """Where a learner stands: whether a place is noted and which, and how many applications still wait."""

    has_place: bool = False
    found_elsewhere: bool = False
    words: str = ""
    live: int = 0
