"""Days and stories that a coach's desk compares."""

from datetime import UTC, date, datetime

import pytest

from stageplus.domain.coaching import ContactKind, Told, months_earlier, on_line_at
from stageplus.domain.offers import OfferStatus

PUBLISHED, SUSPENDED, EXPIRED = OfferStatus.PUBLISHED, OfferStatus.SUSPENDED, OfferStatus.EXPIRED


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 11, 24), 1, date(2026, 10, 24)),
        (date(2026, 11, 24), 12, date(2025, 11, 24)),
        (date(2026, 1, 5), 1, date(2025, 12, 5)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 12, 1), -1, date(2027, 1, 1)),
    ],
)
def test_the_same_day_some_months_earlier(day: date, months: int, wanted: date) -> None:
    assert months_earlier(day, months) == wanted


@pytest.mark.parametrize(("day", "count"), [(1, 0), (2, 1), (5, 2), (9, 1), (20, 0)])
def test_offers_on_line_are_those_whose_last_step_so_far_published_them(day: int, count: int) -> None:
    stories = [
        Told(offer_id, datetime(2026, 11, at, tzinfo=UTC), status)
        for at, offer_id, status in ((2, 1, PUBLISHED), (5, 2, PUBLISHED), (9, 1, SUSPENDED), (20, 2, EXPIRED))
    ]
    assert on_line_at(stories, datetime(2026, 11, day, tzinfo=UTC)) == count


def test_a_note_and_a_message_to_many_are_no_contact() -> None:
    assert [kind for kind in ContactKind if not kind.is_contact] == [ContactKind.NOTE, ContactKind.MESSAGE]
