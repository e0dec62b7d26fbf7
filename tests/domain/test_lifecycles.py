"""The declared lifecycles hold for every status, step and role."""

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.actors import Role
from stageplus.domain.applications import APPLICATION_LIFE, LIVE, ApplicationStatus, Facts
from stageplus.domain.claims import CLAIM_LIFE, ClaimState
from stageplus.domain.errors import Denied, NotPossible
from stageplus.domain.introductions import INTRODUCTION_LIFE, IntroductionStatus
from stageplus.domain.offers import OFFER_LIFE, OfferStatus
from stageplus.domain.transitions import CLOCK, Lifecycle

LIVES: list[tuple[Lifecycle[Any], type[StrEnum]]] = [
    (OFFER_LIFE, OfferStatus),
    (APPLICATION_LIFE, ApplicationStatus),
    (CLAIM_LIFE, ClaimState),
    (INTRODUCTION_LIFE, IntroductionStatus),
]
WHO = st.sampled_from([*Role, CLOCK])


@given(life=st.sampled_from(LIVES), data=st.data(), who=WHO)
def test_a_step_succeeds_exactly_when_it_is_named_possible(
    life: tuple[Lifecycle[Any], type[StrEnum]], data: st.DataObject, who: Role | None
) -> None:
    lifecycle, statuses = life
    status, name = data.draw(st.sampled_from(list(statuses))), data.draw(st.sampled_from(sorted(lifecycle.steps)))
    if name in lifecycle.possible(status, who):
        assert lifecycle.after(name, status, who, Facts()) is (lifecycle.steps[name].target or status)
    else:
        with pytest.raises((Denied, NotPossible)):
            lifecycle.after(name, status, who, Facts())


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_coaches_and_offa_never_move_an_application(status: ApplicationStatus) -> None:
    for role in (Role.COACH, Role.OFFA):
        assert APPLICATION_LIFE.possible(status, role) == frozenset()


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_an_operator_moves_nothing_but_what_was_accepted(status: ApplicationStatus) -> None:
    expected = {"fall-through"} if status is ApplicationStatus.ACCEPTED else set()
    assert APPLICATION_LIFE.possible(status, Role.OPERATOR) == expected


@pytest.mark.parametrize("who", [*Role, CLOCK])
def test_an_introduction_is_its_operators_and_ends_once(who: Role | None) -> None:
    able = {status: INTRODUCTION_LIFE.possible(status, who) for status in IntroductionStatus}
    if who is not Role.OPERATOR:
        assert not any(able.values())
        return
    assert able == {
        IntroductionStatus.WAITING: {"take over", "fail"},
        IntroductionStatus.TAKEN_OVER: {"start", "fail"},
        IntroductionStatus.STARTED: set(),
        IntroductionStatus.FAILED: set(),
    }


@pytest.mark.parametrize("status", list(OfferStatus))
def test_only_a_filled_offer_is_opened_again_by_an_operator(status: OfferStatus) -> None:
    assert ("reopen" in OFFER_LIFE.possible(status, Role.OPERATOR)) is (status is OfferStatus.FILLED)
    assert not any("reopen" in OFFER_LIFE.possible(status, role) for role in Role if role is not Role.OPERATOR)


@pytest.mark.parametrize("status", sorted(LIVE))
def test_a_learner_can_withdraw_whatever_is_live(status: ApplicationStatus) -> None:
    assert APPLICATION_LIFE.after("withdraw", status, Role.LEARNER) is ApplicationStatus.WITHDRAWN


@pytest.mark.parametrize("status", [ApplicationStatus.ACCEPTED, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN])
def test_an_ended_application_cannot_be_accepted(status: ApplicationStatus) -> None:
    with pytest.raises(NotPossible):
        APPLICATION_LIFE.after("accept", status, Role.COMPANY, Facts())


def test_a_late_answer_stays_possible() -> None:
    assert APPLICATION_LIFE.after("contact", ApplicationStatus.UNANSWERED, Role.COMPANY, Facts())


def test_only_a_draft_can_be_sent() -> None:
    assert [s for s in ApplicationStatus if "send" in APPLICATION_LIFE.possible(s, Role.LEARNER)] == ["brouillon"]


def test_a_closed_offer_stays_closed() -> None:
    for who in (*Role, CLOCK):
        assert OFFER_LIFE.possible(OfferStatus.CLOSED, who) == frozenset()


def test_a_learner_never_moves_an_offer() -> None:
    assert not any(OFFER_LIFE.possible(status, Role.LEARNER) for status in OfferStatus)


def test_an_expired_offer_can_be_renewed_by_its_company_only() -> None:
    assert OFFER_LIFE.after("renew", OfferStatus.EXPIRED, Role.COMPANY) is OfferStatus.PUBLISHED
    with pytest.raises(Denied):
        OFFER_LIFE.after("renew", OfferStatus.EXPIRED, Role.OPERATOR)


@pytest.mark.parametrize(
    ("step", "state", "role"),
    [
        ("accept", ClaimState.UNCONFIRMED, Role.OFFA),
        ("accept", ClaimState.REFUSED, Role.OPERATOR),
        ("contest", ClaimState.CLOSED, Role.COMPANY),
        ("admit", ClaimState.WAITING, Role.OFFA),
    ],
)
def test_a_claim_is_decided_once_and_contested_once(step: str, state: ClaimState, role: Role) -> None:
    with pytest.raises(NotPossible):
        CLAIM_LIFE.after(step, state, role)


@pytest.mark.parametrize(("step", "role"), [("accept", Role.COMPANY), ("admit", Role.OPERATOR), ("contest", Role.OFFA)])
def test_nobody_decides_in_their_own_case(step: str, role: Role) -> None:
    with pytest.raises(Denied):
        CLAIM_LIFE.after(step, ClaimState.CONTESTED, role)


FINAL = {ApplicationStatus.FELL_THROUGH, ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED}


@given(status=st.sampled_from(sorted(FINAL)), who=WHO)
def test_no_step_leaves_the_end_of_an_application(status: ApplicationStatus, who: Role | None) -> None:
    assert APPLICATION_LIFE.possible(status, who) == frozenset()


@given(life=st.sampled_from(LIVES), taken=st.lists(st.tuples(st.integers(0, 20), WHO), max_size=30))
def test_any_history_is_a_path_of_the_table(
    life: tuple[Lifecycle[Any], type[StrEnum]], taken: list[tuple[int, Role | None]]
) -> None:
    lifecycle, statuses = life
    status = next(iter(statuses))
    for number, who in taken:
        name = sorted(lifecycle.steps)[number % len(lifecycle.steps)]
        before = status
        try:
            status = lifecycle.after(name, before, who, Facts())
        except (Denied, NotPossible):
            continue
        step = lifecycle.steps[name]
        assert before in step.sources
        assert status is (step.target or before)
        assert who in step.by
