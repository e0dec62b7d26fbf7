"""Every HTTP route beside the reactive pages, as data."""

from starlette.routing import BaseRoute

from stageplus.web.auth import AUTH_ROUTES
from stageplus.web.factors import FACTOR_ROUTES

HTTP_ROUTES: list[BaseRoute] = [*AUTH_ROUTES, *FACTOR_ROUTES]
