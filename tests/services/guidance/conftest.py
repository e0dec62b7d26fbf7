"""The same people as in the tests of places."""

from tests.services.placements.conftest import search

__all__ = ["search"]
