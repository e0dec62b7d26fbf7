"""Searches that found nothing: only their words are kept, and OFFA turns them into words of a trade."""

from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.domain.reference import SearchState
from stageplus.models import FruitlessSearch
from stageplus.services.offers.actions import forget_fruitless_searches, note_fruitless_search
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.reference.actions import settle_search
from stageplus.services.reference.queries import word_desk
from stageplus.services.reference.schemas import SettleInput, WordSearch
from stageplus.services.throttle import throttle
from tests.factories import NOW
from tests.services.reference.conftest import Desk


def note(desk: Desk, text: str, times: int = 1) -> None:
    for _time in range(times):
        note_fruitless_search(desk.learner, OfferSearch(text=text), now=NOW, on=desk.database)


def kept(desk: Desk) -> dict[str, int]:
    with reading(desk.database) as session:
        return {each.words: each.times for each in session.exec(select(FruitlessSearch))}


def shown(desk: Desk, state: str = "") -> list[str]:
    search = WordSearch.read({"state": state})
    return [row.words for row in word_desk(desk.offa, search, now=NOW, on=desk.database).searches]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Trottinettes électriques", "trottinette electrique"),
        ("je cherche trottinette à Namur", "trottinette"),
        ("TROTTINETTE 0470123456", "trottinette"),
        ("trottinette alpha beta gamma delta epsilon", "trottinette alpha beta gamma"),
    ],
)
def test_only_the_words_are_kept(desk: Desk, typed: str, words: str) -> None:
    note(desk, typed)
    assert kept(desk) == {words: 1}


@pytest.mark.parametrize(
    "typed", ["boulanger", "boulengé", "pain namur", "namur", "", "zoe@trottinette.be", "47011", "le"]
)
def test_what_finds_something_or_may_name_somebody_is_not(desk: Desk, typed: str) -> None:
    note(desk, typed)
    assert kept(desk) == {}


def test_rare_words_stay_hidden_and_nobody_fills_the_list(desk: Desk) -> None:
    note(desk, "trottinette")
    assert shown(desk) == []
    note(desk, "trottinette")
    assert shown(desk) == ["trottinette"]
    note(desk, "drone", times=30)
    assert kept(desk)["drone"] == 18
    throttle().forget_everything()


def test_one_tap_makes_it_a_word_of_a_trade(desk: Desk) -> None:
    note(desk, "trottinette", times=2)
    with pytest.raises(InvalidInput, match="trade"):
        settle_search(desk.offa, SettleInput(words="trottinette", trade="Luthier"), now=NOW, on=desk.database)
    assert shown(desk) == ["trottinette"]
    settle_search(desk.offa, SettleInput(words="trottinette", trade="boulanger"), now=NOW, on=desk.database)
    assert shown(desk) == []
    assert not desk.found("trottinettes").widened
    note(desk, "trottinette")
    assert kept(desk) == {"trottinette": 2}


def test_what_is_set_aside_stays_aside(desk: Desk) -> None:
    note(desk, "astronaute", times=2)
    assert settle_search(desk.offa, SettleInput(words="astronaute"), now=NOW, on=desk.database) == ""
    note(desk, "astronaute")
    assert shown(desk) == []
    assert shown(desk, "ignorées") == ["astronaute"]
    with pytest.raises(NotFound):
        settle_search(desk.offa, SettleInput(words="jamais vu"), now=NOW, on=desk.database)


def test_words_are_forgotten_after_the_days_in_force(desk: Desk) -> None:
    note(desk, "trottinette")
    late = NOW + timedelta(days=180)
    assert forget_fruitless_searches(now=late, on=desk.database) == 0
    assert forget_fruitless_searches(now=late + timedelta(minutes=1), on=desk.database) == 1
    assert kept(desk) == {}


def test_nothing_says_who_searched(desk: Desk) -> None:
    assert {column.name for column in FruitlessSearch.__table__.columns} == {  # type: ignore[attr-defined]
        "words",
        "times",
        "first_at",
        "last_at",
        "state",
    }
    assert SearchState.WAITING == "à traiter"
