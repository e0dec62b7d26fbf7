"""Words compare without accents, plural or case, and a few wrong letters do not hide what is meant."""

from random import Random
from string import ascii_lowercase

import pytest

from stageplus.services.offers.words import errors_allowed, most_alike, placed_words, sound_of, words_of

KNOWN = ["boulanger", "boulangerie", "coiffeur", "mecanicien", "macon", "pain"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mécaniciennes, d’Évry* (NEAR)", ["mecanicienne", "d", "evry", "near"]),
        ("œufs BŒUF", ["oeuf", "boeuf"]),
        ("prêt-à-porter_3D", ["pret", "a", "porter", "3d"]),
        ("", []),
    ],
)
def test_words_lose_accents_case_and_plural(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_words_know_where_they_stand() -> None:
    text = "Le bœuf, l’Été"
    assert [(word, text[begin:end]) for word, begin, end in placed_words(text)] == [
        ("le", "Le"),
        ("boeuf", "bœuf"),
        ("l", "l"),
        ("ete", "Été"),
    ]


@pytest.mark.parametrize(("word", "errors"), [("bus", 0), ("pain", 1), ("masson", 1), ("coifeur", 2), ("40001234", 0)])
def test_longer_words_may_have_more_errors(word: str, errors: int) -> None:
    assert errors_allowed(word) == errors


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("coifuer", ["coiffeur"], 2),
        ("mecanciien", ["mecanicien"], 1),
        ("paim", ["pain"], 1),
        ("boulamger", ["boulanger"], 1),
        ("plombier", [], 0),
        ("pni", [], 0),
    ],
)
def test_the_nearest_known_words_are_found(typed: str, meant: list[str], errors: int) -> None:
    assert most_alike(typed, KNOWN) == (meant, errors)


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("fotografe", "photographe"),
        ("chofagiste", "chauffagiste"),
        ("koifeur", "coiffeur"),
        ("farmacie", "pharmacie"),
        ("mecanissien", "mecanicien"),
        ("boulanjer", "boulanjer"),
        ("menuizier", "menuisier"),
        ("electrisien", "electricien"),
    ],
)
def test_words_written_as_they_are_heard_sound_alike(heard: str, written: str) -> None:
    assert sound_of(heard) == sound_of(written)


def test_two_random_errors_never_hide_a_long_word() -> None:
    chance = Random(5)
    for word in ["boulangerie", "mecanicien", "estheticienne"]:
        for _turn in range(50):
            letters = list(word)
            letters[chance.randrange(len(letters))] = chance.choice(ascii_lowercase)
            del letters[chance.randrange(len(letters))]
            assert most_alike("".join(letters), [word])[0] == [word]
