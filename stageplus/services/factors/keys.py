"""Keys of second factors, each derived from the installation's secret for one use only."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from stageplus.services.derived_keys import derived_key


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
    return hmac.new(derived_key(use), text.encode("utf-8", "ignore"), sha256).hexdigest()


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(derived_key("authenticator")))
