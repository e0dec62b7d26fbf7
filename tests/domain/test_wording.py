"""Words are found in any case and accent, where they stand, and spared where an exception covers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.wording import Concern, folded, passages_in, word_rule

RULES = (
    word_rule("sexe", "examen", "jeunes? hommes?", "une personne"),
    word_rule("âge", "examen", "jeunes?"),
    word_rule("apparence", "conseil", "presentation soignee"),
    word_rule("", "anodin", "jeune equipe"),
)


def found(text: str) -> list[str]:
    return [each.words for each in passages_in(text, RULES)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Un jeune homme motivé.", ["jeune homme"]),
        ("Un JEUNE-HOMME motivé.", ["JEUNE-HOMME"]),
        ("Un jeune\u00a0 \n homme.", ["jeune\u00a0 \n homme"]),
        ("Des jeûnes hommes", ["jeûnes hommes"]),
        ("Un rajeuni", []),
        ("Une jeune équipe.", []),
        ("Un jeune dans une jeune équipe.", ["jeune"]),
        ("Présentation soignée, jeune", ["Présentation soignée", "jeune"]),
        ("œuvre jeune", ["jeune"]),
        ("", []),
    ],
)
def test_what_is_noticed_is_quoted_as_it_was_typed(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_the_longer_of_two_remarks_stays() -> None:
    (only,) = passages_in("jeune homme", RULES)
    assert (only.concern, only.advice, only.examined) == (Concern.SEX, "une personne", True)


def test_advice_alone_goes_to_nobody() -> None:
    (only,) = passages_in("présentation soignée", RULES)
    assert not only.examined


@pytest.mark.parametrize("line", [("sexe", "examen", "x("), ("couleur", "examen", "x"), ("sexe", "fort", "x")])
def test_a_line_that_is_no_rule_is_refused(line: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match=r"x|couleur|fort"):
        word_rule(*line)


@given(st.text(max_size=200))
def test_every_letter_keeps_its_place(text: str) -> None:
    plain, places = folded(text)
    assert len(plain) == len(places)
    assert places == sorted(places)
    for each in passages_in(text, RULES):
        assert text[each.start : each.end] == each.words != ""
