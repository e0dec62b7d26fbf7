"""Tells open pages that something changed: one publish/subscribe seam, inside this process.

A topic names who or what changed: `learner:12`, `company:7`, `operator:3`, `offer:55`, `sector:bois`, `site`.
Nothing but the topic travels: who hears it reads again, with their own rights. Another broker, such as Redis, takes
the place of `Hub` when there are several processes.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from threading import Lock

from sqlmodel import Session

from stageplus.db.engine import after_commit


class Subscription:
    """What one open page hears; news that come while it reads are told once."""

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._closed = False

    def wake(self) -> None:
        """Tell that something changed, from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)

    def close(self) -> None:
        """End the subscription: another page of the same tab took its place."""
        self._closed = True
        self.wake()

    async def changes(self) -> AsyncIterator[None]:
        """Yield once for each time that something changed."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._closed:
                return
            yield


class Hub:
    """Who listens to what; at most one subscription per tab."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of_tab: dict[str, Subscription] = {}

    def listen(self, tab: str, topics: Iterable[str]) -> Subscription:
        """Subscribe a tab, in place of what it heard before."""
        mine = Subscription(frozenset(topics))
        with self._lock:
            before = self._of_tab.pop(tab, None)
            self._of_tab[tab] = mine
        if before:
            before.close()
        return mine

    def leave(self, tab: str, subscription: Subscription) -> None:
        """Forget a tab, unless it listens to something else by now."""
        with self._lock:
            if self._of_tab.get(tab) is subscription:
                del self._of_tab[tab]

    def publish(self, topics: frozenset[str]) -> None:
        """Wake every page that listens to one of the topics."""
        with self._lock:
            hearing = [one for one in self._of_tab.values() if one.topics & topics]
        for subscription in hearing:
            subscription.wake()


hub = Hub()


def tell(session: Session, *topics: str) -> None:
    """Publish the topics once the transaction is committed; never when it is rolled back."""
    after_commit(session, lambda: hub.publish(frozenset(topics)))
