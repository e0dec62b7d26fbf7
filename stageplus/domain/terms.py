"""Terms of a year, for reports: three calendar months, named as 2026-T4 (our own rule)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"(20\d{2})-T([1-4])")


@dataclass(frozen=True, order=True)
class Term:
    """A quarter of a calendar year, the first from January to March."""

    year: int
    quarter: int

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Term":
        """Return the one after."""
        return Term(self.year + self.quarter // 4, self.quarter % 4 + 1)

    @property
    def code(self) -> str:
        """Write it as addresses do."""
        return f"{self.year}-T{self.quarter}"


def term_of(day: date) -> Term:
    """Return the term that a day is in."""
    return Term(day.year, (day.month + 2) // 3)


def read_term(code: str) -> Term | None:
    """Read `2026-T4`; nothing when it is no term."""
    found = _WRITTEN.fullmatch(code)
    return Term(int(found[1]), int(found[2])) if found else None


def latest_terms(day: date, count: int) -> list[Term]:
    """List so many terms up to the one that a day is in, the latest first."""
    found = [term_of(day)]
    while len(found) < count:
        found.append(term_of(found[-1].first - timedelta(days=1)))
    return found
