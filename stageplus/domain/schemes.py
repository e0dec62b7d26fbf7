"""Whom a dispositif is for: an age window, with the exception of whoever has two years of secondary school."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from stageplus.domain.reference import decimal_of, plain_decimal

MOST_LEVELS, WHOLE = 5, 100


@dataclass(frozen=True)
class Ages:
    """An age window in years: from `least`, or `with_two_years` of secondary school; the contract begins before `most`.

    Source: AGW of 16 July 2015 on the contrat d'alternance, for the window that is shipped.
    """

    least: int
    with_two_years: int
    most: int

    def hold(self, birth_date: date, today: date) -> bool:
        """Say whether somebody may be enrolled at all, the schooling not being known."""
        return self.with_two_years <= age_on(birth_date, today) <= self.most

    def may_hold(self, birth_year: int, year: int, *, no_limit: bool = False) -> bool:
        """Say whether somebody of whom only the year of birth is known may fit; some trades have no upper limit."""
        eldest, youngest = year - birth_year, year - birth_year - 1
        return eldest >= self.with_two_years and (no_limit or youngest < self.most)


def age_on(birth_date: date, day: date) -> int:
    """Return somebody's age in whole years on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def read_rates(typed: str) -> str | None:
    """Read shares of the minimum monthly income, in percent, rising, joined by `|`; nothing when they do not fit.

    No share at all is fine: the dispositif then has no pay rule of its own.
    """
    parts = typed.replace("%", " ").replace(";", " ").replace("|", " ").split()
    rates = [decimal_of(part) for part in parts]
    if any(rate is None or not 0 < rate <= WHOLE for rate in rates) or len(rates) > MOST_LEVELS:
        return None
    known = [rate for rate in rates if rate is not None]
    if any(first >= second for first, second in pairwise(known)):
        return None
    return "|".join(plain_decimal(rate) for rate in known)
