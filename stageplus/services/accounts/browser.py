"""What a browser holds of a session: one cookie, and the token of its forms that derives from it."""

import hmac
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe

from stageplus.config import settings

SESSION_COOKIE = "stageplus_session"
DEVICE_COOKIE = "stageplus_device"
MOST_ACCOUNTS = 5
"""How many accounts one browser stays known for."""


def session_token(cookie_header: str) -> str:
    """Read the session's token from a Cookie header; empty when there is none or it is malformed."""
    return _cookie(cookie_header, SESSION_COOKIE)


def known_accounts(cookie_header: str) -> str:
    """Read what a browser keeps of the accounts that signed in on it; empty when there is none or it is malformed."""
    return _cookie(cookie_header, DEVICE_COOKIE)


def device_of(known: str, email: str) -> str:
    """Return the name under which a browser is known to an account, from its own proof; empty when it has none."""
    for entry in known.split("~")[:MOST_ACCOUNTS]:
        name, _dot, proof = entry.partition(".")
        if name and hmac.compare_digest(proof.encode(), _device_proof(name, email).encode()):
            return name
    return ""


def known_from_now_on(known: str, email: str) -> str:
    """Add an account to what a browser keeps, the latest first; it names nobody and proves nothing elsewhere."""
    if device_of(known, email):
        return known
    name = token_urlsafe(12)
    return "~".join([f"{name}.{_device_proof(name, email)}", *filter(None, known.split("~"))][:MOST_ACCOUNTS])


def form_token(token: str) -> str:
    """Return the token that a form sent with this cookie must carry; empty without a cookie."""
    return hmac.new(settings().secret.encode(), b"form:" + token.encode(), sha256).hexdigest() if token else ""


def is_form_token(token: str, claimed: str) -> bool:
    """Say whether the form's token fits the cookie, in constant time."""
    return bool(token) and hmac.compare_digest(form_token(token).encode(), claimed.encode())


def own_path(claimed: str) -> str:
    """Return a path of our own to go on to, or nothing when it would lead elsewhere."""
    is_ours = claimed.startswith("/") and not claimed.startswith("//") and "\\" not in claimed
    return claimed if is_ours and claimed.isprintable() and not claimed.startswith("/auth/") else ""


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header.strip()).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _device_proof(name: str, email: str) -> str:
    whose = f"device:{name}:{email.strip().lower()}".encode("utf-8", "backslashreplace")
    return hmac.new(settings().secret.encode(), whose, sha256).hexdigest()
