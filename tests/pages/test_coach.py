"""The coach's desk heads its columns as the service names its figures."""

from datetime import timedelta

from stageplus.pages.coach.home import HEADINGS
from stageplus.services.coaching.desk import meanings
from stageplus.services.coaching.scope import Bounds
from tests.factories import NOW


def test_columns_stand_in_the_order_of_the_figures() -> None:
    known = Bounds(NOW.date(), NOW, NOW.date() - timedelta(days=90), 90, 90, 12, 5)
    assert [means.label for means in meanings(known, 7).values()] == list(HEADINGS)
