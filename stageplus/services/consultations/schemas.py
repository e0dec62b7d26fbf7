"""Who looked at what is kept of a learner."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Looked:
    """A day on which an organization opened something: `what` is empty for the learner's whole sheet."""

    who: str = ""
    what: str = ""
    day: str = ""
