"""Moments keep their time zone, and closed lists keep their words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, StatementError

from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.models import Person


def person(email: str = "alix@demo.test", created_at: datetime = datetime(2026, 11, 24, tzinfo=UTC)) -> Person:
    return Person(
        email=email, first_name="Alix", last_name="Essai", role=Role.COACH, password_hash="x", created_at=created_at
    )


def test_a_moment_comes_back_in_utc(database: Engine) -> None:
    brussels_summer = datetime(2027, 7, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))
    with transaction(database) as session:
        session.add(person(created_at=brussels_summer))
    with transaction(database) as session:
        found = session.get(Person, 1)
        assert found is not None
        assert found.created_at == brussels_summer
        assert found.created_at.utcoffset() == timedelta(0)


def test_a_moment_without_time_zone_is_refused(database: Engine) -> None:
    naive = person(created_at=datetime(2027, 7, 1, tzinfo=UTC).replace(tzinfo=None))
    with pytest.raises(StatementError, match="time zone"), transaction(database) as session:
        session.add(naive)


def test_a_role_is_stored_as_its_own_word(database: Engine) -> None:
    with transaction(database) as session:
        session.add(person())
        session.flush()
        assert session.connection().execute(text("SELECT role FROM person")).scalar_one() == "coach"
    with transaction(database) as session:
        found = session.get(Person, 1)
        assert found is not None
        assert found.role is Role.COACH


def test_two_people_never_share_an_address(database: Engine) -> None:
    with transaction(database) as session:
        session.add(person())
    with pytest.raises(IntegrityError), transaction(database) as session:
        session.add(person())
