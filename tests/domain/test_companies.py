"""When the names of two companies say the same."""

import pytest

from stageplus.domain.companies import likeness_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Boulangerie Dubois SRL", "boulangerie dubois"),
        ("S.A. BOULANGERIE  DUBOIS", "boulangerie dubois"),
        ("Ets Dubois & Cie", "dubois"),
        ("Électricité Générale (ASBL)", "electricite generale"),
        ("SA", ""),
        ("A.B. SRL", ""),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_its_legal_form(name: str, key: str) -> None:
    assert likeness_key(name) == key


def test_other_names_differ() -> None:
    assert likeness_key("Boulangerie Dubois") != likeness_key("Boulangerie Duboisier")
