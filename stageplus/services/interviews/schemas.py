"""What interviews take and return; every text is ready to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator

from stageplus.domain.errors import InvalidInput
from stageplus.domain.interviews import InterviewKind
from stageplus.services.inputs import Input, Line, Words, cleaned
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS

FILE, FEED = "/entretiens/{number:int}.ics", "/agenda/{token}.ics"
"""Where the calendar file of one interview is, and a calendar that somebody's own software follows."""
MOST_ROWS = 9
"""Rows of a form that are read, whatever the parameters allow."""
MOST_WHY = 300
NO_SUCH_MOMENT = _("Cette date ou cette heure n’existe pas.")
TO_FILL = _("Ce champ est à compléter.")

Why = Annotated[str, StringConstraints(max_length=MOST_WHY), BeforeValidator(cleaned)]
FilledWhy = Annotated[str, StringConstraints(min_length=1, max_length=MOST_WHY), BeforeValidator(cleaned)]


class Offered(NamedTuple):
    """A moment that somebody typed, and the field that a fault of it is told beside."""

    field: str
    at: datetime


class TimesInput(Input):
    """Moments that one side offers, from rows « day » and « at » of which the first one is asked for; and why."""

    moments: tuple[Offered, ...]
    why: Why = ""

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Self:
        """Read what somebody typed; raises `InvalidInput` with one French message per field."""
        moments, wrong = moments_of(typed)
        try:
            found = super().read({**typed, "moments": moments})
        except InvalidInput as refusal:
            raise InvalidInput(wrong | refusal.fields) from refusal
        if wrong:
            raise InvalidInput(wrong)
        return found


class InterviewInput(TimesInput):
    """An interview that a company proposes: moments of Brussels, on site or by telephone, where, and a message."""

    kind: InterviewKind = InterviewKind.ON_SITE
    place: Line = Field(default="", validate_default=True)
    message: Words = ""

    @field_validator("place")
    @classmethod
    def _says_where(cls, place: str, found: ValidationInfo) -> str:
        if not place and found.data.get("kind") is not InterviewKind.PHONE:
            raise ValueError(TO_FILL)
        return place


class CancelInput(Input):
    """Why an interview is cancelled, in a few words that the other side reads."""

    why: FilledWhy


def file_path(application_id: int) -> str:
    """Return where the calendar file of an application's interview is."""
    return FILE.replace("{number:int}", str(application_id))


def rows_of(most: int) -> list[str]:
    """Name the rows of a form beyond the first one."""
    return [str(number) for number in range(2, min(most, MOST_ROWS) + 1)]


def moments_of(typed: Mapping[str, Any]) -> tuple[tuple[Offered, ...], dict[str, str]]:
    """Read the rows that are not empty, and say what is wrong with any of their fields."""
    found: dict[datetime, Offered] = {}
    wrong: dict[str, str] = {}
    for ending in ("", *(f"_{number}" for number in rows_of(MOST_ROWS))):
        day, at = (str(typed.get(f"{name}{ending}") or "").strip() for name in ("day", "at"))
        if not (day or at or not ending):
            continue
        faults = _faults(day, at, ending)
        wrong |= faults
        if not faults:
            moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), BRUSSELS)
            found.setdefault(moment, Offered(f"day{ending}", moment))
    return tuple(sorted(found.values(), key=lambda offered: offered.at)), wrong


def _faults(day: str, at: str, ending: str) -> dict[str, str]:
    faults = {}
    for name, text, shape in (("day", day, date), ("at", at, time)):
        if not text or not _is(shape, text):
            faults[f"{name}{ending}"] = NO_SUCH_MOMENT if text else TO_FILL
    if not faults and not _is_on_the_clock(day, at):
        faults[f"at{ending}"] = NO_SUCH_MOMENT
    return faults


def _is(shape: type[date] | type[time], text: str) -> bool:
    try:
        read = shape.fromisoformat(text)
    except ValueError:
        return False
    return not (isinstance(read, time) and read.tzinfo)


def _is_on_the_clock(day: str, at: str) -> bool:
    """Say whether clocks of Brussels show this hour that day: one hour of March is skipped."""
    here = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), BRUSSELS)
    try:
        there = datetime.fromtimestamp(here.timestamp(), BRUSSELS)
    except (OverflowError, ValueError):
        return False
    return there.replace(tzinfo=None) == here.replace(tzinfo=None)


@dataclass(frozen=True)
class SlotRow:
    """A moment that one may take; `warning` says what speaks against it, and blocks nothing."""

    slot_id: int = 0
    words: str = ""
    warning: str = ""


@dataclass(frozen=True)
class InterviewView:
    """An interview as one of its sides sees it, with what it may do now; `state` is empty when there is none.

    `more_rows` numbers the further moments that its form may offer.
    """

    state: str = ""
    state_words: str = ""
    headline: str = ""
    when: str = ""
    kind: str = ""
    place: str = ""
    words: str = ""
    why: str = ""
    warning: str = ""
    slots: list[SlotRow] = field(default_factory=list)
    my_turn: bool = False
    can_move: bool = False
    can_cancel: bool = False
    needs_why: bool = False
    file: str = ""
    more_rows: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class AgendaEntry:
    """A coming interview of a company, or one whose moment is still open."""

    application_id: int = 0
    hour: str = ""
    person: str = ""
    title: str = ""
    establishment: str = ""
    where: str = ""
    turn: str = ""
    my_turn: bool = False
    overlaps: str = ""
    file: str = ""


@dataclass(frozen=True)
class AgendaDay:
    """The interviews of one day."""

    day: str = ""
    meetings: list[AgendaEntry] = field(default_factory=list)


@dataclass(frozen=True)
class Agenda:
    """The coming interviews of a company by day, those still open, and since when one follows them from elsewhere."""

    days: list[AgendaDay] = field(default_factory=list)
    open: list[AgendaEntry] = field(default_factory=list)
    followed_since: str = ""


@dataclass(frozen=True)
class FeedAddress:
    """The secret address of a calendar, shown once; kept nowhere but as a digest."""

    https: str = ""
    webcal: str = ""


@dataclass(frozen=True)
class CalendarFile:
    """A calendar in iCalendar's own text, and the method it asks for."""

    content: str
    method: str
