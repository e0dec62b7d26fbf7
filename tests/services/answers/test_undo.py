"""An answer waits some seconds: taken back, everything is as before, places too, and its learner never knew."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus, RefusalReason
from stageplus.domain.errors import DomainError, NotPossible
from stageplus.domain.refusals import AnswerTold
from stageplus.models import HeldAnswer, Introduction, Learner, Offer, OutboxMessage
from stageplus.services.answers.actions import answer_by_phone, take_back_answer, tell_answers
from stageplus.services.answers.queries import answer_desk
from stageplus.services.applications.actions import (
    accept_application,
    refuse_application,
    withdraw_application,
)
from stageplus.services.applications.queries import inbox_detail, my_application, my_applications
from stageplus.services.applications.schemas import RefusalInput
from stageplus.services.notices.queries import my_notices
from stageplus.services.notifications.actions import send_due_mails
from tests.factories import NOW
from tests.services.answers.conftest import Counter

S = ApplicationStatus
REFUSAL = RefusalInput(reason=RefusalReason.OTHER_PROFILE, words="Merci pour votre candidature.")
SOON, LATER = NOW + timedelta(seconds=9), NOW + timedelta(seconds=10)


def key(counter: Counter) -> str:
    return answer_desk(counter.company, now=NOW, on=counter.database).undo_key


def sent(counter: Counter, at: object) -> list[str]:
    told: list[OutboxMessage] = []
    send_due_mails(told.append, now=at, on=counter.database)  # type: ignore[arg-type]
    return [mail.kind for mail in told]


def test_a_learner_learns_of_a_refusal_after_ten_seconds_by_mail_and_on_the_page(counter: Counter) -> None:
    before = my_application(counter.learner, counter.application, now=NOW, on=counter.database)
    refuse_application(counter.company, counter.application, REFUSAL, now=NOW, on=counter.database)
    assert inbox_detail(counter.company, counter.application, now=NOW, on=counter.database).row.status == "refusée"
    assert my_application(counter.learner, counter.application, now=SOON, on=counter.database) == before
    assert my_applications(counter.learner, now=SOON, on=counter.database)[0].status == "envoyée"
    assert sent(counter, SOON) == []
    assert listed(counter, SOON) == 0
    assert sent(counter, LATER) == ["application-refused"]
    assert listed(counter, LATER) == 1
    after = my_application(counter.learner, counter.application, now=LATER, on=counter.database)
    assert (after.card.status, after.company_words) == ("refusée", REFUSAL.words)


def listed(counter: Counter, at: datetime) -> int:
    """Count what the learner's own list of news shows at a moment."""
    return len(my_notices(counter.learner, now=at, on=counter.database).fresh)


def test_taken_back_a_refusal_never_was(counter: Counter) -> None:
    refuse_application(counter.company, counter.application, REFUSAL, now=NOW, on=counter.database)
    assert take_back_answer(counter.company, key(counter), now=SOON, on=counter.database) == 1
    assert listed(counter, LATER) == 0
    detail = inbox_detail(counter.company, counter.application, now=LATER, on=counter.database)
    assert (detail.row.status, detail.company_words, detail.refusal_words, detail.timeline) == ("envoyée", "", "", [])
    assert counter.mails() == []
    assert answer_desk(counter.company, now=SOON, on=counter.database).undo_key == ""
    refuse_application(counter.company, counter.application, REFUSAL, now=SOON, on=counter.database)
    assert [mail.kind for mail in counter.mails()] == ["application-refused"]


def test_taken_back_an_acceptance_gives_the_place_back_and_reopens_for_the_others(
    counter: Counter, learner_of: Callable[[Actor], Learner]
) -> None:
    accept_application(counter.company, counter.application, now=NOW, on=counter.database)
    assert (counter.places(), counter.status(counter.other)) == ((1, "pourvue"), S.LAPSED)
    seen = my_application(counter.other_learner, counter.other, now=SOON, on=counter.database)
    assert seen.card.status == "envoyée"
    assert take_back_answer(counter.company, key(counter), now=SOON, on=counter.database) == 2
    assert counter.places() == (0, "publiée")
    assert (counter.status(), counter.status(counter.other)) == (S.SENT, S.SENT)
    assert counter.mails() == []
    assert not learner_of(counter.learner).has_place
    with reading(counter.database) as session:
        assert session.exec(select(Introduction)).all() == []
    accept_application(counter.company, counter.other, now=LATER, on=counter.database)
    assert counter.places() == (1, "pourvue")


def test_an_introduction_that_the_operator_took_over_stays(counter: Counter) -> None:
    accept_application(counter.company, counter.application, now=NOW, on=counter.database)
    with transaction(counter.database) as session:
        [introduction] = session.exec(select(Introduction)).all()
        introduction.taken_over_at = NOW
        session.add(introduction)
    with pytest.raises(NotPossible):
        take_back_answer(counter.company, key(counter), now=SOON, on=counter.database)
    assert (counter.places(), counter.status()) == ((1, "pourvue"), S.ACCEPTED)


def test_too_late_or_by_somebody_else_nothing_is_taken_back(counter: Counter) -> None:
    refuse_application(counter.company, counter.application, REFUSAL, now=NOW, on=counter.database)
    given = key(counter)
    for stranger in (counter.colleague, counter.other_company):
        with pytest.raises(AnswerTold):
            take_back_answer(stranger, given, now=SOON, on=counter.database)
    with pytest.raises(AnswerTold):
        take_back_answer(counter.company, given, now=LATER, on=counter.database)
    assert tell_answers(now=SOON, on=counter.database) == 0
    assert tell_answers(now=LATER, on=counter.database) == 1
    with pytest.raises(AnswerTold):
        take_back_answer(counter.company, given, now=LATER, on=counter.database)
    assert counter.status() is S.REFUSED


def test_whoever_withdraws_meanwhile_hears_nothing_of_the_answer(counter: Counter) -> None:
    answer_by_phone(counter.company, counter.application, now=NOW, on=counter.database)
    withdraw_application(counter.learner, counter.application, now=SOON, on=counter.database)
    assert not any("phoned" in mail.kind for mail in counter.mails())
    with pytest.raises(AnswerTold):
        take_back_answer(counter.company, "x", now=SOON, on=counter.database)
    with reading(counter.database) as session:
        assert session.exec(select(HeldAnswer)).all() == []


def test_a_second_answer_settles_the_first(counter: Counter) -> None:
    answer_by_phone(counter.company, counter.application, now=NOW, on=counter.database)
    accept_application(counter.company, counter.application, now=SOON, on=counter.database)
    desk = answer_desk(counter.company, now=SOON, on=counter.database)
    take_back_answer(counter.company, desk.undo_key, now=SOON, on=counter.database)
    assert (counter.status(), counter.places()) == (S.IN_CONTACT, (0, "publiée"))
    assert [mail.kind for mail in counter.mails()] == ["application-phoned"]


def test_zero_seconds_tell_at_once(counter: Counter, set_parameter: Callable[[str, str], None]) -> None:
    set_parameter("answer_undo_seconds", "0")
    refuse_application(counter.company, counter.application, REFUSAL, now=NOW, on=counter.database)
    assert my_application(counter.learner, counter.application, now=NOW, on=counter.database).card.status == "refusée"
    assert answer_desk(counter.company, now=NOW, on=counter.database).undo_key == ""
    assert sent(counter, NOW) == ["application-refused"]


def test_twenty_who_take_back_and_accept_at_once_never_lose_a_place(counter: Counter) -> None:
    accept_application(counter.company, counter.application, now=NOW, on=counter.database)
    given = key(counter)

    def act(number: int) -> bool:
        try:
            if number % 2:
                return bool(take_back_answer(counter.company, given, now=SOON, on=counter.database))
            accept_application(counter.colleague, counter.other, now=SOON, on=counter.database)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        taken_back = sum(done for number, done in enumerate(crowd.map(act, range(20))) if number % 2)
    assert taken_back == 1
    with reading(counter.database) as session:
        introduced = len(session.exec(select(Introduction)).all())
        assert session.get_one(Offer, counter.offer).places_taken == introduced <= 1
