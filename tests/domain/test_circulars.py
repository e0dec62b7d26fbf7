"""Whom a message of a coach reaches, and why somebody is spared: one reason each, the company's own wish first."""

import pytest

from stageplus.domain.circulars import Chosen, Spared, shared_out

FREE = Chosen(1, "Libre")


@pytest.mark.parametrize(
    ("company", "why"),
    [
        (Chosen(2, "B", stopped=True), Spared.STOPPED),
        (Chosen(2, "B", recent=True), Spared.RECENT),
        (Chosen(2, "B", reachable=False), Spared.NOBODY),
        (Chosen(2, "B", stopped=True, recent=True, reachable=False), Spared.STOPPED),
        (Chosen(2, "B", recent=True, reachable=False), Spared.RECENT),
    ],
)
def test_each_reason_spares_a_company_and_leaves_the_others(company: Chosen, why: Spared) -> None:
    assert shared_out([company, FREE], 5) == ([FREE], [(company, why)])


def test_the_room_goes_to_the_first_who_can_be_reached() -> None:
    silent, late = Chosen(2, "Muette", reachable=False), Chosen(3, "Tard")
    assert shared_out([silent, FREE, late], 1) == ([FREE], [(silent, Spared.NOBODY), (late, Spared.ROOM)])
    assert shared_out([FREE], 0) == ([], [(FREE, Spared.ROOM)])
    assert shared_out([], 3) == ([], [])
