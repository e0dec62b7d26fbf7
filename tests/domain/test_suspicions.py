"""What weighs how much when OFFA looks at accounts."""

from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.suspicions import WEIGHTS, Sign, points_of

SIGNS = st.dictionaries(st.sampled_from(list(Sign)), st.integers(min_value=1, max_value=1000))


def test_every_sign_has_a_weight() -> None:
    assert set(WEIGHTS) == set(Sign)


def test_what_offa_decided_weighs_more_than_what_others_say() -> None:
    assert points_of({Sign.HIDDEN: 1}) > points_of({Sign.REPORTED: 1}) > points_of({Sign.FLAGGED: 1}) > points_of({})


@given(SIGNS, st.sampled_from(list(Sign)))
def test_one_more_fact_never_takes_points_away_and_no_kind_hides_the_others(signs: dict[Sign, int], sign: Sign) -> None:
    more = signs | {sign: signs.get(sign, 0) + 1}
    assert points_of(more) >= points_of(signs)
    assert points_of(signs) <= sum(10 * weight for weight in WEIGHTS.values())
