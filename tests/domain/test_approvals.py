"""What an agrément does, given what each operator recorded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stageplus.domain.approvals import ApprovalState, Effect, Opinion, effect_of

START = datetime(2026, 9, 1, tzinfo=UTC)
DAY = date(2026, 8, 31)
A, B, COMMISSION = 1, 2, None
GRANTED = Effect(ApprovalState.GRANTED, DAY, A)


def said(operator: int | None, state: ApprovalState, after: int = 0) -> Opinion:
    return Opinion(operator, state, DAY, START + timedelta(days=after))


@pytest.mark.parametrize("state", ApprovalState)
def test_the_only_record_is_the_effect(state: ApprovalState) -> None:
    assert effect_of([said(A, state)], None) == Effect(state, DAY, A)


def test_a_request_elsewhere_takes_nothing_away() -> None:
    opinions = [said(A, ApprovalState.GRANTED), said(B, ApprovalState.REQUESTED, 1)]
    assert effect_of(opinions, GRANTED) == GRANTED


def test_a_decision_answers_a_request() -> None:
    before = Effect(ApprovalState.REQUESTED, DAY, A)
    opinions = [said(A, ApprovalState.REQUESTED), said(B, ApprovalState.GRANTED, 1)]
    assert effect_of(opinions, before) == Effect(ApprovalState.GRANTED, DAY, B)


@pytest.mark.parametrize("other", [ApprovalState.REFUSED, ApprovalState.SUSPENDED, ApprovalState.WITHDRAWN])
def test_where_operators_differ_the_last_undisputed_effect_stays(other: ApprovalState) -> None:
    opinions = [said(A, ApprovalState.GRANTED), said(B, other, 1)]
    assert effect_of(opinions, GRANTED) == Effect(ApprovalState.GRANTED, DAY, A, disputed=True)


def test_two_who_agree_again_end_the_disagreement() -> None:
    disputed = Effect(ApprovalState.GRANTED, DAY, A, disputed=True)
    opinions = [said(A, ApprovalState.SUSPENDED, 2), said(B, ApprovalState.SUSPENDED, 1)]
    assert effect_of(opinions, disputed) == Effect(ApprovalState.SUSPENDED, DAY, B)


def test_the_commission_decides_over_what_was_recorded_before() -> None:
    disputed = Effect(ApprovalState.GRANTED, DAY, A, disputed=True)
    opinions = [
        said(A, ApprovalState.GRANTED),
        said(B, ApprovalState.SUSPENDED, 1),
        said(COMMISSION, ApprovalState.SUSPENDED, 2),
    ]
    assert effect_of(opinions, disputed) == Effect(ApprovalState.SUSPENDED, DAY, None)


def test_what_an_operator_records_after_the_commission_is_a_new_fact() -> None:
    suspended = Effect(ApprovalState.SUSPENDED, DAY, A)
    alone = [said(A, ApprovalState.GRANTED, 3), said(COMMISSION, ApprovalState.SUSPENDED, 2)]
    assert effect_of(alone, suspended) == Effect(ApprovalState.GRANTED, DAY, A)
    with_another = [*alone, said(B, ApprovalState.SUSPENDED, 1)]
    assert effect_of(with_another, suspended) == Effect(ApprovalState.SUSPENDED, DAY, A, disputed=True)
