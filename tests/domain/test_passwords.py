"""A password is refused when a list, the keyboard or the person's own words give it, and never for what it lacks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.passwords import Weakness, folded, weakness_of

COMMON = frozenset({"motdepasse", "password", "soleil", "iloveyou", "jetaime", "chocolat", "azerty"})
OWN = ("Zoé", "Brouillon-Dupré", "zoe.b@ecole-namur.be", "Boulangerie du Nuage")


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse2026!",
        "MotDePasse MotDePasse",
        "p@ssw0rd1234",
        "Passw0rd!!!!!",
        "soleilsoleil12",
        "2010 Soleil 2010",
        "jetaime jetaime",
        "123azerty456qsdfgh!soleil",
    ],
)
def test_a_common_word_in_disguise_is_common(password: str) -> None:
    assert weakness_of(password, COMMON) is Weakness.COMMON


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaa", "121212121212", "azertyuiop12", "POIUYTREZA99", "123456789012", "0478 12 34 56 78"]
)
def test_one_pattern_is_refused(password: str) -> None:
    assert weakness_of(password, COMMON) is Weakness.MONOTONOUS


@pytest.mark.parametrize(
    "password", ["zoe.brouillon.2010", "Brouillon Dupré", "boulangerie-nuage1", "ecole namur 5000", "zoe motdepasse 99"]
)
def test_the_persons_own_words_are_refused(password: str) -> None:
    assert weakness_of(password, COMMON, OWN) is Weakness.OWN


@pytest.mark.parametrize(
    "password",
    [
        "trois tasses bleues",
        "tout en minuscules",
        "xK9#mQ2$vL7p",
        "Brouillon mange six crêpes",
        "le soleil boit du thé",
        "пароль из слов",
        "🌍 planète sans nom",
    ],
)
def test_words_without_relation_pass_whatever_they_are_made_of(password: str) -> None:
    assert weakness_of(password, COMMON, OWN) is None


def test_without_own_words_nothing_is_taken_for_one() -> None:
    assert weakness_of("zoe.brouillon.2010", COMMON) is None
    assert weakness_of("zoe.brouillon.2010", COMMON, ["", "--"]) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=4))
def test_any_text_gets_an_answer(password: str, own: list[str]) -> None:
    assert weakness_of(password, COMMON, own) in {None, *Weakness}


def test_a_hostile_length_costs_nothing() -> None:
    start = time.process_time()
    weakness_of("ab1" * 66, COMMON, ["ab"] * 40)
    assert time.process_time() - start < 0.2


def test_accents_and_case_are_folded() -> None:
    assert folded("ÉcOlE") == "ecole"
