"""The identity provider of the settings: where to send people, and who it says comes back.

Nothing is asked of any other site: what the provider names elsewhere is refused, no redirection is followed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError, InvalidURL, create_ssl_context
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from stageplus.config import settings
from stageplus.domain.errors import NotFound
from stageplus.domain.refusals import AnswerNotBelieved, ProviderDown
from stageplus.services.faults import log
from stageplus.services.federation.id_token import ALGORITHMS, SIGNED_IN_WITHIN, subject_of

BACK = "/auth/fournisseur/retour"
"""Where the provider sends people back: the one address to give it."""
SECONDS_TO_ANSWER = 5.0
KNOWN_FOR, KEYS_KNOWN_FOR = 3600.0, 60.0
"""For how many seconds what the provider says of itself holds, and for how many at least when a key is missing."""
DISCOVERY = "/.well-known/openid-configuration"


class ProviderMisconfigured(ProviderDown):
    """What the provider says of itself does not fit the settings; its text says what, for whoever runs the site."""


@dataclass(frozen=True)
class Known:
    """What the provider says of itself, and when it said so."""

    authorization: str
    token: str
    keys: KeySet
    auth_method: str
    repeats_issuer: bool
    at: float


class Provider:
    """One provider, and what is known of it for a while."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, site: str) -> None:
        self.issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._back = f"{site}{BACK}"
        self._known: Known | None = None

    def address(self, state: str, nonce: str, verifier: str) -> str:
        """Return where somebody signs in at the provider, afresh and for nothing but an identifier."""
        known = self.look()
        with self._client() as client:
            address, _state = client.create_authorization_url(
                known.authorization,
                state=state,
                code_verifier=verifier,
                nonce=nonce,
                prompt="login",
                max_age=SIGNED_IN_WITHIN,
            )
        return str(address)

    def subject(self, code: str, issuer: str, nonce: str, verifier: str, now: datetime) -> str:
        """Hand in the code that somebody came back with and return who the provider says they are.

        `issuer` is who the browser says it comes from. Raises `AnswerNotBelieved` and `ProviderDown`.
        """
        known = self.look()
        if issuer != self.issuer and (issuer or known.repeats_issuer):
            raise AnswerNotBelieved
        with self._client(known.auth_method) as client, _answering():
            answer = client.fetch_token(known.token, grant_type="authorization_code", code=code, code_verifier=verifier)
        token = self._signed(str(answer.get("id_token", "")))
        return subject_of(token, issuer=self.issuer, client_id=self._client_id, nonce=nonce, now=now)

    def look(self, no_older: float = KNOWN_FOR) -> Known:
        """Return what the provider says of itself, asked again when that is older than so many seconds."""
        if self._known is None or time.monotonic() - self._known.at > no_older:
            self._known = self._discovered()
        return self._known

    def _signed(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self.look().keys, ALGORITHMS)
        except (JoseError, ValueError):
            fresher = self.look(KEYS_KNOWN_FOR)  # providers change their keys
        try:
            return jwt.decode(token, fresher.keys, ALGORITHMS)
        except (JoseError, ValueError) as error:
            raise AnswerNotBelieved from error

    def _discovered(self) -> Known:
        with self._client() as client, _answering():
            said = _json(client, f"{self.issuer.rstrip('/')}{DISCOVERY}")
            if said.get("issuer") != self.issuer:
                raise ProviderMisconfigured("issuer")
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            authorization, token, keys = (self._own(said, name) for name in names)
            methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
            return Known(
                authorization=authorization,
                token=token,
                keys=_keys(_json(client, keys)),
                auth_method="client_secret_basic" if "client_secret_basic" in methods else "client_secret_post",
                repeats_issuer=said.get("authorization_response_iss_parameter_supported") is True,
                at=time.monotonic(),
            )

    def _own(self, said: dict[str, Any], name: str) -> str:
        address = said.get(name)
        if not isinstance(address, str) or urlsplit(address)[:2] != urlsplit(self.issuer)[:2]:
            raise ProviderMisconfigured(name)
        return address

    def _client(self, auth_method: str = "client_secret_basic") -> OAuth2Client:
        return OAuth2Client(
            self._client_id,
            self._client_secret,
            token_endpoint_auth_method=auth_method,
            scope="openid",
            redirect_uri=self._back,
            code_challenge_method="S256",
            timeout=SECONDS_TO_ANSWER,
            follow_redirects=False,
            verify=_trusted(),
        )


@cache
def _trusted() -> SSLContext:
    """Return whom we trust to name sites: read once, for that takes longer than asking the provider."""
    return create_ssl_context()


@cache
def provider() -> Provider:
    """Return the provider of this installation; raises `NotFound` when there is none."""
    chosen = settings()
    if not chosen.oidc_issuer:
        raise NotFound
    return Provider(chosen.oidc_issuer, chosen.oidc_client_id, chosen.oidc_client_secret, chosen.site)


@contextmanager
def _answering() -> Iterator[None]:
    """Turn whatever goes wrong on the way to the provider into a refusal; the log keeps its kind, never its words."""
    try:
        yield
    except OAuthError as error:
        log.warning("provider refused the code", error=str(error.error)[:100])
        raise (AnswerNotBelieved if error.error == "invalid_grant" else ProviderDown) from error
    except (HTTPError, InvalidURL, JoseError, ValueError) as error:
        log.warning("provider down", kind=type(error).__name__)
        raise ProviderDown from error


def _keys(said: dict[str, Any]) -> KeySet:
    listed = said.get("keys")
    found = [key for key in listed if isinstance(key, dict)] if isinstance(listed, list) else []
    return KeySet.import_key_set({"keys": found})


def _json(client: OAuth2Client, address: str) -> dict[str, Any]:
    answer = client.request("GET", address, withhold_token=True, headers={"Accept": "application/json"})
    said = answer.raise_for_status().json()
    if not isinstance(said, dict):
        raise ProviderMisconfigured(urlsplit(address).path)
    return said
