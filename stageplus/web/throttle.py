"""Slows down whoever guesses passwords, per account and per address."""

from hashlib import sha256

from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

PER_ACCOUNT = RateLimitItemPerMinute(10, 15, namespace="account")
PER_ADDRESS = RateLimitItemPerMinute(60, 15, namespace="address")


class Throttle:
    """Counts tries to sign in over a moving quarter of an hour; addresses are kept as digests only."""

    def __init__(self, storage: str = "memory://") -> None:
        self._limiter = MovingWindowRateLimiter(storage_from_string(storage))

    def admits(self, account: str, address: str) -> bool:
        """Count one try and say whether it may go on."""
        by_address = self._limiter.hit(PER_ADDRESS, _digest(address))
        return self._limiter.hit(PER_ACCOUNT, _digest(account.strip().lower())) and by_address

    def forgive(self, account: str) -> None:
        """Forget the tries of an account whose person has signed in."""
        self._limiter.clear(PER_ACCOUNT, _digest(account.strip().lower()))


def _digest(value: str) -> str:
    return sha256(value.encode("utf-8", "ignore")).hexdigest()
