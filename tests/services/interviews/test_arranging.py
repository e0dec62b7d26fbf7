"""Arranging an interview: offered, chosen, other moments, confirmed, moved, cancelled; each side in its own turn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import Denied, DomainError, InvalidInput, NotFound, NotPossible
from stageplus.domain.interviews import InterviewKind, InterviewState
from stageplus.domain.refusals import LearnerSuspended
from stageplus.models import Application, ApplicationChange, InterviewSlot, Person
from stageplus.services.applications.actions import accept_application, propose_interview
from stageplus.services.applications.queries import inbox_detail, my_application, my_applications
from stageplus.services.interviews.actions import cancel_interview, offer_other_times, take_slot
from stageplus.services.interviews.schemas import InterviewView, TimesInput
from tests.factories import NOW
from tests.services.interviews.conftest import DAY, FIXED, Scene, because, proposal, times


def slots(scene: Scene) -> list[InterviewSlot]:
    with reading(scene.database) as session:
        return list(session.exec(select(InterviewSlot).order_by(InterviewSlot.at)))  # type: ignore[arg-type]


def seen_by_learner(scene: Scene) -> InterviewView:
    return my_application(scene.learner, scene.application, now=NOW, on=scene.database).interview


def seen_by_company(scene: Scene) -> InterviewView:
    return inbox_detail(scene.company, scene.application, now=NOW, on=scene.database).interview


def propose(scene: Scene, *moments: datetime, **fields: str) -> None:
    propose_interview(scene.company, scene.application, proposal(*moments, **fields), now=NOW, on=scene.database)


def take(scene: Scene, actor: Any, slot: int = 0, now: datetime = NOW) -> InterviewView:
    return take_slot(actor, scene.application, slots(scene)[slot].id or 0, now=now, on=scene.database)


def offer(scene: Scene, actor: Any, data: TimesInput, now: datetime = NOW) -> InterviewView:
    return offer_other_times(actor, scene.application, data, now=now, on=scene.database)


def test_a_company_offers_up_to_five_moments_and_the_learner_takes_one(scene: Scene) -> None:
    propose(scene, *(FIXED + number * DAY for number in range(5)), message="À bientôt")
    shown = seen_by_learner(scene)
    assert (len(shown.slots), shown.my_turn, shown.words, shown.file) == (5, True, "À bientôt", "")
    assert seen_by_company(scene).my_turn is False
    taken = take(scene, scene.learner, 2)
    assert (taken.state, taken.when) == ("fixé", "jeudi 3 décembre 2026 à 14\u00a0h")
    assert scene.interview().starts_at == FIXED + 2 * DAY
    with reading(scene.database) as session:
        assert session.get_one(Application, scene.application).status is ApplicationStatus.IN_CONTACT


def test_a_sixth_moment_is_one_too_many_and_says_so_beside_it(scene: Scene) -> None:
    with pytest.raises(InvalidInput) as refusal:
        propose(scene, *(FIXED + number * DAY for number in range(6)))
    assert refusal.value.fields == {"day_6": "5 moments au plus."}


def test_a_telephone_call_needs_no_place(scene: Scene) -> None:
    propose(scene, FIXED, kind="par téléphone", place="")
    assert (scene.interview().kind, seen_by_learner(scene).kind) == (InterviewKind.PHONE, "Par téléphone")


def test_the_learner_offers_other_moments_and_the_company_confirms_one(scene: Scene) -> None:
    propose(scene, FIXED)
    shown = offer(scene, scene.learner, times(FIXED + DAY, FIXED + 2 * DAY))
    assert (shown.state, shown.my_turn, shown.can_move) == ("autres moments", False, False)
    assert seen_by_company(scene).my_turn
    assert take(scene, scene.company, 1).when == "jeudi 3 décembre 2026 à 14\u00a0h"


def test_the_learner_offers_no_more_than_three(scene: Scene) -> None:
    propose(scene, FIXED)
    with pytest.raises(InvalidInput) as refusal:
        offer(scene, scene.learner, times(*(FIXED + number * DAY for number in range(4))))
    assert list(refusal.value.fields) == ["day_4"]


def test_nobody_takes_a_moment_of_their_own(scene: Scene) -> None:
    propose(scene, FIXED)
    with pytest.raises(NotPossible):
        take(scene, scene.company)
    offer(scene, scene.learner, times(FIXED))
    with pytest.raises(NotPossible):
        take(scene, scene.learner)


@pytest.mark.parametrize("slot", [0, -1, 999_999])
def test_a_moment_of_nowhere_is_not_taken(scene: Scene, slot: int) -> None:
    propose(scene, FIXED)
    with pytest.raises(NotPossible):
        take_slot(scene.learner, scene.application, slot, now=NOW, on=scene.database)


def test_a_moment_that_has_passed_or_was_replaced_is_not_taken(scene: Scene) -> None:
    propose(scene, FIXED)
    first = slots(scene)[0].id or 0
    with pytest.raises(NotPossible):
        take(scene, scene.learner, now=FIXED)
    offer(scene, scene.company, times(FIXED + DAY, why="Fermé ce jour-là"))
    with pytest.raises(NotPossible):
        take_slot(scene.learner, scene.application, first, now=NOW, on=scene.database)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=-1), timedelta(days=121)])
def test_moments_are_ahead_and_not_too_far(scene: Scene, late: timedelta) -> None:
    at = NOW + late
    for act in (
        lambda: propose(scene, FIXED, at),
        lambda: offer(scene, scene.company, times(FIXED, at, why="Autrement")),
    ):
        with pytest.raises(InvalidInput) as refusal:
            act()
        assert list(refusal.value.fields) == ["day_2"]
        if scene.mails() == []:
            propose(scene, FIXED)


@pytest.mark.parametrize("who", ["learner", "company"])
def test_moving_what_is_fixed_says_why_to_the_other(scene: Scene, who: str) -> None:
    scene.hold(FIXED, starts_at=FIXED)
    mover, other = getattr(scene, who), seen_by_company if who == "learner" else seen_by_learner
    with pytest.raises(InvalidInput) as refusal:
        offer(scene, mover, times(FIXED + DAY))
    assert list(refusal.value.fields) == ["why"]
    mine = offer(scene, mover, times(FIXED + DAY, why="J’ai un examen."))
    assert "J’ai un examen." in mine.why
    assert "J’ai un examen." in other(scene).why
    assert (other(scene).my_turn, other(scene).when) == (True, "")


@pytest.mark.parametrize("who", ["learner", "company"])
def test_cancelling_says_why_and_another_may_be_proposed(scene: Scene, who: str) -> None:
    scene.hold(FIXED, starts_at=FIXED)
    cancel_interview(getattr(scene, who), scene.application, because("Trop loin."), now=NOW, on=scene.database)
    for shown in (seen_by_learner(scene), seen_by_company(scene)):
        assert (shown.state, shown.can_move, shown.can_cancel) == ("annulé", False, False)
        assert "Trop loin." in shown.why
    before = scene.interview()
    propose(scene, FIXED + DAY)
    after = scene.interview()
    assert (after.uid, after.starts_at, after.why, after.state) == (before.uid, None, "", InterviewState.OFFERED)
    assert after.sequence > before.sequence


def test_no_second_proposal_while_one_stands(scene: Scene) -> None:
    propose(scene, FIXED)
    assert not inbox_detail(scene.company, scene.application, now=NOW, on=scene.database).can_contact
    with pytest.raises(NotPossible):
        propose(scene, FIXED + DAY)
    assert [slot.at for slot in slots(scene)] == [FIXED]


def test_what_has_taken_place_is_neither_moved_nor_cancelled_but_may_be_followed_by_another(scene: Scene) -> None:
    scene.hold(FIXED, starts_at=FIXED)
    later = FIXED + timedelta(minutes=1)
    for act in (
        lambda: offer(scene, scene.company, times(FIXED + DAY, why="x"), now=later),
        lambda: offer(scene, scene.learner, times(FIXED + DAY, why="x"), now=later),
        lambda: cancel_interview(scene.learner, scene.application, because(), now=later, on=scene.database),
    ):
        with pytest.raises(NotPossible):
            act()
    again = proposal(FIXED + 2 * DAY)
    detail = propose_interview(scene.company, scene.application, again, now=later, on=scene.database)
    assert detail.interview.state == "proposé"


def test_others_find_nothing_and_change_nothing(scene: Scene) -> None:
    scene.hold(FIXED)
    slot, given = slots(scene)[0].id or 0, {"now": NOW, "on": scene.database}
    acts = [
        (take_slot, slot),
        (offer_other_times, times(FIXED, why="x")),
        (cancel_interview, because()),
    ]
    for actor in (scene.other_learner, scene.other_company):
        for act, said in acts:
            with pytest.raises(NotFound):
                act(actor, scene.application, said, **given)  # type: ignore[operator]
    with pytest.raises(Denied):
        take_slot(None, scene.application, slot, **given)
    assert scene.interview().sequence == 0


def test_once_withdrawn_the_company_finds_nothing(scene: Scene) -> None:
    scene.hold(FIXED)
    scene.end(ApplicationStatus.WITHDRAWN)
    with pytest.raises(NotFound):
        cancel_interview(scene.company, scene.application, because(), now=NOW, on=scene.database)


def test_nothing_moves_while_the_learners_account_is_suspended(scene: Scene) -> None:
    scene.hold(FIXED, starts_at=FIXED)
    with transaction(scene.database) as session:
        session.get_one(Person, scene.learner.person_id).suspended_at = NOW
    with pytest.raises(LearnerSuspended):
        offer(scene, scene.company, times(FIXED + DAY, why="x"))
    shown = seen_by_company(scene)
    assert (shown.can_move, shown.can_cancel) == (False, False)


def test_twenty_taps_at_once_fix_it_once(scene: Scene) -> None:
    propose(scene, FIXED, FIXED + DAY)
    known = [slot.id or 0 for slot in slots(scene)]

    def tap(number: int) -> bool:
        try:
            take_slot(scene.learner, scene.application, known[number % 2], now=NOW, on=scene.database)
        except NotPossible:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(tap, range(20))) == 1
    assert (scene.interview().sequence, len(scene.mails("agreed"))) == (1, 2)


def test_taking_and_cancelling_at_once_leave_one_truth(scene: Scene) -> None:
    propose(scene, FIXED)
    slot = slots(scene)[0].id or 0

    def act(number: int) -> bool:
        try:
            if number % 2:
                take_slot(scene.learner, scene.application, slot, now=NOW, on=scene.database)
            else:
                cancel_interview(scene.company, scene.application, because(), now=NOW, on=scene.database)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(10) as crowd:
        done = sum(crowd.map(act, range(10)))
    assert scene.interview().sequence == done
    assert scene.interview().state is InterviewState.CANCELLED


def test_every_step_is_in_the_story_of_both(scene: Scene) -> None:
    propose(scene, FIXED)
    offer(scene, scene.learner, times(FIXED + DAY))
    take(scene, scene.company)
    offer(scene, scene.company, times(FIXED + 2 * DAY, why="x"))
    cancel_interview(scene.learner, scene.application, because(), now=NOW, on=scene.database)
    told = [step.title for step in inbox_detail(scene.company, scene.application, now=NOW, on=scene.database).timeline]
    assert told == [
        "Entretien proposé",
        "Autres moments proposés par l’apprenant",
        "Moment de l’entretien fixé",
        "Autres moments proposés par l’entreprise",
        "Entretien annulé",
    ]
    with reading(scene.database) as session:
        changes = session.exec(select(ApplicationChange)).all()
    assert {change.status for change in changes} == {ApplicationStatus.IN_CONTACT}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "choisis un moment"),
        ({"state": InterviewState.COUNTERED}, "doit en confirmer un"),
        ({"starts_at": FIXED}, "mardi 1er décembre 2026 à 14\u00a0h"),
        ({"state": InterviewState.CANCELLED}, "est annulé"),
    ],
)
def test_the_learners_list_says_whose_turn_it_is(scene: Scene, fields: dict[str, Any], words: str) -> None:
    scene.hold(FIXED, **fields)
    [card] = my_applications(scene.learner, now=NOW, on=scene.database)
    assert words in card.next_words


def test_the_one_who_is_kept_needs_no_open_interview_any_more(scene: Scene) -> None:
    scene.hold(FIXED)
    accept_application(scene.company, scene.application, now=NOW, on=scene.database)
    assert scene.interview().state is InterviewState.CANCELLED
    assert scene.mails("cancelled") == []


def test_a_fixed_interview_stands_when_the_learner_is_kept(scene: Scene) -> None:
    scene.hold(FIXED, starts_at=FIXED)
    accept_application(scene.company, scene.application, now=NOW, on=scene.database)
    assert scene.interview().state is InterviewState.AGREED
    assert seen_by_learner(scene).can_cancel
