"""Stories in steps, as a line of time draws them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TimelineStep:
    """One step of a story: what, when, more about it, who acted or acts next; `state` is as the component names it."""

    title: str = ""
    when: str = ""
    detail: str = ""
    who: str = ""
    state: str = "done"
