"""Dates, hours and numbers read as in French-speaking Belgium."""

from datetime import UTC, date, datetime, time

import pytest

from stageplus.texts import formats


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_dates_are_written_in_full() -> None:
    assert formats.long_date(date(2027, 2, 3)) == "mercredi 3 février 2027"
    assert formats.long_date(date(2027, 5, 1)) == "samedi 1er mai 2027"
    assert plain(formats.short_date(date(2027, 2, 3))).startswith("3 févr")


def test_moments_are_those_of_brussels() -> None:
    summer = datetime(2027, 7, 1, 12, 30, tzinfo=UTC)
    assert plain(formats.moment_words(summer)) == "jeudi 1er juillet 2027 à 14 h 30"
    assert formats.day_in_brussels(datetime(2027, 7, 1, 22, 30, tzinfo=UTC)) == date(2027, 7, 2)


def test_hours_and_numbers() -> None:
    assert plain(formats.hour(time(8))) == "8 h"
    assert plain(formats.hour(time(16, 5))) == "16 h 05"
    assert plain(formats.number(1234.5)) in {"1 234,5", "1.234,5"}
    assert plain(formats.money(675.8)) == "675,80 €"
    assert plain(formats.kilometres(0.2)) == "1 km"


@pytest.mark.parametrize(
    ("bits", "words"), [(0, ""), (1, "lundi"), (3, "lundi et mardi"), (11, "lundi, mardi et jeudi")]
)
def test_company_days_are_named(bits: int, words: str) -> None:
    assert formats.days_words(bits) == words


@pytest.mark.parametrize(("day", "words"), [(24, "aujourd’hui"), (23, "hier"), (12, "il y a 12 jours")])
def test_ages_are_said_in_days(day: int, words: str) -> None:
    assert formats.days_ago(date(2026, 11, day), date(2026, 11, 24)) == words


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (0b0001111, "du lundi au jeudi"),
        (0b1111111, "du lundi au dimanche"),
        (0b1110000, "du vendredi au dimanche"),
        (0b0000011, "lundi et mardi"),
        (0b0010111, "lundi, mardi, mercredi et vendredi"),
        (0b1000000, "dimanche"),
        (0, ""),
    ],
)
def test_days_in_a_row_are_named_by_the_first_and_the_last(bits: int, words: str) -> None:
    assert formats.days_span(bits) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("Namur", "de Namur"), ("Arlon", "d’Arlon"), ("Écaussinnes", "d’Écaussinnes"), ("Huy", "de Huy"), ("", "de ")],
)
def test_a_place_follows_its_preposition(name: str, words: str) -> None:
    assert formats.of_place(name) == words
