"""Databases of the service tests: each test runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import open_engine
from stageplus.db.revisions import migrate


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give an empty migrated database."""
    sqlite = f"sqlite:///{tmp_path / 'test.db'}"
    opened = open_engine(sqlite if request.param == "sqlite" else request.getfixturevalue("postgresql_url"))
    migrate(opened)
    yield opened
    opened.dispose()
