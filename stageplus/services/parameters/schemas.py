"""What OFFA types and reads of dated parameters and of the weights of ranking."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from stageplus.services.inputs import FilledLine, Input, Line, cleaned
from stageplus.services.reference.schemas import ChangeRow, Why

Typed = Annotated[str, StringConstraints(min_length=1, max_length=20), BeforeValidator(cleaned)]


class TryInput(Input):
    """A value to look at before it is saved."""

    value: Typed


class ValueInput(Input):
    """A value of a parameter, the day it counts from, and why."""

    value: Typed
    effective_from: date
    why: Why


class SampleInput(Input):
    """A search whose first results are compared before and after."""

    text: Line = ""
    place: FilledLine


class WeightsInput(Input):
    """The weights of ranking from a day on, and why; each as it was typed, checked with its own range."""

    typed: dict[str, str]
    effective_from: date
    why: Why


@dataclass(frozen=True)
class ValueRow:
    """One value of a parameter: from when, how it stands, who set it; `day` names one that can still be removed."""

    value: str = ""
    since: str = ""
    standing: str = ""
    source: str = ""
    day: str = ""


@dataclass(frozen=True)
class ParameterRow:
    """A parameter in the list: what it is called and governs, the value in force and the next one."""

    name: str = ""
    label: str = ""
    governs: str = ""
    value: str = ""
    planned: str = ""
    is_tried: bool = False


@dataclass(frozen=True)
class ParameterFamily:
    """Parameters that belong together."""

    title: str = ""
    rows: list[ParameterRow] = field(default_factory=list)


@dataclass(frozen=True)
class Effect:
    """What a value would do: a sentence and what it would be before and after; `computed` from the live data."""

    what: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Trial:
    """A value that is tried: its words, and its effects; without any, what it governs is said instead."""

    value: str = ""
    effects: list[Effect] = field(default_factory=list)
    governs: str = ""


@dataclass(frozen=True)
class ParameterDetail:
    """A parameter with its values past, present and planned, and what changed by whom."""

    row: ParameterRow = field(default_factory=ParameterRow)
    typed: str = ""
    allowed: str = ""
    earliest: str = ""
    dated: list[ValueRow] = field(default_factory=list)
    history: list[ChangeRow] = field(default_factory=list)


@dataclass(frozen=True)
class WeightRow:
    """A weight to type: its value in force, and the planned one."""

    name: str = ""
    label: str = ""
    governs: str = ""
    typed: str = ""
    unit: str = ""
    planned: str = ""


@dataclass(frozen=True)
class WeightsDesk:
    """The weights of ranking, their planned values and their history."""

    rows: list[WeightRow] = field(default_factory=list)
    earliest: str = ""
    planned: list[ValueRow] = field(default_factory=list)
    history: list[ChangeRow] = field(default_factory=list)


@dataclass(frozen=True)
class RankedRow:
    """An offer of the sample at its place; `moved` says how it moved, `tone` whether up, down or not."""

    place: int = 0
    title: str = ""
    where: str = ""
    points: str = ""
    moved: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Comparison:
    """The first results of a sample search with the weights in force and with those that were typed."""

    words: str = ""
    before: list[RankedRow] = field(default_factory=list)
    after: list[RankedRow] = field(default_factory=list)
