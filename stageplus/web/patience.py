"""Slows down whoever guesses second factors: never for good, and it says how long to wait."""

import math
import time
from collections.abc import Sequence

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

PER_PERSON = (RateLimitItemPerMinute(10, 15, namespace="factor"), RateLimitItemPerDay(100, namespace="factor-day"))
PER_ADDRESS = (RateLimitItemPerMinute(300, 15, namespace="passkey"),)
"""A whole school may share one address."""


class Patience:
    """Counts the tries of one person, or from one address, over a quarter of an hour and over a day."""

    def __init__(self, storage: str = "memory://") -> None:
        self._limiter = MovingWindowRateLimiter(storage_from_string(storage))

    def minutes_to_wait(self, who: str, limits: Sequence[RateLimitItem]) -> int:
        """Count one try and return 0 when it may go on, else in how many minutes the next one may."""
        full = [stats for limit in limits if not (stats := self._limiter.get_window_stats(limit, who)).remaining]
        if full:
            return max(1, math.ceil((max(stats.reset_time for stats in full) - time.time()) / 60))
        return 0 if all(self._limiter.hit(limit, who) for limit in limits) else 1

    def forgive(self, who: str, limits: Sequence[RateLimitItem]) -> None:
        """Forget the tries of somebody who has proved who they are."""
        for limit in limits:
            self._limiter.clear(limit, who)
