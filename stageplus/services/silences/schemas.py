"""What a company reads of its own silence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Silence:
    """How many applications in a row the company left without an answer; `paused` once it publishes nothing more."""

    count: int = 0
    paused: bool = False
    words: str = ""
    rule: str = ""
