"""Months of the calendar."""

from datetime import date, timedelta


def month_after(day: date) -> date:
    """Return the first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
