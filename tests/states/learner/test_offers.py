"""The search page without a browser: the address bar holds the search, and nothing that anybody types breaks it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.offers import OfferStatus
from stageplus.models import FruitlessSearch, Offer
from stageplus.services.offers.queries import PAGE_SIZE, open_offers
from stageplus.services.offers.schemas import OfferSearch
from stageplus.states.audience import current_actor
from stageplus.states.learner.asking import LearnerAskingState
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.states.learner.offers import LearnerOffersState, LearnerOfferState
from tests.states.learner.conftest import Town, call, go

Opened = Callable[[type, str], Any]
KEY = "a" * 32


async def searched(town: Town, opened: Opened, **asked: str) -> Any:
    state = opened(LearnerOffersState, f"/offres?{urlencode(asked) or 'q='}")
    assert await call(town, state, "load") is None
    return state


def target(redirect: Any) -> dict[str, list[str]]:
    """Return the search that a redirect asks for."""
    path = str(dict(redirect.args)[next(name for name, _value in redirect.args if str(name) == "path")])
    return parse_qs(urlsplit(path.strip('"')).query)


async def test_without_a_search_it_starts_from_my_trade_and_town(town: Town, opened: Opened) -> None:
    state = opened(LearnerOffersState, "/offres")
    assert await call(town, state, "load") is None
    assert (state.chosen["q"], state.chosen["lieu"]) == ("Boulangère / Boulanger", "Namur")
    assert len(state.shown) == PAGE_SIZE and "q=Boulang" in state.after and "lieu=Namur" in state.after


async def test_the_offers_are_shown_before_the_counts_beside_the_filters(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger")
    await call(town, state, "count")
    steps = LearnerOffersState.search.fn(state, {"q": "coiffure", "intent": "filter"})
    await anext(steps)
    assert state.shown == [town.hairdresser] and state.facets.ticks["no_licence"] == "Sans permis de conduire (25)"
    assert [step async for step in steps] == []
    assert state.facets.ticks["no_licence"] == "Sans permis de conduire (1)"


async def test_lists_that_nobody_sees_are_not_counted_unless_a_choice_in_them_is_wrong(
    town: Town, opened: Opened
) -> None:
    state = await searched(town, opened, q="boulanger")
    assert state.radii and not state.counted and not state.facets.trades
    await call(town, state, "search", {"q": "coiffure", "intent": "filter"})
    assert not state.facets.trades
    wrong = await searched(town, opened, q="boulanger", tri="salaire")
    assert wrong.counted and wrong.facets.trades and "sort" in wrong.errors


async def test_counting_tells_nothing_that_was_asked_beside_it(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger", lieu="Nulle-part")
    await call(town, state, "count")
    assert state.counted and list(state.errors) == ["place"]


async def test_stars_come_with_the_offers(town: Town, opened: Opened) -> None:
    stars = opened(LearnerKeepState, "/offres")
    await call(town, stars, "keep", town.baker, True)
    state = opened(LearnerOffersState, "/offres?q=boulanger")
    current_actor.set(town.learner)
    await anext(LearnerOffersState.load.fn(state))
    assert (await state.get_state(LearnerKeepState)).kept == [town.baker]


async def test_a_filter_that_leaves_offers_out_and_brings_them_back_sends_no_card_again(
    town: Town, opened: Opened
) -> None:
    state = opened(LearnerOffersState, "/offres?q=boulanger")
    everything = open_offers(town.learner, OfferSearch(text="boulanger"), now=datetime.now(UTC), on=town.database)
    state._show(everything, {})
    state._clean()
    for fewer in (replace(everything, cards=everything.cards[3:5]), everything):
        state._show(fewer, {})
        assert state.shown == [card.offer_id for card in fewer.cards]
    assert "shown" in state.dirty_vars and "held" not in state.dirty_vars


async def test_a_card_that_changed_meanwhile_is_sent_again(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="coiffure")
    with transaction(town.database) as session:
        session.get_one(Offer, town.hairdresser).places += 3
    before = state.held[town.hairdresser].places_left
    await call(town, state, "search", {"q": "coiffure", "intent": "filter"})
    assert state.held[town.hairdresser].places_left != before


async def test_a_link_shows_the_same_to_whoever_opens_it(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger", lieu="Namur", rayon="25", tri="distance", page="2", jours="oui")
    assert (len(state.shown), state.found.page, state.found.pages) == (PAGE_SIZE, 2, 3)
    assert (state.chosen["rayon"], state.chosen["tri"], state.filters) == ("25", "distance", 2)
    assert "page=1" in state.before and "rayon=25" in state.before and "jours=oui" in state.before
    assert "page=3" in state.after


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"rayon": "-1"}, "radius"),
        ({"rayon": "17"}, "radius"),
        ({"rayon": "grand"}, "radius"),
        ({"tri": "salaire"}, "sort"),
        ({"q": "a" * 100_000}, "text"),
        ({"lieu": "b" * 100_000}, "place"),
        ({"lieu": "Nulle-part"}, "place"),
    ],
)
async def test_what_does_not_fit_is_told_beside_its_field(
    town: Town, opened: Opened, asked: dict[str, str], field: str
) -> None:
    state = await searched(town, opened, **({"q": "boulanger"} | asked))
    assert list(state.errors) == [field]
    assert not state.fault and not state.loading
    assert (state.chosen["rayon"], state.chosen["tri"]) == ("15", "pertinence")
    assert max(map(len, [state.before, state.after, state.unfiltered])) < 1000


async def test_words_that_lead_nowhere_are_counted_for_offa(town: Town, opened: Opened) -> None:
    for text in ("trottinette", "boulanger", "trottinette"):
        await searched(town, opened, q=text)
    with transaction(town.database) as session:
        [kept] = session.exec(select(FruitlessSearch)).all()
    assert (kept.words, kept.times) == ("trottinette", 2)


async def test_a_wrong_filter_keeps_the_rest_of_the_search(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="coiffure", rayon="17", tri="salaire")
    assert set(state.errors) == {"radius", "sort"}
    assert state.shown == [town.hairdresser]


@pytest.mark.parametrize("page", ["99", "9" * 400])
async def test_a_page_too_far_is_the_last_one(town: Town, opened: Opened, page: str) -> None:
    state = await searched(town, opened, q="boulanger", page=page)
    assert (state.found.page, len(state.shown), state.found.note != "") == (3, 1, True)


@pytest.mark.parametrize(
    "text",
    [
        "%",
        "_",
        '"NEAR"',
        "pain OR 1=1 --",
        "' UNION SELECT",
        "\u202eregnaluob",
        "bou\u200blanger",
        "🙂",
        "<b>x</b>",
        "*",
    ],
)
async def test_what_looks_like_syntax_is_plain_words(town: Town, opened: Opened, text: str) -> None:
    state = await searched(town, opened, q=text)
    assert (state.errors, state.fault, state.chosen["q"]) == ({}, "", text)


async def test_letters_that_do_not_show_change_nothing(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="bou\u200blanger")
    assert state.found.total == 25


async def test_neighbours_and_larger_radii_keep_the_rest_of_the_search(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="pâtissier", lieu="Namur", rayon="10", jours="oui", page="3")
    [neighbour] = state.neighbours
    assert parse_qs(urlsplit(neighbour.href).query) == {
        "q": ["Boulanger"],
        "lieu": ["Namur"],
        "rayon": ["10"],
        "jours": ["oui"],
    }
    state = await searched(town, opened, q="coiffure", lieu="Namur", rayon="10")
    assert [parse_qs(urlsplit(link.href).query)["rayon"] for link in state.larger] == [["100"]]
    assert "Liège" not in str(state.larger)


async def test_a_mistyped_place_leads_to_the_right_one(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger", lieu="Namurr")
    assert [link.label for link in state.places] == ["Namur"]
    await call(town, go(state, state.places[0].href), "load")
    assert (state.found.total, state.errors) == (25, {})


async def test_typing_another_search_goes_to_its_address(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger", page="2")
    asked = target(await call(town, state, "search", {"q": "coiffure", "lieu": "", "rayon": "15", "page": "2"}))
    assert asked == {"q": ["coiffure"], "rayon": ["15"]}


async def test_the_form_is_not_drawn_again_while_somebody_types_in_it(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger")
    drawn = state.form_round
    await call(town, state, "search", {"q": "coiffure"})
    await call(town, go(state, "/offres?q=coiffure"), "load")
    assert (state.form_round, state.shown) == (drawn, [town.hairdresser])
    await call(town, go(state, "/offres?q=boulanger"), "load")
    assert state.form_round == drawn + 1


async def test_a_filter_that_the_address_already_holds_acts_at_once(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger", jours="oui")
    assert await call(town, state, "search", {"q": "boulanger", "jours": "oui"}) is None
    assert state.found.total == 25


async def test_a_text_without_end_stays_in_its_field(town: Town, opened: Opened) -> None:
    state = await searched(town, opened, q="boulanger")
    assert await call(town, state, "search", {"q": "a" * 100_000}) is None
    assert (list(state.errors), state.found.total) == (["text"], 25)


async def test_an_offer_is_read_from_its_address(town: Town, opened: Opened) -> None:
    state = opened(LearnerOfferState, f"/offres/{town.baker}")
    await call(town, state, "load")
    assert (state.offer.offer_id, state.was_open, state.missing) == (town.baker, True, False)


@pytest.mark.parametrize("named", ["abc", "0", "999", "-1", "1.5", "9" * 40, "1%27%20OR%201=1", "١"])
async def test_what_is_no_offer_is_not_found(town: Town, opened: Opened, named: str) -> None:
    state = opened(LearnerOfferState, f"/offres/{named}")
    await call(town, state, "load")
    assert (state.missing, state.fault, state.offer.offer_id) == (True, "", 0)


async def test_a_draft_is_not_found(town: Town, opened: Opened) -> None:
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).sqlmodel_update({"status": OfferStatus.DRAFT, "published_at": None})
    state = opened(LearnerOfferState, f"/offres/{town.baker}")
    await call(town, state, "load")
    assert state.missing


async def test_sending_gives_a_receipt_and_other_places_meanwhile(town: Town, opened: Opened) -> None:
    state = opened(LearnerOfferState, f"/offres/{town.baker}")
    await call(town, state, "load")
    await call(town, state, "apply", {"offer": str(town.baker), "form_key": KEY, "motivation": "J’aime le pain."})
    assert state.receipt.application_id and state.receipt.due_words
    assert len(state.similar) == 3 and town.baker not in {card.offer_id for card in state.similar}
    await call(town, state, "load")
    assert (state.receipt.application_id, state.offer.applied_id > 0) == (0, True)


async def test_an_offer_that_has_gone_leads_to_others_and_to_the_referent(town: Town, opened: Opened) -> None:
    state = opened(LearnerOfferState, f"/offres/{town.baker}")
    await call(town, state, "load")
    assert state.like == ""
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.CLOSED
    await call(town, state, "load")
    assert state.offer.closed_words and len(state.offer.similar) == 3
    assert state.like == "q=Boulang%C3%A8re+%2F+Boulanger&lieu=Namur"
    asking = opened(LearnerAskingState, f"/offres/{town.baker}")
    await call(town, asking, "ask", {"search": state.like})
    assert (asking.asked, asking.errors) == (1, {})
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.PUBLISHED
        session.get_one(Offer, town.baker).intake_paused = True
    await call(town, state, "load")
    assert (state.offer.has_enough, state.like) == (True, "")  # it may open again: nothing has gone


async def test_an_offer_that_closed_meanwhile_keeps_the_form_and_proposes_others(town: Town, opened: Opened) -> None:
    state = opened(LearnerOfferState, f"/offres/{town.baker}")
    await call(town, state, "load")
    with transaction(town.database) as session:
        session.get_one(Offer, town.baker).status = OfferStatus.CLOSED
    await call(town, state, "apply", {"offer": str(town.baker), "form_key": KEY, "motivation": "J’aime le pain."})
    assert "vient de fermer" in state.errors["form"]
    assert (state.was_open, state.offer.is_open, len(state.offer.similar), state.receipt.application_id) == (
        True,
        False,
        3,
        0,
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"motivation": ""}, "motivation"),
        ({"motivation": "é" * 100_000}, "motivation"),
        ({"experience": "é" * 1001}, "experience"),
        ({"journey": "é" * 501}, "journey"),
        ({"phone": "12"}, "phone"),
        ({"form_key": "x"}, "form_key"),
    ],
)
async def test_an_answer_that_does_not_fit_is_told_beside_its_field(
    town: Town, opened: Opened, typed: dict[str, str], field: str
) -> None:
    state = opened(LearnerOfferState, f"/offres/{town.baker}")
    await call(town, state, "load")
    sent = {"offer": str(town.baker), "form_key": KEY, "motivation": "J’aime le pain."} | typed
    await call(town, state, "apply", sent)
    assert list(state.errors) == [field]
    assert (state.receipt.application_id, state.fault) == (0, "")
