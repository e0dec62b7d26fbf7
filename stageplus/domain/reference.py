"""Reference data: what becomes of a trade and of a search that found nothing, and what a parameter may be."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum


class SearchState(StrEnum):
    """What OFFA did with words that led nowhere."""

    WAITING = "à traiter"
    WORD = "ajoutée"
    IGNORED = "ignorée"


class TradeStatus(StrEnum):
    """How sure a trade is: attested by a source, to be validated by OFFA, validated, or no longer proposed."""

    ATTESTED = "attesté"
    TO_VALIDATE = "à valider"
    VALIDATED = "validé"
    ARCHIVED = "archivé"


@dataclass(frozen=True)
class Range:
    """What a parameter of some unit may be: from `least` to `most`, with at most so many decimals."""

    least: Decimal
    most: Decimal
    decimals: int = 0

    def holds(self, value: Decimal) -> bool:
        """Say whether the value lies in the range and is not finer than it may be."""
        exponent = value.normalize().as_tuple().exponent
        finer = isinstance(exponent, int) and -exponent > self.decimals
        return self.least <= value <= self.most and not finer


def _range(least: str, most: str, decimals: int = 0) -> Range:
    return Range(Decimal(least), Decimal(most), decimals)


RANGES = {
    "EUR": _range("1", "10000", 2),
    "percent": _range("0", "100", 2),
    "points": _range("0", "100"),
    "km": _range("1", "200"),
    "yes": _range("0", "1"),
    "hour": _range("0", "23"),
    "minutes": _range("1", "1440"),
    "hours": _range("1", "744"),
    "days": _range("1", "1000"),
    "months": _range("1", "120"),
    "years": _range("1", "20"),
}
COUNT = _range("1", "10000")
"""What counts things: offers, alerts, mails, applications, operators."""
_NARROWER = {
    "fresh_factor_minutes": _range("1", "60"),
    "reset_link_minutes": _range("5", "240"),
    "offer_lifetime_days": _range("7", "365"),
    "cv_most_megabytes": _range("1", "9"),
    "circular_companies_max": _range("1", "500"),
    "interview_slots_max": _range("1", "9"),
    "interview_counter_max": _range("1", "9"),
    "weekly_hours_max": _range("1", "60"),
    "weekly_company_hours_min": _range("1", "60"),
}


def range_of(name: str, unit: str) -> Range:
    """Return what a parameter may be; the security of accounts, the life of offers and forms have narrower bounds."""
    return _NARROWER.get(name) or RANGES.get(unit, COUNT)


def decimal_of(typed: str) -> Decimal | None:
    """Read a number as people write it in French, « 2 111,89 »; nothing when it is not one."""
    try:
        value = Decimal("".join(typed.split()).replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def plain_decimal(value: Decimal) -> str:
    """Write a number as parameters are kept: a point, no exponent, no zeros that say nothing."""
    return f"{value.normalize():f}"
