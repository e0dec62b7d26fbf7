"""Lifecycles as declared tables: a step's name, from which statuses, to which one, who, when, guards and effects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from stageplus.domain.actors import Role
from stageplus.domain.errors import Denied, DomainError, NotPossible

Status = TypeVar("Status", bound=StrEnum)

CLOCK = None
"""Who takes a step that comes with time, not from a person."""


@dataclass(frozen=True)
class Guard:
    """A pure condition on the facts around an object, and the refusal that is raised where it does not hold."""

    name: str
    holds: Callable[[Any], bool]
    refusal: type[DomainError]


@dataclass(frozen=True)
class Step(Generic[Status]):
    """One step of a lifecycle; `by` lists the roles that take it, with `CLOCK` for timed work.

    Without a `target` the status stays. `when` says in a few words at which moment, `effects` what comes of it.
    """

    name: str
    sources: frozenset[Status]
    target: Status | None
    by: frozenset[Role | None]
    when: str = ""
    guards: tuple[Guard, ...] = ()
    effects: tuple[str, ...] = ()


class Lifecycle(Generic[Status]):
    """The steps of one kind of object, by name."""

    def __init__(self, steps: Iterable[Step[Status]]) -> None:
        self.steps = {step.name: step for step in steps}

    def after(self, name: str, status: Status, role: Role | None, facts: object = None) -> Status:
        """Return the status that the step leads to.

        Raises `Denied` when the role never takes this step, `NotPossible` when the status does not allow it, and the
        refusal of the first guard that the facts do not satisfy.
        """
        step = self.steps[name]
        if role not in step.by:
            raise Denied(name)
        if status not in step.sources:
            raise NotPossible(name, status)
        for guard in step.guards:
            if not guard.holds(facts):
                raise guard.refusal
        return step.target or status

    def possible(self, status: Status, role: Role | None, facts: object = None) -> frozenset[str]:
        """Name the steps that the role can take from this status; with facts, only where every guard holds."""
        open_to = [step for step in self.steps.values() if status in step.sources and role in step.by]
        return frozenset(s.name for s in open_to if facts is None or all(guard.holds(facts) for guard in s.guards))
