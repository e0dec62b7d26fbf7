"""Slows down whoever guesses second factors: per person, never for good, and it says how long to wait."""

import math
import time

from limits import RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

PER_PERSON = (RateLimitItemPerMinute(10, 15, namespace="factor"), RateLimitItemPerDay(100, namespace="factor-day"))


class Patience:
    """Counts the tries of one person over a quarter of an hour and over a day."""

    def __init__(self, storage: str = "memory://") -> None:
        self._limiter = MovingWindowRateLimiter(storage_from_string(storage))

    def minutes_to_wait(self, person: str) -> int:
        """Count one try and return 0 when it may go on, else in how many minutes the next one may."""
        waits = [self._limiter.get_window_stats(limit, person) for limit in PER_PERSON]
        if any(window.remaining == 0 for window in waits):
            until = max(window.reset_time for window in waits if window.remaining == 0)
            return max(1, math.ceil((until - time.time()) / 60))
        return 0 if all(self._limiter.hit(limit, person) for limit in PER_PERSON) else 1

    def forgive(self, person: str) -> None:
        """Forget the tries of somebody who has proved who they are."""
        for limit in PER_PERSON:
            self._limiter.clear(limit, person)
