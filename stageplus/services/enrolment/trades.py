"""Finds the trade that a roster means: either gender, everyday words, a slip of the pen."""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from sqlmodel import Session, select

from stageplus.domain.titles import both_genders
from stageplus.models import Trade, TradeWord
from stageplus.services.spreadsheets.queries import plain_text
from stageplus.texts import _

CLOSE_ENOUGH = 0.72
_ENDINGS = re.compile(r"\((?:e|ère|ere|ne|euse|trice|s|es|rice)\)|[·.](?:e|ère|ne|euse|trice)s?\b")


class TradeNames:
    """Every trade by every name it has, read once per import."""

    def __init__(self, session: Session) -> None:
        self._by_name: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        meanings: dict[str, set[str]] = defaultdict(set)
        for trade in session.exec(select(Trade)):
            self._titles[trade.code] = both_genders(trade.name_f, trade.name_m)
            for name in (trade.name_m, trade.name_f, self._titles[trade.code], trade.code.replace("-", " ")):
                self._by_name.setdefault(plain_text(name), trade.code)
        for word in session.exec(select(TradeWord)):
            meanings[plain_text(word.word)].add(word.trade_code)
        for name, codes in meanings.items():
            if len(codes) == 1:
                self._by_name.setdefault(name, next(iter(codes)))

    def code_of(self, typed: str) -> str:
        """Return the trade that a text names; raises `ValueError` with a suggestion when it names none."""
        if typed not in self._known:
            found = next((self._by_name[name] for name in _spellings(typed) if name in self._by_name), "")
            if not found:
                raise ValueError(self._suggestion(typed))
            self._known[typed] = found
        return self._known[typed]

    def title_of(self, code: str) -> str:
        """Return a trade's name in both genders."""
        return self._titles.get(code, code)

    def _suggestion(self, typed: str) -> str:
        unknown = _("Le métier « {text} » n’est pas connu.").format(text=typed[:60])
        close = get_close_matches(plain_text(typed), self._by_name, n=1, cutoff=CLOSE_ENOUGH)
        if not close:
            return unknown
        meant = self._titles[self._by_name[close[0]]]
        return f"{unknown} {_('Peut-être « {trade} » ?').format(trade=meant)}"


def _spellings(typed: str) -> Iterator[str]:
    yield plain_text(typed)
    yield plain_text(_ENDINGS.sub("", typed))
    for part in re.split(r"[/|]|\bou\b", typed):
        yield plain_text(part)
