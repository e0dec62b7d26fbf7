"""The month after a day's."""

from datetime import date

import pytest

from stageplus.domain.months import month_after


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 1, 31), date(2026, 2, 1)),
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2026, 4, 30), date(2026, 5, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_month_after_begins_on_its_first(day: date, first: date) -> None:
    assert month_after(day) == first
