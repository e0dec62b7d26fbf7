"""Timed work is done once, by one process at a time, and never stops."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.errors import AlreadyDone, NotFound
from stageplus.jobs import clock
from stageplus.jobs.clock import JOBS, LONGEST_RUN, Job, keep_time, run_due, run_one
from stageplus.models import JobLease
from stageplus.services.leases import end_lease, take_lease
from stageplus.services.reporting.health import JOB_WORDS
from tests.factories import NOW, minimal_reference

HOUR = timedelta(hours=1)


def counting(done: list[int]) -> Job:
    def work(**_when: Any) -> str:
        done.append(1)
        return f"{len(done)} faits"

    return Job("essai", HOUR, work)


def test_a_job_runs_when_its_time_has_come(database: Engine) -> None:
    done: list[int] = []
    jobs = (counting(done),)
    assert run_due(now=NOW, on=database, jobs=jobs) == {"essai": "1 faits"}
    assert run_due(now=NOW + HOUR / 2, on=database, jobs=jobs) == {}
    assert run_due(now=NOW + HOUR, on=database, jobs=jobs) == {"essai": "2 faits"}


def test_a_job_may_be_run_before_its_time(database: Engine) -> None:
    jobs = (counting([]),)
    run_due(now=NOW, on=database, jobs=jobs)
    assert run_due(now=NOW, on=database, jobs=jobs, at_once=True) == {"essai": "2 faits"}


def test_a_failing_job_is_noted_and_the_others_run(database: Engine) -> None:
    def fail(**_when: Any) -> None:
        raise RuntimeError("select secret")

    results = run_due(now=NOW, on=database, jobs=(Job("raté", HOUR, fail), counting([])))
    assert results["essai"] == "1 faits"
    assert results["raté"].startswith("erreur ")
    with transaction(database) as session:
        assert "secret" not in session.get_one(JobLease, "raté").last_result


def test_a_run_says_how_long_it_took_over_how_many_rows_and_its_failures_in_a_row(database: Engine) -> None:
    outcomes = iter([3, RuntimeError(), RuntimeError(), 0])

    def work(**_when: Any) -> object:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    seen = []
    for turn in range(4):
        run_due(now=NOW + turn * HOUR, on=database, jobs=(Job("essai", HOUR, work),))
        with transaction(database) as session:
            kept = session.get_one(JobLease, "essai")
            seen.append((kept.last_rows, kept.failures, kept.last_milliseconds >= 0))
    assert seen == [(3, 0, True), (0, 1, True), (0, 2, True), (0, 0, True)]
    assert kept.failed_at == NOW + 2 * HOUR


@pytest.mark.parametrize("name", ["essai de minuit", "essai-de-minuit", "ESSAI de Minuit"])
def test_one_job_runs_as_if_it_were_another_moment(
    database: Engine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked: list[datetime] = []
    monkeypatch.setattr(clock, "JOBS", (Job("essai de minuit", HOUR, lambda now, on: asked.append(now) or 2),))
    at = NOW + 400 * HOUR
    assert run_one(name, at=at, now=NOW, on=database) == "2"
    assert asked == [at]
    with transaction(database) as session:
        assert session.get_one(JobLease, "essai de minuit").until == NOW + HOUR
    with pytest.raises(NotFound):
        run_one("inconnu", at=at, now=NOW, on=database)
    take_lease("essai de minuit", "autre", LONGEST_RUN, now=NOW + HOUR, on=database)
    with pytest.raises(AlreadyDone):
        run_one(name, at=at, now=NOW + HOUR, on=database)


def test_what_another_process_does_is_not_done_at_once_either(database: Engine) -> None:
    done: list[int] = []

    def meanwhile(**_when: Any) -> str:
        return str(run_due(now=NOW, on=database, jobs=(counting(done),), at_once=True))

    run_due(now=NOW, on=database, jobs=(Job("essai", HOUR, meanwhile),), at_once=True)
    assert done == []


def test_only_one_process_runs_a_job(database: Engine) -> None:
    assert take_lease("essai", "un", HOUR, now=NOW, on=database)
    assert not take_lease("essai", "deux", HOUR, now=NOW + HOUR / 2, on=database)
    assert take_lease("essai", "deux", HOUR, now=NOW + HOUR, on=database)


def test_a_process_taken_for_dead_does_not_end_the_run_of_another(database: Engine) -> None:
    take_lease("essai", "un", HOUR, now=NOW, on=database)
    take_lease("essai", "deux", HOUR, now=NOW + HOUR, on=database)
    end_lease("essai", "un", "trop tard", NOW + HOUR, now=NOW + HOUR, on=database)
    with transaction(database) as session:
        assert session.exec(select(JobLease)).one().holder == "deux"


def test_every_job_runs_on_an_empty_site_and_again(database: Engine) -> None:
    with transaction(database) as session:
        minimal_reference(session)
    first = run_due(now=NOW, on=database, at_once=True)
    assert set(first) == {job.name for job in JOBS}
    assert not [result for result in first.values() if "erreur" in result]


async def test_the_clock_goes_on_after_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def fail(**_when: Any) -> None:
        looks.append(1)
        raise ConnectionError

    monkeypatch.setattr(clock, "database_is_ready", lambda: True)
    monkeypatch.setattr(clock, "run_due", fail)
    with suppress(TimeoutError):
        await asyncio.wait_for(keep_time(seconds=0.001), 0.5)
    assert len(looks) > 2


def test_every_job_has_human_words() -> None:
    nameless = {job.name for job in JOBS} - JOB_WORDS.keys()
    assert nameless == set(), "say what the job is called and does in services/reporting/health.py"
