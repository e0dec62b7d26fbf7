"""Passwords at rest: bcrypt over a digest, so that length and NUL bytes never matter; and which ones are refused."""

import os
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from hashlib import sha384
from pathlib import Path
from time import thread_time
from typing import TypeVar
from unicodedata import normalize

import bcrypt

from stageplus.config import settings
from stageplus.domain.errors import InvalidInput
from stageplus.domain.passwords import Weakness, weakness_of
from stageplus.texts import _

COMMON_PASSWORDS = Path(__file__).parents[2] / "reference" / "common_passwords.txt"
POLITENESS = 5
"""How far bcrypt steps back before everything else that wants the processor (`nice`)."""
NOBODYS = "$2b${cost:02}$" + "." * 53
"""A hash that no password has."""
AT_ONCE = os.cpu_count() or 1
SENTENCES = {
    Weakness.COMMON: _(
        "Ce mot de passe est dans les listes que l’on essaie d’abord. Mieux vaut quelques mots sans rapport entre eux."
    ),
    Weakness.OWN: _(
        "Ce mot de passe se devine par le nom, l’adresse ou l’organisation. Mieux vaut quelques mots sans rapport."
    ),
    Weakness.MONOTONOUS: _(
        "Ce mot de passe suit le clavier, compte ou se répète. Mieux vaut quelques mots sans rapport entre eux."
    ),
}
Result = TypeVar("Result")


def hash_password(password: str, cost: int | None = None) -> str:
    """Return the salted bcrypt hash of a password of any length."""
    salt = bcrypt.gensalt(cost or settings().bcrypt_cost)
    return _apart(lambda: bcrypt.hashpw(_digest(password), salt)).decode("ascii")


def is_password(password: str, hashed: str | None) -> bool:
    """Say whether the password fits; without a hash the same time is spent, so that nobody learns who is known."""
    stored = hashed or NOBODYS.format(cost=settings().bcrypt_cost)
    return _apart(lambda: _fits(password, stored)) and bool(hashed)


def is_outdated(hashed: str) -> bool:
    """Say whether a hash was made at another cost than today's."""
    return _cost_of(hashed) != settings().bcrypt_cost


def milliseconds_of_a_check() -> float:
    """Measure what one check costs the processor of this machine, however busy it is."""
    stored = NOBODYS.format(cost=settings().bcrypt_cost).encode("ascii")

    def check() -> float:
        start = thread_time()
        bcrypt.checkpw(_digest(""), stored)
        return (thread_time() - start) * 1000

    return min(_apart(check) for _time in range(2))


def refuse_weak(field: str, password: str, own: Iterable[str] = ()) -> None:
    """Refuse a password that is easy to guess; `own` holds the person's name, address and organization.

    Raises `InvalidInput` beside the field, with a sentence that helps.
    """
    weakness = weakness_of(password, _common(), own)
    if weakness is not None:
        raise InvalidInput({field: SENTENCES[weakness]})


def _fits(password: str, hashed: str) -> bool:
    fits = bcrypt.checkpw(_digest(password), hashed.encode("ascii"))
    # A hash of a lower cost must not answer sooner: 2^c + 2^c + 2^(c+1) + … makes up for the difference.
    for cost in range(_cost_of(hashed), settings().bcrypt_cost):
        bcrypt.hashpw(b"", bcrypt.gensalt(cost))
    return fits


def _cost_of(hashed: str) -> int:
    return int(hashed.split("$")[2])


def _digest(password: str) -> bytes:
    plain = normalize("NFC", password).encode("utf-8", "backslashreplace")
    return b64encode(sha384(plain).digest())


def _apart(work: Callable[[], Result]) -> Result:
    return _pool().submit(work).result()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="bcrypt", initializer=_step_back)


# A forked process inherits a pool whose threads stayed with its parent: nothing given to it would ever be done.
os.register_at_fork(after_in_child=_pool.cache_clear)


def _step_back() -> None:
    # On Linux a thread has a priority of its own; elsewhere the pool is merely bounded.
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITENESS)


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON_PASSWORDS.read_text("utf-8").split())
