"""Migration 0039 keeps the mails that wait, gives no number twice, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from stageplus.db.engine import open_engine
from stageplus.db.revisions import _config

WAITING = text("""INSERT INTO outbox_message (key, kind, recipient, subject, text, html, created_at, next_try_at, tries,
    last_error) VALUES (:key, 'account', 'lou@demo.test', 'Bonjour', '', '', '2026-11-01', '2026-11-01', 0, '')""")
NUMBERS = text("SELECT id, key FROM outbox_message")


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'before.db'}")
    go(opened, "upgrade", "0039-1")
    with opened.begin() as connection:
        connection.execute(WAITING, {"key": "une:1"})
    yield opened
    opened.dispose()


def go(engine: Engine, way: str, to: str) -> None:
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        getattr(command, way)(config, to)


def in_place_of_the_first(engine: Engine) -> list[tuple[int, str]]:
    with engine.begin() as connection:
        assert [tuple(row) for row in connection.execute(NUMBERS)] == [(1, "une:1")]
        connection.execute(text("DELETE FROM outbox_message"))
        connection.execute(WAITING, {"key": "deux:1"})
        return [tuple(row) for row in connection.execute(NUMBERS)]


def test_what_waits_is_kept_and_no_number_comes_again(before: Engine) -> None:
    go(before, "upgrade", "0039")
    assert in_place_of_the_first(before) == [(2, "deux:1")]


def test_it_can_be_taken_back(before: Engine) -> None:
    go(before, "upgrade", "0039")
    go(before, "downgrade", "0039-1")
    assert in_place_of_the_first(before) == [(1, "deux:1")]
