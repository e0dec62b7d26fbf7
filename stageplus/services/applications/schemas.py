"""What applications take and return; every text is ready to show."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

import phonenumbers
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, field_validator

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus, RefusalReason
from stageplus.services.documents.schemas import DocumentLine
from stageplus.services.inputs import (
    LONG_TEXT,
    FilledWords,
    FormKey,
    Input,
    Line,
    ShortWords,
    Words,
    cleaned,
)
from stageplus.services.interviews.schemas import InterviewView
from stageplus.services.offers.schemas import OfferCard
from stageplus.services.placements.schemas import NextStep
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _

MOST_MOTIVATION, MOST_EXPERIENCE, MOST_JOURNEY = LONG_TEXT, 1000, 500
STATUS_WORDS = {
    ApplicationStatus.DRAFT: _("Brouillon"),
    ApplicationStatus.SENT: _("Envoyée"),
    ApplicationStatus.SEEN: _("Vue"),
    ApplicationStatus.IN_CONTACT: _("En contact"),
    ApplicationStatus.ACCEPTED: _("Retenue"),
    ApplicationStatus.REFUSED: _("Refusée"),
    ApplicationStatus.WITHDRAWN: _("Retirée"),
    ApplicationStatus.LAPSED: _("Caduque"),
    ApplicationStatus.UNANSWERED: _("Sans réponse"),
    ApplicationStatus.FELL_THROUGH: _("Non aboutie"),
}


REASON_WORDS = {
    RefusalReason.PLACES_TAKEN: _("Les places sont prises"),
    RefusalReason.OTHER_PROFILE: _("Un autre profil correspond mieux à la place"),
    RefusalReason.DAYS_DIFFER: _("Les jours en entreprise ne correspondent pas"),
    RefusalReason.TOO_FAR: _("Le trajet est trop long"),
    RefusalReason.STARTS_LATER: _("La date de début ne convient pas"),
    RefusalReason.NO_NEWS: _("Nous n’avons pas réussi à nous joindre"),
    RefusalReason.OFFER_ENDED: _("L’entreprise ne cherche plus personne pour cette place"),
    RefusalReason.OTHER: _("Autre raison"),
}


def _belgian_number(typed: str) -> str:
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(typed, "BE")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError(_("Ce numéro de téléphone n’existe pas. Exemple : 0470 12 34 56."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


Phone = Annotated[Line, AfterValidator(_belgian_number)]


def _some_words(typed: str) -> str:
    if not typed:
        raise ValueError(_("Écris ta motivation : deux ou trois phrases suffisent."))
    return typed


Motivation = Annotated[Words, AfterValidator(_some_words)]
Experience = Annotated[str, StringConstraints(max_length=MOST_EXPERIENCE), BeforeValidator(cleaned)]


class ApplicationInput(Input):
    """What a learner writes to apply; only the motivation is asked for."""

    form_key: FormKey
    motivation: Motivation
    experience: Experience = ""
    journey: ShortWords = ""
    phone: Phone = ""


class RefusalInput(Input):
    """A refusal: a reason of the closed list and a polite text that the company may edit."""

    reason: RefusalReason
    words: FilledWords

    @field_validator("reason", mode="before")
    @classmethod
    def _is_chosen(cls, typed: object) -> object:
        if not typed:
            raise ValueError(_("Choisissez un motif dans la liste."))
        return typed


@dataclass(frozen=True)
class Waiting:
    """Somebody who still waits for a company's last word on an offer; `since` says it in words."""

    application_id: int = 0
    person: str = ""
    status_words: str = ""
    since: str = ""


InboxGroup = Literal["", "a-repondre", "en-contact", "retenues", "terminees"]


class InboxSearch(Input):
    """Which applications a company lists: of one offer or all (0), a group of states, and a page of them."""

    offer: int = Field(default=0, ge=0, le=999_999_999)
    group: InboxGroup = ""
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class ApplicationReceipt:
    """What a learner reads after sending: what happens next and by when."""

    application_id: int = 0
    next_words: str = ""
    due_words: str = ""


@dataclass(frozen=True)
class ApplicationCard:
    """An application in its learner's list."""

    application_id: int = 0
    offer_id: int = 0
    title: str = ""
    company: str = ""
    municipality: str = ""
    status: str = ""
    status_words: str = ""
    sent: str = ""
    next_words: str = ""
    is_live: bool = False
    is_accepted: bool = False


@dataclass(frozen=True)
class ApplicationDetail:
    """An application as its learner sees it.

    `others` are the live ones to withdraw once one is accepted; `similar` are open offers in place of one that ended.
    """

    card: ApplicationCard = field(default_factory=ApplicationCard)
    motivation: str = ""
    experience: str = ""
    journey: str = ""
    cv: DocumentLine = field(default_factory=DocumentLine)
    timeline: list[TimelineStep] = field(default_factory=list)
    interview: InterviewView = field(default_factory=InterviewView)
    company_words: str = ""
    refusal_words: str = ""
    can_withdraw: bool = False
    can_nudge: bool = False
    nudge_words: str = ""
    next_steps: list[NextStep] = field(default_factory=list)
    others: list[ApplicationCard] = field(default_factory=list)
    similar: list[OfferCard] = field(default_factory=list)


@dataclass(frozen=True)
class InboxRow:
    """An application in its company's list; `suspended` when nobody can answer it, as the learner's account is.

    `unread` says how many messages of the learner nobody of the company has read.
    """

    application_id: int = 0
    person: str = ""
    title: str = ""
    establishment: str = ""
    status: str = ""
    status_words: str = ""
    received: str = ""
    waiting_words: str = ""
    urgent: bool = False
    suspended: bool = False
    days_words: str = ""
    holder: str = ""
    unread: str = ""


@dataclass(frozen=True)
class InboxPage:
    """A page of a company's applications; `offers` are the ones to choose from, as (value, label).

    `several` are those of the page that still need an answer, to choose several at once.
    """

    rows: list[InboxRow] = field(default_factory=list)
    offers: list[tuple[str, str]] = field(default_factory=list)
    several: list[tuple[str, str]] = field(default_factory=list)
    to_answer: int = 0
    total: int = 0
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class InboxDetail:
    """An application as its company sees it, with what it may do now; the birth year stays with the operator."""

    row: InboxRow = field(default_factory=InboxRow)
    email: str = ""
    phone: str = ""
    operator: str = ""
    trade: str = ""
    year: str = ""
    days: str = ""
    days_fit: bool = False
    municipality: str = ""
    motivation: str = ""
    experience: str = ""
    journey: str = ""
    cv: DocumentLine = field(default_factory=DocumentLine)
    timeline: list[TimelineStep] = field(default_factory=list)
    interview: InterviewView = field(default_factory=InterviewView)
    company_words: str = ""
    refusal_words: str = ""
    places_words: str = ""
    polite_words: str = ""
    can_contact: bool = False
    can_accept: bool = False
    can_refuse: bool = False
    can_phone: bool = False
    can_promise: bool = False
    can_reconsider: bool = False
    can_hand_over: bool = False
    next_steps: list[NextStep] = field(default_factory=list)
    introduction_words: str = ""


@dataclass(frozen=True)
class Hold:
    """Until when an answer may be taken back; `key` names the press that gave it."""

    key: str
    until: datetime


@dataclass(frozen=True)
class Took:
    """Which step was taken, by whom (nobody: the clock) and when; with a `hold`, it may be taken back for a while."""

    step: str
    role: Role | None
    person_id: int | None
    at: datetime
    hold: Hold | None = None
