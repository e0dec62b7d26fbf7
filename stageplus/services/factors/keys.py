"""Keys of second factors, each derived from the installation's secret for one use only."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stageplus.config import settings


def encrypted(text: str) -> str:
    """Return what is kept of a secret that must be read again."""
    return _box().encrypt(text.encode()).decode()


def decrypted(kept: str, lasts: int | None = None) -> str | None:
    """Read it again; nothing when it was not ours, was changed, or is older than so many seconds."""
    try:
        return _box().decrypt(kept.encode("utf-8", "ignore"), ttl=lasts).decode()
    except InvalidToken:
        return None


def digest(use: str, text: str) -> str:
    """Return what is kept of a secret that is only compared: without our key, guesses cannot be tried on it."""
    return hmac.new(_derived(use), text.encode("utf-8", "ignore"), sha256).hexdigest()


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(_derived("authenticator")))


def _derived(use: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"stageplus {use}".encode()).derive(settings().secret.encode())
