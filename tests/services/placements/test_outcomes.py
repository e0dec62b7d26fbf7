"""What comes of an introduction: a first day, or the place and the learner given back, once and whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound, NotPossible
from stageplus.domain.introductions import FailureReason, IntroductionStatus
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.domain.refusals import NoPlaceLeft
from stageplus.models import (
    Application,
    Approval,
    Establishment,
    Introduction,
    Learner,
    Offer,
    OfferChange,
    OutboxMessage,
    OutsidePlace,
)
from stageplus.services.applications.actions import accept_application, send_application
from stageplus.services.applications.queries import inbox_detail, my_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.followup.actions import confirm_start, fail_introduction, take_over
from stageplus.services.followup.queries import introductions
from stageplus.services.followup.schemas import FailureInput, FirstDayInput, IntroductionRow, IntroductionSearch
from tests import factories
from tests.factories import NOW
from tests.services.placements.conftest import Search

FAILED = FailureInput(reason=FailureReason.LEARNER)
LATER = NOW + timedelta(days=20)


@pytest.fixture
def introduction(search: Search) -> int:
    """Let the first company accept, so that its offer is full and another learner's application ends."""
    with transaction(search.database) as session:
        offer, other = session.get_one(Offer, search.offers[0]), session.get_one(Learner, search.other.learner_id)
        factories.an_application(session, offer, other)
    accept_application(search.companies[0], search.applications[0], now=NOW, on=search.database)
    with reading(search.database) as session:
        return session.exec(select(Introduction.id)).one() or 0


def fail(search: Search, introduction: int, at: Any = LATER) -> IntroductionRow:
    return fail_introduction(search.staff, introduction, FAILED, now=at, on=search.database)


def start(search: Search, introduction: int, days: int = 10) -> IntroductionRow:
    data = FirstDayInput(day=(NOW + timedelta(days=days)).date())
    return confirm_start(search.staff, introduction, data, now=LATER, on=search.database)


def offer_of(search: Search) -> Offer:
    found: Offer = search.row(Offer, search.offers[0])
    return found


def change(search: Search, table: type[Any], key: int, **changed: Any) -> None:
    with transaction(search.database) as session:
        session.get_one(table, key).sqlmodel_update(changed)


def test_a_start_is_confirmed_with_its_day_and_both_are_told(search: Search, introduction: int) -> None:
    take_over(search.staff, introduction, now=NOW, on=search.database)
    row = start(search, introduction)
    assert (row.status, row.outcome) == ("commencée", "A commencé le 4 déc. 2026")
    assert (len(search.mails("started")), len(search.mails("started-here"))) == (1, 1)
    lists = introductions(search.staff, IntroductionSearch(), now=LATER, on=search.database)
    assert (lists.waiting, lists.taken, [each.introduction_id for each in lists.settled]) == ([], [], [introduction])
    hers = my_application(search.learner, search.applications[0], now=LATER, on=search.database)
    assert "vendredi 4 décembre 2026. Bonne route" in hers.card.next_words
    assert [step.title for step in hers.timeline] == [
        "Candidature retenue",
        "Reprise par l’opérateur",
        "Début confirmé",
    ]
    assert hers.next_steps == []
    theirs = inbox_detail(search.companies[0], search.applications[0], now=LATER, on=search.database)
    assert "vendredi 4 décembre 2026" in theirs.introduction_words


def test_a_start_waits_for_the_hand_over_and_for_its_day(search: Search, introduction: int) -> None:
    with pytest.raises(NotPossible):
        start(search, introduction)
    take_over(search.staff, introduction, now=NOW, on=search.database)
    for days in (-1, 21):
        with pytest.raises(InvalidInput) as refused:
            start(search, introduction, days)
        assert list(refused.value.fields) == ["day"]
    start(search, introduction, 20)
    for act in (start, fail):
        with pytest.raises(NotPossible):
            act(search, introduction)


def test_both_sides_read_who_does_what_until_it_is_settled(search: Search, introduction: int) -> None:
    hers = my_application(search.learner, search.applications[0], now=NOW, on=search.database)
    theirs = inbox_detail(search.companies[0], search.applications[0], now=NOW, on=search.database)
    titles = ["Contrat d’alternance", "Plan de formation", "Dimona", "Visite médicale", "Assurance"]
    assert [step.title for step in hers.next_steps] == [step.title for step in theirs.next_steps] == titles
    assert "prévenu" in hers.card.next_words
    take_over(search.staff, introduction, now=NOW, on=search.database)
    hers = my_application(search.learner, search.applications[0], now=NOW, on=search.database)
    assert "prend la suite avec toi" in hers.card.next_words
    assert [(step.title, step.state) for step in hers.timeline][-1] == ("Contrat et plan de formation", "now")


def test_what_failed_gives_the_place_and_the_learner_back(search: Search, introduction: int) -> None:
    assert (offer_of(search).status, search.has_place) == (OfferStatus.FILLED, True)
    row = fail(search, introduction)
    assert (row.status, row.outcome) == ("non aboutie", "L’apprenant a renoncé")
    assert (offer_of(search).status, offer_of(search).places_taken) == (OfferStatus.PUBLISHED, 0)
    assert (search.status(0), search.has_place) == (ApplicationStatus.FELL_THROUGH, False)
    assert (len(search.mails("application-fell-through")), len(search.mails("application-given-back"))) == (1, 1)
    [invited] = search.mails(f"application-reopened-{int(LATER.timestamp())}")
    assert invited.recipient != search.mails("application-fell-through")[0].recipient


def test_both_sides_read_why_and_the_learner_may_apply_there_again(search: Search, introduction: int) -> None:
    fail(search, introduction)
    hers = my_application(search.learner, search.applications[0], now=LATER, on=search.database)
    assert "Tu as renoncé à la place" in hers.card.next_words
    assert (hers.timeline[-1].title, hers.timeline[-1].state) == ("La mise en relation n’a pas abouti", "stopped")
    theirs = inbox_detail(search.companies[0], search.applications[0], now=LATER, on=search.database)
    assert "L’apprenant a renoncé" in theirs.introduction_words
    data = ApplicationInput(form_key="a" * 32, motivation="Encore une fois.")
    again = send_application(search.learner, search.offers[0], data, now=LATER, on=search.database)
    accept_application(search.companies[0], again.application_id, now=LATER, on=search.database)
    assert (search.has_place, offer_of(search).places_taken) == (True, 1)


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        (Offer, {"ends_on": NOW.date()}),
        (Offer, {"starts_until": NOW.date() + timedelta(days=8)}),
        (Offer, {"closing_reason": ClosingReason.FILLED_HERE}),
        (Offer, {"status": OfferStatus.EXPIRED}),
        (Approval, {"state": ApprovalState.SUSPENDED}),
        (Establishment, {"workers": 0}),
    ],
)
def test_an_offer_that_may_not_be_on_line_stays_off_with_its_place_free(
    search: Search, introduction: int, table: type[Any], changed: dict[str, Any]
) -> None:
    offer = offer_of(search)
    with reading(search.database) as session:
        approval = session.exec(select(Approval).where(Approval.establishment_id == offer.establishment_id)).one()
    key = {Offer: offer.id, Approval: approval.id, Establishment: offer.establishment_id}[table]
    if table is Establishment:
        with transaction(search.database) as session:
            house = session.get_one(Establishment, offer.establishment_id)
            for _number in range(house.workers or 1):
                factories.an_offer(session, house)
    else:
        change(search, table, key or 0, **changed)
    before = offer_of(search).status
    fail(search, introduction)
    assert (offer_of(search).status, offer_of(search).places_taken) == (before, 0)
    assert search.mails(f"application-reopened-{int(LATER.timestamp())}") == []


def test_an_offer_with_places_left_just_has_one_more(search: Search) -> None:
    change(search, Offer, search.offers[0], places=3)
    accept_application(search.companies[0], search.applications[0], now=NOW, on=search.database)
    with reading(search.database) as session:
        found = session.exec(select(Introduction.id)).one() or 0
    fail(search, found)
    assert (offer_of(search).status, offer_of(search).places_taken) == (OfferStatus.PUBLISHED, 0)
    with reading(search.database) as session:
        assert "reopen" not in session.exec(select(OfferChange.step)).all()


def test_a_place_elsewhere_stays_when_an_introduction_fails(search: Search, introduction: int) -> None:
    with transaction(search.database) as session:
        session.add(OutsidePlace(learner_id=search.learner.learner_id or 0, by_staff=True, noted_at=NOW))
    fail(search, introduction)
    assert search.has_place


def test_twenty_colleagues_at_once_give_one_place_back(search: Search, introduction: int) -> None:
    def settle(_turn: int) -> bool:
        try:
            fail(search, introduction)
        except (AlreadyDone, NotPossible):
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(settle, range(20))) == 1
    assert (offer_of(search).places_taken, len(search.mails("application-fell-through"))) == (0, 1)


def test_accepting_and_giving_back_at_once_never_miscount(search: Search) -> None:
    with transaction(search.database) as session:
        offer = session.get_one(Offer, search.offers[0])
        offer.places = 4
        session.get_one(Establishment, offer.establishment_id).workers = 50
        ids = [factories.an_application(session, offer, factories.a_learner(session)).id or 0 for _ in range(8)]

    def accept(application: int) -> None:
        try:
            accept_application(search.companies[0], application, now=NOW, on=search.database)
        except (NoPlaceLeft, NotPossible):
            return

    def give_back(_turn: int) -> None:
        with reading(search.database) as session:
            waiting = select(Introduction).where(Introduction.status == IntroductionStatus.WAITING)
            found = session.exec(waiting).first()
        if found is None:
            return
        with transaction(search.database) as session:
            staff = factories.a_staff_member(session, found.operator_id)
        try:
            fail_introduction(staff, found.id or 0, FAILED, now=NOW, on=search.database)
        except (AlreadyDone, NotPossible):
            return

    with ThreadPoolExecutor(12) as crowd:
        turns = [crowd.submit(accept, each) for each in ids] + [crowd.submit(give_back, turn) for turn in range(6)]
        for turn in turns:
            turn.result()
    with reading(search.database) as session:
        holding = select(Introduction).where(Introduction.status != IntroductionStatus.FAILED)
        held = len(session.exec(holding).all())
        accepted = select(Application).where(Application.status == ApplicationStatus.ACCEPTED)
        offer = session.get_one(Offer, search.offers[0])
        assert offer.places_taken == held == len(session.exec(accepted).all()) <= offer.places
        kinds = session.exec(select(OutboxMessage.key)).all()
        assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize("who", ["bound", "stranger"])
def test_only_the_staff_that_follows_settles_it(search: Search, introduction: int, who: str) -> None:
    actor = getattr(search, who)
    with pytest.raises(NotFound):
        fail_introduction(actor, introduction, FAILED, now=NOW, on=search.database)
    with pytest.raises(NotFound):
        confirm_start(actor, introduction, FirstDayInput(day=NOW.date()), now=NOW, on=search.database)
    assert search.status(0) is ApplicationStatus.ACCEPTED


def test_a_reason_is_always_chosen() -> None:
    for typed in ({}, {"reason": ""}, {"reason": "maladie"}):
        with pytest.raises(InvalidInput) as refused:
            FailureInput.read(typed)
        assert list(refused.value.fields) == ["reason"]
