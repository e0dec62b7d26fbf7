"""When an alert is told: on the site at once, by mail at most once a day over all of one's alerts (our own rule)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)


class AlertPace(StrEnum):
    """How often an alert is mailed; the site shows what it finds in any case."""

    DAILY = "chaque jour"
    WEEKLY = "chaque semaine"
    ON_SITE = "sur le site"


@dataclass(frozen=True)
class Told:
    """An alert with the day on which it began, or was last part of a mail."""

    alert_id: int
    pace: AlertPace
    begun_on: date
    mailed_on: date | None = None


def due_alerts(alerts: Iterable[Told], today: date) -> set[int]:
    """Name the alerts whose offers may go into a mail today: none when one has left today already.

    A weekly one waits for seven days after its last mail, or after it was made.
    """
    known = list(alerts)
    if any(each.mailed_on is not None and each.mailed_on >= today for each in known):
        return set()
    return {each.alert_id for each in known if _is_due(each, today)}


def _is_due(told: Told, today: date) -> bool:
    if told.pace is AlertPace.WEEKLY:
        return today - (told.mailed_on or told.begun_on) >= WEEK
    return told.pace is AlertPace.DAILY
