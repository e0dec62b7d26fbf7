"""The form of an application without a browser: it saves itself, holds a text once, and sends once."""

from collections.abc import Callable
from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.models import Learner, Offer
from stageplus.states.learner.drafting import LearnerDraftsState, LearnerDraftState
from stageplus.states.learner.offers import LearnerOfferState
from tests import factories
from tests.states.learner.conftest import Town, call

Opened = Callable[[type, str], Any]
KEY = "a" * 32
PRIVATE = "J’habite rue Haute 12 à Namur."


@pytest.fixture
def page(town: Town, opened: Opened) -> LearnerOfferState:
    found: LearnerOfferState = opened(LearnerOfferState, f"/offres/{town.baker}")
    return found


async def submitted(town: Town, page: LearnerOfferState, intent: str, **typed: str) -> LearnerDraftState:
    fields = {"offer": str(town.baker), "form_key": KEY, "motivation": "J’aime le pain.", "intent": intent} | typed
    await call(town, page, "submit", fields)
    drafts: LearnerDraftState = await page.get_state(LearnerDraftState)
    return drafts


async def test_it_saves_itself_and_sends_nothing(town: Town, page: LearnerOfferState) -> None:
    drafts = await submitted(town, page, "autosave")
    assert (drafts.draft.motivation, drafts.done, page.receipt.application_id) == ("J’aime le pain.", 1, 0)
    assert drafts.opened.motivation == "", "nothing changes in the fields while somebody types"
    await call(town, drafts, "load")
    assert drafts.opened.motivation == "J’aime le pain."


async def test_a_saving_hides_no_error_and_shows_none(town: Town, page: LearnerOfferState) -> None:
    await submitted(town, page, "send", phone="12")
    assert list(page.errors) == ["phone"]
    await submitted(town, page, "autosave", phone="12")
    assert list(page.errors) == ["phone"]
    drafts = await submitted(town, page, "autosave", motivation="é" * 20_000)
    assert list(page.errors) == ["phone"] and drafts.done == 1


async def test_an_honest_text_leaves_at_once(town: Town, page: LearnerOfferState) -> None:
    drafts = await submitted(town, page, "send")
    assert page.receipt.application_id > 0 and not drafts.held


async def test_a_text_that_says_too_much_is_held_once_and_leaves_as_it_is(town: Town, page: LearnerOfferState) -> None:
    drafts = await submitted(town, page, "send", motivation=PRIVATE)
    assert (page.receipt.application_id, drafts.held, drafts.draft.advice.matters) == (0, True, "ADDRESS")
    await submitted(town, page, "send", motivation=PRIVATE, matters=drafts.draft.advice.matters)
    assert page.receipt.application_id > 0 and not drafts.held


async def test_what_was_read_while_typing_holds_nothing(town: Town, page: LearnerOfferState) -> None:
    drafts = await submitted(town, page, "autosave", motivation=PRIVATE)
    assert drafts.draft.advice.private and not drafts.held
    await submitted(town, page, "send", motivation=PRIVATE, matters=drafts.draft.advice.matters)
    assert page.receipt.application_id > 0


async def test_another_matter_is_held_again(town: Town, page: LearnerOfferState) -> None:
    drafts = await submitted(town, page, "send", motivation=f"{PRIVATE} Je suis diabétique.", matters="ADDRESS")
    assert drafts.held and page.receipt.application_id == 0


async def test_what_cannot_be_shown_is_no_wall(town: Town, page: LearnerOfferState) -> None:
    drafts = await submitted(town, page, "send", motivation=PRIVATE + "é" * 20_000)
    assert not drafts.held and list(page.errors) == ["motivation"]


async def test_a_text_of_somebody_else_is_not_saved_under_my_name(town: Town, page: LearnerOfferState) -> None:
    drafts = await submitted(town, page, "autosave", writer="999")
    assert drafts.done == 0
    await call(town, drafts, "load")
    assert drafts.draft.motivation == ""


@pytest.mark.parametrize("typed", [{"offer": "x"}, {"offer": "999"}, {"motivation": None}, {"offer": {"a": 1}}])
async def test_what_a_browser_invents_breaks_nothing(town: Town, page: LearnerOfferState, typed: Any) -> None:
    for intent in ("autosave", "send"):
        await submitted(town, page, intent, **typed)
    assert page.fault == ""


async def test_a_cv_is_removed_and_the_list_shows_drafts(town: Town, opened: Opened) -> None:
    with transaction(town.database) as session:
        offer, learner = session.get_one(Offer, town.baker), session.get_one(Learner, town.learner.learner_id)
        factories.a_document_of_draft(session, offer, learner)
        factories.a_draft(session, offer, learner)
    drafts = opened(LearnerDraftState, f"/offres/{town.baker}")
    await call(town, drafts, "load")
    assert drafts.draft.cv.href == f"/fichiers/cv/brouillon/{town.baker}"
    await call(town, drafts, "drop_cv", town.baker)
    assert drafts.draft.cv.words == ""
    cards = opened(LearnerDraftsState, "/candidatures")
    await call(town, cards, "load")
    assert [card.offer_id for card in cards.drafts] == [town.baker]
