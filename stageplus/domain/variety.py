"""Kind hints for whoever always writes the same: varied applications succeed more. Never a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from stageplus.domain.plain_text import plain

NEARLY_THE_SAME = 0.8
"""The share of words in common from which two texts are the same text with a name changed."""
LEAST_WORDS = 5
"""Shorter texts are alike by chance."""


class VarietyHint(StrEnum):
    """What a learner repeats."""

    SAME_TEXT = "même texte"
    SAME_COMPANY = "même entreprise"
    SAME_TRADE = "même métier"


@dataclass(frozen=True)
class Attempt:
    """An application as far as variety counts: to whom, for what, in which words."""

    company_id: int
    trade_code: str
    text: str


@dataclass(frozen=True)
class HintsAfter:
    """After how many applications of the same kind each hint comes."""

    texts: int
    companies: int
    trades: int


def variety_hints(new: Attempt, earlier: Sequence[Attempt], after: HintsAfter) -> list[VarietyHint]:
    """Name what a new application repeats: its text, its company, or a trade beside which no other was tried."""
    found = []
    if sum(alike(new.text, each.text) for each in earlier) >= after.texts:
        found.append(VarietyHint.SAME_TEXT)
    if sum(each.company_id == new.company_id for each in earlier) >= after.companies:
        found.append(VarietyHint.SAME_COMPANY)
    if len(earlier) >= after.trades and {each.trade_code for each in earlier} == {new.trade_code}:
        found.append(VarietyHint.SAME_TRADE)
    return found


def alike(one: str, other: str) -> bool:
    """Say whether two texts have nearly the same words."""
    mine, theirs = set(plain(one).split()), set(plain(other).split())
    if min(len(mine), len(theirs)) < LEAST_WORDS:
        return False
    return len(mine & theirs) / len(mine | theirs) >= NEARLY_THE_SAME
