"""What was searched for is marked in the text, which stays the same text."""

import pytest

from stageplus.services.offers.highlights import excerpt, marked_pieces

LONG = "Accueillir les clients. " * 10 + "Pétrir la pâte au levain, puis façonner. " + "Ranger l’atelier. " * 10


@pytest.mark.parametrize(
    ("text", "marked", "pieces"),
    [
        ("Pain au levain", {"levain"}, ["Pain au ", "levain", ""]),
        ("Levains d’été", {"levain", "ete"}, ["", "Levains", " d’", "été", ""]),
        ("<b>bœuf</b>", {"boeuf"}, ["<b>", "bœuf", "</b>"]),
        ("Pain", {"levain"}, []),
        ("", {"levain"}, []),
    ],
)
def test_words_are_marked_whatever_their_accents(text: str, marked: set[str], pieces: list[str]) -> None:
    found = marked_pieces(text, frozenset(marked))
    assert found == pieces
    assert "".join(found) in ("", text)


def test_an_excerpt_stands_around_the_first_word_and_cuts_no_word() -> None:
    words = "".join(excerpt(LONG, frozenset({"levain"})))
    assert words.startswith("… ") and words.endswith(" …")
    assert "Pétrir la pâte au levain, puis façonner." in words
    assert set(words.split()) <= {*LONG.split(), "…"}
    assert excerpt(LONG, frozenset({"levain"}))[1::2] == ["levain"]


def test_a_short_text_is_its_own_excerpt() -> None:
    assert excerpt("Au levain.", frozenset({"levain"})) == ["Au ", "levain", "."]
    assert excerpt("Au beurre.", frozenset({"levain"})) == []
    assert excerpt("levain" * 60, frozenset({"levain"})) == []
