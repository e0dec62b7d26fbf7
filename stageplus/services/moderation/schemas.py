"""What moderation notices, asks and shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator

from stageplus.domain.moderation import FlagReason, Standing
from stageplus.domain.wording import Concern
from stageplus.services.inputs import Input, ShortWords, cleaned
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _

CONCERN_WORDS = {
    Concern.SEX: _("Choisit selon le sexe"),
    Concern.AGE: _("Choisit selon l’âge"),
    Concern.ORIGIN: _("Choisit selon l’origine"),
    Concern.LOOKS: _("Choisit selon l’apparence"),
    Concern.BELIEF: _("Choisit selon les convictions"),
    Concern.HEALTH: _("Choisit selon la santé"),
    Concern.FAMILY: _("Choisit selon la vie de famille"),
    Concern.UNPAID: _("Travail sans rétribution"),
    Concern.FEES: _("Argent demandé à l’apprenant"),
    Concern.CONTACT: _("Coordonnées hors de Stage+"),
}
FLAG_WORDS = {
    FlagReason.NOT_TRUE: _("Ce n’est pas la réalité du travail"),
    FlagReason.SELECTION: _("Elle exclut des personnes (sexe, âge, origine…)"),
    FlagReason.UNPAID: _("On y travaille sans être payé"),
    FlagReason.FEES: _("On me demande de l’argent"),
    FlagReason.ELSEWHERE: _("On veut me contacter en dehors de Stage+"),
    FlagReason.GONE: _("La place n’existe plus"),
    FlagReason.OTHER: _("Autre chose"),
}
STANDING_WORDS = {
    Standing.ONLINE: _("Laissée en ligne"),
    Standing.CHANGE_ASKED: _("Changement demandé"),
    Standing.TAKEN_OFF: _("Hors ligne"),
}
STEP_WORDS = {
    "wording": _("Publiée avec des mots à examiner"),
    "change": _("Modifiée par l’entreprise"),
    "flag": _("Signalée par un apprenant"),
    "leave": _("Laissée en ligne"),
    "ask": _("Changement demandé à l’entreprise"),
    "take off": _("Mise hors ligne"),
    "lift": _("Remise en ligne"),
}

FREE_TEXTS = (
    "tasks", "first_day", "language", "tutor_first_name", "tutor_function", "transport", "equipment", "risks",
    "accessibility",
)  # fmt: skip
"""The fields of an offer in which anything can be written."""

CompanyWords = Annotated[str, StringConstraints(max_length=1000), BeforeValidator(cleaned)]


@dataclass(frozen=True)
class Remark:
    """A passage of a field that was noticed: why, and what to write instead; `examined` when moderation looks at it."""

    field: str = ""
    concern: str = ""
    words: str = ""
    advice: str = ""
    examined: bool = True


class FlagInput(Input):
    """Why a learner flags an offer; other reasons need a word of explanation."""

    reason: FlagReason
    words: ShortWords = ""

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Self:
        """Read what somebody typed; a form sends nothing for a reason that is not chosen."""
        return super().read({**typed, "reason": typed.get("reason") or ""})

    @field_validator("reason", mode="before")
    @classmethod
    def _is_chosen(cls, typed: object) -> object:
        if not typed:
            raise ValueError(_("Choisis une raison dans la liste."))
        return typed

    @field_validator("words")
    @classmethod
    def _explains_another(cls, words: str, info: ValidationInfo) -> str:
        if info.data.get("reason") is FlagReason.OTHER and not words:
            raise ValueError(_("Explique en quelques mots ce qui ne va pas."))
        return words


@dataclass(frozen=True)
class MyFlag:
    """What a learner sees of their own flag: when it was sent, nothing when there is none."""

    sent: str = ""


Decision = Literal["leave", "ask", "take off", "lift"]


class ModerationInput(Input):
    """What OFFA decides of an offer, and what the company reads; leaving it, or putting it back, may need no words."""

    decision: Decision
    words: CompanyWords = ""

    @field_validator("words")
    @classmethod
    def _says_why(cls, words: str, info: ValidationInfo) -> str:
        if info.data.get("decision") in {"ask", "take off"} and not words:
            raise ValueError(_("Dites à l’entreprise pourquoi, et ce qu’elle peut faire."))
        return words


CaseGroup = Literal["", "demandes", "hors-ligne", "tout"]


class CaseSearch(Input):
    """Which offers moderation lists: those that wait, or by what was decided; and a page of them."""

    group: CaseGroup = ""
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class CaseRow:
    """An offer in the queue: why it is there, since when it waits, what was decided."""

    offer_id: int = 0
    title: str = ""
    company: str = ""
    why: str = ""
    detail: str = ""
    since: str = ""
    standing: str = ""
    standing_words: str = ""
    waits: bool = False


@dataclass(frozen=True)
class CasePage:
    """One page of the queue."""

    rows: list[CaseRow] = field(default_factory=list)
    found_words: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class Piece:
    """A piece of a text, noticed or not; `advice` says why and what to write instead."""

    words: str = ""
    noticed: bool = False
    advice: str = ""


@dataclass(frozen=True)
class TextShown:
    """One field of the offer as the company wrote it, in pieces."""

    label: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class FlagRow:
    """A flag as OFFA sees it."""

    reason: str = ""
    words: str = ""
    by: str = ""
    when: str = ""
    settled: bool = False


@dataclass(frozen=True)
class CaseDetail:
    """Everything OFFA needs to decide."""

    row: CaseRow = field(default_factory=CaseRow)
    establishment: str = ""
    online_words: str = ""
    texts: list[TextShown] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    flags: list[FlagRow] = field(default_factory=list)
    history: list[TimelineStep] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    suggested: str = ""


@dataclass(frozen=True)
class Notice:
    """What its company reads on an offer that moderation asks something of."""

    title: str = ""
    words: str = ""
    taken_off: bool = False
