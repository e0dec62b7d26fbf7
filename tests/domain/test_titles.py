"""Titles name both genders and say nothing twice."""

import pytest

from stageplus.domain.titles import both_genders, place_title


@pytest.mark.parametrize(
    ("feminine", "masculine", "title"),
    [
        ("Boulangère", "Boulanger", "Boulangère / Boulanger"),
        ("Photographe", "Photographe", "Photographe"),
        ("Peintre en bâtiment", "Peintre en bâtiment", "Peintre en bâtiment"),
        ("Vendeuse en boulangerie", "Vendeur en boulangerie", "Vendeuse / Vendeur en boulangerie"),
        ("Technicienne frigoriste", "Technicien frigoriste", "Technicienne / Technicien frigoriste"),
        ("Aide familiale", "Aide familial", "Aide familiale / Aide familial"),
        ("Première vendeuse", "Premier vendeur", "Première vendeuse / Premier vendeur"),
        ("Chef de rang", "Cheffe de rang", "Chef / Cheffe de rang"),
        ("", "", ""),
    ],
)
def test_a_trade_is_named_in_both_genders_without_repetition(feminine: str, masculine: str, title: str) -> None:
    assert both_genders(feminine, masculine) == title


def test_a_place_is_open_to_everybody() -> None:
    assert place_title("Photographe", "Photographe") == "Photographe (H/F/X)"


def test_a_gender_never_disappears_whole() -> None:
    assert both_genders("Coiffeur", "Maître coiffeur") == "Coiffeur / Maître coiffeur"
