"""What a browser holds of a session: one cookie, and the token of its forms that derives from it."""

import hmac
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie

from stageplus.config import settings

SESSION_COOKIE = "stageplus_session"


def session_token(cookie_header: str) -> str:
    """Read the session's token from a Cookie header; empty when there is none or it is malformed."""
    try:
        found = SimpleCookie(cookie_header.strip()).get(SESSION_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


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
