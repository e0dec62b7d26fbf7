"""Encrypts CVs at rest: whoever has only the database, or a copy of it, reads none."""

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stageplus.services.derived_keys import derived_key

_NONCE = 12


def sealed(content: bytes, learner_id: int) -> bytes:
    """Encrypt a file for the learner it belongs to: under another learner's name it does not open."""
    nonce = token_bytes(_NONCE)
    return nonce + _box().encrypt(nonce, content, _owner(learner_id))


def unsealed(kept: bytes, learner_id: int) -> bytes | None:
    """Decrypt it again; nothing when it was changed, is somebody else's, or the installation's secret is new."""
    try:
        return _box().decrypt(kept[:_NONCE], kept[_NONCE:], _owner(learner_id))
    except (InvalidTag, ValueError):
        return None


def _box() -> AESGCM:
    return AESGCM(derived_key("document"))


def _owner(learner_id: int) -> bytes:
    return f"learner {learner_id}".encode()
