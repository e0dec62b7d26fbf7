"""One mail a day over all alerts; a weekly one waits for its week."""

from datetime import date, timedelta

import pytest

from stageplus.domain.alerts import AlertPace, Told, due_alerts

TODAY = date(2026, 11, 24)
DAILY, WEEKLY, ON_SITE = AlertPace.DAILY, AlertPace.WEEKLY, AlertPace.ON_SITE


def told(number: int, pace: AlertPace, *, begun: int = 0, mailed: int | None = None) -> Told:
    day = None if mailed is None else TODAY - timedelta(days=mailed)
    return Told(number, pace, TODAY - timedelta(days=begun), day)


@pytest.mark.parametrize(
    ("alerts", "due"),
    [
        ([], set()),
        ([told(1, DAILY)], {1}),
        ([told(1, DAILY, begun=3, mailed=1)], {1}),
        ([told(1, DAILY, begun=3, mailed=0)], set()),
        ([told(1, DAILY), told(2, DAILY, mailed=0)], set()),
        ([told(1, ON_SITE), told(2, ON_SITE, begun=90)], set()),
        ([told(1, WEEKLY)], set()),
        ([told(1, WEEKLY, begun=6)], set()),
        ([told(1, WEEKLY, begun=7)], {1}),
        ([told(1, WEEKLY, begun=30, mailed=6)], set()),
        ([told(1, WEEKLY, begun=30, mailed=7)], {1}),
        ([told(1, WEEKLY, begun=7), told(2, DAILY), told(3, ON_SITE)], {1, 2}),
        ([told(1, WEEKLY, begun=7), told(2, DAILY, mailed=0)], set()),
    ],
)
def test_what_is_due(alerts: list[Told], due: set[int]) -> None:
    assert due_alerts(alerts, TODAY) == due
