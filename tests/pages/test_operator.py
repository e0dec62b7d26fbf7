"""What an operator's pages offer, and when."""

from typing import Any

from stageplus.pages.operator.introductions import introductions_page
from stageplus.pages.operator.learners import learners_page
from stageplus.services.followup.schemas import ADDRESS
from tests.components.rendered import plain, tags


def named(page: Any, tag: str) -> list[str]:
    return [str(plain(control.name)) for control in tags(page, tag) if getattr(control, "name", None) is not None]


def test_an_introduction_may_come_to_nothing_before_it_is_taken_over_but_not_begin() -> None:
    """The lifecycle of `domain/introductions.py` says so; the screen offers neither less nor more."""
    page = introductions_page()
    assert named(page, "select").count("reason") == 2
    assert named(page, "input").count("day") == 1


def test_every_word_of_the_address_has_a_filter_and_goes_into_the_file() -> None:
    page = learners_page()
    asked = set(ADDRESS) - {"page"}
    fields = [*named(page, "select"), *named(page, "input")]
    assert all(fields.count(name) >= 2 for name in asked), "one field to choose it, one in the form that exports"
