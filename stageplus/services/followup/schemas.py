"""What an operator's staff asks for and reads; never what a learner wrote."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from stageplus.domain.guidance import Situation
from stageplus.domain.introductions import FailureReason
from stageplus.services.inputs import Input, Line
from stageplus.texts import _

Page = Field(default=1, ge=1, le=100_000)


class LearnerSearch(Input):
    """Which learners to list: `text` looks in names, trades and municipalities, in any order of words.

    `contact` keeps to those whom the staff planned to speak to by today, or to nobody yet; `staff` to those whom one
    member looks after, by number, oneself or nobody; `waiting` to those long without a place; `answer` to those whom a
    company owes an answer.
    """

    text: Line = ""
    place: Literal["", "sans", "avec"] = ""
    trade: Line = ""
    year: int = Field(default=0, ge=0, le=99)
    contact: Literal["", "du", "aucun"] = ""
    situation: Situation | Literal["", "aucune"] = ""
    implantation: int = Field(default=0, ge=0, le=999_999_999)
    staff: Annotated[str, StringConstraints(pattern=r"^(moi|personne|[0-9]{1,9})?$")] = ""
    waiting: Literal["", "long", "tres-long"] = ""
    answer: Literal["", "retard"] = ""
    sort: Literal["place", "nom", "attente", "contact"] = "place"
    page: int = Page


ADDRESS = {
    "q": "text",
    "place": "place",
    "metier": "trade",
    "annee": "year",
    "contact": "contact",
    "situation": "situation",
    "implantation": "implantation",
    "suivi": "staff",
    "attente": "waiting",
    "reponse": "answer",
    "tri": "sort",
    "page": "page",
}
"""The address bar's words for the fields of a search of learners, which links and files share."""


class IntroductionSearch(Input):
    """Which page of the introductions to take over, of those taken over, and of those that are settled."""

    waiting: int = Page
    taken: int = Page
    settled: int = Page


class FirstDayInput(Input):
    """The first day, once it has come."""

    day: date


class FailureInput(Input):
    """Why nothing came of an introduction, from the closed list."""

    reason: FailureReason

    @field_validator("reason", mode="before")
    @classmethod
    def _is_chosen(cls, typed: object) -> object:
        if not typed:
            raise ValueError(_("Choisissez un motif dans la liste."))
        return typed


@dataclass(frozen=True)
class IntroductionRow:
    """A mise en relation: whom to bring together, who took it over, and what came of it."""

    introduction_id: int
    learner_id: int
    learner: str
    learner_email: str
    trade: str
    company: str
    establishment: str
    municipality: str
    since: str
    taken_over: str
    taken_by: str
    is_open: bool
    status: str = ""
    outcome: str = ""
    settled: str = ""


@dataclass(frozen=True)
class IntroductionLists:
    """The introductions to take over, oldest first, then those taken over and settled, latest first: a page of each."""

    waiting: list[IntroductionRow] = field(default_factory=list)
    waiting_words: str = ""
    waiting_page: int = 1
    waiting_pages: int = 1
    taken: list[IntroductionRow] = field(default_factory=list)
    taken_words: str = ""
    taken_page: int = 1
    taken_pages: int = 1
    settled: list[IntroductionRow] = field(default_factory=list)
    settled_words: str = ""
    settled_page: int = 1
    settled_pages: int = 1


@dataclass(frozen=True)
class LearnerRow:
    """A learner of the operator; `unreachable` when mail to their address comes back.

    `asks` is the search with which they asked for help; `contact` the day on which the staff planned to speak next;
    `waiting` how long whoever has no place is without one; `staff` who looks after them, by name and by number.
    """

    learner_id: int = 0
    name: str = ""
    trade: str = ""
    year: str = ""
    municipality: str = ""
    applications: str = ""
    has_place: bool = False
    unreachable: bool = False
    asks: str = ""
    unanswered: str = ""
    situation: str = ""
    contact: str = ""
    contact_due: bool = False
    last_there: str = ""
    implantation: str = ""
    waiting: str = ""
    staff: str = ""
    staff_id: str = ""


@dataclass(frozen=True)
class LearnerPage:
    """One page of the operator's learners; `trades` are those that they learn, `years` those that a training has."""

    rows: list[LearnerRow] = field(default_factory=list)
    found_words: str = ""
    all_words: str = ""
    page: int = 1
    pages: int = 1
    trades: list[tuple[str, str]] = field(default_factory=list)
    years: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class DatedStep:
    """A step of an application and its day."""

    words: str
    day: str


@dataclass(frozen=True)
class FollowedApplication:
    """An application of one's learner, with the days of its steps and without what the learner wrote."""

    title: str
    company: str
    municipality: str
    status: str
    status_words: str
    steps: list[DatedStep] = field(default_factory=list)


@dataclass(frozen=True)
class FollowedLearner:
    """One learner with their applications; `ended_words` says since when the enrolment is over."""

    row: LearnerRow = field(default_factory=LearnerRow)
    name: str = ""
    email: str = ""
    place_words: str = ""
    ended_words: str = ""
    reference: str = ""
    days: str = ""
    applications: list[FollowedApplication] = field(default_factory=list)
    introductions: list[IntroductionRow] = field(default_factory=list)
