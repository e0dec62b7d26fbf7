"""Slows down whoever guesses or asks too much: per account, address or code; never for good, and it says how long.

For HTTP routes and state handlers alike: what counts is called by the use case itself. Counts are kept in memory, or in
Redis when several processes share them; of whom they are about, only digests.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from ipaddress import ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from stageplus.config import settings
from stageplus.domain.refusals import TooManyTries

HOUSEHOLD = 64
"""Whoever has one IPv6 address has a whole network of that many bits."""


@dataclass(frozen=True)
class Limit:
    """So many tries in so many minutes, counted back from the present; `name` keeps its counts apart."""

    name: str
    times: int
    minutes: int

    @property
    def item(self) -> RateLimitItemPerMinute:
        """Say it in the words of the library."""
        return RateLimitItemPerMinute(self.times, self.minutes, namespace=self.name)


class Throttle:
    """Counts tries; an empty name is never counted, since it would be shared by everybody."""

    def __init__(self, storage: str = "memory://") -> None:
        self._storage = storage_from_string(storage)
        self._limiter = MovingWindowRateLimiter(self._storage)

    def is_reached(self, limit: Limit, whose: str) -> bool:
        """Say whether the next try would be refused."""
        return bool(whose) and self._limiter.get_window_stats(limit.item, _digest(whose)).remaining <= 0

    def check(self, limit: Limit, whose: str) -> None:
        """Refuse when the limit is reached, without counting; raises `TooManyTries`."""
        window = self._limiter.get_window_stats(limit.item, _digest(whose))
        if whose and window.remaining <= 0:
            raise TooManyTries(max(1, math.ceil((window.reset_time - time.time()) / 60)))

    def count(self, limit: Limit, whose: str) -> None:
        """Count one try."""
        if whose:
            self._limiter.hit(limit.item, _digest(whose))

    def admit(self, limit: Limit, whose: str) -> None:
        """Count one try, or refuse it; raises `TooManyTries`."""
        if whose and not self._limiter.hit(limit.item, _digest(whose)):
            self.check(limit, whose)

    def admit_by_all(self, limits: Sequence[Limit], whose: str) -> None:
        """Count one try under several limits, or refuse it and count nothing; raises `TooManyTries` of the first."""
        for limit in limits:
            self.check(limit, whose)
        for limit in limits:
            self.admit(limit, whose)

    def forgive(self, limit: Limit, whose: str) -> None:
        """Forget the tries of whoever has shown who they are."""
        self._limiter.clear(limit.item, _digest(whose))

    def forget_everything(self) -> None:
        """Start again from zero, for tests."""
        self._storage.reset()


@cache
def throttle() -> Throttle:
    """Return the counts of this installation."""
    return Throttle(settings().redis_url or "memory://")


def network_of(address: str) -> str:
    """Return what is counted for a client's address: itself, or its whole IPv6 network."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return address if known.version == 4 else str(ip_network(f"{address}/{HOUSEHOLD}", strict=False))


def _digest(whose: str) -> str:
    return sha256(whose.encode("utf-8", "ignore")).hexdigest()
