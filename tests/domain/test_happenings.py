"""Each step of an application adds once to the figures of its day."""

from datetime import date

import pytest

from stageplus.domain.actors import Role
from stageplus.domain.applications import APPLICATION_LIFE, ApplicationStatus
from stageplus.domain.happenings import ANSWERS, ENDINGS, START, WITHOUT_LOOKING, Measure, Taken, happenings

S, M = ApplicationStatus, Measure
DAY = date(2026, 11, 24)


def story(*steps: tuple[str, ApplicationStatus, Role | None]) -> list[tuple[Measure, int]]:
    found = happenings(Taken(step, status, role, DAY) for step, status, role in steps)
    return [(each.measure, each.times) for each in found]


SEND = ("send", S.SENT, Role.LEARNER)
PHONE = ("phone", S.IN_CONTACT, Role.COMPANY)
ACCEPT = ("accept", S.ACCEPTED, Role.COMPANY)


def test_an_answer_without_a_look_is_a_look_too() -> None:
    assert story(SEND, PHONE) == [(M.SENT, 1), (M.SEEN, 1), (M.ANSWERED, 1)]


def test_a_second_answer_adds_nothing() -> None:
    assert story(SEND, PHONE, ("contact", S.IN_CONTACT, Role.COMPANY))[3:] == []


def test_the_whole_way() -> None:
    whole = story(SEND, ("see", S.SEEN, Role.COMPANY), PHONE, ACCEPT, (START, S.ACCEPTED, Role.OPERATOR))
    assert [measure for measure, _count in whole] == [M.SENT, M.SEEN, M.ANSWERED, M.INTRODUCED, M.STARTED]


def test_an_end_counts_while_it_lasts() -> None:
    late = story(SEND, ("give-up-waiting", S.UNANSWERED, None), PHONE)
    assert late == [(M.SENT, 1), (M.UNANSWERED, 1), (M.SEEN, 1), (M.ANSWERED, 1), (M.UNANSWERED, -1)]
    one_for_another = story(SEND, ("give-up-waiting", S.UNANSWERED, None), ("withdraw", S.WITHDRAWN, Role.LEARNER))
    assert one_for_another[2:] == [(M.UNANSWERED, -1), (M.WITHDRAWN, 1)]


@pytest.mark.parametrize(
    ("step", "status", "role"),
    [
        ("promise", S.SEEN, Role.COMPANY),
        ("nudge", S.SENT, Role.LEARNER),
        ("lapse", S.LAPSED, Role.COMPANY),
        ("lapse", S.LAPSED, None),
    ],
)
def test_what_is_no_answer(step: str, status: ApplicationStatus, role: Role | None) -> None:
    assert M.ANSWERED not in dict(story(SEND, (step, status, role)))


def test_a_lapse_is_no_look() -> None:
    assert M.SEEN not in dict(story(SEND, ("lapse", S.LAPSED, Role.COMPANY)))


def test_every_step_and_end_of_the_declared_life_is_known() -> None:
    assert set(APPLICATION_LIFE.steps) >= ANSWERS | WITHOUT_LOOKING
    ends = {status for status in S if not APPLICATION_LIFE.possible(status, Role.COMPANY)} - {S.DRAFT, S.ACCEPTED}
    assert ends | {S.REFUSED, S.UNANSWERED} == set(ENDINGS)
