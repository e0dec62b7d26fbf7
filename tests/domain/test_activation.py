"""An activation code is easy to say, and a slip in it is seen before anybody looks for it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.activation import LENGTH, SIGNS, grouped, is_well_formed, new_code, typed_code

codes = st.integers(0, 2**32).map(lambda seed: new_code(Random(seed).choice))


@given(codes)
def test_a_new_code_is_well_formed_and_comes_back_from_any_typing(code: str) -> None:
    assert is_well_formed(code)
    assert len(code) == LENGTH
    for typed in (grouped(code), grouped(code).lower(), f" {code[:4]} {code[4:]} "):
        assert typed_code(typed) == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS))
def test_a_wrong_sign_is_seen(code: str, place: int, sign: str) -> None:
    slipped = code[:place] + sign + code[place + 1 :]
    assert is_well_formed(slipped) is (slipped == code)


@given(codes, st.integers(0, LENGTH - 3))
def test_two_neighbours_swapped_are_seen(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_well_formed(swapped) is (swapped == code)


@pytest.mark.parametrize("typed", ["", "K7M", "K7M-4XP-9ARX", "ΑΑΑΑΑΑΑΑΑ", "000-000-000", "' OR 1=1 --"])
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert not is_well_formed(typed_code(typed))


def test_no_sign_is_like_another() -> None:
    assert not set("O0I1S5B8Z2") & set(SIGNS)
    assert len(SIGNS) == len(set(SIGNS)) == 23


def test_it_is_printed_in_three_groups_of_three() -> None:
    assert [len(part) for part in grouped("A" * LENGTH).split("-")] == [3, 3, 3]
