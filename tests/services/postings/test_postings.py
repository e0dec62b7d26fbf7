"""A company's offers: publication under approval and capacity, changes, steps, and nobody else's."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.errors import Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import NotApproved, StartIsOver
from stageplus.models import (
    Approval,
    ApprovalState,
    Establishment,
    Offer,
    OfferChange,
    OfferWord,
    Parameter,
)
from stageplus.services.postings.actions import (
    edit_offer,
    expire_offers,
    publish_offer,
    renew_offer,
    resume_offer,
    suspend_offer,
)
from stageplus.services.postings.queries import my_offer, my_offers, new_offer_form
from stageplus.services.postings.schemas import ClosingInput, PostingDetail, PostingSearch
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import House, typed


def test_only_approved_trades_can_be_chosen(house: House) -> None:
    form = new_offer_form(house.member, now=NOW, on=house.database)
    assert [value for value, _label in form.places] == [house.place]
    assert new_offer_form(house.stranger, now=NOW, on=house.database).places == []


def test_publishing_starts_its_life_and_makes_it_findable(house: House) -> None:
    offer = house.kept(house.publish())
    assert (offer.status, str(offer.ends_on)) == (OfferStatus.PUBLISHED, "2027-01-23")
    with reading(house.database) as session:
        assert "cuire" in {found.word for found in session.exec(select(OfferWord))}
        assert [change.step for change in session.exec(select(OfferChange))] == ["publish"]


def test_publishing_twice_publishes_once(house: House) -> None:
    assert house.publish() == house.publish()
    assert my_offers(house.member, PostingSearch(), now=NOW, on=house.database).total == 1


@pytest.mark.parametrize("state", [state for state in ApprovalState if state is not ApprovalState.GRANTED])
def test_without_a_granted_approval_it_stays_a_draft(house: House, state: ApprovalState) -> None:
    with transaction(house.database) as session:
        session.exec(select(Approval)).one().state = state
    with pytest.raises(NotApproved):
        house.publish()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places", ""),
        ("places", "0"),
        ("places", "-1"),
        ("places", "6"),
        ("places", "1000000000"),
        ("places", "deux"),
        ("years", []),
        ("years", ["9"]),
        ("starts_from", ""),
        ("starts_from", "2026-11-23"),
        ("starts_from", "2027-02-31"),
        ("starts_until", "2026-11-30"),
        ("starts_until", "2029-01-31"),
        ("days", []),
        ("days", ["9"]),
        ("weekly_hours", "19"),
        ("weekly_hours", "39"),
        ("day_starts_at", "25:00"),
        ("day_ends_at", "07:00"),
        ("day_ends_at", "08:00"),
        ("tasks", " \u200b"),
        ("tasks", "x" * 100_000),
        ("language", ""),
        ("tutor_first_name", ""),
        ("tutor_function", "\u202e"),
        ("scheme", "inconnu"),
    ],
)
def test_bad_input_is_told_beside_its_field(house: House, field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        house.publish(**{field: value})
    assert list(refused.value.fields) == [field]
    assert refused.value.fields[field].endswith(".")


def test_everything_that_is_wrong_is_told_at_once(house: House) -> None:
    with pytest.raises(InvalidInput) as refused:
        house.publish(places="6", tasks="", weekly_hours="50", starts_until="x", days=[])
    assert set(refused.value.fields) == {"places", "tasks", "weekly_hours", "starts_until", "days"}


def test_the_limits_of_hours_are_those_in_force(house: House) -> None:
    house.publish(weekly_hours="38")
    with transaction(house.database) as session:
        values = {"unit": "", "source": "test", "effective_from": NOW.date()}
        session.add(Parameter(name="weekly_hours_max", value="36", **values))
        session.add(Parameter(name="night_from", value="22", **values))
    with pytest.raises(InvalidInput, match="weekly_hours"):
        house.publish(form_key="b" * 32, weekly_hours="37")
    assert "36" in new_offer_form(house.member, now=NOW, on=house.database).hours_hint


@pytest.mark.parametrize(("begin", "end"), [("22:00", "06:00"), ("17:00", "01:00"), ("05:00", "13:00")])
def test_night_work_may_pass_midnight(house: House, begin: str, end: str) -> None:
    offer = house.kept(house.publish(day_starts_at=begin, day_ends_at=end))
    assert f"{offer.day_ends_at:%H:%M}" == end


def test_an_offer_is_suspended_resumed_renewed(house: House) -> None:
    offer = house.publish()
    assert suspend_offer(house.member, offer, now=NOW, on=house.database).row.status_words == "Suspendue"
    with pytest.raises(NotPossible):
        suspend_offer(house.member, offer, now=NOW, on=house.database)
    assert resume_offer(house.member, offer, now=NOW, on=house.database).row.status_words == "Publiée"
    with transaction(house.database) as session:
        session.get_one(Offer, offer).status = OfferStatus.EXPIRED
    assert renew_offer(house.member, offer, now=NOW, on=house.database).row.status_words == "Publiée"


def edit(house: House, offer: int, *, now: datetime = NOW, **changed: Any) -> PostingDetail:
    return edit_offer(house.member, offer, typed(house, **changed), now=now, on=house.database)


def test_an_open_offer_is_edited_within_what_is_taken(house: House) -> None:
    offer = house.publish()
    changed = edit(house, offer, tasks="Façonner.", years=["1"], language="allemand")
    assert (changed.form.written["tasks"], changed.form.years) == ("Façonner.", ["1"])
    with reading(house.database) as session:
        assert [change.step for change in session.exec(select(OfferChange))] == ["publish", "edit"]
        assert "faconner" in {found.word for found in session.exec(select(OfferWord))}
    with transaction(house.database) as session:
        session.get_one(Offer, offer).places_taken = 2
    with pytest.raises(InvalidInput):
        edit(house, offer, places="1")


def test_editing_changes_neither_place_nor_scheme(house: House) -> None:
    with transaction(house.database) as session:
        other = factories.an_approval(
            session, session.get_one(Establishment, house.establishment), trade_code="patissier"
        )
        place = f"{house.establishment}:{other.trade_code}"
    offer = house.publish()
    edit(house, offer, place=place, scheme="autre")
    kept = house.kept(offer)
    assert (kept.trade_code, kept.scheme_code) == ("boulanger", "alternance-secondaire")


def test_an_offer_that_started_keeps_its_own_first_day(house: House) -> None:
    offer = house.publish()
    later = NOW + timedelta(days=30)
    assert edit(house, offer, now=later, tasks="Cuire.").form.written["starts_from"] == "2026-12-01"
    with pytest.raises(InvalidInput, match="starts_from"):
        edit(house, offer, now=later, starts_from="2026-12-02")
    with pytest.raises(InvalidInput, match="starts_until"):
        edit(house, offer, now=NOW + timedelta(days=80))


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.FILLED, OfferStatus.CLOSED])
def test_only_what_learners_can_read_is_edited(house: House, status: OfferStatus) -> None:
    offer = house.publish()
    with transaction(house.database) as session:
        session.get_one(Offer, offer).status = status
    with pytest.raises(NotPossible):
        edit(house, offer)


def test_an_offer_without_its_approval_keeps_its_place_in_the_form(house: House) -> None:
    offer = house.publish()
    with transaction(house.database) as session:
        session.exec(select(Approval)).one().state = ApprovalState.SUSPENDED
    form = my_offer(house.member, offer, now=NOW, on=house.database).form
    assert [value for value, _label in form.places] == [house.place]
    assert new_offer_form(house.member, now=NOW, on=house.database).places == []


def test_another_company_finds_nothing(house: House) -> None:
    offer = house.publish()
    for use_case in (my_offer, suspend_offer, resume_offer, renew_offer):
        with pytest.raises(NotFound):
            use_case(house.stranger, offer, now=NOW, on=house.database)
        with pytest.raises(Denied):
            use_case(None, offer, now=NOW, on=house.database)
    with pytest.raises(NotFound):
        publish_offer(house.stranger, typed(house), now=NOW, on=house.database)
    assert house.kept(offer).status is OfferStatus.PUBLISHED


def test_an_offer_expires_after_its_last_day_and_is_renewed(house: House) -> None:
    with transaction(house.database) as session:
        establishment = session.get_one(Establishment, house.establishment)
        until = NOW.date() + timedelta(days=90)
        offer_id = factories.an_offer(session, establishment, starts_until=until).id or 0
    last_day = NOW + timedelta(days=60)
    assert expire_offers(now=last_day, on=house.database) == 0
    over = last_day + timedelta(days=1)
    assert expire_offers(now=over, on=house.database) == 1
    assert expire_offers(now=over, on=house.database) == 0
    with reading(house.database) as session:
        assert session.get_one(Offer, offer_id).status is OfferStatus.EXPIRED
        change = session.exec(select(OfferChange).where(OfferChange.step == "expire")).one()
        assert (change.role, change.person_id) == (None, None)
    renew_offer(house.member, offer_id, now=over, on=house.database)
    with reading(house.database) as session:
        offer = session.get_one(Offer, offer_id)
        assert (offer.status, offer.ends_on) == (OfferStatus.PUBLISHED, over.date() + timedelta(days=60))


def test_an_offer_whose_start_has_passed_is_changed_before_it_is_renewed(house: House) -> None:
    offer = house.publish()
    over = NOW + timedelta(days=80)
    expire_offers(now=over, on=house.database)
    with pytest.raises(StartIsOver):
        renew_offer(house.member, offer, now=over, on=house.database)
    edit(house, offer, now=over, starts_from="2027-03-01", starts_until="2027-04-01")
    assert renew_offer(house.member, offer, now=over, on=house.database).row.status_words == "Publiée"


@pytest.mark.parametrize("reason", ["", None, "envie"])
def test_closing_asks_for_a_reason(reason: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        ClosingInput.read({"reason": reason})
    assert list(refused.value.fields) == ["reason"]
