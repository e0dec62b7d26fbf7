"""The figures of each day follow the logs, and counting them all again gives the same."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus import cli
from stageplus.db import engine as databases
from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.happenings import Measure
from stageplus.models import Application, ApplicationChange, FactDay, FactMark, FactMonth, HeldAnswer, OfferDay
from stageplus.services.facts import actions
from stageplus.services.facts.actions import count_facts, rebuild_facts
from stageplus.services.facts.queries import ALL, ALL_OPERATORS, counted_until
from tests import factories
from tests.factories import NOW
from tests.services.facts.generated import a_generated_place, events, log

DAY = timedelta(days=1)


def facts(database: Engine) -> list[dict[str, Any]]:
    order = [col(getattr(FactDay, key.name)) for key in FactDay.__table__.primary_key]  # type: ignore[attr-defined]
    with reading(database) as session:
        return [row.model_dump() for row in session.exec(select(FactDay).order_by(*order))]


def months_say_what_days_say(database: Engine) -> bool:
    """Add up the days plainly, for everything and for each of sector, basin and operator that may be named."""
    plain: Counter[tuple[Any, ...]] = Counter()
    for row in facts(database):
        waited = row["waited"] if row["measure"] is Measure.ANSWERED else 0
        rest = (row["scheme_code"], row["measure"], row["sent_on"].isoformat()[:7], waited)
        named = (row["sector_code"], row["basin_code"], row["operator_id"])
        for where in product(*zip(named, (ALL, ALL, ALL_OPERATORS), strict=True)):
            plain[row["day"].isoformat()[:7], *where, *rest] += row["count"]
    key = ("month", "sector_code", "basin_code", "operator_id", "scheme_code", "measure", "sent_month", "waited")
    with reading(database) as session:
        found = {tuple(getattr(row, name) for name in key): row.count for row in session.exec(select(FactMonth))}
    return found == plain


def summed(database: Engine, measure: Measure) -> int:
    return sum(row["count"] for row in facts(database) if row["measure"] is measure)


@pytest.fixture
def application(database: Engine) -> Application:
    with transaction(database) as session:
        factories.minimal_reference(session)
        sent = NOW - 3 * DAY
        made = factories.an_application(
            session, factories.an_offer(session), factories.a_learner(session), sent_at=sent
        )
        log(session, made, "send", Role.LEARNER, sent)
        return made


def takes(database: Engine, application: Application, step: str, status: ApplicationStatus, at: datetime) -> int:
    with transaction(database) as session:
        row = session.get_one(Application, application.id)
        row.status = status
        session.add(row)
        return log(session, row, step, Role.COMPANY, at)


@pytest.mark.parametrize("seed", range(3))
def test_counting_as_time_passes_and_counting_again_agree(database: Engine, seed: int) -> None:
    random = Random(seed)
    with transaction(database) as session:
        offers, learners = a_generated_place(session, random)
    told, now = events(random, offers, learners, 50), NOW - timedelta(days=120)
    while now < NOW:
        now = min(NOW, now + timedelta(hours=random.randrange(5, 300)))
        with transaction(database) as session:
            happened = [happen for at, happen in told if at <= now]
            told = told[len(happened) :]
            for happen in happened:
                happen(session)
        count_facts(now=now, on=database)
    count_facts(now=NOW, on=database)
    kept_up = facts(database)
    assert {row["measure"] for row in kept_up} >= {Measure.SENT, Measure.ANSWERED, Measure.OPENED, Measure.PUBLISHED}
    assert months_say_what_days_say(database)
    rebuild_facts(now=NOW, on=database)
    assert facts(database) == kept_up
    assert months_say_what_days_say(database)


def test_a_figure_says_where_and_after_how_many_days(database: Engine, application: Application) -> None:
    takes(database, application, "phone", ApplicationStatus.IN_CONTACT, NOW - DAY)
    count_facts(now=NOW, on=database)
    answered = next(row for row in facts(database) if row["measure"] is Measure.ANSWERED)
    assert (answered["sector_code"], answered["trade_code"], answered["basin_code"]) == (
        "alimentation",
        "boulanger",
        "namur",
    )
    assert (answered["waited"], answered["count"], answered["day"]) == (2, 1, (NOW - DAY).date())
    assert answered["scheme_code"] == "alternance-secondaire"


def test_running_again_changes_nothing(database: Engine, application: Application) -> None:
    count_facts(now=NOW, on=database)
    before = facts(database)
    count_facts(now=NOW, on=database)
    assert facts(database) == before
    assert len(before) == 1
    with reading(database) as session:
        assert counted_until(session) == NOW


def test_an_answer_that_may_be_taken_back_waits(database: Engine, application: Application) -> None:
    change = takes(database, application, "refuse", ApplicationStatus.REFUSED, NOW)
    held = {"application_id": application.id, "key": "k", "person_id": None, "change_id": change, "given_at": NOW}
    with transaction(database) as session:
        held["person_id"] = factories.a_person(session, Role.COMPANY).id
        before = {"status": ApplicationStatus.SENT, "changed_at": NOW}
        session.add(HeldAnswer(**held, until=NOW + timedelta(seconds=10), **before))
    count_facts(now=NOW, on=database)
    assert summed(database, Measure.ANSWERED) == 0
    count_facts(now=NOW + timedelta(minutes=10), on=database)
    assert summed(database, Measure.ANSWERED) == 1
    with transaction(database) as session:  # as if it had been taken back meanwhile
        session.delete(session.get_one(ApplicationChange, change))
    count_facts(now=NOW + timedelta(minutes=20), on=database)
    assert summed(database, Measure.ANSWERED) == 0


def test_an_end_that_did_not_last_is_taken_off(database: Engine, application: Application) -> None:
    takes(database, application, "refuse", ApplicationStatus.REFUSED, NOW - 2 * DAY)
    count_facts(now=NOW - DAY, on=database)
    assert summed(database, Measure.REFUSED) == 1
    takes(database, application, "reconsider", ApplicationStatus.IN_CONTACT, NOW)
    count_facts(now=NOW, on=database)
    assert (summed(database, Measure.REFUSED), summed(database, Measure.ANSWERED)) == (0, 1)


def test_a_move_takes_its_former_days_along(database: Engine, application: Application) -> None:
    count_facts(now=NOW - DAY, on=database)
    with transaction(database) as session:
        other = factories.an_offer(session, trade_code="coiffeur")
        row = session.get_one(Application, application.id)
        row.offer_id = other.id or 0
        log(session, row, "move", Role.COMPANY, NOW)
    count_facts(now=NOW, on=database)
    assert {row["trade_code"] for row in facts(database)} == {"coiffeur"}


def test_sights_that_are_folded_after_midnight_still_count(database: Engine, application: Application) -> None:
    count_facts(now=NOW, on=database)
    with transaction(database) as session:
        session.add(OfferDay(offer_id=application.offer_id, day=NOW.date(), seen=7))
    count_facts(now=NOW + timedelta(hours=20), on=database)
    assert summed(database, Measure.OPENED) == 7


def test_days_are_those_of_brussels(database: Engine, application: Application) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=NOW.tzinfo)  # half past midnight of the 24th
    takes(database, application, "phone", ApplicationStatus.IN_CONTACT, late)
    count_facts(now=NOW, on=database)
    assert {row["day"].day for row in facts(database) if row["measure"] is Measure.ANSWERED} == {24}


def test_a_run_that_stops_is_gone_on_with(
    database: Engine, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, spans = actions.count_days, []

    def stops(session: Session, first: date, last: date, now: datetime) -> int:
        spans.append((first, last))
        if len(spans) == 3:
            raise RuntimeError
        return real(session, first, last, now)

    monkeypatch.setattr(actions, "count_days", stops)
    with pytest.raises(RuntimeError):
        count_facts(now=NOW, on=database, at_once=1)
    with reading(database) as session:
        assert counted_until(session) == datetime(2026, 11, 22, 23, tzinfo=NOW.tzinfo)
    count_facts(now=NOW, on=database, at_once=1)
    assert (spans[3], summed(database, Measure.SENT)) == (spans[1], 1)


def test_a_day_that_no_log_knows_loses_its_figures(database: Engine, application: Application) -> None:
    invented = {"sent_on": NOW.date() - 90 * DAY, "sector_code": "x", "trade_code": "x", "basin_code": ""}
    where = {"measure": Measure.SENT, "operator_id": 0, "scheme_code": "x", "waited": 0, "count": 3}
    with transaction(database) as session:
        session.add(FactDay(day=NOW.date() - 90 * DAY, **invented, **where))
        session.add(FactMark(counted_until=NOW))
    rebuild_facts(now=NOW, on=database)
    assert [row["trade_code"] for row in facts(database)] == ["boulanger"]


def test_nothing_to_count_is_no_fault(database: Engine) -> None:
    assert (count_facts(now=NOW, on=database), rebuild_facts(now=NOW, on=database)) == (0, 0)


def test_the_terminal_counts_all_again(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    result = CliRunner().invoke(cli.main, ["facts", "rebuild"])
    assert (result.exit_code, result.output) == (0, "Chiffres recomptés : 0\n")
