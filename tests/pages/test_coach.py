"""The coach's desk heads its columns as the service names its figures."""

from stageplus.pages.coach.home import HEADINGS
from stageplus.services.coaching.desk import meanings
from stageplus.services.coaching.scope import bounds
from tests.factories import NOW, PARAMETERS


def test_columns_stand_in_the_order_of_the_figures() -> None:
    known = bounds(PARAMETERS, NOW)
    assert [means.label for means in meanings(known, 7).values()] == list(HEADINGS)
