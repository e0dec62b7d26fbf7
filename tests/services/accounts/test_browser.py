"""What a browser holds: the cookie is read with care, the form token fits one cookie only."""

import pytest

from stageplus.services.accounts.browser import SESSION_COOKIE, form_token, is_form_token, session_token


@pytest.mark.parametrize(
    ("header", "token"),
    [
        (f"{SESSION_COOKIE}=abc", "abc"),
        (f" other=1; {SESSION_COOKIE}=abc", "abc"),
        ("", ""),
        ("other=1", ""),
        ("\0;;=;", ""),
    ],
)
def test_the_token_is_read_from_the_cookie_header(header: str, token: str) -> None:
    assert session_token(header) == token


def test_a_form_token_fits_its_own_cookie_only() -> None:
    assert is_form_token("abc", form_token("abc"))
    assert not is_form_token("abd", form_token("abc"))
    assert not is_form_token("abc", "é")
    assert not is_form_token("", form_token(""))
