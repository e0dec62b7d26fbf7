"""French plurals, and a template that holds every sentence of the code."""

import pytest

from stageplus.texts import _, check, ngettext


def test_a_sentence_without_translation_stays_as_written() -> None:
    assert _("Se connecter") == "Se connecter"


@pytest.mark.parametrize(("count", "form"), [(0, "offre"), (1, "offre"), (2, "offres"), (100, "offres")])
def test_zero_and_one_are_singular_in_french(count: int, form: str) -> None:
    assert ngettext("offre", "offres", count) == form


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Pas de code ?", "Pas de code_?"),
        ("« Offres » : à 15 km ; 3 % !", "«_Offres_»_: à 15_km_; 3_%_!"),
        ("Au moins 12 caractères.", "Au moins 12_caractères."),
        ("Il reste {n} jours, le 3 mai 2019", "Il reste {n} jours, le 3_mai 2019"),
    ],
)
def test_no_line_can_start_with_a_mark_or_end_with_a_number_that_counts(written: str, shown: str) -> None:
    assert _(written) == shown.replace("_", "\u00a0")
    assert ngettext("Un seul", written, 2) == _(written)


def test_the_template_holds_every_sentence_of_the_code() -> None:
    assert check.differences() == []


def test_a_sentence_missing_from_the_template_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "sentences_in_code", lambda: iter([("x.py", "Phrase toute neuve")]))
    assert any("Phrase toute neuve" in line for line in check.differences())
    assert check.main([]) == 1
