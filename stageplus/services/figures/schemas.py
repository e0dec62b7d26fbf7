"""What a company reads of how its offer does: numbers, and nobody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OfferFigures:
    """The figures of an offer; `is_shown` once learners could open it.

    `needs_help` when it ends soon and nobody applied; `told` says when the operators nearby were told, `can_tell` while
    they may be told again.
    """

    is_shown: bool = False
    seen: str = "0"
    kept: str = "0"
    applications: str = "0"
    answered: str = "0"
    needs_help: bool = False
    can_tell: bool = False
    told: str = ""
