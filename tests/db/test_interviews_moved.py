"""Migration 0035 keeps what applications said of their interview, and can be taken back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from stageplus.db.engine import open_engine
from stageplus.db.revisions import _config

ROWS = (
    (1, "en contact", "2026-12-01 13:30:00.000000", "À l’atelier"),
    (2, "refusée", "2026-11-01 13:30:00.000000", "Ici"),
    (3, "envoyée", None, ""),
    (4, "retenue", "2026-10-01 13:30:00.000000", "Là"),
)
OLD = """INSERT INTO application (id, form_key, offer_id, learner_id, status, motivation, experience, journey, phone,
    sent_at, changed_at, answer_due_on, interview_at, interview_place, company_words)
    VALUES (:id, :id, :id, :id, :status, '', '', '', '', '2026-10-01', '2026-10-02', '2026-10-08', :at, :place, '')"""
SLOTS = """SELECT "by", at FROM interview_slot JOIN interview ON interview.id = interview_id ORDER BY application_id"""


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'before.db'}")
    go(opened, "upgrade", "0035-1")
    with closing(sqlite3.connect(tmp_path / "before.db")) as plain:  # without foreign keys: the parents do not matter
        for number, status, at, place in ROWS:
            plain.execute(OLD, {"id": number, "status": status, "at": at, "place": place})
        plain.commit()
    yield opened
    opened.dispose()


def go(engine: Engine, way: str, to: str) -> None:
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        getattr(command, way)(config, to)


def test_what_was_proposed_is_kept(before: Engine) -> None:
    go(before, "upgrade", "0035")
    with before.connect() as connection:
        kept = connection.execute(
            text("SELECT application_id, state, starts_at, place FROM interview ORDER BY 1")
        ).all()
        slots = connection.execute(text(SLOTS)).all()
        columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(application)")}
    assert [tuple(row) for row in kept] == [
        (1, "fixé", ROWS[0][2], "À l’atelier"),
        (2, "annulé", ROWS[1][2], "Ici"),
        (4, "fixé", ROWS[3][2], "Là"),
    ]
    assert [tuple(row) for row in slots] == [("company", ROWS[number][2]) for number in (0, 1, 3)]
    assert columns & {"interview_at", "interview_place"} == set()


def test_and_goes_back(before: Engine) -> None:
    go(before, "upgrade", "0035")
    go(before, "downgrade", "0035-1")
    with before.connect() as connection:
        rows = connection.execute(text("SELECT id, status, interview_at, interview_place FROM application")).all()
    assert [tuple(row) for row in rows] == list(ROWS)
