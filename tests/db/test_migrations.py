"""The migrations give the tables of the code, and a database knows whether it is up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from stageplus.db import engine as engine_module
from stageplus.db.engine import database_is_ready, open_engine, transaction
from stageplus.db.revisions import differences_from_models, head_revision, migrate, revision_of
from stageplus.models import Basin, Municipality


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'new' / 'test.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def migrated(empty: Engine) -> Engine:
    migrate(empty)
    return empty


def test_a_new_database_has_no_revision(empty: Engine) -> None:
    assert revision_of(empty) is None


def test_migrating_reaches_the_newest_revision(migrated: Engine) -> None:
    assert revision_of(migrated) == head_revision()


def test_migrating_twice_changes_nothing(migrated: Engine) -> None:
    migrate(migrated)
    assert revision_of(migrated) == head_revision()


def test_migrations_give_the_tables_of_the_code(migrated: Engine) -> None:
    assert differences_from_models(migrated) == []


def test_a_missing_table_is_a_difference(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(text("DROP TABLE parameter"))
    assert any("parameter" in difference for difference in differences_from_models(migrated))


def test_readiness_follows_the_migrations(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "engine", lambda: empty)
    assert database_is_ready() is False
    migrate(empty)
    assert database_is_ready() is True


def test_an_unreachable_database_is_not_ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    unreachable = open_engine(f"sqlite:///{tmp_path}")
    monkeypatch.setattr(engine_module, "engine", lambda: unreachable)
    assert database_is_ready() is False


def test_foreign_keys_are_checked_on_sqlite(migrated: Engine) -> None:
    stray = Municipality(ins="1", name="N", province="P", region="R", basin_code="nowhere", latitude=50, longitude=4)
    with pytest.raises(IntegrityError), transaction(migrated) as session:
        session.add(stray)


def test_a_block_that_raises_saves_nothing(migrated: Engine) -> None:
    def add_then_fail() -> None:
        with transaction(migrated) as session:
            session.add(Basin(code="namur", name="Namur"))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        add_then_fail()
    with transaction(migrated) as session:
        assert session.get(Basin, "namur") is None


def test_a_block_that_ends_is_saved(migrated: Engine) -> None:
    with transaction(migrated) as session:
        session.add(Basin(code="namur", name="Namur"))
    with transaction(migrated) as session:
        found = session.get(Basin, "namur")
        assert found is not None
        assert found.name == "Namur"
