"""Passwords at rest: bcrypt over a digest, so that length and NUL bytes never matter."""

from base64 import b64encode
from functools import cache
from hashlib import sha384

import bcrypt

COST = 12
"""bcrypt's work factor: one check takes some 200 ms on the machines we run on."""


def hash_password(password: str, cost: int = COST) -> str:
    """Return the salted bcrypt hash of a password of any length."""
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(cost)).decode("ascii")


def is_password(password: str, hashed: str | None) -> bool:
    """Say whether the password fits; without a hash the same time is spent, so that nobody learns who is known."""
    matches = bcrypt.checkpw(_digest(password), (hashed or _nobody()).encode("ascii"))
    return matches and hashed is not None


def _digest(password: str) -> bytes:
    return b64encode(sha384(password.encode("utf-8")).digest())


@cache
def _nobody() -> str:
    return hash_password("nobody has this password")
