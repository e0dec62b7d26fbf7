"""What is noticed in the free texts of an offer: the shipped words, and telephone numbers."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from phonenumbers import Leniency, PhoneNumberMatcher

from stageplus.domain.wording import Concern, Passage, WordRule, passages_in, without_repeats, word_rule
from stageplus.services.moderation.schemas import CONCERN_WORDS, FREE_TEXTS, Remark
from stageplus.texts import _

WORDS = Path(__file__).parents[2] / "reference" / "wording.csv"


@cache
def word_rules() -> tuple[WordRule, ...]:
    """Read the shipped words once; raises `ValueError` for a line that is no rule."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return tuple(word_rule(**line) for line in csv.DictReader(file))


def passages_of(text: str) -> list[Passage]:
    """List what is noticed in one text, in its order."""
    return without_repeats([*passages_in(text, word_rules()), *_telephones(text)])


def remarks_on(texts: Mapping[str, object]) -> list[Remark]:
    """List what is noticed in the free texts of an offer, by field, with what to write instead."""
    written = [(name, texts.get(name)) for name in FREE_TEXTS]
    return [
        Remark(name, CONCERN_WORDS[each.concern], each.words, each.advice, examined=each.examined)
        for name, text in written
        if isinstance(text, str)
        for each in passages_of(text)
    ]


def _telephones(text: str) -> list[Passage]:
    advice = _("retirez-le : les candidatures arrivent sur Stage+")
    found = PhoneNumberMatcher(text, "BE", leniency=Leniency.VALID)
    return [Passage(Concern.CONTACT, each.start, each.end, each.raw_string, advice, examined=True) for each in found]
