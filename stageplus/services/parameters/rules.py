"""What may be typed for a parameter, from which day on, and which parameters keep an order between them."""

from collections.abc import Mapping
from datetime import date, timedelta

from stageplus.domain.errors import InvalidInput
from stageplus.domain.reference import decimal_of, plain_decimal, range_of
from stageplus.services.parameters.wording import described
from stageplus.texts import _
from stageplus.texts.formats import number

WEIGHTS = (
    "rank_words", "rank_trade", "rank_year", "rank_days", "rank_distance", "rank_freshness", "rank_applications",
    "rank_answers", "rank_half_distance_km", "rank_half_life_days",
)  # fmt: skip
"""The weights of ranking: eight shares of points, then what halves a distance's and an age's."""
FURTHEST = timedelta(days=3653)
ORDERS = (
    ("offer_reminder_days_2", "offer_reminder_days_1"),
    ("offer_reminder_days_1", "offer_lifetime_days"),
    ("answer_reminder_days_1", "answer_reminder_days_2"),
    ("answer_reminder_days_2", "no_answer_after_days"),
    ("without_place_days_1", "without_place_days_2"),
    ("retention_inactive_learner_warning_months", "retention_inactive_learner_months"),
    ("pay_rate_a", "pay_rate_b"),
    ("pay_rate_b", "pay_rate_c"),
    ("weekly_company_hours_min", "weekly_hours_max"),
)
"""Pairs of parameters of which the first stays below the second."""


def allowed_words(name: str, unit: str) -> str:
    """Say which values a parameter may have."""
    allowed = range_of(name, unit)
    words = _("De {least} à {most}, sans décimales.") if not allowed.decimals else _("De {least} à {most}.")
    return words.format(least=number(float(allowed.least)), most=number(float(allowed.most)))


def allowed_value(name: str, unit: str, typed: str) -> str:
    """Read what was typed for a parameter; raises `InvalidInput` with what it may be."""
    value = decimal_of(typed)
    if value is None:
        raise InvalidInput({"value": _("Un nombre est attendu ici.")})
    if not range_of(name, unit).holds(value):
        raise InvalidInput({"value": allowed_words(name, unit)})
    return plain_decimal(value)


def check_day(day: date, today: date) -> None:
    """Refuse a day that is over, or so far that it is a typing error."""
    if day < today:
        raise InvalidInput({"effective_from": _("Cette date est passée : choisissez aujourd’hui ou plus tard.")})
    if day > today + FURTHEST:
        raise InvalidInput({"effective_from": _("Cette date est trop lointaine : dix ans au plus.")})


def check_order(values: Mapping[str, str], name: str) -> None:
    """Refuse a value that would turn round two parameters of which one has to stay below the other."""
    for smaller, larger in ORDERS:
        if name not in (smaller, larger) or not {smaller, larger} <= set(values):
            continue
        if float(values[smaller]) >= float(values[larger]):
            below = _("Doit rester en dessous de « {other} ».").format(other=described(larger).label)
            above = _("Doit dépasser « {other} ».").format(other=described(smaller).label)
            raise InvalidInput({"value": below if name == smaller else above})
