"""Other sites can neither frame us, run scripts in our pages nor send requests in a person's name."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from stageplus.config import settings
from stageplus.web.app import behind_proxies, compose_site
from stageplus.web.origins import own_origins
from stageplus.web.pages_index import load_pages

ORIGIN = "http://testserver"
SCRIPT = "document.title='Stage+'"


async def echo_socket(scope: Scope, receive: Receive, send: Send) -> None:
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    await socket.send_text("bonjour")
    await socket.close()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "index.html").write_text(f"<script>{SCRIPT}</script><script type='module'>import 'x'</script>")
    (tmp_path / "404.html").write_text("introuvable")
    routes = [
        Route("/auth/sign-in", lambda request: PlainTextResponse("entré"), methods=["POST"]),
        Route("/own-policy", lambda request: PlainTextResponse("", headers={"Content-Security-Policy": "sandbox"})),
    ]
    pages = load_pages(tmp_path, tmp_path / "routes.json")
    return TestClient(compose_site(echo_socket, pages, routes, [ORIGIN], lambda: True), base_url=ORIGIN)


def policy_of(client: TestClient, path: str) -> dict[str, list[str]]:
    header = client.get(path).headers["content-security-policy"]
    return {words[0]: words[1:] for words in (part.split() for part in header.split("; "))}


def test_policy_names_no_outside_host(client: TestClient) -> None:
    sources = {source for values in policy_of(client, "/").values() for source in values}
    assert {source for source in sources if not source.startswith("'")} == {"data:"}


def test_inline_scripts_are_allowed_by_hash_only(client: TestClient) -> None:
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    scripts = policy_of(client, "/")["script-src"]
    assert f"'sha256-{digest}'" in scripts
    assert len([source for source in scripts if source.startswith("'sha256-")]) == 2
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(scripts)


@pytest.mark.parametrize("path", ["/", "/nulle-part", "/healthz"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert policy_of(client, path)["frame-ancestors"] == ["'none'"]


def test_the_address_of_a_mailed_link_is_neither_kept_nor_repeated(client: TestClient) -> None:
    headers = client.get("/lien/un-jeton").headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "strict-origin"  # "no-referrer" would turn the Origin of our forms into "null"
    assert client.get("/lienx").headers["referrer-policy"] == "same-origin"


def test_a_route_may_set_a_stricter_policy(client: TestClient) -> None:
    assert client.get("/own-policy").headers["content-security-policy"] == "sandbox"


def test_transport_security_is_promised_over_https_only(client: TestClient) -> None:
    assert "strict-transport-security" not in client.get("/").headers
    assert "strict-transport-security" in client.get("https://testserver/").headers


@pytest.mark.parametrize("origin", ["https://ailleurs.test", "null", "http://testserver.ailleurs.test", None])
def test_post_from_elsewhere_is_refused(client: TestClient, origin: str | None) -> None:
    headers = {"origin": origin} if origin else {}
    assert client.post("/auth/sign-in", headers=headers).status_code == 403


def test_post_from_our_own_page_is_accepted(client: TestClient) -> None:
    assert client.post("/auth/sign-in", headers={"origin": ORIGIN}).text == "entré"


@pytest.mark.parametrize("origin", ["https://ailleurs.test", "null"])
def test_websocket_from_elsewhere_is_refused(client: TestClient, origin: str) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_event", headers={"origin": origin}):
        raise AssertionError("the websocket was accepted")


def test_websocket_from_our_own_page_is_accepted(client: TestClient) -> None:
    with client.websocket_connect("/_event", headers={"origin": ORIGIN}) as socket:
        assert socket.receive_text() == "bonjour"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.delenv("STAGEPLUS_PUBLIC_URL", raising=False)
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


def test_public_address_replaces_the_local_ones(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("STAGEPLUS_PUBLIC_URL", "https://stageplus.test/")
    assert own_origins() == ["https://stageplus.test"]


def test_local_addresses_follow_the_port(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("STAGEPLUS_PORT", "9001")
    assert own_origins() == ["http://127.0.0.1:9001", "http://localhost:9001"]
    assert settings().site == "http://127.0.0.1:9001"


@pytest.mark.parametrize(("trusted", "seen"), [("", "10.0.0.9"), ("10.0.0.9", "203.0.113.7"), ("10.1.1.1", "10.0.0.9")])
def test_only_a_trusted_proxy_is_believed(environment: pytest.MonkeyPatch, trusted: str, seen: str) -> None:
    async def who(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.client.host if request.client else "")

    environment.setenv("STAGEPLUS_TRUSTED_PROXIES", trusted)
    wrapped = behind_proxies(Starlette(routes=[Route("/", who)]))

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        await wrapped(scope, receive, send)

    answer = TestClient(site, client=("10.0.0.9", 5000)).get("/", headers={"X-Forwarded-For": "203.0.113.7"})
    assert answer.text == seen
