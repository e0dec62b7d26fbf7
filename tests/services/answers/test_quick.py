"""Quick answers: by telephone, a promised day, several at once, reconsidered, handed over."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier

import pytest

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus, RefusalReason
from stageplus.domain.errors import DomainError, InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.domain.refusals import AlreadyThere, LearnerSuspended, NoPlaceLeft, OfferOver
from stageplus.models import Application, Learner, Offer, Person
from stageplus.services.answers.actions import (
    answer_by_phone,
    hand_over_application,
    move_application,
    promise_answers,
    reconsider_refusal,
    refuse_several,
)
from stageplus.services.answers.queries import ways_on
from stageplus.services.answers.schemas import HandOverInput, MoveInput, PromiseInput, SeveralRefusalInput
from stageplus.services.applications.actions import (
    accept_application,
    refuse_application,
    remind_companies,
    withdraw_application,
)
from stageplus.services.applications.queries import inbox, inbox_detail, my_application
from stageplus.services.applications.schemas import InboxSearch, RefusalInput
from stageplus.services.postings.actions import close_offer
from stageplus.services.postings.schemas import ClosingInput
from tests import factories
from tests.factories import NOW
from tests.services.answers.conftest import Counter

S = ApplicationStatus
REFUSAL = RefusalInput(reason=RefusalReason.OTHER_PROFILE, words="Merci pour votre candidature.")
LATER = NOW + timedelta(minutes=1)


def several(counter: Counter, **typed: object) -> SeveralRefusalInput:
    filled = {
        "ids": [str(counter.application), str(counter.other)],
        "reason_for_all": "autre profil",
        "words_for_all": "Merci à vous.",
    }
    return SeveralRefusalInput.read(filled | typed)


def promise(counter: Counter, before: date, *ids: int) -> PromiseInput:
    return PromiseInput(ids=ids or (counter.application,), before=before)


def test_an_answer_by_telephone_puts_both_in_contact(counter: Counter) -> None:
    detail = answer_by_phone(counter.company, counter.application, now=NOW, on=counter.database)
    assert (detail.row.status, detail.can_phone) == ("en contact", False)
    seen = my_application(counter.learner, counter.application, now=LATER, on=counter.database)
    assert seen.timeline[-2].title == "Réponse par téléphone"
    assert seen.card.next_words.startswith("Vous êtes en contact")
    with pytest.raises(NotPossible):
        answer_by_phone(counter.company, counter.application, now=LATER, on=counter.database)


def test_a_promised_day_is_read_by_the_learner_and_puts_the_reminder_off(counter: Counter) -> None:
    day = date(2026, 12, 5)
    assert promise_answers(counter.company, promise(counter, day), now=NOW, on=counter.database).done == 1
    seen = my_application(counter.learner, counter.application, now=LATER, on=counter.database)
    assert seen.card.next_words == "L’entreprise a promis de te répondre avant le samedi 5 décembre 2026."
    row = inbox_detail(counter.company, counter.application, now=LATER, on=counter.database).row
    assert row.waiting_words == "Réponse promise avant le 5 déc. 2026"
    assert remind_companies(now=NOW + timedelta(days=8), on=counter.database) == 1  # the other one
    assert remind_companies(now=NOW + timedelta(days=12), on=counter.database) == 2


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, False), (1, True), (14, True), (15, False)])
def test_a_promise_is_for_the_next_two_weeks(counter: Counter, days: int, fits: bool) -> None:
    data = promise(counter, NOW.date() + timedelta(days=days))
    if fits:
        promise_answers(counter.company, data, now=NOW, on=counter.database)
    else:
        with pytest.raises(InvalidInput, match="before"):
            promise_answers(counter.company, data, now=NOW, on=counter.database)


def test_several_are_refused_with_one_text_and_who_changed_is_left(counter: Counter) -> None:
    refuse_application(counter.company, counter.other, REFUSAL, now=NOW, on=counter.database)
    answered = refuse_several(counter.company, several(counter), now=LATER, on=counter.database)
    assert (answered.done, answered.left) == (1, 1)
    with reading(counter.database) as session:
        assert session.get_one(Application, counter.application).company_words == "Merci à vous."
        assert session.get_one(Application, counter.other).company_words == REFUSAL.words


def test_one_of_another_company_or_withdrawn_among_several_is_left(counter: Counter) -> None:
    with transaction(counter.database) as session:
        strange = factories.an_application(session, factories.an_offer(session), factories.a_learner(session)).id or 0
    withdraw_application(counter.learner, counter.application, now=NOW, on=counter.database)
    chosen = several(counter, ids=[counter.application, counter.other, strange])
    answered = refuse_several(counter.company, chosen, now=NOW, on=counter.database)
    assert (answered.done, answered.left) == (1, 2)
    assert (counter.status(strange), counter.status()) == (S.SENT, S.WITHDRAWN)
    with pytest.raises(NotFound):
        refuse_several(counter.company, several(counter, ids=[strange]), now=NOW, on=counter.database)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ids": []}, "ids"),
        ({"ids": list(range(51))}, "ids"),
        ({"reason_for_all": ""}, "reason_for_all"),
        ({"words_for_all": " "}, "words_for_all"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(counter: Counter, typed: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        several(counter, **typed)
    assert list(refusal.value.fields) == [field]


def test_a_refusal_is_reconsidered_while_a_place_is_left(counter: Counter) -> None:
    refuse_application(counter.company, counter.application, REFUSAL, now=NOW, on=counter.database)
    assert inbox_detail(counter.company, counter.application, now=LATER, on=counter.database).can_reconsider
    detail = reconsider_refusal(counter.company, counter.application, now=LATER, on=counter.database)
    assert (detail.row.status, detail.refusal_words) == ("en contact", "")
    refuse_application(counter.company, counter.application, REFUSAL, now=LATER + timedelta(1), on=counter.database)
    kinds = [mail.kind for mail in counter.mails()]
    assert kinds == ["application-refused", "application-reconsidered", "application-refused"]


def test_no_place_left_or_no_offer_no_second_thoughts(counter: Counter) -> None:
    refuse_application(counter.company, counter.application, REFUSAL, now=NOW, on=counter.database)
    accept_application(counter.company, counter.other, now=NOW, on=counter.database)
    with pytest.raises((NoPlaceLeft, OfferOver)):
        reconsider_refusal(counter.company, counter.application, now=LATER, on=counter.database)
    assert not inbox_detail(counter.company, counter.application, now=LATER, on=counter.database).can_reconsider


def test_nobody_answers_a_suspended_learner(counter: Counter) -> None:
    with transaction(counter.database) as session:
        learner = session.get_one(Learner, counter.learner.learner_id)
        session.get_one(Person, learner.person_id).suspended_at = NOW
    with pytest.raises(LearnerSuspended):
        answer_by_phone(counter.company, counter.application, now=NOW, on=counter.database)
    answered = refuse_several(counter.company, several(counter), now=NOW, on=counter.database)
    assert (answered.done, answered.left) == (1, 1)


def test_a_colleague_is_told_and_the_list_says_who_has_it(counter: Counter) -> None:
    data = HandOverInput(colleague=counter.colleague.person_id)
    hand_over_application(counter.company, counter.application, data, now=NOW, on=counter.database)
    rows = {row.application_id: row for row in inbox(counter.company, InboxSearch(), now=NOW, on=counter.database).rows}
    assert rows[counter.application].holder.startswith("Confiée à ")
    assert rows[counter.other].holder == ""
    [mail] = counter.mails()
    assert mail.kind == "application-handed-over"
    seen = my_application(counter.learner, counter.application, now=NOW, on=counter.database)
    assert "Confiée" not in repr(seen)
    again = HandOverInput(colleague=counter.company.person_id)
    hand_over_application(counter.company, counter.application, again, now=LATER, on=counter.database)
    assert len(counter.mails()) == 1  # who takes it on tells nobody


def test_only_who_acts_there_is_handed_an_application(counter: Counter) -> None:
    for stranger in (counter.other_company.person_id, counter.learner.person_id, 0):
        with pytest.raises(NotFound):
            hand_over_application(
                counter.company, counter.application, HandOverInput(colleague=stranger), now=NOW, on=counter.database
            )
    assert ways_on(counter.company, counter.application, now=NOW, on=counter.database).elsewhere == ()


def elsewhere(counter: Counter, **fields: object) -> int:
    with transaction(counter.database) as session:
        house = factories.an_establishment(session, company=None, company_id=counter.company_id)
        return factories.an_offer(session, house, **fields).id or 0


def test_an_application_goes_on_in_another_establishment_and_the_learner_is_told(counter: Counter) -> None:
    there = elsewhere(counter)
    [choice] = ways_on(counter.company, counter.application, now=NOW, on=counter.database).elsewhere
    assert choice[0] == str(there)
    move_application(counter.company, counter.application, MoveInput(offer=there), now=NOW, on=counter.database)
    with reading(counter.database) as session:
        assert session.get_one(Application, counter.application).offer_id == there
    assert {"application-moved"} <= {mail.kind for mail in counter.mails()}
    withdraw_application(counter.learner, counter.application, now=NOW, on=counter.database)


@pytest.mark.parametrize("fields", [{"trade_code": "coiffeur"}, {"places_taken": 1}, {"ends_on": date(2026, 11, 1)}])
def test_nothing_goes_on_where_it_would_lead_nowhere(counter: Counter, fields: dict[str, object]) -> None:
    there = elsewhere(counter, **fields)
    with pytest.raises(NotFound):
        move_application(counter.company, counter.application, MoveInput(offer=there), now=NOW, on=counter.database)


def test_moved_to_what_closes_at_this_moment_nobody_is_left_behind(counter: Counter) -> None:
    there = elsewhere(counter)
    together = Barrier(2)

    def act(name: str) -> None:
        together.wait()
        with suppress(DomainError):
            if name == "move":
                move_application(
                    counter.company, counter.application, MoveInput(offer=there), now=NOW, on=counter.database
                )
            else:
                data = ClosingInput(reason=ClosingReason.OTHER, words="Merci.", shown=(counter.application,))
                close_offer(counter.colleague, there, data, now=NOW, on=counter.database)

    with ThreadPoolExecutor(2) as crowd:
        list(crowd.map(act, ("move", "close")))
    with reading(counter.database) as session:
        application, offer = session.get_one(Application, counter.application), session.get_one(Offer, there)
        assert offer.status is OfferStatus.CLOSED
        assert (application.offer_id, application.status) in {(counter.offer, S.SENT), (there, S.REFUSED)}


def test_who_applied_there_too_keeps_both_applications(counter: Counter) -> None:
    there = elsewhere(counter)
    with transaction(counter.database) as session:
        learner = session.get_one(Learner, counter.learner.learner_id)
        factories.an_application(session, session.get_one(Offer, there), learner)
    with pytest.raises(AlreadyThere):
        move_application(counter.company, counter.application, MoveInput(offer=there), now=NOW, on=counter.database)
