"""Column types that tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, TypeDecorator
from sqlmodel import Field


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; raises `ValueError` for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back the moment in UTC, which SQLite forgets."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def moment() -> Any:
    """Declare a moment that is always known."""
    return Field(sa_type=Moment)


def choice(of: type[StrEnum], *, index: bool = False, default: StrEnum | None = None, primary_key: bool = False) -> Any:
    """Declare a value of a closed list, stored as its own words and not as a database type that is hard to extend."""
    if default is None:
        return Field(sa_type=_words(of), index=index, primary_key=primary_key)
    return Field(default=default, sa_type=_words(of), index=index)


def maybe(of: type[StrEnum]) -> Any:
    """Declare a value of a closed list that may be unknown."""
    return Field(default=None, sa_type=_words(of), nullable=True)


def _words(of: type[StrEnum]) -> Any:
    return Enum(of, native_enum=False, length=20, values_callable=lambda enum: [member.value for member in enum])
