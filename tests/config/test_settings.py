"""Settings that do not fit together stop the site before anybody trusts it."""

import pytest
from pydantic import ValidationError

from stageplus.config import Settings

WHOLE = {
    "oidc_issuer": "https://identite.example/royaume",
    "oidc_client_id": "stageplus",
    "oidc_client_secret": "un secret",
    "oidc_name": "Clé de ville",
}


def test_without_a_provider_there_is_none() -> None:
    assert Settings().oidc_issuer == ""


@pytest.mark.parametrize("address", ["", "127.0.0.1:3310", "clamd:3310", "[::1]:3310", "/run/clamav/clamd.ctl"])
def test_an_antivirus_is_a_host_with_its_port_or_a_socket(address: str) -> None:
    assert Settings(clamav=address).clamav == address


@pytest.mark.parametrize("address", ["clamd", "clamd:", ":3310", "clamd:x"])
def test_an_antivirus_that_nobody_finds_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="STAGEPLUS_CLAMAV"):
        Settings(clamav=address)


@pytest.mark.parametrize("missing", WHOLE)
def test_half_a_provider_is_refused_and_all_four_are_named(missing: str) -> None:
    with pytest.raises(ValidationError, match="OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET et _NAME"):
        Settings(**WHOLE | {missing: ""})


@pytest.mark.parametrize(
    "issuer",
    [
        "http://identite.example",
        "http://127.0.0.1.example",
        "ftp://identite.example",
        "identite.example",
        "https://",
        "https://moi:secret@identite.example",
        "https://identite.example/?a=1",
        "https://identite.example/#a",
    ],
)
def test_an_issuer_is_an_encrypted_address(issuer: str) -> None:
    with pytest.raises(ValidationError, match="https://"):
        Settings(**WHOLE | {"oidc_issuer": issuer})


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:8113", "http://localhost:8113/a", "http://[::1]:1", "https://x"])
def test_on_this_machine_it_may_be_plain(issuer: str) -> None:
    assert Settings(**WHOLE | {"oidc_issuer": issuer}).oidc_issuer == issuer


def test_a_secret_is_not_shown() -> None:
    assert "un secret" not in repr(Settings(**WHOLE))
