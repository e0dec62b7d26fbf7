"""Both databases and a model of plain dicts, side by side: whatever people do in whatever order, all three agree."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from stageplus.domain.applications import ANSWERABLE, ApplicationStatus
from stageplus.domain.interviews import InterviewState
from stageplus.domain.introductions import IntroductionStatus
from tests.services.lockstep.model import OVER, Model
from tests.services.lockstep.rows import LEARNERS, PLACES, Row
from tests.services.lockstep.world import World

QUICK = settings(max_examples=12, stateful_step_count=20, derandomize=True)
LONG = settings(max_examples=200, stateful_step_count=50, database=None)
learners, offers = st.integers(0, LEARNERS - 1), st.integers(0, len(PLACES) - 1)
which = st.integers(0, 99)
"""One of the applications, or presses, that there are at that moment."""
DELAYS = tuple(timedelta(**each) for each in ({"seconds": 11}, {"days": 3}, {"days": 11}, {"days": 31}))
ANSWERS = ("accept", "refuse", "phone", "promise", "see", "reconsider")
OUTCOMES = ("take_over", "start", "fail")
LIKELY: dict[str, Callable[[Row], bool]] = {
    "take_slot": lambda it: it["interview"] is InterviewState.OFFERED,
    "reconsider": lambda it: it["status"] is ApplicationStatus.REFUSED,
    "accept": lambda it: it["status"] in ANSWERABLE,
    "propose": lambda it: it["status"] in ANSWERABLE,
}
"""Where an act is of use; random ones would seldom meet."""


class Lockstep(RuleBasedStateMachine):
    """What a learner, a company, an operator and the clock may do, in any order."""

    done: ClassVar[Counter[str]] = Counter()

    def __init__(self, *databases: Engine) -> None:
        super().__init__()
        self.done["lives"] += 1
        self.model = Model()
        self.worlds = [World(database) for database in databases]

    @initialize()
    def everybody_applies(self) -> None:
        for learner in range(LEARNERS):
            self.all_do("apply", learner, 0)

    @rule(learner=learners, offer=offers)
    def apply(self, learner: int, offer: int) -> None:
        self.all_do("apply", learner, offer)

    @rule(act=st.sampled_from(ANSWERS), number=which)
    def answer(self, act: str, number: int) -> None:
        self.all_do(act, self.chosen(act, number))

    @rule(offer=offers)
    def refuse_all(self, offer: int) -> None:
        if any(each["offer"] == offer for each in self.model.applications):
            self.all_do("refuse_all", offer)

    @precondition(lambda self: self.model.rows["presses"])
    @rule(number=which)
    def take_back(self, number: int) -> None:
        self.all_do("take_back", self.model.rows["presses"] - number % min(3, self.model.rows["presses"]))

    @precondition(lambda self: any(LIKELY["accept"](each) for each in self.model.applications))
    @rule(number=which)
    def propose(self, number: int) -> None:
        self.all_do("propose", self.chosen("propose", number))

    @precondition(lambda self: any(LIKELY["take_slot"](each) for each in self.model.applications))
    @rule(number=which)
    def take_slot(self, number: int) -> None:
        self.all_do("take_slot", self.chosen("take_slot", number))

    @rule(act=st.sampled_from(("withdraw", "nudge")), number=which)
    def go_on(self, act: str, number: int) -> None:
        self.all_do(act, self.chosen(act, number))

    @rule(act=st.sampled_from(("find_elsewhere", "search_again", "withdraw_others")), learner=learners)
    def place(self, act: str, learner: int) -> None:
        self.all_do(act, learner)

    @precondition(lambda self: any(each["introduction"] for each in self.model.applications))
    @rule(act=st.sampled_from(OUTCOMES), number=which)
    def follow(self, act: str, number: int) -> None:
        introduced = [n for n, each in enumerate(self.model.applications) if each["introduction"]]
        self.all_do(act, introduced[number % len(introduced)])

    @rule(offer=offers, is_filled=st.booleans())
    def close(self, offer: int, is_filled: bool) -> None:
        self.all_do("close", offer, is_filled)

    @rule(act=st.sampled_from(("suspend", "resume", "renew")), offer=offers)
    def pause(self, act: str, offer: int) -> None:
        self.all_do(act, offer)

    @rule(delay=st.sampled_from(DELAYS))
    def time_passes(self, delay: timedelta) -> None:
        self.pass_time(delay)
        self.all_do("jobs")

    @invariant()
    def all_agree(self) -> None:
        expected = self.expected()
        for world in self.worlds:
            assert world.seen() == expected

    @invariant()
    def no_place_is_taken_twice_and_nobody_waits_for_what_is_over(self) -> None:
        for number, offer in enumerate(self.model.offers):
            theirs = [each for each in self.model.applications if each["offer"] == number]
            introduced = [each for each in theirs if each["introduction"] not in (None, IntroductionStatus.FAILED)]
            assert 0 <= offer["taken"] == len(introduced) <= offer["places"]
            assert offer["status"] not in OVER or not any(each["status"] in ANSWERABLE for each in theirs)

    def teardown(self) -> None:
        for world in self.worlds:
            world.end()

    def all_do(self, act: str, *given: Any) -> None:
        self.pass_time(timedelta(seconds=1))
        presses = self.model.rows["presses"]
        said = self.model.does(act, *given)
        self.done[f"{act} {said}" if said[0].isupper() else act] += 1
        assert [world.does(act, *given) for world in self.worlds] == [said] * len(self.worlds), (act, given)
        for press in range(presses + 1, self.model.rows["presses"] + 1):
            for world in self.worlds:
                world.note_press(self.model.held_by(press)[0])

    def pass_time(self, delay: timedelta) -> None:
        for each in (self.model, *self.worlds):
            each.now += delay

    def chosen(self, act: str, number: int) -> int:
        """Choose an application, four times in five one for which the act may be of use."""
        there = list(range(len(self.model.applications)))
        fitting = [each for each in there if LIKELY.get(act, bool)(self.model.applications[each])]
        chosen = there if number % 5 == 0 or not fitting else fitting
        return chosen[number % len(chosen)]

    def expected(self) -> dict[str, list[Any]]:
        states = ("status", "introduction", "interview")
        return {
            "applications": [
                (*(each[state] for state in states), each["held"] is not None) for each in self.model.applications
            ],
            "offers": [(each["status"], each["taken"]) for each in self.model.offers],
            "placed": [self.model.has_place(learner) for learner in range(LEARNERS)],
        }


def test_both_databases_and_the_model_agree_at_every_step(
    sqlite_database: Engine, postgresql_database: Engine, at_length: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    machine: Callable[[], Lockstep] = lambda: Lockstep(sqlite_database, postgresql_database)  # noqa: E731
    run_state_machine_as_test(machine, settings=LONG if at_length else QUICK)
    assert {"apply", "accept", "take_slot"} <= set(Lockstep.done)
    if at_length:
        with capsys.disabled():
            lives = Lockstep.done.pop("lives")
            print(f"\n{lives} lives, {sum(Lockstep.done.values())} steps:", dict(sorted(Lockstep.done.items())))
