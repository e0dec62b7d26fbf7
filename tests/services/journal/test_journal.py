"""What was done to somebody's access is written down with the deed, or not at all."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.models import JournalEntry
from stageplus.services.journal.actions import note_deed
from tests import factories
from tests.factories import NOW


def entries(database: Engine) -> list[tuple[str, int | None, int | None, str]]:
    with Session(database) as session:
        found = session.exec(select(JournalEntry)).all()
        return [(entry.action, entry.actor_id, entry.subject_id, entry.detail) for entry in found]


@pytest.mark.parametrize("from_terminal", [True, False])
def test_it_says_who_did_what_to_whom(database: Engine, from_terminal: bool) -> None:
    with transaction(database) as session:
        offa, other = factories.an_offa_member(session), factories.a_person(session, Role.COACH).id
        by: Actor | None = None if from_terminal else offa
        note_deed(session, "factor.reset", by=by, to=other, now=NOW, detail="x" * 600)
    assert entries(database) == [("factor.reset", None if from_terminal else offa.person_id, other, "x" * 500)]


def test_a_deed_that_fails_leaves_no_entry(database: Engine) -> None:
    def fail() -> None:
        with transaction(database) as session:
            note_deed(session, "factor.reset", by=None, to=None, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert entries(database) == []
