"""What the web tells of the database is tested on the same two databases as services."""

from tests.services.conftest import database

__all__ = ["database"]
