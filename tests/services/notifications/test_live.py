"""Live news reach the pages that listen, after the commit and never before."""

import asyncio
from threading import Thread

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.services.notifications import live
from stageplus.services.notifications.live import Hub, Subscription, tell


async def heard(subscription: Subscription, within: float = 1.0) -> bool:
    try:
        await asyncio.wait_for(anext(aiter(subscription.changes())), within)
    except (TimeoutError, StopAsyncIteration):
        return False
    return True


def tell_and_fail(database: Engine) -> None:
    with transaction(database) as session:
        tell(session, "site")
        raise RuntimeError


async def test_a_page_hears_its_topics_only() -> None:
    hub = Hub()
    mine = hub.listen("tab 1", {"learner:1", "offer:5"})
    other = hub.listen("tab 2", {"learner:2"})
    hub.publish(frozenset({"offer:5"}))
    assert await heard(mine)
    assert not await heard(other, within=0.05)


async def test_news_come_from_any_thread() -> None:
    hub = Hub()
    mine = hub.listen("tab", {"site"})
    Thread(target=hub.publish, args=(frozenset({"site"}),)).start()
    assert await heard(mine)


async def test_another_page_of_the_same_tab_takes_the_place() -> None:
    hub = Hub()
    before = hub.listen("tab", {"site"})
    after = hub.listen("tab", {"site"})
    assert not await heard(before)
    hub.leave("tab", before)
    hub.publish(frozenset({"site"}))
    assert await heard(after)


async def test_who_left_hears_nothing() -> None:
    hub = Hub()
    mine = hub.listen("tab", {"site"})
    hub.leave("tab", mine)
    hub.publish(frozenset({"site"}))
    assert not await heard(mine, within=0.05)


async def test_news_go_out_after_the_commit_only(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[frozenset[str]] = []
    monkeypatch.setattr(live.hub, "publish", told.append)
    with transaction(database) as session:
        tell(session, "site")
        assert told == []
    assert told == [frozenset({"site"})]
    with pytest.raises(RuntimeError):
        tell_and_fail(database)
    assert told == [frozenset({"site"})]
