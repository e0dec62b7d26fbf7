"""Suggestions without a browser: shown above the search and seen from then on, marked elsewhere, put away."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.models import Learner, Offer, Suggestion
from stageplus.states.learner.favourites import LearnerFavouritesState, LearnerKeepState
from stageplus.states.learner.suggestions import LearnerSuggestionsState
from tests import factories
from tests.states.learner.conftest import Town, call

Opened = Callable[[type, str], Any]


def suggested(town: Town) -> None:
    with transaction(town.database) as session:
        learner = session.get_one(Learner, town.learner.learner_id)
        staff = factories.a_staff_member(session, learner.operator_id)
        factories.a_suggestion(session, session.get_one(Offer, town.baker), learner, staff)


def seen(database: Engine) -> bool:
    with reading(database) as session:
        return session.exec(select(Suggestion)).one().seen_at is not None


async def test_the_list_is_seen_once_it_is_there(town: Town, opened: Opened) -> None:
    suggested(town)
    page = opened(LearnerSuggestionsState, "/offres")
    await call(town, page, "mark")
    assert (list(page.said), seen(town.database)) == ([str(town.baker)], False)
    assert [(each.card.offer_id, each.is_new) for each in page.suggestions] == [(town.baker, True)]
    await call(town, page, "see")
    assert (seen(town.database), page.proposed) == (True, "")


async def test_one_that_is_put_away_is_gone_and_says_so(town: Town, opened: Opened) -> None:
    suggested(town)
    page = opened(LearnerSuggestionsState, "/offres")
    await call(town, page, "mark")
    for claimed in ("abc", None, 10**12, -1):
        await call(town, page, "hide", claimed)
        assert len(page.suggestions) == 1
    await call(town, page, "hide", town.baker)
    assert (page.suggestions, page.said) == ([], {})
    assert "masquée" in page.notice


async def test_what_another_device_keeps_fills_the_stars_here(town: Town, opened: Opened) -> None:
    here, there = opened(LearnerKeepState, "/offres"), opened(LearnerKeepState, "/offres")
    await call(town, there, "keep", town.baker, True)
    await here._read()
    assert here.kept == [town.baker]
    page = opened(LearnerFavouritesState, "/favoris")
    await call(town, page, "load")
    assert page.total == 1
