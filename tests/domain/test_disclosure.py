"""Small counts stay hidden, and so do enough others that nobody works them out."""

from hypothesis import given
from hypothesis import strategies as st

from stageplus.domain.disclosure import FLOOR, hidden_parts, leaves_doubt

PARTS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 30), min_size=1)


def test_what_is_large_or_nought_is_shown() -> None:
    assert hidden_parts(25, {"A": 20, "B": 5, "C": 0}) == set()


def test_a_small_part_takes_the_next_smallest_with_it() -> None:
    assert hidden_parts(159, {"A": 100, "B": 50, "C": 6, "D": 3, "E": 0}) == {"C", "D"}


def test_a_second_small_part_is_enough_company_when_both_leave_room() -> None:
    assert hidden_parts(107, {"A": 100, "B": 3, "C": 4}) == {"B", "C"}
    assert hidden_parts(102, {"A": 100, "B": 1, "C": 1}) == {"A", "B", "C"}


def test_everything_is_hidden_where_nothing_else_leaves_a_doubt() -> None:
    assert hidden_parts(5, {"A": 4, "B": 1, "C": 0}) == {"A", "B", "C"}
    assert hidden_parts(6, {"A": 3, "B": 3, "C": 0}) == {"A", "B"}


def test_a_small_or_hidden_whole_hides_its_parts() -> None:
    assert hidden_parts(4, {"A": 4, "B": 0}) == {"A", "B"}
    assert hidden_parts(60, {"A": 50, "B": 10}, whole_is_hidden=True) == {"A", "B"}
    assert hidden_parts(0, {"A": 0}) == set()


@given(PARTS)
def test_no_small_count_is_ever_shown_and_no_part_is_hidden_alone(parts: dict[str, int]) -> None:
    whole = sum(parts.values())
    hidden = hidden_parts(whole, parts)
    assert all(name in hidden for name, count in parts.items() if 0 < count < FLOOR)
    if hidden and hidden != set(parts):
        assert leaves_doubt([parts[name] for name in hidden])


@given(PARTS)
def test_nothing_is_hidden_without_need(parts: dict[str, int]) -> None:
    whole = sum(parts.values())
    if all(count == 0 or count >= FLOOR for count in parts.values()):
        assert hidden_parts(whole, parts) == set()
