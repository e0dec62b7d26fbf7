"""The words of offers, found by nearly how they are written: one way for SQLite and PostgreSQL.

A word is kept with its pieces, the groups of three letters in it. What differs between the two databases is only how
they say « unless it is there already ».
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import func, literal, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from stageplus.models import OfferWord, WordPiece

SHORTEST = 4
"""Shorter words, and numbers, are found as they are written or not at all."""
MOST_LIKE = 40
LOST_BY_AN_ERROR = 4


def remember_words(session: Session, words: Iterable[str]) -> None:
    """Keep words with their pieces, so that they are found by what is written nearly like them."""
    rows = [{"piece": piece, "word": word} for word in sorted(set(words)) for piece in pieces_of(word)]
    if rows:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        session.execute(insert(WordPiece).on_conflict_do_nothing(), rows)


def words_like(session: Session, typed: Sequence[str], errors_in: Callable[[str], int]) -> dict[str, list[str]]:
    """Return, for each typed word, the words of open offers that share enough pieces with it, and itself if it is one.

    One statement for all of them; `errors_in` says how many letters of a word may be wrong.
    """
    asked = [part for word in typed for part in _like(word, errors_in(word))]
    found: dict[str, list[str]] = defaultdict(list)
    for word, like, shared in sorted(session.execute(union_all(*asked)), key=lambda row: (-row[2], row[1])):
        if shared or like == word:
            found[word].append(like)
    return found


def pieces_of(word: str) -> list[str]:
    """Return the groups of three letters of a word, with those that say how it begins and ends."""
    if len(word) < SHORTEST or word.isdigit():
        return []
    padded = f"  {word} "
    return sorted({padded[start : start + 3] for start in range(len(padded) - 2)})


def _like(word: str, errors: int) -> list[Any]:
    itself = select(OfferWord.offer_id).where(OfferWord.word == word).limit(1).exists()
    exactly = select(literal(word), literal(word), literal(len(word) + 2)).where(itself)
    pieces = pieces_of(word)
    if not errors or not pieces:
        return [exactly]
    shared = func.count().label("shared")
    enough = max(2, len(pieces) - LOST_BY_AN_ERROR * errors)
    near = select(WordPiece.word, shared).where(col(WordPiece.piece).in_(pieces)).group_by(col(WordPiece.word))
    best = near.having(shared >= enough).order_by(shared.desc(), col(WordPiece.word)).limit(MOST_LIKE).subquery()
    offered = select(OfferWord.offer_id).where(OfferWord.word == best.c.word).limit(1).exists()
    return [exactly, select(literal(word), best.c.word, best.c.shared).where(offered)]
