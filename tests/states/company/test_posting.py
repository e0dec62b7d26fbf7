"""The form of an offer: it saves itself without disturbing, publishes whole, and follows news beside what is typed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, Approval, ApprovalState, Offer
from stageplus.states.audience import current_actor
from stageplus.states.company.posting import CompanyOfferState
from stageplus.texts import _
from tests import factories
from tests.states.company.conftest import Shop, run, target

Open = Callable[..., Any]
NEW = "/entreprise/offres/nouvelle"


def typed(shop: Shop, intent: str, **changed: Any) -> dict[str, Any]:
    return {
        "intent": intent,
        "offer": "0",
        "form_key": "a" * 32,
        "place": shop.place,
        "places": "1",
        "years": ["0"],
        "starts_from": str(factories.TOMORROW),
        "starts_until": str(factories.NEXT_MONTH),
        "days": ["0", "1", "2"],
        "day_starts_at": "08:00",
        "day_ends_at": "16:30",
        "weekly_hours": "24",
        "tasks": "Pétrir.",
        "language": "français",
        "tutor_first_name": "Sacha",
        "tutor_function": "Cheffe",
    } | changed


async def new_form(open_state: Open) -> Any:
    state = open_state(CompanyOfferState, NEW)
    await run(state, "start")
    return state


async def submitted(state: Any, shop: Shop, intent: str, **changed: Any) -> list[Any]:
    current_actor.set(shop.member)
    return await run(state, "submit", typed(shop, intent, **changed))


def kept(shop: Shop, offer_id: int) -> Offer:
    with reading(shop.database) as session:
        return session.get_one(Offer, offer_id)


async def test_opening_a_new_form_keeps_nothing(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    assert (state.detail.is_draft, state.detail.row.offer_id, state.saved) == (True, 0, "")
    assert "tasks" in state.missing_fields
    with reading(shop.database) as session:
        assert len(session.exec(select(Offer)).all()) == 1


async def test_saving_itself_says_when_and_leaves_the_fields_alone(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    opened, drawn = state.form, state.round
    assert await submitted(state, shop, "autosave", tasks="") == []
    assert state.saved.startswith("Brouillon enregistré à ")
    assert (state.form, state.round, state.done, state.errors) == (opened, drawn, 1, {})
    assert state.detail.row.offer_id
    assert state.missing_fields == ["tasks"]


async def test_without_a_place_it_says_that_nothing_is_saved_yet(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    await submitted(state, shop, "autosave", place="")
    assert state.saved.startswith("Pas encore enregistré")
    assert (list(state.errors), state.done) == (["place"], 0)


async def test_what_does_not_fit_is_said_beside_its_field_without_a_summary(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    await submitted(state, shop, "autosave", places="deux", tutor_function="")
    assert (list(state.errors), state.asking, state.done) == (["places"], "", 1)


async def test_once_publishing_was_tried_typing_updates_what_is_missing(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    assert await submitted(state, shop, "publish", tutor_function="", tasks="") == []
    assert (set(state.errors), state.asking) == ({"tutor_function", "tasks"}, "form")
    await submitted(state, shop, "autosave", tutor_function="")
    assert (set(state.errors), state.asking) == ({"tutor_function"}, "form")


async def test_publishing_leads_to_the_offer_and_says_so_there(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    await submitted(state, shop, "autosave")
    offer_id = state.detail.row.offer_id
    assert target(await submitted(state, shop, "publish", offer=str(offer_id))) == f"/entreprise/offres/{offer_id}"
    assert kept(shop, offer_id).status is OfferStatus.PUBLISHED
    state.router.url.path = f"/entreprise/offres/{offer_id}"
    await run(state, "load")
    assert (state.notice, state.sent_from) == (_("L’offre est publiée : les apprenants la voient."), str(offer_id))
    await run(state, "load")
    assert (state.notice, state.sent_from) == ("", "")


async def test_without_an_approval_the_draft_is_kept_and_the_reason_told(open_state: Open, shop: Shop) -> None:
    with transaction(shop.database) as session:
        session.exec(select(Approval)).one().state = ApprovalState.SUSPENDED
    state = await new_form(open_state)
    assert await submitted(state, shop, "publish") == []
    assert "reste un brouillon" in state.errors["form"]


async def test_a_place_that_is_no_choice_comes_from_its_own_field(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    await submitted(state, shop, "autosave", place=None, fixed_place=shop.place)
    assert (state.errors, state.done) == ({}, 1)


async def test_a_reload_goes_on_with_the_draft_of_the_address(open_state: Open, shop: Shop) -> None:
    first = await new_form(open_state)
    await submitted(first, shop, "draft", tasks="À suivre.")
    named = str(first.detail.row.offer_id)
    state = open_state(CompanyOfferState, NEW, brouillon=named)
    assert await run(state, "start") == []
    assert (state.form.written["tasks"], state.form.written["form_key"]) == ("À suivre.", "a" * 32)


async def test_a_page_that_opens_again_after_a_lost_connection_is_not_drawn_anew(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    drawn = state.round
    await run(state, "start")
    await submitted(state, shop, "autosave")
    state.router.url.query_parameters["brouillon"] = str(state.detail.row.offer_id)
    await run(state, "start")
    assert (state.round, state.saved != "") == (drawn, True)
    state.router.url.query_parameters.clear()
    await run(state, "start")
    assert (state.round, state.saved) == (drawn + 1, "")


async def test_a_draft_published_meanwhile_opens_as_an_offer(open_state: Open, shop: Shop) -> None:
    state = open_state(CompanyOfferState, NEW, brouillon=str(shop.offer))
    assert target(await run(state, "start")) == f"/entreprise/offres/{shop.offer}"


@pytest.mark.parametrize("named", ["999999", "x", "’ OR 1=1", "-1", "1" * 40])
async def test_an_offer_of_nowhere_is_not_found(open_state: Open, named: str) -> None:
    state = open_state(CompanyOfferState, f"/entreprise/offres/{named}")
    await run(state, "load")
    assert state.missing
    assert state.detail.row.offer_id == 0


async def opened(open_state: Open, shop: Shop) -> Any:
    state = open_state(CompanyOfferState, f"/entreprise/offres/{shop.offer}")
    await run(state, "load")
    return state


async def test_a_change_is_kept_told_and_leaves_the_fields_alone(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    drawn = state.round
    await submitted(state, shop, "edit", offer=str(shop.offer), tasks="Autre chose.")
    assert (state.notice, state.round, state.done) == ("L’offre est à jour.", drawn, 1)
    assert kept(shop, shop.offer).tasks == "Autre chose."
    await submitted(state, shop, "edit", offer=str(shop.offer), tasks="")
    assert (list(state.errors), state.asking, state.done) == (["tasks"], "form", 1)


async def test_steps_are_taken_and_told(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    for name, status in (
        ("suspend", OfferStatus.SUSPENDED),
        ("resume", OfferStatus.PUBLISHED),
        ("renew", OfferStatus.PUBLISHED),
    ):
        await run(state, "step", shop.offer, name)
        assert (kept(shop, shop.offer).status, state.detail.row.status) == (status, status.value)
        assert state.notice
    await run(state, "step", shop.offer, "delete everything")
    assert state.done == 3


async def test_applications_are_paused_opened_again_and_capped(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    for name, has_enough in (("hold", True), ("take", False)):
        await run(state, "step", shop.offer, name)
        assert (state.detail.intake.has_enough, bool(state.notice)) == (has_enough, True)
    await run(state, "cap", {"offer": str(shop.offer), "most": "beaucoup"})
    assert (list(state.errors), state.asking, state.detail.intake.most) == (["most"], "assez", "")
    await run(state, "cap", {"offer": str(shop.offer), "most": "1"})
    assert (state.errors, state.detail.intake.has_enough, state.detail.intake.most) == ({}, True, "1")
    await run(state, "cap", {"offer": str(shop.offer), "most": " "})
    assert (state.detail.intake.has_enough, state.detail.intake.most) == (False, "")


async def test_closing_asks_for_a_reason_in_its_dialog_first(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    await run(state, "close", {"offer": str(shop.offer), "reason": ""})
    assert (list(state.errors), state.asking, state.done) == (["reason"], "cloturer", 0)
    answer = {"offer": str(shop.offer), "shown": state.detail.shown, "words": state.detail.answer}
    await run(state, "close", answer | {"intent": "pourvue autrement"})
    assert (state.errors, state.asking, state.done) == ({}, "", 1)
    assert (state.detail.can_edit, state.detail.waiting) == (False, [])


async def test_closing_needs_no_words_when_nobody_waits(open_state: Open, shop: Shop) -> None:
    with transaction(shop.database) as session:
        session.get_one(Application, shop.application).status = ApplicationStatus.REFUSED
    state = await opened(open_state, shop)
    await run(state, "close", {"offer": str(shop.offer), "shown": "", "words": None, "intent": "plus de besoin"})
    assert (state.errors, state.done, state.detail.row.status) == ({}, 1, "clôturée")


async def test_closing_shows_whoever_applied_while_the_dialog_was_open(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    answer = {"offer": str(shop.offer), "shown": state.detail.shown, "words": "Merci.", "intent": "autre"}
    with transaction(shop.database) as session:
        factories.an_application(session, session.get_one(Offer, shop.offer), factories.a_learner(session))
    await run(state, "close", answer)
    assert "vient d’arriver" in state.errors["form"]
    assert (len(state.detail.waiting), state.asking, state.done) == (2, "cloturer", 0)
    await run(state, "close", answer | {"shown": state.detail.shown})
    assert (state.errors, state.done) == ({}, 1)


async def test_news_change_what_is_shown_but_not_what_is_typed(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    state.errors, form = {"tasks": "À compléter."}, state.form
    with transaction(shop.database) as session:
        offer = session.get_one(Offer, shop.offer)
        offer.places, offer.places_taken = 2, 1
        factories.an_application(session, offer, factories.a_learner(session), status=ApplicationStatus.SENT)
    await state._refresh()
    assert (state.detail.row.places_words, state.detail.row.to_answer) == ("1 place prise sur 2", 2)
    assert (state.errors, state.form) == ({"tasks": "À compléter."}, form)


async def test_a_change_by_a_colleague_is_told_and_one_of_mine_is_not(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    await submitted(state, shop, "edit", offer=str(shop.offer), tasks="De moi.")
    await state._refresh()
    assert not state.changed_elsewhere
    with transaction(shop.database) as session:
        session.get_one(Offer, shop.offer).tasks = "D’un collègue."
    await state._refresh()
    assert state.changed_elsewhere


async def test_an_offer_that_vanished_leaves_the_form_on_screen(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    await submitted(state, shop, "autosave")
    state.router.url.query_parameters["brouillon"] = "424242"
    await state._refresh()
    assert not state.missing


async def test_a_draft_is_thrown_away_and_an_offer_is_not(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    await submitted(state, shop, "autosave")
    assert target(await run(state, "discard", state.detail.row.offer_id)) == "/entreprise/offres"
    assert await run(state, "discard", shop.offer) == []
    assert (list(state.errors), state.asking) == (["form"], "supprimer")


async def test_words_that_select_are_pointed_out_while_a_draft_saves_itself(open_state: Open, shop: Shop) -> None:
    state = await new_form(open_state)
    await submitted(state, shop, "autosave", tasks="Un jeune homme.", risks="Présentation soignée.")
    assert [(each.field, each.words) for each in state.remarks] == [
        ("tasks", "jeune homme"),
        ("risks", "Présentation soignée"),
    ]
    assert state.to_examine
    await submitted(state, shop, "autosave", tasks="Une personne.", risks="Présentation soignée.")
    assert (len(state.remarks), state.to_examine) == (1, False)


async def test_words_of_an_offer_on_line_are_looked_at_before_they_are_saved(open_state: Open, shop: Shop) -> None:
    state = await opened(open_state, shop)
    before = kept(shop, shop.offer).tasks
    await submitted(state, shop, "check", offer=str(shop.offer), tasks="Un jeune homme.")
    assert ([each.words for each in state.remarks], state.done) == (["jeune homme"], 0)
    assert kept(shop, shop.offer).tasks == before
    await submitted(state, shop, "edit", offer=str(shop.offer), tasks="Un jeune homme.")
    assert state.notice == "L’offre est à jour. OFFA relira les passages signalés."
