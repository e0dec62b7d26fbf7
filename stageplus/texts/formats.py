"""Dates, hours and numbers as French-speaking Belgium reads them."""

import unicodedata
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from stageplus.texts.catalogue import gettext as _
from stageplus.texts.catalogue import ngettext

LOCALE = "fr_BE"
BRUSSELS = ZoneInfo("Europe/Brussels")
NARROW = "\u00a0"
SHORTEST_SPAN = 3
VOWELS = frozenset("AEIOU")


def week_days() -> tuple[str, ...]:
    """Name the days of the week, Monday first."""
    return (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"))


def long_date(day: date) -> str:
    """Write `lundi 3 février 2027`, and `1er` for the first."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{format_date(day, 'EEEE', LOCALE)} {number} {format_date(day, 'MMMM y', LOCALE)}"


@lru_cache(maxsize=4096)
def short_date(day: date) -> str:
    """Write `3 févr. 2027`."""
    return format_date(day, "d MMM y", LOCALE)


@lru_cache(maxsize=512)
def short_month(month: date) -> str:
    """Write `févr. 2027`."""
    return format_date(month, "MMM y", LOCALE)


def long_month(month: date) -> str:
    """Write `février 2027`."""
    return format_date(month, "MMMM y", LOCALE)


def hour(at: time) -> str:
    """Write `14 h 30`, and `8 h` on the hour."""
    return f"{at.hour}{NARROW}h{NARROW}{at.minute:02}" if at.minute else f"{at.hour}{NARROW}h"


def moment_words(at: datetime) -> str:
    """Write the day and hour of Brussels: `lundi 3 février 2027 à 14 h 30`."""
    here = at.astimezone(BRUSSELS)
    return _("{day} à {hour}").format(day=long_date(here.date()), hour=hour(here.time()))


def moment_near(at: datetime, now: datetime) -> str:
    """Write the day and hour of Brussels where there is little room: `aujourd’hui à 14 h 30`, `3 févr. 2027 à 9 h`."""
    day = day_in_brussels(at)
    words = _("aujourd’hui") if day == day_in_brussels(now) else short_date(day)
    return _("{day} à {hour}").format(day=words, hour=hour(at.astimezone(BRUSSELS).time()))


def day_in_brussels(at: datetime) -> date:
    """Return the day it is in Brussels."""
    return at.astimezone(BRUSSELS).date()


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Write `1 234,5`; a search counts some eighty choices, most of them the same few numbers."""
    return format_decimal(value, "#,##0.##", LOCALE).replace("\u202f", NARROW)


def offers_counted(count: int) -> str:
    """Write `1 offre`, `1 234 offres`."""
    return ngettext("{n} offre", "{n} offres", count).format(n=number(count))


def money(value: float) -> str:
    """Write euros with cents: `675,80 €`."""
    return format_decimal(value, "#,##0.00", LOCALE).replace("\u202f", NARROW) + f"{NARROW}€"


def kilometres(value: float) -> str:
    """Write a distance between communes, which is exact to the kilometre at best."""
    return f"{max(1, round(value))}{NARROW}km"


def of_place(name: str) -> str:
    """Put `de` before the name of a place, or `d’` before a vowel: `de Namur`, `d’Écaussinnes`."""
    first = unicodedata.normalize("NFD", name[:1]).upper()[:1]
    return (_("d’{place}") if first in VOWELS else _("de {place}")).format(place=name)


def days_words(bits: int) -> str:
    """Name the days of a bit set, Monday being bit 0: `lundi, mardi et jeudi`."""
    names = [name for position, name in enumerate(week_days()) if bits >> position & 1]
    return _(" et ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def days_span(bits: int) -> str:
    """Name the days of a bit set in few words: `du lundi au jeudi` for three or more in a row, else each of them."""
    names = week_days()
    first, last = (bits & -bits).bit_length() - 1, bits.bit_length() - 1
    in_a_row = bits.bit_count() == last - first + 1 >= SHORTEST_SPAN
    return _("du {first} au {last}").format(first=names[first], last=names[last]) if in_a_row else days_words(bits)


def days_ago(day: date, today: date) -> str:
    """Say how long ago in words: `aujourd’hui`, `hier`, `il y a 12 jours`."""
    count = (today - day).days
    if count <= 0:
        return _("aujourd’hui")
    return _("hier") if count == 1 else ngettext("il y a {n} jour", "il y a {n} jours", count).format(n=count)
