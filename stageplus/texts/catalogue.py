"""The gettext catalogue of the site's language."""

import gettext as gnu_gettext
import re
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "fr"
NO_BREAK = "\u00a0"
# A line may neither start with ? ! ; : » % € nor end with « or with a number that counts the next word.
HELD_TOGETHER = re.compile(r" (?=[?!;:»%€])|(?<=«) |(?<=\d) (?=\w)")


class _FrenchSource(gnu_gettext.NullTranslations):
    """The source sentences themselves, with the French plural: zero is singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


@cache
def translations(language: str = SOURCE_LANGUAGE) -> gnu_gettext.NullTranslations:
    """Read one language's catalogue; sentences without a translation stay as written in the code."""
    path = LOCALE_FOLDER / f"{language}.po"
    if not path.exists():
        return _FrenchSource()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    found = gnu_gettext.GNUTranslations(compiled)
    found.add_fallback(_FrenchSource())
    return found


@lru_cache(maxsize=4096)
def typeset(sentence: str) -> str:
    """Put the no-break spaces of French where the code has plain ones, which any editor can type."""
    return HELD_TOGETHER.sub(NO_BREAK, sentence)


def gettext(sentence: str) -> str:
    """Return the sentence in the site's language."""
    return typeset(translations().gettext(sentence))


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form that goes with `count`; zero takes the singular, as French does."""
    return typeset(translations().ngettext(singular, plural, count))
