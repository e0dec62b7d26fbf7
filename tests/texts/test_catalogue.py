"""French plurals, and a template that holds every sentence of the code."""

import pytest

from stageplus.texts import _, check, ngettext


def test_a_sentence_without_translation_stays_as_written() -> None:
    assert _("Se connecter") == "Se connecter"


@pytest.mark.parametrize(("count", "form"), [(0, "offre"), (1, "offre"), (2, "offres"), (100, "offres")])
def test_zero_and_one_are_singular_in_french(count: int, form: str) -> None:
    assert ngettext("offre", "offres", count) == form


def test_the_template_holds_every_sentence_of_the_code() -> None:
    assert check.differences() == []


def test_a_sentence_missing_from_the_template_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "sentences_in_code", lambda: iter([("x.py", "Phrase toute neuve")]))
    assert any("Phrase toute neuve" in line for line in check.differences())
    assert check.main([]) == 1
