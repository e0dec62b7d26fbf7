"""A company's offers: drafts, publication under approval and capacity, steps, and nobody else's."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.domain.refusals import NotApproved
from stageplus.models import Application, Approval, ApprovalState, Establishment, Offer, OfferChange, OfferWord
from stageplus.services.postings.actions import (
    close_offer,
    edit_offer,
    expire_offers,
    publish_offer,
    renew_offer,
    resume_offer,
    save_draft,
    suspend_offer,
)
from stageplus.services.postings.queries import my_offer, my_offers, new_offer_form
from stageplus.services.postings.schemas import ClosingInput, OfferInput
from tests import factories
from tests.factories import NOW


@dataclass(frozen=True)
class House:
    """A bakery with an approval, its member, and a stranger."""

    database: Engine
    member: Actor
    stranger: Actor
    place: str


@pytest.fixture
def house(database: Engine) -> House:
    with transaction(database) as session:
        factories.minimal_reference(session)
        establishment = factories.an_establishment(session)
        factories.an_approval(session, establishment)
        member = factories.a_member(session, establishment.company_id)
        stranger = factories.a_member(session, factories.a_company(session).id or 0)
        return House(database, member, stranger, f"{establishment.id}:boulanger")


def typed(house: House, **changed: Any) -> dict[str, Any]:
    return {
        "form_key": "a" * 32,
        "place": house.place,
        "places": "2",
        "starts_from": "2026-12-01",
        "starts_until": "2027-01-31",
        "days": ["0", "1", "2"],
        "day_starts_at": "08:00",
        "day_ends_at": "16:30",
        "weekly_hours": "24",
        "tasks": "Pétrir et cuire.",
        "tutor_first_name": "Sacha",
        "tutor_function": "Chef d’atelier",
    } | changed


def publish(house: House, **changed: Any) -> int:
    data = OfferInput.read(typed(house, **changed))
    return publish_offer(house.member, data, now=NOW, on=house.database).row.offer_id


def kept(house: House, offer_id: int) -> Offer:
    with reading(house.database) as session:
        return session.get_one(Offer, offer_id)


def test_only_approved_trades_can_be_chosen(house: House) -> None:
    form = new_offer_form(house.member, now=NOW, on=house.database)
    assert [choice.value for choice in form.places] == [house.place]
    assert new_offer_form(house.stranger, now=NOW, on=house.database).places == []


def test_a_draft_keeps_what_fits_and_is_one_per_key(house: House) -> None:
    first = save_draft(house.member, typed(house, places="x", tasks=""), now=NOW, on=house.database)
    second = save_draft(house.member, typed(house, tasks="Cuire."), now=NOW, on=house.database)
    assert first.row.offer_id == second.row.offer_id
    assert second.form.written["tasks"] == "Cuire."
    assert [row.status_words for row in my_offers(house.member, now=NOW, on=house.database)] == ["Brouillon"]


def test_publishing_starts_its_life_and_makes_it_findable(house: House) -> None:
    offer = kept(house, publish(house))
    assert (offer.status, str(offer.ends_on)) == (OfferStatus.PUBLISHED, "2027-01-23")
    with reading(house.database) as session:
        assert "cuire" in {found.word for found in session.exec(select(OfferWord))}
        assert [change.step for change in session.exec(select(OfferChange))] == ["publish"]


def test_publishing_twice_publishes_once(house: House) -> None:
    assert publish(house) == publish(house)
    assert len(my_offers(house.member, now=NOW, on=house.database)) == 1


@pytest.mark.parametrize("state", [state for state in ApprovalState if state is not ApprovalState.GRANTED])
def test_without_a_granted_approval_it_stays_a_draft(house: House, state: ApprovalState) -> None:
    with transaction(house.database) as session:
        session.exec(select(Approval)).one().state = state
    with pytest.raises(NotApproved):
        publish(house)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places", "0"),
        ("starts_from", "2027-02-31"),
        ("starts_until", "2026-11-30"),
        ("days", []),
        ("days", ["9"]),
        ("weekly_hours", "19"),
        ("weekly_hours", "39"),
        ("day_starts_at", "25:00"),
        ("tasks", " \u200b"),
        ("tasks", "x" * 100_000),
        ("tutor_first_name", ""),
    ],
)
def test_bad_input_is_told_beside_its_field(house: House, field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        OfferInput.read(typed(house, **{field: value}))
    assert list(refused.value.fields) == [field]


def test_never_more_learners_than_workers_nor_a_start_in_the_past(house: House) -> None:
    with pytest.raises(InvalidInput) as refused:
        publish(house, places="6")
    assert list(refused.value.fields) == ["places"]
    with pytest.raises(InvalidInput) as refused:
        publish(house, starts_from="2026-01-01", starts_until="2026-02-01")
    assert list(refused.value.fields) == ["starts_until"]


def test_an_offer_is_suspended_resumed_renewed(house: House) -> None:
    offer = publish(house)
    assert suspend_offer(house.member, offer, now=NOW, on=house.database).row.status_words == "Suspendue"
    with pytest.raises(NotPossible):
        suspend_offer(house.member, offer, now=NOW, on=house.database)
    assert resume_offer(house.member, offer, now=NOW, on=house.database).row.status_words == "Publiée"
    with transaction(house.database) as session:
        session.get_one(Offer, offer).status = OfferStatus.EXPIRED
    assert renew_offer(house.member, offer, now=NOW, on=house.database).row.status_words == "Publiée"


def test_closing_ends_the_applications_that_wait(house: House) -> None:
    offer = publish(house)
    with transaction(house.database) as session:
        application = factories.an_application(session, session.get_one(Offer, offer), factories.a_learner(session)).id
    reason = ClosingInput(reason=ClosingReason.NO_LONGER_NEEDED)
    assert close_offer(house.member, offer, reason, now=NOW, on=house.database).steps == []
    with reading(house.database) as session:
        assert session.get_one(Application, application).status is ApplicationStatus.LAPSED
        assert session.get_one(Offer, offer).closing_reason is ClosingReason.NO_LONGER_NEEDED


def test_an_open_offer_is_edited_within_what_is_taken(house: House) -> None:
    offer = publish(house)
    changed = OfferInput.read(typed(house, tasks="Façonner."))
    assert edit_offer(house.member, offer, changed, now=NOW, on=house.database).form.written["tasks"] == "Façonner."
    with transaction(house.database) as session:
        session.get_one(Offer, offer).places_taken = 2
    with pytest.raises(InvalidInput):
        edit_offer(house.member, offer, OfferInput.read(typed(house, places="1")), now=NOW, on=house.database)


def test_another_company_finds_nothing(house: House) -> None:
    offer = publish(house)
    for use_case in (my_offer, suspend_offer, resume_offer, renew_offer):
        with pytest.raises(NotFound):
            use_case(house.stranger, offer, now=NOW, on=house.database)
        with pytest.raises(Denied):
            use_case(None, offer, now=NOW, on=house.database)
    with pytest.raises(NotFound):
        publish_offer(house.stranger, OfferInput.read(typed(house)), now=NOW, on=house.database)
    with pytest.raises(NotFound):
        save_draft(house.stranger, typed(house, form_key="b" * 32), now=NOW, on=house.database)
    assert kept(house, offer).status is OfferStatus.PUBLISHED


def test_an_offer_expires_after_its_last_day_and_is_renewed(house: House) -> None:
    with transaction(house.database) as session:
        establishment = session.get_one(Establishment, int(house.place.split(":")[0]))
        offer_id = factories.an_offer(session, establishment).id or 0
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
