"""OFFA alone reads the journal: by person, deed and day, one page at a time, in words."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied
from stageplus.services.journal.actions import note_deed
from stageplus.services.journal.queries import deeds
from stageplus.services.journal.schemas import DeedPage, DeedSearch
from stageplus.services.journal.wording import DEEDS
from tests import factories
from tests.factories import NOW

SERVICES = Path(__file__).resolve().parents[3] / "stageplus" / "services"


@pytest.fixture
def boss(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        boss, other = factories.an_offa_member(session), factories.a_coach(session, "soins")
        note_deed(session, "people.suspended", by=boss, to=other.person_id, now=NOW, detail="Départ")
        note_deed(session, "team.changed", by=other, to=None, now=NOW - timedelta(days=3), detail="company 3 member")
        return boss


def found(boss: Actor, database: Engine, **asked: object) -> DeedPage:
    return deeds(boss, DeedSearch.read(asked), now=NOW, on=database)


@pytest.mark.parametrize("typed", ["evrard", "ÉVRARD", "elodie"])
def test_a_deed_is_found_without_the_accents_of_a_name(boss: Actor, database: Engine, typed: str) -> None:
    with transaction(database) as session:
        person = factories.a_person(session, Role.COACH, first_name="Élodie", last_name="Évrard")
        note_deed(session, "people.restored", by=boss, to=person.id, now=NOW)
    assert [row.about for row in found(boss, database, text=typed).rows] == ["Élodie Évrard"]


def test_a_deed_says_who_did_what_about_whom_and_why_never_in_code(boss: Actor, database: Engine) -> None:
    team, suspended = found(boss, database).rows
    assert (suspended.what, suspended.detail) == ("Compte suspendu", "Départ")
    assert suspended.by.startswith("Lou") and suspended.about_id
    assert (team.what, team.detail, team.about) == ("Rôle changé dans une équipe", "", "")


def test_deeds_are_found_by_reason_kind_day_and_person(boss: Actor, database: Engine) -> None:
    assert [row.what for row in found(boss, database, text="départ").rows] == ["Compte suspendu"]
    assert [row.what for row in found(boss, database, action="team.changed").rows] == [DEEDS["team.changed"]]
    today = date(2026, 11, 24)
    assert len(found(boss, database, since=today, until=today).rows) == 1
    assert found(boss, database, since=today + timedelta(days=1)).rows == []
    assert len(found(boss, database, until=date(2026, 11, 21)).rows) == 1
    assert len(found(boss, database, person=boss.person_id).rows) == 1


def test_the_journal_has_pages(boss: Actor, database: Engine) -> None:
    with transaction(database) as session:
        for _number in range(60):
            note_deed(session, "session.ended", by=None, to=boss.person_id, now=NOW)
    page = found(boss, database, page=2)
    assert (len(page.rows), page.pages, page.found_words) == (12, 2, "62 gestes")


def test_nobody_else_reads_it(boss: Actor, database: Engine) -> None:
    with transaction(database) as session:
        staff = factories.a_staff_member(session, factories.an_operator(session).id or 0)
    for actor in (staff, None):
        with pytest.raises(Denied):
            deeds(actor, DeedSearch(), now=NOW, on=database)


def test_every_deed_that_is_noted_has_words() -> None:
    calls = [node for path in SERVICES.rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    noting = [
        each for each in calls if isinstance(each, ast.Call) and ast.unparse(each.func) in {"note_deed", "_noted"}
    ]
    noted = {str(arg.value) for call in noting for arg in call.args[1:3] if isinstance(arg, ast.Constant)}
    assert len(noted) > 30 and noted - set(DEEDS) == set()
