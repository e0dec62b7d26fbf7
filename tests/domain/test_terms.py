"""Terms follow each other without a gap, and are read as they are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.terms import Term, latest_terms, read_term, term_of

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DAYS)
def test_a_day_is_in_its_term_which_ends_before_the_next_begins(day: date) -> None:
    term = term_of(day)
    assert term.first <= day <= term.last
    assert term.last + timedelta(days=1) == term.following.first
    assert term_of(term.first) == term_of(term.last) == term < term.following


@given(DAYS)
def test_what_is_written_is_read(day: date) -> None:
    assert read_term(term_of(day).code) == term_of(day)


@pytest.mark.parametrize("code", ["", "2026", "2026-T5", "2026-T0", "1999-T1", "2026-t4", "2026-T4 ", "../2026-T4"])
def test_anything_else_is_no_term(code: str) -> None:
    assert read_term(code) is None


def test_the_latest_come_first() -> None:
    codes = [term.code for term in latest_terms(date(2026, 2, 3), 3)]
    assert codes == ["2026-T1", "2025-T4", "2025-T3"]
    assert (Term(2026, 4).first, Term(2026, 4).last) == (date(2026, 10, 1), date(2026, 12, 31))
