"""Enterprise and establishment numbers: check digits, and a second opinion from python-stdnum."""

from hypothesis import given
from hypothesis import strategies as some
from stdnum.be import vat

from stageplus.domain.identifiers import is_enterprise_number, is_establishment_number, with_check_digits

ENTERPRISES = some.integers(1, 19_999_999)
ESTABLISHMENTS = some.integers(20_000_000, 89_999_999)
ANY_TEN_DIGITS = some.text("0123456789", min_size=10, max_size=10)


@given(ENTERPRISES)
def test_a_completed_enterprise_number_is_one(first_eight: int) -> None:
    number = with_check_digits(first_eight)
    assert is_enterprise_number(number)
    assert vat.is_valid(number)
    assert not is_establishment_number(number)


@given(ESTABLISHMENTS)
def test_a_completed_establishment_number_is_one(first_eight: int) -> None:
    number = with_check_digits(first_eight)
    assert is_establishment_number(number)
    assert not is_enterprise_number(number)


@given(ANY_TEN_DIGITS)
def test_a_library_agrees_about_enterprise_numbers(digits: str) -> None:
    # 97 less a remainder is never 00, which the library lets pass.
    possible = digits[0] in "01" and not digits.endswith("00")
    assert is_enterprise_number(digits) == (possible and vat.is_valid(digits))


@given(ENTERPRISES, some.integers(0, 9), some.integers(1, 9))
def test_one_wrong_digit_is_noticed(first_eight: int, position: int, shift: int) -> None:
    number = with_check_digits(first_eight)
    wrong = str((int(number[position]) + shift) % 10)
    assert not is_enterprise_number(number[:position] + wrong + number[position + 1 :])


@given(some.text(max_size=12))
def test_whatever_is_typed_is_judged_without_a_fault(typed: str) -> None:
    assert is_enterprise_number(typed) in {True, False}
    assert is_establishment_number(typed) in {True, False}
