"""A message to companies: from a template or one's own words to the preview, back, and sent once as it was shown."""

from typing import Any

import pytest

from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.services.circulars.schemas import (
    TEMPLATES,
    CircularChoice,
    CircularDesk,
    CircularDraft,
    CircularInput,
    CircularPreview,
    SendInput,
    SentCircular,
    WantedInput,
)
from stageplus.states import notices, stop_circulars
from stageplus.states.coach import circular
from stageplus.states.coach.circular import CoachCircularState
from stageplus.states.notices import MailChoicesState
from stageplus.states.stop_circulars import StopCircularsState
from tests.states.test_coach import Written
from tests.states.test_desks import Read, at, called

TYPED = {"query": "etat=muettes", "subject": "Bonjour", "words": "Publiez.", "way": "publier", "sector": None}
SEEN = CircularPreview("Bonjour", "Bonjour…", "Ce message part à 2 entreprises.", 2, query="cochees=4-9&secteur=bois")


async def opened(monkeypatch: pytest.MonkeyPatch) -> Any:
    read = Read(CircularDesk(chosen_words="2 entreprises choisies", chosen=2))
    monkeypatch.setattr(circular, "circular_desk", read)
    state = at(CoachCircularState, "/coach/message?etat=muettes")
    await called(state, "load")
    assert (read.asked, state.query, state.loading) == (["etat=muettes"], "etat=muettes", False)
    return state


async def test_a_template_is_a_start_and_an_invented_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    state = await opened(monkeypatch)
    drawn = state.round
    await called(state, "begin", "inconnu")
    assert (state.draft, state.round) == (CircularDraft(), drawn)
    await called(state, "begin", TEMPLATES[1].key)
    assert (state.draft.subject, state.draft.words) == (TEMPLATES[1].subject, TEMPLATES[1].words)
    assert (state.draft.way, state.round) == ("offres", drawn + 1)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_every_template_fits(template: Any) -> None:
    read = CircularInput.read({"subject": template.subject, "words": template.words, "way": template.way})
    assert read.words == template.words


async def test_the_preview_comes_from_what_was_typed_and_going_back_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = await opened(monkeypatch)
    look = Written(SEEN)
    monkeypatch.setattr(circular, "preview_circular", look)
    await called(state, "look", TYPED)
    assert look.given == [(CircularInput(query="etat=muettes", subject="Bonjour", words="Publiez."),)]
    assert state.preview == SEEN
    await called(state, "change")
    assert (state.preview, state.draft) == (CircularPreview(), CircularDraft("Bonjour", "Publiez.", "publier"))


async def test_what_is_wrong_stays_beside_its_field_and_the_form_is_not_drawn_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = await opened(monkeypatch)
    drawn = state.round
    monkeypatch.setattr(circular, "preview_circular", Written(InvalidInput({"sector": "Choisissez."})))
    await called(state, "look", TYPED | {"words": ""})
    assert (list(state.errors), state.round, state.preview) == (["words"], drawn, CircularPreview())
    await called(state, "look", TYPED)
    assert (state.errors, state.round) == ({"sector": "Choisissez."}, drawn)


async def test_what_was_shown_is_sent_and_a_refusal_keeps_the_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    state = await opened(monkeypatch)
    send = Written(InvalidInput({"form": "Plus personne."}))
    monkeypatch.setattr(circular, "send_circular", send)
    state.preview = SEEN
    form = {"query": SEEN.query, "subject": "Bonjour", "words": "Publiez.", "way": "accueil", "form_key": "a" * 32}
    await called(state, "send", form)
    assert (state.errors, state.preview, state.sent) == ({"form": "Plus personne."}, SEEN, SentCircular())
    send.answer = SentCircular("Le message part à 2 entreprises.")
    await called(state, "send", form)
    assert state.sent.words == "Le message part à 2 entreprises."
    assert send.given[-1] == (SendInput.read(form),)
    await called(state, "send", form | {"form_key": ""})
    assert list(state.errors) == ["form_key"]


async def test_companies_of_others_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circular, "circular_desk", Written(NotFound()))
    state = at(CoachCircularState, "/coach/message?cochees=99")
    await called(state, "load")
    assert state.missing


async def test_the_button_behind_the_link_stops_the_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Written(True)
    monkeypatch.setattr(stop_circulars, "stop_by_link", stop)
    state = at(StopCircularsState, "/lien/abc")
    await called(state, "confirm", {"token": "abc"})
    assert (stop.given, state.done) == ([("abc",)], True)
    stop.answer = NotFound()
    await called(state, "confirm", {})
    assert (state.done, state.missing) == (False, True)


@pytest.mark.parametrize(("wanted", "handed"), [(False, False), (True, True), ("x", False)])
async def test_a_company_s_choice_is_handed_on(monkeypatch: pytest.MonkeyPatch, wanted: Any, handed: bool) -> None:
    chosen = CircularChoice("Nuage", handed)
    choose = Written(chosen)
    monkeypatch.setattr(notices, "choose_circulars", choose)
    state = at(MailChoicesState, "/compte")
    await called(state, "want", wanted)
    assert (choose.given, state.circulars) == ([(WantedInput(wanted=handed),)], chosen)
