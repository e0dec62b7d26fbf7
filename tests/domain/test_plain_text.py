"""Names are found however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.plain_text import plain


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Dupont-Lefèvre", "dupont lefevre"),
        ("  O’Brien,  Zoé ", "o brien zoe"),
        ("Éléonore D'Hondt", "eleonore d hondt"),
        ("Œuvre Łukasz Şahin Ñuñez", "oeuvre lukasz sahin nunez"),
        ("STRAẞE", "strasse"),
        ("e\u0301cole", "ecole"),
        ("Иванов Ольга", "иванов ольга"),
        ("% _ ' ; --", ""),
    ],
)
def test_accents_case_and_punctuation_do_not_count(typed: str, same: str) -> None:
    assert plain(typed) == same


@given(st.text())
def test_what_is_plain_stays_so_and_holds_no_pattern_of_a_search(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert not set(once) & set("%_'\"\\")
