"""The engine, and the one place that commits."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from stageplus.config import settings
from stageplus.db.revisions import head_revision, revision_of

SQLITE_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000")
SAMPLED_ROWS = 10_000
"""Of each index, when SQLite counts what it holds: near enough to choose by, and done in a moment."""
_AFTER = "after commit"


def open_engine(url: str) -> Engine:
    """Open SQLite or PostgreSQL; SQLite checks foreign keys and takes its write lock when a transaction starts."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(url, address.database)
    return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)


@cache
def engine() -> Engine:
    """Return the engine of this installation."""
    return open_engine(settings().database)


def _leave_connections_to_the_parent() -> None:
    if engine.cache_info().currsize:
        engine().dispose(close=False)


# The server forks its worker after the demonstration world was filled: two processes must not share a connection.
os.register_at_fork(after_in_child=_leave_connections_to_the_parent)


@contextmanager
def transaction(on: Engine | None = None) -> Iterator[Session]:
    """Commit when the block ends, roll everything back when it raises."""
    with Session(on or engine(), expire_on_commit=False) as session:
        with session.begin():
            yield session
        for act in session.info.pop(_AFTER, []):
            act()


@contextmanager
def reading(on: Engine | None = None) -> Iterator[Session]:
    """Read without taking SQLite's write lock; what the block changes is never saved."""
    opened = on or engine()
    with Session(opened.execution_options(reads_only=True), expire_on_commit=False) as session:
        yield session


def after_commit(session: Session, act: Callable[[], None]) -> None:
    """Run `act` once the session's transaction is committed."""
    session.info.setdefault(_AFTER, []).append(act)


def refresh_statistics(on: Engine | None = None) -> None:
    """Let the database count what its tables hold: without it SQLite takes the wrong index, a search takes seconds."""
    with transaction(on) as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA analysis_limit={SAMPLED_ROWS}")
        connection.exec_driver_sql("ANALYZE")


def database_bytes(session: Session) -> int:
    """Return how many bytes the database takes on its disk, without what it has not yet merged."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        pages, size = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
        )
        return int(pages) * int(size)
    return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def database_answers() -> bool:
    """Say whether the database can be reached."""
    try:
        with engine().connect():
            return True
    except SQLAlchemyError:
        return False


def database_is_ready() -> bool:
    """Say whether the database answers and has every migration."""
    try:
        return revision_of(engine()) == head_revision()
    except SQLAlchemyError:
        return False


def database_clock() -> datetime | None:
    """Return what time it is for the database; nothing when it does not answer."""
    try:
        with engine().connect() as connection:
            said = connection.execute(select(func.current_timestamp())).scalar_one()
    except SQLAlchemyError:
        return None
    moment: datetime = said if isinstance(said, datetime) else datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _open_sqlite(url: str, path: str | None) -> Engine:
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    opened = create_engine(url, hide_parameters=True)

    @event.listens_for(opened, "connect")
    def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(opened, "begin")
    def _begin_immediately(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return opened
