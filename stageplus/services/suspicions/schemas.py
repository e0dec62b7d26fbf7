"""What OFFA reads of accounts to look at."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SuspectRow:
    """An account to look at, with the reasons, the weightiest first."""

    person_id: int = 0
    name: str = ""
    email: str = ""
    role: str = ""
    points: str = ""
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Suspects:
    """The accounts to look at, those with most points first, and how they are found."""

    rows: list[SuspectRow] = field(default_factory=list)
    found_words: str = ""
    rule_words: str = ""
