"""What second factors take and return."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ways:
    """How somebody can prove who they are at this moment; `password` is for whoever has no second factor.

    `again` when the session is open already and the proof is for what comes next.
    """

    password: bool = False
    again: bool = False


@dataclass(frozen=True)
class Proof:
    """What somebody gave: a code, or a password; never shown again."""

    given: str = field(repr=False)
