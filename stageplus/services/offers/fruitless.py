"""Searches that found nothing: their words alone are kept, so that OFFA can teach search what they mean."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, update

from stageplus.domain.reference import SearchState
from stageplus.models import FruitlessSearch
from stageplus.services.offers.lexicon import lexicon
from stageplus.services.offers.search import Wanted, candidates
from stageplus.services.offers.understanding import offered
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels

MOST_WORDS = 4
LONGEST = 60
SHORTEST_WORD = 3


def words_of_nothing(session: Session, text: str, today: date) -> str:
    """Return the words of a search that mean no trade and that no open offer holds; nothing for any other search.

    Whatever may lead to a person is left out: addresses of mail, and every word with a digit.
    """
    if "@" in text:
        return ""
    known = lexicon(session)
    typed = known.read(text)
    meant = known.understand(typed, offered(session, typed))
    if meant.trades or not meant.words or candidates(session, Wanted({}, meant.words), today).near:
        return ""
    words = [word for word in typed.words if len(word) >= SHORTEST_WORD and word.isalpha()]
    return " ".join(words[:MOST_WORDS])[:LONGEST].strip()


def count_search(session: Session, words: str, now: datetime) -> None:
    """Count a search that found nothing once more; what OFFA has set aside stays so."""
    again = update(FruitlessSearch).where(col(FruitlessSearch.words) == words)
    if session.exec(again.values(times=FruitlessSearch.times + 1, last_at=now)).rowcount:
        return
    new: dict[str, Any] = {"words": words, "times": 1, "first_at": now, "last_at": now}
    session.add(FruitlessSearch(**new, state=SearchState.WAITING))


def forget_old(session: Session, now: datetime) -> int:
    """Forget the searches that nobody has made for the days in force, and say how many."""
    days = float(parameter_in_force(session, "fruitless_search_days", day_in_brussels(now)))
    old = delete(FruitlessSearch).where(col(FruitlessSearch.last_at) < now - timedelta(days=days))
    return session.exec(old).rowcount
