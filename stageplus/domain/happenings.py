"""What the story of an application adds to the figures of a day (our own rule: the log of steps is the one truth)."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus


class Measure(StrEnum):
    """What the daily figures count."""

    PUBLISHED = "offres publiées"
    OPENED = "offres consultées"
    SENT = "envoyées"
    SEEN = "vues"
    ANSWERED = "répondues"
    INTRODUCED = "retenues"
    STARTED = "commencées"
    WITHDRAWN = "retirées"
    LAPSED = "caduques"
    UNANSWERED = "sans réponse"
    REFUSED = "refusées"
    FELL_THROUGH = "non abouties"


class Stock(StrEnum):
    """What the figures of a day hold as it was then, not as it happened."""

    PLACES = "places libres"
    LOOKING = "en recherche"


FUNNEL = (Measure.SENT, Measure.SEEN, Measure.ANSWERED, Measure.INTRODUCED, Measure.STARTED)
"""How far an application comes, each counted once, on the day it first comes there."""

ENDINGS = {
    ApplicationStatus.WITHDRAWN: Measure.WITHDRAWN,
    ApplicationStatus.REFUSED: Measure.REFUSED,
    ApplicationStatus.UNANSWERED: Measure.UNANSWERED,
    ApplicationStatus.LAPSED: Measure.LAPSED,
    ApplicationStatus.FELL_THROUGH: Measure.FELL_THROUGH,
}
"""Where an application stands that goes no further: counted when it comes there, taken off if it goes on after all."""

ANSWERS = frozenset({"contact", "phone", "accept", "refuse", "reconsider"})
"""Steps of a company that answer; a promise to answer is none."""

WITHOUT_LOOKING = frozenset({"lapse"})
"""Steps that a company takes on an application without having read it."""

START = "start"
"""The step that an introduction adds to the story of its application, once the operator confirms the first day."""


class Taken(NamedTuple):
    """A step as the log keeps it, on its day in Brussels."""

    step: str
    status: ApplicationStatus
    role: Role | None
    day: date


class Happening(NamedTuple):
    """What a day counts of an application; less than nothing where an end did not last."""

    day: date
    measure: Measure
    times: int = 1


def happenings(story: Iterable[Taken]) -> Iterator[Happening]:
    """Tell what each step of a story, in its order, adds to the figures of its day."""
    reached: set[Measure] = set()
    ending: Measure | None = None
    for taken in story:
        for measure in _reached_by(taken):
            if measure not in reached:
                reached.add(measure)
                yield Happening(taken.day, measure)
        after = ENDINGS.get(taken.status)
        if after is ending:
            continue
        if ending is not None:
            yield Happening(taken.day, ending, -1)
        if after is not None:
            yield Happening(taken.day, after)
        ending = after


def _reached_by(taken: Taken) -> Iterator[Measure]:
    """Tell how far a step brings its application."""
    if taken.step == "send":
        yield Measure.SENT
    if taken.role is Role.COMPANY and taken.step not in WITHOUT_LOOKING:
        yield Measure.SEEN
        if taken.step in ANSWERS:
            yield Measure.ANSWERED
    if taken.status is ApplicationStatus.ACCEPTED:
        yield Measure.INTRODUCED
    if taken.step == START:
        yield Measure.STARTED
