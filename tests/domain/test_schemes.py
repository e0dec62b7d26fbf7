"""Whom a dispositif is for, to the day and to the year, and the shares of its pay."""

from datetime import date

import pytest

from stageplus.domain.schemes import Ages, age_on, read_rates

SECONDARY, HIGHER = Ages(16, 15, 25), Ages(18, 18, 30)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(2008, 11, 24), 18), (date(2008, 11, 25), 17), (date(2008, 2, 29), 18), (date(2026, 11, 24), 0)],
)
def test_an_age_changes_on_the_birthday(born: date, age: int) -> None:
    assert age_on(born, TODAY) == age


@pytest.mark.parametrize(
    ("born", "secondary", "higher"),
    [
        (date(2011, 11, 24), True, False),
        (date(2011, 11, 25), False, False),
        (date(2001, 11, 24), True, True),
        (date(2000, 11, 24), False, True),
        (date(1996, 11, 24), False, True),
        (date(1995, 11, 24), False, False),
    ],
)
def test_a_birth_date_fits_the_window_or_not(born: date, secondary: bool, higher: bool) -> None:
    assert (SECONDARY.hold(born, TODAY), HIGHER.hold(born, TODAY)) == (secondary, higher)


@pytest.mark.parametrize(
    ("year", "fits"), [(2012, False), (2011, True), (2008, True), (2001, True), (2000, False), (1990, False)]
)
def test_a_year_of_birth_fits_as_long_as_one_of_its_two_ages_does(year: int, fits: bool) -> None:
    assert SECONDARY.may_hold(year, 2026) is fits


def test_a_trade_without_limit_has_none_above() -> None:
    assert SECONDARY.may_hold(1980, 2026, no_limit=True)
    assert not SECONDARY.may_hold(2015, 2026, no_limit=True)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("17 24 32", "17|24|32"),
        ("17 %; 24,5 %", "17|24.5"),
        ("50", "50"),
        ("32 24", None),
        ("17 17", None),
        ("0", None),
        ("101", None),
        ("a", None),
        ("NaN", None),
        ("1 2 3 4 5 6", None),
    ],
)
def test_shares_rise_and_stay_below_the_whole(typed: str, read: str | None) -> None:
    assert read_rates(typed) == read
