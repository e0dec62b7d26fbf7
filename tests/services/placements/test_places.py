"""A place found: the others are withdrawn politely, one elsewhere is said in one tap and taken back in one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.refusals import AlreadyPlaced, NoPlaceLeft
from stageplus.models import Application, ApplicationChange, Document, OutsidePlace
from stageplus.services.applications.actions import accept_application
from stageplus.services.applications.queries import my_application
from stageplus.services.followup.queries import followed_learner
from stageplus.services.placements.actions import (
    find_elsewhere,
    forget_place,
    record_place,
    search_again,
    withdraw_others,
)
from stageplus.services.placements.queries import my_place
from stageplus.services.placements.schemas import (
    FOR_EVERYBODY,
    FOR_LEARNERS,
    GOODBYE,
    FarewellInput,
    OutsidePlaceInput,
    WithdrawalInput,
)
from tests import factories
from tests.factories import NOW
from tests.services.placements.conftest import Search

BYE = FarewellInput(words="Merci à vous.\n\nBonne suite.")
PLACE = OutsidePlaceInput(company_name="Chez Ailleurs", starts_on=date(2026, 12, 1))
SENT, WITHDRAWN = ApplicationStatus.SENT, ApplicationStatus.WITHDRAWN


def accept(search: Search, number: int = 0) -> None:
    accept_application(search.companies[number], search.applications[number], now=NOW, on=search.database)


def withdraw(search: Search, *numbers: int) -> int:
    ids = tuple(search.applications[number] for number in numbers)
    return withdraw_others(
        search.learner, WithdrawalInput(applications=ids, words="Merci."), now=NOW, on=search.database
    )


def test_once_kept_the_others_are_proposed_for_withdrawal_and_go_together(search: Search) -> None:
    accept(search)
    detail = my_application(search.learner, search.applications[0], now=NOW, on=search.database)
    assert [card.application_id for card in detail.others] == [search.applications[1]]
    assert withdraw(search, 0, 1, 2) == 1
    assert [search.status(number) for number in range(3)] == [
        ApplicationStatus.ACCEPTED,
        WITHDRAWN,
        ApplicationStatus.REFUSED,
    ]
    [mail] = search.mails("application-withdrawn")
    assert "Merci." in mail.text


def test_whoever_keeps_one_keeps_it(search: Search) -> None:
    accept(search, 1)
    assert withdraw(search, 2) == 0
    assert search.status(0) is SENT


def test_nobody_withdraws_for_somebody_else_nor_without_a_place(search: Search) -> None:
    with pytest.raises(NotPossible):
        withdraw(search, 0)
    accept(search, 1)
    with pytest.raises(InvalidInput):
        withdraw(search)
    data = WithdrawalInput(applications=tuple(search.applications), words="Merci.")
    with pytest.raises(NotPossible):
        withdraw_others(search.other, data, now=NOW, on=search.database)
    with pytest.raises(Denied):
        withdraw_others(search.staff, WithdrawalInput(words="Merci."), now=NOW, on=search.database)
    assert search.status(0) is SENT


def test_typed_numbers_are_claims() -> None:
    typed = {"applications": ["3", "abc", "-1", "9" * 40], "words": "Merci."}
    assert WithdrawalInput.read(typed).applications == (3,)
    assert WithdrawalInput.read({"applications": "7", "words": "Merci."}).applications == (7,)
    with pytest.raises(InvalidInput):
        FarewellInput.read({"words": " "})


def test_found_elsewhere_closes_everything_politely_and_is_seen(search: Search) -> None:
    place = find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
    assert (place.has_place, place.found_elsewhere, place.live) == (True, True, 0)
    assert (search.status(0), search.status(1), search.status(2)) == (WITHDRAWN, WITHDRAWN, ApplicationStatus.REFUSED)
    mails = search.mails("application-withdrawn")
    assert len(mails) == 2
    assert all("Merci à vous." in mail.text and "Bonne suite." in mail.text for mail in mails)
    followed = followed_learner(search.staff, search.learner.learner_id or 0, now=NOW, on=search.database)
    assert followed.row.has_place
    with reading(search.database) as session:
        steps = session.exec(select(ApplicationChange.step)).all()
        assert list(steps) == ["withdraw", "withdraw"]


def test_with_the_applications_go_their_cvs_and_what_leads_to_them(search: Search) -> None:
    with transaction(search.database) as session:
        for number in search.applications:
            factories.a_document(session, session.get_one(Application, number))
    find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
    with reading(search.database) as session:
        assert session.exec(select(Document.application_id)).all() == [search.applications[2]]
    for mail in search.mails("application-withdrawn"):
        assert "/entreprise/candidatures\n" in f"{mail.text}\n", "the application itself opens no more"
        assert "/entreprise/candidatures/" not in mail.text


def test_it_is_said_once_and_taken_back_once(search: Search) -> None:
    find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
    with pytest.raises(AlreadyPlaced):
        find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
    place = search_again(search.learner, now=NOW, on=search.database)
    assert (place.has_place, search.has_place, search.status(0)) == (False, False, WITHDRAWN)
    with pytest.raises(AlreadyDone):
        search_again(search.learner, now=NOW, on=search.database)
    assert find_elsewhere(search.learner, BYE, now=NOW, on=search.database).found_elsewhere


def test_with_a_place_through_stage_plus_nothing_is_withdrawn_by_it(search: Search) -> None:
    accept(search, 1)
    with pytest.raises(AlreadyPlaced):
        find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
    assert search.status(0) is SENT
    assert not my_place(search.learner, now=NOW, on=search.database).found_elsewhere


def test_ten_taps_at_once_note_one_place(search: Search) -> None:
    def tap(_turn: int) -> bool:
        try:
            find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
        except AlreadyPlaced:
            return False
        return True

    with ThreadPoolExecutor(10) as crowd:
        assert sum(crowd.map(tap, range(10))) == 1
    with reading(search.database) as session:
        assert len(session.exec(select(OutsidePlace)).all()) == 1
    assert len(search.mails("application-withdrawn")) == 2


def test_accepted_while_withdrawing_ends_in_one_word(search: Search) -> None:
    def act(turn: int) -> bool:
        try:
            if turn % 2:
                accept(search)
            else:
                find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
        except (AlreadyPlaced, NoPlaceLeft, NotPossible, NotFound):
            return False
        return True

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(act, range(8)))
    assert search.status(0) in {ApplicationStatus.ACCEPTED, WITHDRAWN}
    assert search.has_place
    with reading(search.database) as session:
        steps = session.exec(
            select(ApplicationChange.step).where(ApplicationChange.application_id == search.applications[0])
        )
        assert len(steps.all()) == 1


def test_staff_notes_a_place_found_outside_so_that_figures_stay_true(search: Search) -> None:
    record_place(search.staff, search.learner.learner_id or 0, PLACE, now=NOW, on=search.database)
    place = my_place(search.learner, now=NOW, on=search.database)
    assert (place.has_place, place.found_elsewhere, place.live) == (True, True, 2)
    assert place.words.startswith("Chez Ailleurs · dès le mardi 1er décembre 2026")
    assert search.status(0) is SENT
    with pytest.raises(AlreadyPlaced):
        record_place(search.staff, search.learner.learner_id or 0, PLACE, now=NOW, on=search.database)
    forget_place(search.staff, search.learner.learner_id or 0, now=NOW, on=search.database)
    assert not search.has_place
    with pytest.raises(AlreadyDone):
        forget_place(search.staff, search.learner.learner_id or 0, now=NOW, on=search.database)


@pytest.mark.parametrize("who", ["bound", "stranger"])
def test_only_the_staff_that_follows_notes_it(search: Search, who: str) -> None:
    for act in (lambda *args, **named: record_place(*args, PLACE, **named), forget_place):
        with pytest.raises(NotFound):
            act(getattr(search, who), search.learner.learner_id or 0, now=NOW, on=search.database)
    assert not search.has_place


def test_a_place_outside_names_its_company(search: Search) -> None:
    for typed, field in (({}, "company_name"), ({"company_name": "Ici", "trade": "inconnu"}, "trade")):
        data = OutsidePlaceInput.read({"starts_on": "2026-12-01", **typed})
        with pytest.raises(InvalidInput) as refused:
            record_place(search.staff, search.learner.learner_id or 0, data, now=NOW, on=search.database)
        assert list(refused.value.fields) == [field]
    with pytest.raises(InvalidInput):
        OutsidePlaceInput.read({"enterprise_number": "0400.000.186", "starts_on": "2026-12-01"})


def test_a_company_never_sees_the_goodbye_of_the_withdrawn_again(search: Search) -> None:
    find_elsewhere(search.learner, BYE, now=NOW, on=search.database)
    with transaction(search.database) as session:
        application = session.get_one(Application, search.applications[0])
        assert BYE.words not in repr(application)


def test_both_lists_name_the_same_steps() -> None:
    assert [step.title for step in FOR_EVERYBODY] == [step.title for step in FOR_LEARNERS]
    assert "{" not in GOODBYE
