"""Databases of the service tests: each test runs on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

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


@pytest.fixture
def statements(database: Engine) -> Callable[[Callable[[], object]], int]:
    """Count the statements of a read, the second time: by then the lexicon is remembered."""

    def counted(read: Callable[[], object]) -> int:
        seen: list[str] = []

        def note(*told: Any) -> None:
            seen.append(told[2])

        read()
        event.listen(database, "before_cursor_execute", note)
        read()
        event.remove(database, "before_cursor_execute", note)
        return sum(statement.startswith("SELECT") for statement in seen)

    return counted
