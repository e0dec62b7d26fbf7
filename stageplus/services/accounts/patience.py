"""How often a password may be tried: by strangers, by a browser that the account knows, from one address.

A browser that signed in to an account before is counted apart, so that a stranger who tries in vain shuts nobody out.
"""

from collections.abc import Iterator

from stageplus.services.accounts.browser import device_of
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.throttle import Limit, network_of, throttle

PER_ACCOUNT = (Limit("sign-in", 10, 15), Limit("sign-in day", 100, 24 * 60))
PER_ADDRESS = Limit("sign-in address", 100, 15)
"""Wrong passwords only: a whole school may sign in at once from one address."""


def check_tries(email: str, visitor: Visitor) -> None:
    """Refuse a try when one of the limits is reached; raises `TooManyTries`."""
    for limit, whose in _counts(email, visitor):
        throttle().check(limit, whose)


def note_failure(email: str, visitor: Visitor) -> bool:
    """Count a wrong password, whether or not there is such an account, and say whether that made a burst of them."""
    for limit, whose in _counts(email, visitor):
        throttle().count(limit, whose)
    return throttle().is_reached(PER_ACCOUNT[0], _whose(email, visitor))


def forgive_tries(email: str, visitor: Visitor) -> None:
    """Forget the tries of whoever has shown who they are, but not those of their address."""
    for limit in PER_ACCOUNT:
        throttle().forgive(limit, _whose(email, visitor))


def _counts(email: str, visitor: Visitor) -> Iterator[tuple[Limit, str]]:
    yield from ((limit, _whose(email, visitor)) for limit in PER_ACCOUNT)
    if not device_of(visitor.known, email):
        yield PER_ADDRESS, network_of(visitor.address)


def _whose(email: str, visitor: Visitor) -> str:
    return f"{email.strip().lower()} {device_of(visitor.known, email)}"
