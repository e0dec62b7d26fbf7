"""What stands around an answer that is taken back: the interview, and the offer that was filled or closed since."""

from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus, RefusalReason
from stageplus.domain.interviews import InterviewState
from stageplus.domain.offers import ClosingReason
from stageplus.domain.refusals import AnswerTold, OfferOver
from stageplus.models import Application, HeldAnswer, Interview, InterviewSlot, Introduction, Offer, OfferChange
from stageplus.services.answers.actions import reconsider_refusal, take_back_answer, tell_answers
from stageplus.services.applications.actions import accept_application, refuse_application, send_application
from stageplus.services.applications.schemas import ApplicationInput, RefusalInput
from stageplus.services.followup.actions import fail_introduction
from stageplus.services.followup.schemas import FailureInput
from stageplus.services.interviews.actions import take_slot
from stageplus.services.postings.actions import close_offer
from stageplus.services.postings.schemas import ClosingInput
from tests import factories
from tests.factories import NOW
from tests.services.answers.conftest import Counter

S = ApplicationStatus
REFUSAL = RefusalInput(reason=RefusalReason.OTHER_PROFILE, words="Merci pour votre candidature.")
FAILED = FailureInput.read({"reason": "apprenant"})
AT = NOW + timedelta(days=2)
SOON, LATER = NOW + timedelta(seconds=5), NOW + timedelta(seconds=20)


def hold(counter: Counter, *, fixed: bool = True) -> None:
    """Give the application an interview in two days, fixed or only offered."""
    with transaction(counter.database) as session:
        application = session.get_one(Application, counter.application)
        factories.an_interview(session, application, *([] if fixed else [AT]), **({"starts_at": AT} if fixed else {}))


def interview(counter: Counter) -> InterviewState:
    with reading(counter.database) as session:
        return session.exec(select(Interview.state)).one()


def cancelled(counter: Counter) -> list[str]:
    return [mail.recipient for mail in counter.mails() if mail.kind == "interview-cancelled"]


def accept(counter: Counter, application: int = 0) -> str:
    accept_application(counter.company, application or counter.application, now=NOW, on=counter.database)
    return key(counter, application)


def refuse(counter: Counter, application: int = 0) -> str:
    refuse_application(counter.company, application or counter.application, REFUSAL, now=NOW, on=counter.database)
    return key(counter, application)


def key(counter: Counter, application: int = 0) -> str:
    with reading(counter.database) as session:
        return session.get_one(HeldAnswer, application or counter.application).key


def back(counter: Counter, given: str) -> int:
    return take_back_answer(counter.company, given, now=SOON, on=counter.database)


def close(counter: Counter, *shown: int) -> None:
    data = ClosingInput(reason=ClosingReason.OTHER, words="Merci à vous.", shown=shown)
    close_offer(counter.company, counter.offer, data, now=SOON, on=counter.database)


@pytest.mark.parametrize("answer", [accept, refuse])
@pytest.mark.parametrize("fixed", [True, False])
def test_taken_back_an_answer_leaves_the_interview_as_it_was(counter: Counter, answer: object, fixed: bool) -> None:
    hold(counter, fixed=fixed)
    before = interview(counter)
    assert back(counter, answer(counter)) in {1, 2}  # type: ignore[operator]
    assert tell_answers(now=LATER, on=counter.database) == 0
    assert (counter.status(), interview(counter), cancelled(counter)) == (S.IN_CONTACT, before, [])
    if not fixed:
        with reading(counter.database) as session:
            slot = session.exec(select(InterviewSlot.id)).one() or 0
        take_slot(counter.learner, counter.application, slot, now=LATER, on=counter.database)
        assert interview(counter) is InterviewState.AGREED


def test_told_a_refusal_ends_the_interview_on_both_sides_and_not_before(counter: Counter) -> None:
    hold(counter)
    refuse(counter)
    assert (interview(counter), cancelled(counter)) == (InterviewState.AGREED, [])
    tell_answers(now=LATER, on=counter.database)
    assert interview(counter) is InterviewState.CANCELLED
    assert len(cancelled(counter)) == 3, "the learner, and both who act for the company"


@pytest.mark.parametrize(("fixed", "left"), [(True, InterviewState.AGREED), (False, InterviewState.CANCELLED)])
def test_told_an_acceptance_keeps_what_is_fixed_only(counter: Counter, fixed: bool, left: InterviewState) -> None:
    hold(counter, fixed=fixed)
    accept(counter)
    tell_answers(now=LATER, on=counter.database)
    assert (interview(counter), cancelled(counter)) == (left, [])


def test_ended_by_another_s_acceptance_the_interview_waits_as_well(counter: Counter) -> None:
    hold(counter)
    given = accept(counter, counter.other)
    assert (counter.status(), interview(counter)) == (S.LAPSED, InterviewState.AGREED)
    back(counter, given)
    assert (counter.status(), interview(counter)) == (S.IN_CONTACT, InterviewState.AGREED)
    accept(counter, counter.other)
    tell_answers(now=LATER, on=counter.database)
    assert interview(counter) is InterviewState.CANCELLED


def test_a_refusal_that_counts_again_ends_the_interview_at_once(counter: Counter) -> None:
    """The reconsidering has ended the time in which the refusal itself could be taken back."""
    hold(counter)
    refuse(counter)
    reconsider_refusal(counter.company, counter.application, now=NOW, on=counter.database)
    back(counter, key(counter))
    assert (counter.status(), interview(counter)) == (S.REFUSED, InterviewState.CANCELLED)
    assert len(cancelled(counter)) == 3


def test_a_refusal_stays_once_the_offer_is_filled_or_closed(counter: Counter) -> None:
    given = refuse(counter)
    accept(counter, counter.other)
    with pytest.raises(OfferOver):
        back(counter, given)
    assert (counter.status(), counter.places()) == (S.REFUSED, (1, "pourvue"))


def test_an_acceptance_stays_once_the_offer_is_closed(counter: Counter) -> None:
    with transaction(counter.database) as session:
        session.get_one(Offer, counter.offer).places = 2
    given = accept(counter)
    close(counter, counter.other)
    with pytest.raises(OfferOver):
        back(counter, given)
    assert (counter.status(), counter.status(counter.other), counter.places()) == (
        S.ACCEPTED,
        S.REFUSED,
        (1, "clôturée"),
    )
    with reading(counter.database) as session:
        assert len(session.exec(select(Introduction)).all()) == 1


def test_taken_back_the_first_of_two_reopens_what_the_second_filled(counter: Counter) -> None:
    with transaction(counter.database) as session:
        offer = session.get_one(Offer, counter.offer)
        offer.places = 2
        third = factories.an_application(session, offer, factories.a_learner(session)).id or 0
    first, second = accept(counter), accept(counter, counter.other)
    assert (counter.status(third), counter.places()) == (S.LAPSED, (2, "pourvue"))
    assert back(counter, first) == 2
    assert (counter.status(), counter.status(third), counter.places()) == (S.SENT, S.SENT, (1, "publiée"))
    assert "application-lapsed" not in {mail.kind for mail in counter.mails()}
    with reading(counter.database) as session:
        assert session.exec(select(OfferChange.step)).all() == []
    again = accept(counter)
    assert (counter.status(third), counter.places()) == (S.LAPSED, (2, "pourvue"))
    assert back(counter, second) == 2
    assert (counter.status(third), counter.places()) == (S.SENT, (1, "publiée"))
    assert back(counter, again) == 1
    assert counter.places() == (0, "publiée")


def staff_of(counter: Counter, learner: Actor) -> Actor:
    with transaction(counter.database) as session:
        return factories.a_staff_member(session, session.get_one(factories.Learner, learner.learner_id).operator_id)


def test_whoever_applied_again_meanwhile_keeps_the_new_application(counter: Counter) -> None:
    given = accept(counter)
    with transaction(counter.database) as session:
        house = session.get_one(Offer, counter.offer).establishment_id
        factories.an_approval(session, session.get_one(factories.Establishment, house))
        introduction = session.exec(select(Introduction.id)).one() or 0
    staff = staff_of(counter, counter.learner)
    fail_introduction(staff, introduction, FAILED, now=SOON, on=counter.database)
    words = ApplicationInput(form_key="b" * 32, motivation="Encore.")
    again = send_application(counter.other_learner, counter.offer, words, now=SOON, on=counter.database).application_id
    with pytest.raises(AnswerTold):
        back(counter, given)
    assert (counter.status(counter.other), counter.status(again)) == (S.LAPSED, S.SENT)
