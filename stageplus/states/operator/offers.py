"""Open offers as an operator's staff finds them, and one of them to suggest to learners."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.offers.schemas import OfferPage, OfferSearch
from stageplus.services.suggestions.actions import suggest_offer
from stageplus.services.suggestions.queries import learners_to_choose, offer_to_suggest, offers_to_suggest
from stageplus.services.suggestions.schemas import (
    Choice,
    ChoiceRow,
    ChoiceSearch,
    Receipt,
    StaffOffer,
    SuggestionInput,
)
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.operator.picks import OperatorPicksState
from stageplus.states.session import SessionState
from stageplus.texts import ngettext


class SuggestFields(TypedDict, total=False):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    learners: list[str]


class OperatorOffersState(ListState, SessionState):
    """One page of open offers; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR
    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "lieu": "place",
        "rayon": "radius",
        "secteur": "sector",
        "metier": "trade",
        "debut": "start",
        "tri": "sort",
        "soir": "evening",
        "weekend": "no_weekend",
        "permis": "no_licence",
        "page": "page",
    }

    found: OfferPage = OfferPage()

    async def _list(self) -> None:
        found = await self._found(offers_to_suggest, OfferSearch, OfferPage())
        self._change(found=replace(found, neighbours=[], larger=[], fewer=[]))
        if found.place_error:
            self._change(errors={"place": found.place_error})


class OperatorOfferState(SessionState):
    """One offer, whom it may be suggested to, and who is chosen; `told` rises when it was suggested.

    `known` names those ticked in the list of learners who have it already.

    The browser ticks its boxes itself, so that a tap shows at once; `round` rises when they have to be drawn anew.
    """

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    shown: StaffOffer = StaffOffer()
    choice: Choice = Choice()
    chosen: list[ChoiceRow] = []  # noqa: RUF012
    chosen_ids: list[int] = []  # noqa: RUF012
    asked: str = ""
    known: str = ""
    round: int = 0
    told: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the offer that the address names; those ticked in the list of learners are chosen, if it is for them."""
        self._change(chosen=[], chosen_ids=[], asked="", known="", round=self.round + 1)
        await self._refresh()
        picked = (await self.get_state(OperatorPicksState))._ids
        if picked and not self.missing:
            search = ChoiceSearch(only=tuple(picked))
            self._choose_picked(await self._call(learners_to_choose, self._named(), search) or Choice())

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when the offer changes, or something does for one of the operator's learners."""
        offer = f"offer:{self._named()}"
        await self._follow(lambda actor: {offer, f"operator:{actor.operator_id}"})

    @rx.event
    async def find(self, typed: dict[str, Any]) -> None:
        """List the learners that some words mean; who is chosen stays chosen."""
        self._change(asked=str(typed.get("q", "")))
        await self._choose_from()

    @rx.event
    async def choose(self, learner_id: int, wanted: bool) -> None:
        """Choose a learner of the list, or no longer."""
        named = identifier(learner_id)
        others = [each for each in self.chosen if each.learner_id != named]
        added = [each for each in self.choice.rows if each.learner_id == named and not each.state_words]
        self._choose([*others, *added] if wanted is True else others)

    @rx.event
    async def drop(self, learner_id: int) -> None:
        """Take somebody back from among those chosen, whose box is then empty again."""
        self._choose([each for each in self.chosen if each.learner_id != identifier(learner_id)])
        self._change(round=self.round + 1)

    @rx.event
    async def suggest(self, typed: SuggestFields) -> None:
        """Suggest the offer to those that the form names, and say to how many it was."""
        wanted: dict[str, Any] = {"learners": [], "reason": "", **typed}
        done = await self._send(suggest_offer, SuggestionInput, wanted, identifier(wanted.get("offer")))
        if done is None:
            return
        self._choose([])
        (await self.get_state(OperatorPicksState))._keep([])
        await self._choose_from()
        self._change(told=self.told + 1, round=self.round + 1, notice=_told(done))

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(shown=await self._load(offer_to_suggest, self._named()) or StaffOffer())
        if not self.missing:
            await self._choose_from()
        self._change(errors=errors)

    async def _choose_from(self) -> None:
        errors = self.errors
        search = ChoiceSearch.read_address({"text": self.asked})
        self._change(choice=await self._call(learners_to_choose, self._named(), search) or Choice(), errors=errors)

    def _choose_picked(self, picked: Choice) -> None:
        known = ", ".join(f"{each.name} ({each.state_words.lower()})" for each in picked.rows if each.state_words)
        self._choose([each for each in picked.rows if not each.state_words])
        self._change(known=known)

    def _choose(self, rows: list[ChoiceRow]) -> None:
        self._change(chosen=rows, chosen_ids=[each.learner_id for each in rows])

    def _named(self) -> int:
        return identifier(last_part(self.router.url))


def _told(done: Receipt) -> str:
    told = ngettext("Suggérée à {n} apprenant.", "Suggérée à {n} apprenants.", done.told)
    known = ngettext("{n} la connaissait déjà.", "{n} la connaissaient déjà.", done.left_out).format(n=done.left_out)
    return " ".join([told.format(n=done.told), *([known] if done.left_out else [])])
