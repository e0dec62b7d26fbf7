"""Drafts: they keep what fits, say what does not, invent nothing, and are one per form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer, Scheme, SchemeRule
from stageplus.services.postings.actions import discard_draft, publish_offer, save_draft
from stageplus.services.postings.queries import my_offer, my_offers, new_offer_form
from stageplus.services.postings.schemas import DraftInput, PostingSearch, SavedDraft
from tests.factories import NOW, kept
from tests.services.postings.conftest import House, typed

ONLY_A_PLACE = {"form_key": "c" * 32}


def save(house: House, **changed: Any) -> SavedDraft:
    return save_draft(house.member, typed(house, **changed), now=NOW, on=house.database)


def test_a_draft_needs_a_place_and_nothing_else(house: House) -> None:
    saved = save_draft(house.member, ONLY_A_PLACE | {"place": house.place}, now=NOW, on=house.database)
    offer = house.kept(saved.detail.row.offer_id)
    assert (offer.status, saved.left_out, saved.at) == (OfferStatus.DRAFT, {}, "10\u00a0h")
    with pytest.raises(InvalidInput) as refused:
        save_draft(house.member, ONLY_A_PLACE, now=NOW, on=house.database)
    assert list(refused.value.fields) == ["place"]


def test_what_is_empty_stays_empty_in_the_form_and_in_the_table(house: House) -> None:
    saved = save_draft(house.member, ONLY_A_PLACE | {"place": house.place}, now=NOW, on=house.database)
    offer = house.kept(saved.detail.row.offer_id)
    assert (offer.tasks, offer.tutor_first_name, offer.language, offer.company_days) == ("", "", "", 0)
    written = my_offer(house.member, offer.id or 0, now=NOW, on=house.database).form.written
    assert {written[name] for name in ("tasks", "tutor_first_name", "tutor_function", "weekly_hours")} == {""}


def test_what_may_not_be_empty_is_suggested_where_it_is_seen(house: House) -> None:
    form = new_offer_form(house.member, now=NOW, on=house.database)
    assert form.written["starts_from"] == "2026-12-01"
    assert form.written["starts_until"] == "2027-01-30"
    assert (form.written["places"], form.written["day_starts_at"], form.written["language"]) == (
        "1",
        "08:00",
        "français",
    )
    assert (form.years, form.days) == (["0", "1", "2"], [])
    saved = save_draft(house.member, ONLY_A_PLACE | {"place": house.place}, now=NOW, on=house.database)
    assert house.kept(saved.detail.row.offer_id).starts_from == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("field", "value", "before"),
    [
        ("places", "trois", 2),
        ("places", "0", 2),
        ("places", "-1", 2),
        ("places", "1000000000", 2),
        ("places", "9" * 100_000, 2),
        ("starts_from", "2027-02-31", date(2026, 12, 1)),
        ("starts_until", "2026-11-30", date(2027, 1, 31)),
        ("day_ends_at", "25:00", time(16, 30)),
        ("weekly_hours", "beaucoup", 24),
        ("tasks", "x" * 100_000, "Pétrir et cuire."),
        ("tutor_first_name", "Sacha " * 20, "Sacha"),
        ("language", "x" * 41, "français"),
        ("scheme", "inconnu", None),
    ],
)
def test_what_does_not_fit_keeps_its_former_value_and_is_said(
    house: House, field: str, value: str, before: object
) -> None:
    offer_id = save(house).detail.row.offer_id
    saved = save(house, **{field: value, "transport": "Bus 12"})
    assert list(saved.left_out) == [field]
    offer = house.kept(offer_id)
    assert offer.transport == "Bus 12"
    if before is not None:
        assert getattr(offer, field) == before


def test_half_a_period_never_passes_the_other_half(house: House) -> None:
    offer_id = save(house).detail.row.offer_id
    saved = save(house, starts_from="2027-03-01", starts_until="2027-02-30")
    assert set(saved.left_out) == {"starts_until"}
    offer = house.kept(offer_id)
    assert (offer.starts_from, offer.starts_until) == (date(2026, 12, 1), date(2027, 1, 31))
    assert set(save(house, starts_from="2027-03-01", starts_until="").left_out) == {"starts_until"}


def test_a_draft_is_one_per_key_and_goes_on_from_another_device(house: House) -> None:
    first, second = save(house, tasks=""), save(house, tasks="Cuire.")
    assert first.detail.row.offer_id == second.detail.row.offer_id
    assert (
        my_offer(house.member, first.detail.row.offer_id, now=NOW, on=house.database).form.written["tasks"] == "Cuire."
    )
    page = my_offers(house.member, PostingSearch(), now=NOW, on=house.database)
    assert [row.status_words for row in page.rows] == ["Brouillon"]


def test_the_same_form_kept_ten_times_at_once_is_one_draft(house: House) -> None:
    with ThreadPoolExecutor(10) as crowd:
        saved = list(crowd.map(lambda _turn: save(house), range(10)))
    assert len({each.detail.row.offer_id for each in saved}) == 1
    with reading(house.database) as session:
        assert len(session.exec(select(Offer)).all()) == 1


def test_a_draft_says_what_publishing_would_still_refuse(house: House) -> None:
    saved = save(house, tasks="", days=[], weekly_hours="12")
    assert set(saved.missing) == {"tasks", "days", "weekly_hours"}
    assert saved.left_out == {}
    form = my_offer(house.member, saved.detail.row.offer_id, now=NOW, on=house.database).form
    assert form.missing == ["days", "tasks", "weekly_hours"]
    assert save(house).missing == {}


def test_a_late_copy_of_the_draft_does_not_touch_what_was_published(house: House) -> None:
    offer_id = house.publish()
    saved = save(house, tasks="Trop tard.")
    assert not saved.detail.is_draft
    assert house.kept(offer_id).tasks == "Pétrir et cuire."


def test_a_refused_publication_keeps_the_draft(house: House) -> None:
    with pytest.raises(InvalidInput):
        publish_offer(house.member, typed(house, tutor_first_name=""), now=NOW, on=house.database)
    [row] = my_offers(house.member, PostingSearch(), now=NOW, on=house.database).rows
    assert house.kept(row.offer_id).tasks == "Pétrir et cuire."


def test_a_draft_can_be_thrown_away_but_nothing_else(house: House) -> None:
    offer_id = save(house).detail.row.offer_id
    with pytest.raises(NotFound):
        discard_draft(house.stranger, offer_id, now=NOW, on=house.database)
    discard_draft(house.member, offer_id, now=NOW, on=house.database)
    with pytest.raises(NotFound):
        my_offer(house.member, offer_id, now=NOW, on=house.database)
    with pytest.raises(NotPossible):
        discard_draft(house.member, house.publish(), now=NOW, on=house.database)


def test_a_draft_discarded_meanwhile_begins_again(house: House) -> None:
    discard_draft(house.member, save(house).detail.row.offer_id, now=NOW, on=house.database)
    assert house.kept(save(house).detail.row.offer_id).tasks == "Pétrir et cuire."


def test_the_key_or_the_place_of_another_company_opens_nothing(house: House) -> None:
    save(house)
    for changed in ({}, {"form_key": "b" * 32}):
        with pytest.raises(NotFound):
            save_draft(house.stranger, typed(house, **changed), now=NOW, on=house.database)


@pytest.mark.parametrize(
    "place", ["12", "x:boulanger", "1:inconnu", "’ OR 1=1 --", "<script>alert(1)</script>", "9" * 100]
)
def test_a_place_of_nowhere_is_not_found(house: House, place: str) -> None:
    with pytest.raises(NotFound):
        save(house, place=place)


def test_a_scheme_is_chosen_when_there_are_several(house: House) -> None:
    with transaction(house.database) as session:
        known = {"min_age": 18, "min_age_with_two_years": 18, "max_age_contract": 60, "operator_kinds": "ifapme"}
        for code, name, since in (("chef", "Chef d’entreprise", 2020), ("futur", "Plus tard", 2030)):
            kept(session, Scheme(code=code, name=name))
            kept(session, SchemeRule(scheme_code=code, effective_from=date(since, 1, 1), **known))
    form = new_offer_form(house.member, now=NOW, on=house.database)
    assert [code for code, _name in form.schemes] == ["chef", "alternance-secondaire"]
    saved = save(house, scheme="chef")
    assert saved.detail.scheme == "Chef d’entreprise"
    assert house.kept(saved.detail.row.offer_id).scheme_code == "chef"
    assert list(save(house, scheme="futur").left_out) == ["scheme"]


@pytest.mark.parametrize(
    ("typed_words", "kept_words"),
    [
        ("a\u202eb\u200bc", "abc"),
        ("Pain 🥖 et 🧁", "Pain 🥖 et 🧁"),
        ("<script>alert('x')</script>", "<script>alert('x')</script>"),
        ("Robert'); DROP TABLE offer;--", "Robert'); DROP TABLE offer;--"),
        ("ligne\r\nautre", "ligne\nautre"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_strange_words_are_kept_as_words(house: House, typed_words: str, kept_words: str) -> None:
    assert house.kept(save(house, tasks=typed_words).detail.row.offer_id).tasks == kept_words


COLUMNS = {column.name: getattr(column.type, "length", None) for column in Offer.__table__.columns}  # type: ignore[attr-defined]
TEXTS = [name for name, field in DraftInput.model_fields.items() if COLUMNS.get(name) and name != "form_key"]


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_is_longer_than_its_column(name: str) -> None:
    known = {"form_key": "c" * 32, "place": "1:boulanger"}
    assert DraftInput.what_fits(known | {name: "x" * COLUMNS[name]})[1] == {}
    assert list(DraftInput.what_fits(known | {name: "x" * (COLUMNS[name] + 1)})[1]) == [name]
