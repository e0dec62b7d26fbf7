"""The days on which others had paused its offer do not count against a company; those of its own pause do."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.approvals import ApprovalState
from stageplus.models import Application, OutboxMessage
from stageplus.services.applications.actions import give_up_waiting, remind_companies
from stageplus.services.postings.actions import resume_offer, suspend_offer
from tests.factories import NOW
from tests.services.approvals.test_recording import Register, change, register

__all__ = ["register"]


def suspended(register: Register, first: int, last: int) -> None:
    """Suspend the agrément of the bakery from one day after today to another."""
    change(register, register.ours, ApprovalState.SUSPENDED, days=first)
    change(register, register.ours, ApprovalState.GRANTED, days=last)


def given_up(register: Register, days: int) -> int:
    return give_up_waiting(now=NOW + timedelta(days=days), on=register.database)


def reminded(register: Register, days: int) -> int:
    return remind_companies(now=NOW + timedelta(days=days), on=register.database)


def due_on(register: Register) -> date:
    with reading(register.database) as session:
        return session.exec(select(Application.answer_due_on)).one()


def test_silence_ends_later_by_the_days_of_the_suspension(register: Register) -> None:
    change(register, register.ours, ApprovalState.SUSPENDED, days=10)
    assert given_up(register, 40) == 0
    change(register, register.ours, ApprovalState.GRANTED, days=45)
    assert [given_up(register, days) for days in (45, 64)] == [0, 0]
    assert given_up(register, 65) == 1
    with reading(register.database) as session:
        assert session.exec(select(Application.status)).one() is ApplicationStatus.UNANSWERED


def test_an_answer_is_due_later_by_the_days_of_the_suspension(register: Register) -> None:
    suspended(register, 10, 20)
    assert due_on(register) == NOW.date() + timedelta(days=14 + 10)
    suspended(register, 22, 25)
    assert due_on(register) == NOW.date() + timedelta(days=14 + 10 + 3)


@pytest.mark.parametrize(("days", "turn"), [(16, 0), (17, 1), (23, 1), (24, 2), (39, 2), (40, 0)])
def test_reminders_come_later_too(register: Register, days: int, turn: int) -> None:
    suspended(register, 5, 15)
    assert reminded(register, days) == (turn > 0)
    with reading(register.database) as session:
        kinds = set(session.exec(select(OutboxMessage.kind)).all())
    assert {each for each in kinds if "reminder" in each} == ({f"application-reminder-{turn}"} if turn else set())


def test_nobody_is_reminded_during_the_suspension(register: Register) -> None:
    change(register, register.ours, ApprovalState.SUSPENDED, days=8)
    assert [reminded(register, days) for days in (9, 15, 29)] == [0, 0, 0]


def test_a_pause_that_the_company_chose_counts(register: Register) -> None:
    for offer in register.offers:
        suspend_offer(register.member, offer, now=NOW + timedelta(days=1), on=register.database)
    resume_offer(register.member, register.offers[0], now=NOW + timedelta(days=20), on=register.database)
    assert due_on(register) == NOW.date() + timedelta(days=14)
    assert given_up(register, 30) == 1
