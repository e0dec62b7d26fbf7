"""A lifecycle as a reader sees it: a state diagram (Mermaid) and a table (Markdown), both made from the declaration."""

from collections.abc import Iterable
from typing import Any

from stageplus.domain.transitions import Lifecycle, Step

HEAD = ("step", "from", "to", "who", "when", "guards", "effects")


def state_diagram(life: Lifecycle[Any], statuses: Iterable[Any]) -> str:
    """Draw the steps between statuses as Mermaid does; a step that leaves the status where it is comes back to it."""
    names = list(statuses)
    alias = {status: f"s{number}" for number, status in enumerate(names)}
    lines = [f'    state "{status}" as {alias[status]}' for status in names]
    for step in life.steps.values():
        for source in sorted(step.sources, key=names.index):
            lines.append(f"    {alias[source]} --> {alias[step.target or source]}: {step.name}")
    ends = [status for status in names if not any(status in step.sources for step in life.steps.values())]
    return "\n".join(
        ["stateDiagram-v2", *lines, f"    [*] --> {alias[names[0]]}", *(f"    {alias[end]} --> [*]" for end in ends)]
    )


def step_table(life: Lifecycle[Any], statuses: Iterable[Any]) -> str:
    """List the steps, one a line, with everything that is declared of them."""
    order = list(statuses)
    rows = [HEAD, ("---",) * len(HEAD), *(_cells(step, order) for step in life.steps.values())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(step: Step[Any], order: list[Any]) -> tuple[str, ...]:
    return (
        f"`{step.name}`",
        ", ".join(sorted(step.sources, key=order.index)),
        step.target or "(stays)",
        ", ".join(sorted(role or "clock" for role in step.by)),
        step.when,
        ", ".join(guard.name for guard in step.guards) or "—",
        ", ".join(step.effects) or "—",
    )
