"""Where use cases run: those that check or make a password in few threads of their own, those that ask another site
in others, all the rest in the common ones.

A crowd at the door then waits for itself only, and no page waits for it or for a site that does not answer.
"""

import os
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

AT_THE_DOOR = (os.cpu_count() or 1) + 1
"""One more than can be checked at once: its database work fills the gaps."""
ABROAD = 8
"""How many may wait for another site at once."""
Result = TypeVar("Result")
UseCase = TypeVar("UseCase", bound=Callable[..., Any])


def costly(use_case: UseCase) -> UseCase:
    """Mark a use case that checks or makes a password."""
    use_case.is_costly = True  # type: ignore[attr-defined]
    return use_case


def abroad(use_case: UseCase) -> UseCase:
    """Mark a use case that waits for another site."""
    use_case.is_abroad = True  # type: ignore[attr-defined]
    return use_case


async def run(use_case: Callable[..., Result], *args: Any, **named: Any) -> Result:
    """Run a use case in a thread of its kind; what is said to the caller's context is said there too."""
    return await run_sync(partial(use_case, *args, **named), limiter=_limiter_of(use_case))


def _limiter_of(use_case: Callable[..., Any]) -> CapacityLimiter | None:
    if getattr(use_case, "is_costly", False):
        return _door()
    return _border() if getattr(use_case, "is_abroad", False) else None


@cache
def _door() -> CapacityLimiter:
    return CapacityLimiter(AT_THE_DOOR)


@cache
def _border() -> CapacityLimiter:
    return CapacityLimiter(ABROAD)
