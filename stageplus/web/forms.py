"""What our HTTP routes share: the fields of a posted form, the cookie it came with, where it leads."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse

from stageplus.services.accounts.browser import is_form_token, known_accounts, session_token
from stageplus.services.accounts.schemas import Visitor

LONGEST_FIELD = 1000


def token_of(request: Request) -> str:
    """Return the session's token that the browser sent."""
    return session_token(request.headers.get("cookie", ""))


def visitor_of(request: Request) -> Visitor:
    """Return what the request says of its browser."""
    headers = request.headers
    address = request.client.host if request.client else ""
    return Visitor(address, headers.get("user-agent", ""), known_accounts(headers.get("cookie", "")))


def field_of(form: FormData, name: str, longest: int = LONGEST_FIELD) -> str:
    """Read a text field, cut at a length that nothing of ours exceeds; empty when it is none."""
    value = form.get(name)
    return value[:longest] if isinstance(value, str) else ""


def is_our_form(request: Request, form: FormData) -> bool:
    """Say whether the form was made for the visit that sends it."""
    return is_form_token(token_of(request), field_of(form, "csrf"))


def see_other(path: str) -> RedirectResponse:
    """Lead the browser on after a post."""
    return RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})
