"""A real OpenID Connect provider for tests and for trying by hand: it checks what it is asked, and lies when told to.

Started in a process of its own by `stageplus.web.server.served("tests.provider:app", …)`; by hand:
`STAGEPLUS_PORT=8113 python -m granian --interface asgi --factory --port 8113 tests.provider:app`.
"""

import os
import time
from base64 import b64decode
from html import escape
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "stageplus", "un-secret-entre-nous-et-personne-d-autre"
ISSUER = f"http://127.0.0.1:{os.environ.get('STAGEPLUS_PORT', '8113')}"
FORM = """<!doctype html><html lang="fr"><title>Clé de ville</title>
<link rel="icon" href="data:,"><h1>Clé de ville</h1><form method="post">
{hidden}<label>Identité <input name="sub" value="citoyen-1"></label>
<button name="choix" value="oui">Continuer</button><button name="choix" value="non">Refuser</button></form>"""


class Provider:
    """Keys, codes that wait, what was asked, and the lies to tell."""

    def __init__(self) -> None:
        self.keys = KeySet([RSAKey.generate_key(2048, {"use": "sig"}), ECKey.generate_key("P-256", {"use": "sig"})])
        self.stranger = RSAKey.generate_key(2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.lies: dict[str, Any] = {}

    def metadata(self, request: Request) -> Response:
        """Say what OpenID Connect Discovery asks."""
        if self.lies.get("down"):
            return Response(status_code=503)
        said = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/entrer",
            "token_endpoint": f"{ISSUER}/jeton",
            "jwks_uri": f"{ISSUER}/cles",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }
        return JSONResponse(said | self.lies.get("metadata", {}))

    def published(self, request: Request) -> Response:
        """Publish the keys, with one that nobody has to understand."""
        keys = self.keys.as_dict(private=False)
        return JSONResponse({"keys": [{"kty": "nouveau", "kid": "x"}, *keys["keys"]]})

    async def enter(self, request: Request) -> Response:
        """Ask who it is, then send them back with a code or a refusal."""
        wanted = dict(parse_qsl(request.url.query))
        if wanted.get("client_id") != CLIENT or wanted.get("response_type") != "code":
            return Response(status_code=400)
        if request.method == "GET":
            return HTMLResponse(FORM.format(hidden="".join(f"<!-- {escape(name)} -->" for name in wanted)))
        self.asked.append(wanted)
        form = await request.form()
        back = {"state": wanted["state"], "iss": ISSUER}
        if form.get("choix") == "non":
            back["error"] = "access_denied"
        else:
            back["code"] = token_urlsafe(24)
            self.codes[back["code"]] = wanted | {"sub": str(form.get("sub", ""))}
        return RedirectResponse(f"{wanted['redirect_uri']}?{urlencode(back)}", status_code=303)

    async def token(self, request: Request) -> Response:
        """Exchange a code, once, for a signed answer."""
        if "token_status" in self.lies:
            return JSONResponse({"error": "server_error"}, self.lies["token_status"])
        scheme, _space, given = request.headers.get("authorization", "").partition(" ")
        if scheme != "Basic" or b64decode(given).decode() != f"{CLIENT}:{SECRET}":
            return JSONResponse({"error": "invalid_client"}, 401)
        form = await request.form()
        self.asked.append({name: str(value) for name, value in form.items()})
        granted = self.codes.pop(str(form.get("code")), None)
        challenge = create_s256_code_challenge(str(form.get("code_verifier", "")))
        if not granted or (granted["code_challenge"], granted["redirect_uri"]) != (challenge, form["redirect_uri"]):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self._signed(granted)})

    def _signed(self, granted: dict[str, str]) -> str:
        now = int(self.lies.get("now", time.time()))
        claims = {
            "iss": ISSUER,
            "sub": granted["sub"],
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now - 5,
            "nonce": granted["nonce"],
            "email": "citoyen@ville.test",
            "national_number": "00.00.00-000.00",
        }
        claims = {name: value for name, value in (claims | self.lies.get("claims", {})).items() if value is not None}
        algorithm = self.lies.get("alg", "RS256")
        rsa, elliptic = self.keys.keys
        key: Any = {"ES256": elliptic, "HS256": OctKey.import_key(SECRET), "none": OctKey.import_key(SECRET)}.get(
            algorithm, self.stranger if self.lies.get("stranger") else rsa
        )
        header = {"alg": algorithm, "kid": elliptic.kid if algorithm == "ES256" else rsa.kid}
        return jwt.encode(header, claims, key, algorithms=[algorithm])

    async def instructed(self, request: Request) -> Response:
        """Take the lies to tell from now on, and tell what was asked until now."""
        self.lies = await request.json()
        if self.lies.get("renew"):
            self.keys = KeySet([RSAKey.generate_key(2048), ECKey.generate_key("P-256")])
        asked, self.asked = self.asked, []
        return JSONResponse(asked)


def app() -> Starlette:
    """Build the provider."""
    one = Provider()
    return Starlette(
        routes=[
            Route("/healthz", lambda request: Response("ok")),
            Route("/.well-known/openid-configuration", one.metadata),
            Route("/cles", one.published),
            Route("/entrer", one.enter, methods=["GET", "POST"]),
            Route("/jeton", one.token, methods=["POST"]),
            Route("/essai", one.instructed, methods=["POST"]),
        ]
    )
