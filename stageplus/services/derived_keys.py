"""Keys derived from the installation's secret, each for one use only."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stageplus.config import settings


def derived_key(use: str) -> bytes:
    """Return the 32 bytes of a use; knowing them says nothing of the secret, nor of another use's."""
    return HKDF(SHA256(), 32, salt=None, info=f"stageplus {use}".encode()).derive(settings().secret.encode())
