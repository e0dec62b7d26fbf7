"""Writes many rows at once, for worlds that are invented: as fast as each database takes them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Date, Dialect, Engine, inspect
from sqlmodel import Session, SQLModel, func, select, text

from stageplus.db.engine import transaction

CACHE_KIBIBYTES = 400_000
"""Of SQLite, while indexes of millions of rows grow in all places at once."""
Values = tuple[Any, ...]


@contextmanager
def writing_many(on: Engine) -> Iterator[Session]:
    """Open a transaction for rows by the hundred thousand; whoever is done disposes of the engine's connections."""
    with transaction(on) as session:
        if session.connection().dialect.name == "sqlite":
            session.connection().exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIBIBYTES}")
        yield session


def write_rows(session: Session, table: type[SQLModel], columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Write rows whose values stand in the order of `columns`; the others take the model's plain defaults.

    The session does not see them: whatever `models/kept_up.py` keeps of such rows is for the caller to write.
    """
    written, connection = _table(table), session.connection()
    defaults = {name: field.default for name, field in table.model_fields.items() if _is_left_out(name, field, columns)}
    names = [*columns, *defaults]
    prepare = [_prepares(written.c[name].type, connection.dialect) for name in names]
    rest = tuple(defaults.values())
    ready = (tuple(made(v) if made else v for made, v in zip(prepare, (*row, *rest), strict=True)) for row in rows)
    driver: Any = connection.connection.driver_connection
    into = f"{written.name} ({', '.join(names)})"
    with_cursor = driver.cursor()
    if connection.dialect.name == "sqlite":
        with_cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * len(names))})", ready)  # noqa: S608 — our own names
        return
    with with_cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for values in ready:
            copy.write_row(values)


def next_number(session: Session, table: type[SQLModel]) -> int:
    """Return the first number that no row of a table has."""
    highest: Any = select(func.max(_table(table).c.id))
    return int(session.execute(highest).scalar_one() or 0) + 1


def go_on_counting(session: Session, tables: Iterable[type[SQLModel]]) -> None:
    """Let rows that come later be numbered after those whose numbers were given here: PostgreSQL needs to be told."""
    if session.connection().dialect.name == "sqlite":
        return
    for table in tables:
        known = {"name": _table(table).name, "last": next_number(session, table) - 1}
        session.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last) WHERE :last > 0"), known)


def _prepares(kind: Any, dialect: Dialect) -> Any:
    """Return what makes a value ready for the driver; the same few days come again and again."""
    made = kind.dialect_impl(dialect).bind_processor(dialect)
    return lru_cache(maxsize=4096)(made) if made and isinstance(kind, Date) else made


def _is_left_out(name: str, field: Any, columns: Sequence[str]) -> bool:
    return name not in columns and name != "id" and field.default is not None and not field.is_required()


def _table(table: type[SQLModel]) -> Any:
    return cast(Any, inspect(table)).local_table
