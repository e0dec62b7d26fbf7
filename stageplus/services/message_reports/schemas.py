"""What reports of messages take and return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator

from stageplus.domain.conversations import MessageConcern, MessageStanding
from stageplus.services.conversations.schemas import MessageRow
from stageplus.services.inputs import Input, ShortWords, cleaned
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _

CONCERNS = {
    MessageConcern.INSULT: _("Insultes ou menaces"),
    MessageConcern.PRIVATE: _("Propos trop intimes ou insistants"),
    MessageConcern.SELECTION: _("Propos qui rabaissent (sexe, âge, origine…)"),
    MessageConcern.FEES: _("On demande de l’argent"),
    MessageConcern.ELSEWHERE: _("On insiste pour parler en dehors de Stage+"),
    MessageConcern.OTHER: _("Autre chose"),
}
STANDINGS = {
    MessageStanding.VISIBLE: _("Laissé visible"),
    MessageStanding.HIDDEN: _("Masqué"),
    MessageStanding.CLOSED: _("Conversation fermée"),
}
DECISIONS = {
    "leave": _("Laissé visible"),
    "hide": _("Message masqué"),
    "close": _("Message masqué et conversation fermée"),
    "lift": _("Message de nouveau visible"),
}
AuthorWords = Annotated[str, StringConstraints(max_length=1000), BeforeValidator(cleaned)]


class MessageReportInput(Input):
    """Why somebody reports a message; other reasons need a word of explanation."""

    concern: MessageConcern
    details: ShortWords = Field(default="", validate_default=True)

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Self:
        """Read what somebody typed; a form sends nothing for a reason that is not chosen."""
        return super().read({**typed, "concern": typed.get("concern") or ""})

    @field_validator("concern", mode="before")
    @classmethod
    def _is_chosen(cls, typed: object) -> object:
        if not typed:
            raise ValueError(_("Une raison de la liste est attendue ici."))
        return typed

    @field_validator("details")
    @classmethod
    def _explains_another(cls, details: str, info: ValidationInfo) -> str:
        if info.data.get("concern") is MessageConcern.OTHER and not details:
            raise ValueError(_("Quelques mots sont attendus ici : qu’est-ce qui ne va pas ?"))
        return details


class MessageDecisionInput(Input):
    """What OFFA decides of a message, and what its author reads; leaving it, or showing it again, needs no words."""

    decision: Literal["leave", "hide", "close", "lift"]
    words: AuthorWords = Field(default="", validate_default=True)

    @field_validator("words")
    @classmethod
    def _says_why(cls, words: str, info: ValidationInfo) -> str:
        if info.data.get("decision") in {"hide", "close"} and not words:
            raise ValueError(_("Dites à la personne qui l’a écrit pourquoi."))
        return words


ReportGroup = Literal["", "masques", "tout"]


class ReportSearch(Input):
    """Which reported messages OFFA lists: those that wait, those hidden, or all; and a page of them."""

    group: ReportGroup = ""
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class ReportedRow:
    """A reported message in the queue: who wrote it, why it is there, since when, what was decided."""

    message_id: int = 0
    author: str = ""
    about: str = ""
    why: str = ""
    since: str = ""
    standing: str = ""
    standing_words: str = ""
    waits: bool = False


@dataclass(frozen=True)
class ReportedPage:
    """One page of the queue."""

    rows: list[ReportedRow] = field(default_factory=list)
    found_words: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class ReportRow:
    """A report as OFFA sees it."""

    reason: str = ""
    words: str = ""
    by: str = ""
    when: str = ""


@dataclass(frozen=True)
class ReportedMessage:
    """What OFFA needs to decide: the message among the few around it, in order, and the reports."""

    row: ReportedRow = field(default_factory=ReportedRow)
    around: list[MessageRow] = field(default_factory=list)
    reports: list[ReportRow] = field(default_factory=list)
    history: list[TimelineStep] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
