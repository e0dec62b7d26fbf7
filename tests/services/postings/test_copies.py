"""Suggestions for a trade, the preview as learners read it, and the same place again next year."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer
from stageplus.services.offers.queries import offer_detail
from stageplus.services.postings.actions import copy_offer, publish_offer
from stageplus.services.postings.copying import later
from stageplus.services.postings.queries import my_offer, new_offer_form, preview_offer
from stageplus.services.postings.suggestions import FIELDS, FILE, suggested_for
from tests import factories
from tests.factories import NOW
from tests.services.postings.conftest import House

REFERENCE = FILE.parent


def codes(name: str) -> set[str]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def test_every_sector_has_suggestions_and_forty_trades_their_own_tasks() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counted = Counter((row["scope"], row["code"], row["field"]) for row in rows)
    for sector in codes("sectors.csv"):
        assert 4 <= counted["secteur", sector, "tasks"] <= 8, sector
        assert all(3 <= counted["secteur", sector, name] <= 8 for name in FIELDS), sector
    own = {code for scope, code, name in counted if scope == "métier" and name == "tasks"}
    assert len(own) >= 40
    assert own <= codes("trades.csv")
    assert all(4 <= counted["métier", code, "tasks"] <= 8 for code in own)
    assert all((len(row["words"]) <= 60 and "," not in row["words"]) or row["field"] == "tasks" for row in rows)


def test_a_trade_says_what_it_has_and_its_sector_the_rest() -> None:
    baker, other = suggested_for("boulanger", "alimentation"), suggested_for("brasseur", "alimentation")
    assert baker.tasks[0] == "Peser les ingrédients et préparer les pâtes"
    assert baker.risks == other.risks != []
    assert baker.tasks != other.tasks
    assert suggested_for("inconnu", "inconnu").tasks == []


def test_the_only_place_brings_its_suggestions_at_once(house: House) -> None:
    assert new_offer_form(house.member, now=NOW, on=house.database).suggested.tasks
    offer = house.publish()
    assert my_offer(house.member, offer, now=NOW, on=house.database).form.suggested.risks


def test_the_preview_says_what_a_learner_will_read(house: House) -> None:
    offer = house.publish(risks="Chaleur du four.")
    shown = preview_offer(house.member, offer, now=NOW, on=house.database)
    with transaction(house.database) as session:
        learner = factories.actor_of_learner(factories.a_learner(session))
    read = offer_detail(learner, offer, now=NOW, on=house.database)
    same = ("title", "company", "tasks", "risks", "hours", "weekly_hours", "start", "pay", "tutor", "who_answers")
    assert {name: getattr(shown, name) for name in same} == {name: getattr(read, name) for name in same}
    assert (shown.shown, shown.is_open) == ([], True)


def test_a_copy_takes_everything_and_moves_past_dates_by_a_year(house: House) -> None:
    offer = house.publish(risks="Chaleur du four.", places="2")
    later_on = NOW + timedelta(days=100)
    draft = house.kept(copy_offer(house.member, offer, now=later_on, on=house.database))
    before = house.kept(offer)
    assert (draft.status, draft.places_taken, draft.published_at) == (OfferStatus.DRAFT, 0, None)
    assert (draft.starts_from, draft.starts_until) == (date(2027, 12, 1), date(2028, 1, 31))
    for name in ("tasks", "risks", "places", "company_days", "weekly_hours", "tutor_first_name", "establishment_id"):
        assert getattr(draft, name) == getattr(before, name)


def test_dates_that_are_not_past_stay(house: House) -> None:
    offer = house.publish()
    assert house.kept(copy_offer(house.member, offer, now=NOW, on=house.database)).starts_from == date(2026, 12, 1)


def test_a_second_tap_finds_the_same_draft_and_it_can_be_published(house: House) -> None:
    offer = house.publish(places="1")
    drafts = {copy_offer(house.member, offer, now=NOW, on=house.database) for _tap in range(2)}
    (draft,) = drafts
    form = my_offer(house.member, draft, now=NOW, on=house.database).form
    typed = form.written | {"days": form.days, "years": form.years}
    assert publish_offer(house.member, typed, now=NOW, on=house.database).row.status == "publiée"


@pytest.mark.parametrize("status", list(OfferStatus))
def test_whatever_became_of_it_it_can_be_copied(house: House, status: OfferStatus) -> None:
    offer = house.publish()
    with transaction(house.database) as session:
        session.get_one(Offer, offer).status = status
    assert copy_offer(house.member, offer, now=NOW, on=house.database) != offer


def test_another_company_copies_and_previews_nothing(house: House) -> None:
    offer = house.publish()
    for use_case in (copy_offer, preview_offer):
        with pytest.raises(NotFound):
            use_case(house.stranger, offer, now=NOW, on=house.database)


def test_a_leap_day_moves_to_the_28th() -> None:
    assert later(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert later(date(2028, 2, 29), 4) == date(2032, 2, 29)
