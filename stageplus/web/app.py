"""Puts our HTTP routes, Reflex's websocket and the built pages behind one door."""

from collections.abc import Callable

from granian.utils.proxies import wrap_asgi_with_proxy_headers
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from stageplus.config import settings
from stageplus.db.engine import database_is_ready
from stageplus.web.build import BUILT_PAGES, ROUTES_MANIFEST
from stageplus.web.health import health_of
from stageplus.web.origin_guard import OwnOriginOnly
from stageplus.web.origins import own_origins
from stageplus.web.pages_index import PagesIndex, load_pages
from stageplus.web.routes import HTTP_ROUTES
from stageplus.web.security_headers import SecurityHeaders
from stageplus.web.serving import BuiltPages
from stageplus.web.visits import FirstVisit

REFLEX_PATHS = ("/_event", "/ping")


def beside_reflex(reflex_app: ASGIApp) -> ASGIApp:
    """Wrap Reflex's own application: the transformer that `rx.App` calls at start."""
    pages = load_pages(BUILT_PAGES, ROUTES_MANIFEST)
    return behind_proxies(compose_site(reflex_app, pages, HTTP_ROUTES, own_origins(), database_is_ready))


def behind_proxies(site: ASGIApp) -> ASGIApp:
    """See people's own addresses behind the proxies of the settings, and take nobody else's word for them."""
    proxies = settings().trusted_proxies
    return wrap_asgi_with_proxy_headers(site, proxies) if proxies else site


def compose_site(
    reflex_app: ASGIApp,
    pages: PagesIndex,
    routes: list[BaseRoute],
    origins: list[str],
    database_is_ready: Callable[[], bool],
) -> Starlette:
    """Answer health and our routes first, then Reflex's websocket, then the built pages."""
    site = Starlette(
        routes=[Route("/healthz", health_of(pages, database_is_ready)), *routes],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(FirstVisit),
            Middleware(OwnOriginOnly, own_origins=origins),
        ],
    )
    site.router.redirect_slashes = False
    site.router.default = _ReflexOrPages(reflex_app, BuiltPages(pages))
    return site


class _ReflexOrPages:
    def __init__(self, reflex_app: ASGIApp, pages: BuiltPages) -> None:
        self.reflex_app = reflex_app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        to_reflex = scope["type"] == "websocket" or scope["path"].startswith(REFLEX_PATHS)
        await (self.reflex_app if to_reflex else self.pages)(scope, receive, send)
