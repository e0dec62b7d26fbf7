"""What a page reads costs a few statements, however much there is to read.

A statement per row (the N+1 fault) is invisible with three rows and fatal with three thousand: each read is counted in
a small world and in one several times as large.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.models import (
    AlertOffer,
    Consultation,
    EnrolmentReport,
    Establishment,
    Favourite,
    ImportState,
    Introduction,
    Learner,
    LearnerNote,
    Operator,
    ReportKind,
    RosterImport,
)
from tests import factories
from tests.house.test_use_cases import SERVICES
from tests.matrix.conftest import World
from tests.matrix.table import TABLE, WHO
from tests.matrix.test_services import outcome

MOST = 5
FOR_A_LEARNER = 4
"""Five with the one that recognises whoever acts: nothing that a phone waits for may take more."""
MOST_OF = {
    "coaching.company_sheet": 10,
    "coaching.my_desk": 6,
    "reporting.site_keeping": 28,
    "reporting.site_totals": 12,
    "enrolment.import_preview": 8,
    "parameters.try_weights": 6,
    "postings.my_offer": 7,
    "mergers.merger_desk": 6,
    "reference.trade_detail": 9,
    "schemes.preview_scheme": 9,
    "schemes.scheme_detail": 6,
    "statistics.followed_figures": 6,
    "suspicions.suspects": 12,
    "teams.my_establishments": 7,
    "teams.my_team": 7,
    "teams.team_member": 7,
}
"""Reads that may take more, each for a reason: OFFA's totals are a dozen counts of different tables, the
preview of a roster compares it with every trade, word, implantation and enrolment there is, a trade of the reference
 data shows its words, its history and counts of all that depends on it, a coach's desk and a company's sheet count
 offers, agréments, answers and stories apart, a try of weights reads a whole search, an offer is measured against the
 others of its establishment and lists who waits for an answer, and a company's team and establishments, opened now and
 then, gather what as many tables say. A dispositif is measured on people, operators and amounts before and after; each
 kind of fact about accounts, and each thing that doubles have, has a table. What is due for erasure is counted by each
period, read as often, once when the overview opens. OFFA's figures add up whole months, and the days of a month that a
 period begins amid, both for the funnel and for the trend."""


def reads() -> list[str]:
    """Name the use cases that only read."""
    sources = {
        area.name: (area / "queries.py").read_text() for area in SERVICES.iterdir() if (area / "queries.py").exists()
    }
    found = [name.split(".") for name in TABLE]
    return [f"{area}.{name}" for area, name in found if f"def {name}(" in sources.get(area, "")]


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that read."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def grow(engine: Engine, world: World) -> None:
    """Add ten of everything beside what everybody of the world already has."""
    with transaction(engine) as session:
        learner = session.get_one(Learner, world.learner)
        house = session.get_one(Establishment, int(world.place.split(":")[0]))
        operator = session.get_one(Operator, learner.operator_id)
        staff = factories.a_staff_member(session, operator.id or 0)
        for _number in range(10):
            offer = factories.an_offer(session, house)
            factories.a_notice(session, learner.person_id)
            held = factories.an_application(session, offer, learner)
            factories.an_interview(session, held, starts_at=factories.NOW + timedelta(days=7))
            alert = factories.an_alert(session, learner, text=f"pain {_number}")
            found = {"learner_id": learner.id or 0, "offer_id": offer.id or 0, "alert_id": alert.id or 0}
            session.add(AlertOffer(**found, found_at=factories.NOW))
            session.add(Favourite(learner_id=learner.id or 0, offer_id=offer.id or 0, kept_at=factories.NOW))
            other = factories.a_learner(session, operator)
            factories.a_suggestion(session, offer, other, staff)
            factories.a_suggestion(session, factories.an_offer(session, house), learner, staff)
            enrolment = factories.an_enrolment(session, operator)
            noted = {"operator_id": operator.id or 0, "words": "Vu.", "at": factories.NOW}
            session.add(LearnerNote(learner_id=learner.id or 0, **noted))
            day = factories.NOW.date() - timedelta(days=_number)
            looked = {"role": Role.OPERATOR, "operator_id": operator.id, "day": day, "at": factories.NOW}
            session.add(Consultation(learner_id=learner.id or 0, **looked))
            session.add(EnrolmentReport(enrolment_id=enrolment.id or 0, kind=ReportKind.NOT_ME, at=factories.NOW))
            file = {"operator_id": operator.id or 0, "file_name": "liste.csv", "read_at": factories.NOW}
            session.add(RosterImport(state=ImportState.READ, **file))
            accepted = factories.an_application(session, offer, other, status="retenue")
            session.add(
                Introduction(application_id=accepted.id or 0, operator_id=operator.id or 0, created_at=factories.NOW)
            )


def statements(use_case: str, world: World, who: str, engine: Engine) -> int:
    outcome(use_case, world, who, engine)  # reference data are read once per process
    with counted(engine) as said:
        letter, _shown = outcome(use_case, world, who, engine)
    assert letter == "A"
    return len(said)


@pytest.mark.parametrize("use_case", reads())
def test_a_read_takes_few_statements_and_no_more_when_there_is_more(use_case: str, world: World, copy: Engine) -> None:
    who = next((who for who, letter in zip(WHO, TABLE[use_case].split(), strict=True) if letter in "AE"), "")
    if not who:
        assert set(TABLE[use_case].split()) <= {"N", "D"}  # of the demonstration only
        return
    few = statements(use_case, world, who, copy)
    grow(copy, world)
    assert statements(use_case, world, who, copy) == few
    assert few <= (FOR_A_LEARNER if who == "learner" else MOST_OF.get(use_case, MOST))


def test_the_world_grows(world: World, copy: Engine) -> None:
    grow(copy, world)
    with Session(copy) as session:
        assert len(session.exec(select(Introduction)).all()) > 10
