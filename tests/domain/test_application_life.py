"""The whole table of an application's life: every state × action × role × guard, and the page that shows it."""

from dataclasses import replace
from itertools import product

import pytest

from stageplus.domain.actors import Role
from stageplus.domain.applications import APPLICATION_LIFE, ApplicationStatus, Effect, Facts
from stageplus.domain.errors import Denied, NotPossible
from stageplus.domain.transitions import CLOCK
from tests.lifecycle_page import PAGE, page

S = ApplicationStatus
EVERYTHING_RIGHT = Facts(days_waited=10, nudge_after_days=10)
WRONG = {
    "learner is there": replace(EVERYTHING_RIGHT, learner_is_there=False),
    "place left": replace(EVERYTHING_RIGHT, places_left=0),
    "offer takes answers": replace(EVERYTHING_RIGHT, offer_takes_answers=False),
    "not nudged yet": replace(EVERYTHING_RIGHT, is_nudged=True),
    "waited long enough": replace(EVERYTHING_RIGHT, days_waited=9.9),
}
"""For each guard, the facts that break it and no other."""
EXPECTED = {
    "send": {S.DRAFT: S.SENT},
    "see": {S.SENT: S.SEEN},
    "promise": dict.fromkeys((S.SENT, S.SEEN), S.SEEN),
    "contact": dict.fromkeys((S.SENT, S.SEEN, S.IN_CONTACT, S.UNANSWERED), S.IN_CONTACT),
    "phone": dict.fromkeys((S.SENT, S.SEEN, S.UNANSWERED), S.IN_CONTACT),
    "accept": dict.fromkeys((S.SENT, S.SEEN, S.IN_CONTACT, S.UNANSWERED), S.ACCEPTED),
    "refuse": dict.fromkeys((S.SENT, S.SEEN, S.IN_CONTACT, S.UNANSWERED), S.REFUSED),
    "reconsider": {S.REFUSED: S.IN_CONTACT},
    "nudge": {S.SENT: S.SENT, S.SEEN: S.SEEN},
    "hand over": {each: each for each in (S.SENT, S.SEEN, S.IN_CONTACT, S.UNANSWERED)},
    "move": {each: each for each in (S.SENT, S.SEEN, S.IN_CONTACT, S.UNANSWERED)},
    "withdraw": dict.fromkeys((S.SENT, S.SEEN, S.IN_CONTACT, S.UNANSWERED), S.WITHDRAWN),
    "fall-through": {S.ACCEPTED: S.FELL_THROUGH},
    "lapse": dict.fromkeys((S.SENT, S.SEEN, S.IN_CONTACT, S.UNANSWERED), S.LAPSED),
    "give-up-waiting": dict.fromkeys((S.SENT, S.SEEN, S.IN_CONTACT), S.UNANSWERED),
}
"""The same table written a second time, by hand: a slip in the first one shows."""
WHO = {
    "send": {Role.LEARNER},
    "nudge": {Role.LEARNER},
    "withdraw": {Role.LEARNER},
    "fall-through": {Role.OPERATOR},
    "lapse": {Role.COMPANY, CLOCK},
    "give-up-waiting": {CLOCK},
}
GUARDED = {
    "promise": ["learner is there"],
    "contact": ["learner is there"],
    "phone": ["learner is there"],
    "refuse": ["learner is there"],
    "accept": ["learner is there", "place left"],
    "reconsider": ["learner is there", "offer takes answers", "place left"],
    "move": ["learner is there"],
    "nudge": ["waited long enough", "not nudged yet"],
}


def test_the_table_has_these_steps_and_guards_and_no_others() -> None:
    assert set(APPLICATION_LIFE.steps) == set(EXPECTED)
    found = {name: [guard.name for guard in step.guards] for name, step in APPLICATION_LIFE.steps.items()}
    assert {name: guards for name, guards in found.items() if guards} == GUARDED
    assert all(step.when for step in APPLICATION_LIFE.steps.values())


@pytest.mark.parametrize(
    ("status", "name", "role"), list(product(ApplicationStatus, EXPECTED, [*Role, CLOCK])), ids=lambda each: str(each)
)
def test_every_state_action_role_and_guard(status: ApplicationStatus, name: str, role: Role | None) -> None:
    may = role in WHO.get(name, {Role.COMPANY})
    for broken, facts in [("", EVERYTHING_RIGHT), *WRONG.items()]:
        if not may:
            expected: type[Exception] | None = Denied
        elif status not in EXPECTED[name]:
            expected = NotPossible
        else:
            refusals = {guard.name: guard.refusal for guard in APPLICATION_LIFE.steps[name].guards}
            expected = refusals[broken] if broken in GUARDED.get(name, ()) else None
        if expected:
            with pytest.raises(expected):
                APPLICATION_LIFE.after(name, status, role, facts)
        else:
            assert APPLICATION_LIFE.after(name, status, role, facts) is EXPECTED[name][status]
        assert (name in APPLICATION_LIFE.possible(status, role, facts)) is (expected is None)


def test_whatever_is_told_to_a_learner_or_ends_an_application_says_so() -> None:
    for step in APPLICATION_LIFE.steps.values():
        if step.target in {S.ACCEPTED, S.FELL_THROUGH, S.REFUSED, S.LAPSED, S.UNANSWERED, S.IN_CONTACT}:
            assert Effect.TELLS_LEARNER in step.effects
    assert [name for name, step in APPLICATION_LIFE.steps.items() if Effect.TAKES_PLACE in step.effects] == ["accept"]


def test_the_page_of_the_docs_is_made_from_the_table() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.lifecycle_page"
