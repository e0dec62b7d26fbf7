"""The cast of applications."""

from tests.services.applications.conftest import Cast, cast

__all__ = ["Cast", "cast"]
