"""What an operator's staff writes about a learner whom it follows, and reads again."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

from stageplus.domain.guidance import Situation
from stageplus.services.inputs import Input, cleaned
from stageplus.texts import _

LONGEST_NOTE = 1000
SITUATION_WORDS = {
    Situation.SEARCHING: _("Cherche de son côté"),
    Situation.NEEDS_HELP: _("A besoin d’aide"),
    Situation.EXPECTS_ANSWER: _("Attend une réponse"),
    Situation.ON_HOLD: _("En pause"),
}


def _maybe(typed: Any) -> Any:
    return typed or None


NoteWords = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NOTE), BeforeValidator(cleaned)]


class NoteInput(Input):
    """A note; the learner may ask to read it."""

    words: NoteWords


class FollowUpInput(Input):
    """Where the search stands, and when to speak next, if that is planned."""

    situation: Situation
    next_contact_on: Annotated[date | None, BeforeValidator(_maybe)] = None


@dataclass(frozen=True)
class NoteRow:
    """A note of a colleague; `mine` when whoever reads it wrote it."""

    note_id: int = 0
    words: str = ""
    by: str = ""
    at: str = ""
    mine: bool = False


@dataclass(frozen=True)
class WaitingAnswer:
    """An application that a company has not answered, and whether it may be nudged now."""

    application_id: int = 0
    title: str = ""
    company: str = ""
    since: str = ""
    nudged: str = ""
    can_nudge: bool = False


@dataclass(frozen=True)
class Guidance:
    """How one learner is followed."""

    learner_id: int = 0
    situation: str = ""
    next_contact_on: str = ""
    planned: str = ""
    place: str = ""
    can_note_place: bool = False
    notes: list[NoteRow] = field(default_factory=list)
    waiting: list[WaitingAnswer] = field(default_factory=list)
    trades: list[tuple[str, str]] = field(default_factory=list)
