"""What OFFA asks the journal, and reads there."""

from dataclasses import dataclass, field
from datetime import date

from pydantic import Field

from stageplus.services.inputs import Input, Line


class DeedSearch(Input):
    """Which deeds to list: `text` looks in who did it, about whom, and why; the days are of Brussels, included."""

    text: Line = ""
    action: Line = ""
    since: date | None = None
    until: date | None = None
    person: int = Field(default=0, ge=0, le=999_999_999)
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True)
class DeedRow:
    """A deed: when, what, by whom, about whom, and why."""

    when: str = ""
    what: str = ""
    by: str = ""
    about: str = ""
    about_id: int = 0
    detail: str = ""


@dataclass(frozen=True)
class DeedPage:
    """One page of deeds, the latest first, and the kinds of deeds to choose from."""

    rows: list[DeedRow] = field(default_factory=list)
    found_words: str = ""
    page: int = 1
    pages: int = 1
    actions: list[tuple[str, str]] = field(default_factory=list)
