"""The first page gives a cookie, once, and never to a file."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.web.visits import FirstVisit


async def page(_request: Request) -> Response:
    return HTMLResponse("<h1>Stage+</h1>")


async def script(_request: Request) -> Response:
    return PlainTextResponse("1", media_type="text/javascript")


@pytest.fixture
def client() -> TestClient:
    return TestClient(FirstVisit(Starlette(routes=[Route("/", page), Route("/app.js", script)])))


def test_a_first_page_gives_a_cookie_and_the_next_keeps_it(client: TestClient) -> None:
    first = client.get("/")
    assert SESSION_COOKIE in first.cookies
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "set-cookie" not in client.get("/").headers


def test_a_file_gives_none(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/app.js").headers


def test_an_empty_cookie_is_replaced(client: TestClient) -> None:
    assert "set-cookie" in client.get("/", headers={"cookie": f"{SESSION_COOKIE}="}).headers
