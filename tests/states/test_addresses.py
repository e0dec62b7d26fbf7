"""The address bar of a list holds its search, whatever somebody writes in it."""

from typing import Any

import pytest
from reflex.istate.data import ReflexURL

from stageplus.services.followup.schemas import LearnerSearch
from stageplus.states.addresses import address, asked_by, asked_in, beside, read_search, same_filters
from stageplus.states.operator.learners import OperatorLearnersState

NAMES = OperatorLearnersState.NAMES


def test_an_address_is_read_as_it_was_written() -> None:
    asked = {"q": "Dupont & fils", "place": "sans", "page": "3"}
    assert asked_in(ReflexURL(f"https://stage.test{address('/liste', asked)}")) == asked
    assert address("/liste", {}) == "/liste"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"q": "ana", "place": "", "page": "4", "autre": "x"}, {"q": "ana"}),
        ({"q": "x" * 500}, {"q": "x" * 120}),
        ({"q": ["a"], "annee": 2, "place": None}, {"q": "['a']", "annee": "2"}),
    ],
)
def test_a_form_asks_for_known_words_and_the_first_page(typed: dict[str, Any], asked: dict[str, str]) -> None:
    assert asked_by(typed, NAMES) == asked


def test_the_words_of_an_address_name_the_fields_of_a_search() -> None:
    search = read_search(LearnerSearch, NAMES, {"q": "ana", "metier": "boulanger", "annee": "2", "page": "7"})
    assert (search.text, search.trade, search.year, search.page) == ("ana", "boulanger", 2, 7)


def test_what_does_not_fit_is_ignored() -> None:
    assert read_search(LearnerSearch, NAMES, {"q": "ana", "page": "0", "tri": "?"}) == LearnerSearch(text="ana")


@pytest.mark.parametrize(
    ("page", "pages", "before", "after"),
    [
        (1, 1, "", ""),
        (1, 3, "", "/l?q=a&page=2"),
        (2, 3, "/l?q=a&page=1", "/l?q=a&page=3"),
        (3, 3, "/l?q=a&page=2", ""),
    ],
)
def test_the_pages_beside_keep_the_filters(page: int, pages: int, before: str, after: str) -> None:
    assert beside("/l", {"q": "a", "page": str(page)}, page, pages) == (before, after)


def test_another_page_is_the_same_search() -> None:
    assert same_filters({"q": "a", "page": "2"}, {"q": "a"})
    assert not same_filters({"q": "a"}, {"q": "b"})
