"""What is too private is noticed, and honest sentences are left alone: both errors are counted and printed."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from stageplus.domain.private_words import PrivateMatter, private_matters

MOST_MISSED, MOST_FALSE = 0.10, 0.05
with (Path(__file__).parent / "private_sentences.csv").open() as opened:
    SENTENCES = [(row["matter"], row["sentence"]) for row in csv.DictReader(opened, delimiter=";")]


def test_both_errors_stay_small(capsys: pytest.CaptureFixture[str]) -> None:
    private = [(PrivateMatter(matter), sentence) for matter, sentence in SENTENCES if matter]
    harmless = [sentence for matter, sentence in SENTENCES if not matter]
    missed = [sentence for matter, sentence in private if matter not in private_matters(sentence)]
    false = [sentence for sentence in harmless if private_matters(sentence)]
    rates = len(missed) / len(private), len(false) / len(harmless)
    with capsys.disabled():
        print(
            f"\nprivate words: missed {rates[0]:.1%} of {len(private)}, false alarms {rates[1]:.1%} of {len(harmless)}"
        )
    assert len(private) >= 30 and len(harmless) >= 30
    assert rates[0] <= MOST_MISSED, missed
    assert rates[1] <= MOST_FALSE, false


def test_a_private_sentence_says_nothing_but_what_it_is() -> None:
    wrong = defaultdict(list)
    for matter, sentence in SENTENCES:
        others = [each for each in private_matters(sentence) if matter and each != matter]
        if others:
            wrong[sentence] = others
    assert len(wrong) <= 2, wrong


def test_a_long_text_names_each_matter_once_in_the_order_of_the_list() -> None:
    text = "Je suis diabétique.\nJ’habite rue Haute 3. Je suis asthmatique. J’aime le pain."
    assert private_matters(text) == [PrivateMatter.ADDRESS, PrivateMatter.HEALTH]
    assert private_matters("") == private_matters("J’aime le pain. " * 100) == []


@pytest.mark.parametrize("number", ["85.07.30-033.28", "85073003328", "08 03 14 123 56"])
def test_a_national_number_counts_when_its_check_digits_are_right(number: str) -> None:
    base = int("".join(filter(str.isdigit, number))[:9])
    right = {97 - base % 97, 97 - (2_000_000_000 + base) % 97}
    is_right = int(number[-2:]) in right
    assert (private_matters(f"Voici : {number}") == [PrivateMatter.NATIONAL_NUMBER]) is is_right


def test_words_made_to_take_long_do_not() -> None:
    assert private_matters("rue " * 4000) == []
    assert private_matters("1 " * 4000) == []
    assert private_matters("j ai " * 3000) == []
