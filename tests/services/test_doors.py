"""Whoever comes through the wrong door is told which one is theirs."""

from random import Random

import pytest

from stageplus.domain.activation import grouped, new_code
from stageplus.services.numbers import enterprise_digits, establishment_digits

CODES = [grouped(new_code(Random(number).choice)) for number in range(20)]


@pytest.mark.parametrize("read", [enterprise_digits, establishment_digits])
@pytest.mark.parametrize("code", CODES)
def test_a_learners_code_on_the_company_form_is_noticed(read: object, code: str) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match="code d’apprenant"):
        read(code.lower())


def test_a_company_number_is_never_taken_for_a_code() -> None:
    assert enterprise_digits("0400.000.185") == "0400000185"
    assert establishment_digits("2.000.000.141") == "2000000141"
