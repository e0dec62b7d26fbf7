"""Lifecycles as declared tables: the name of a step, from which statuses, to which one, and who may take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from stageplus.domain.actors import Role
from stageplus.domain.errors import Denied, NotPossible

Status = TypeVar("Status", bound=StrEnum)

CLOCK = None
"""Who takes a step that comes with time, not from a person."""


@dataclass(frozen=True)
class Step(Generic[Status]):
    """One step of a lifecycle; `by` lists the roles that take it, with `CLOCK` for timed work."""

    name: str
    sources: frozenset[Status]
    target: Status
    by: frozenset[Role | None]


class Lifecycle(Generic[Status]):
    """The steps of one kind of object, by name."""

    def __init__(self, steps: Iterable[Step[Status]]) -> None:
        self.steps = {step.name: step for step in steps}

    def after(self, name: str, status: Status, role: Role | None) -> Status:
        """Return the status that the step leads to.

        Raises `Denied` when the role never takes this step, `NotPossible` when the status does not allow it.
        """
        step = self.steps[name]
        if role not in step.by:
            raise Denied(name)
        if status not in step.sources:
            raise NotPossible(name, status)
        return step.target

    def possible(self, status: Status, role: Role | None) -> frozenset[str]:
        """Name the steps that the role can take from this status."""
        return frozenset(s.name for s in self.steps.values() if status in s.sources and role in s.by)
