"""Every HTTP route beside the reactive pages, as data."""

from starlette.routing import BaseRoute

HTTP_ROUTES: list[BaseRoute] = []
