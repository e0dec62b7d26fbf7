"""How an operator's staff shares its learners out, and what it finds on its desk in the morning."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints

from stageplus.domain.guidance import Situation
from stageplus.services.followup.schemas import LearnerRow
from stageplus.services.inputs import Input, identifier

MOST_AT_ONCE = 200
"""Learners changed at once: more than a page lists."""
MYSELF, NOBODY = "moi", "personne"
Tone = Literal["neutral", "warning", "accent"]


def _maybe(typed: Any) -> Any:
    return typed or None


def _numbers(typed: Any) -> list[int]:
    several = typed if isinstance(typed, list | tuple) else [typed]
    return sorted({found for each in several[:MOST_AT_ONCE] if (found := identifier(each))})


class SeveralInput(Input):
    """What changes for several learners: who looks after them, where they stand, when to speak next; the rest stays."""

    learners: Annotated[tuple[int, ...], BeforeValidator(_numbers)] = ()
    staff: Annotated[str, StringConstraints(pattern=r"^(personne|[0-9]{1,9})?$")] = ""
    situation: Annotated[Situation | None, BeforeValidator(_maybe)] = None
    next_contact_on: Annotated[date | None, BeforeValidator(_maybe)] = None


@dataclass(frozen=True)
class Changed:
    """How many learners were changed, and how many were left to whom they had: their implantation is not hers."""

    changed: int = 0
    left: int = 0


@dataclass(frozen=True)
class Choices:
    """What filters and acts let choose from: whom staff looks after, to whom to give a learner, where, since when."""

    staff: list[tuple[str, str]] = field(default_factory=list)
    assignable: list[tuple[str, str]] = field(default_factory=list)
    implantations: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class DeskFigure:
    """A number of the desk, the list that it opens, and what it counts."""

    label: str
    value: str
    href: str
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Desk:
    """What waits for staff, where learners without a place stand, and who has been without one longest."""

    to_do: list[DeskFigure] = field(default_factory=list)
    without: list[DeskFigure] = field(default_factory=list)
    situations: list[DeskFigure] = field(default_factory=list)
    longest: list[LearnerRow] = field(default_factory=list)
