"""Searching offers, reading one, applying to it."""

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from stageplus.domain.errors import InvalidInput
from stageplus.services.applications.actions import send_application
from stageplus.services.applications.schemas import ApplicationInput, ApplicationReceipt
from stageplus.services.inputs import identifier
from stageplus.services.offers.queries import my_search, offer_detail, open_offers, similar_offers
from stageplus.services.offers.schemas import OfferCard, OfferDetail, OfferPage, OfferSearch
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

NAMES = {
    "q": "text",
    "lieu": "place",
    "rayon": "radius",
    "tri": "sort",
    "page": "page",
    "jours": "days",
    "permis": "no_licence",
}
"""The address bar's words for the fields of a search: whoever opens the link sees the same results."""


class LearnerOffersState(SessionState):
    """The page of search results; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    found: OfferPage = OfferPage()
    cards: list[OfferCard] = []  # noqa: RUF012
    asked: dict[str, str] = {}  # noqa: RUF012
    form_round: int = 0
    before: str = ""
    after: str = ""

    @rx.event
    async def load(self) -> Any:
        """Search what the address bar asks for; without anything, start from the learner's own trade and town."""
        if not self.router.url.query:
            mine = await self._call(my_search)
            return rx.redirect(_address({"q": mine.text, "lieu": mine.place}), replace=True) if mine else None
        asked = dict(self.router.url.query_parameters)
        if asked != self.asked:
            self.asked, self.form_round = asked, self.form_round + 1
        await self._search()
        return None

    @rx.event
    async def search(self, typed: dict[str, Any]) -> Any:
        """Search again, at once after a tap on a filter, which writes the address itself; else go to that address."""
        asked = {name: str(typed[name]) for name in NAMES if name != "page" and typed.get(name)}
        if typed.get("intent") != "filter" and asked != dict(self.router.url.query_parameters):
            return rx.redirect(_address(asked))
        self.asked = asked
        await self._search()
        return None

    async def _search(self) -> None:
        typed = {field: self.asked[name] for name, field in NAMES.items() if self.asked.get(name)}
        try:
            search = OfferSearch.read(typed)
        except InvalidInput as refusal:
            self._show(OfferPage())
            self._change(errors=refusal.fields, loading=False)
            return
        self._show(await self._load(open_offers, search) or OfferPage())
        if self.found.place_error:
            self.errors = {"place": self.found.place_error}

    def _show(self, found: OfferPage) -> None:
        """Show what was found; cards that stay the same are not sent to the phone again."""
        self._change(found=replace(found, cards=[]), cards=found.cards)
        before, after = str(found.page - 1), str(found.page + 1)
        self._change(
            before=_address(self.asked | {"page": before}) if found.page > 1 else "",
            after=_address(self.asked | {"page": after}) if found.page < found.pages else "",
        )


class LearnerOfferState(SessionState):
    """One offer and the form to apply to it."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    offer: OfferDetail = OfferDetail()
    receipt: ApplicationReceipt = ApplicationReceipt()
    similar: list[OfferCard] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the offer that the address names."""
        self.receipt, self.similar = ApplicationReceipt(), []
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when the offer or one's application changes."""
        offer_id = _offer_in(self.router.url.path)
        topics = {f"offer:{offer_id}"}
        await self._follow(lambda actor: topics | {f"learner:{actor.learner_id}"})

    @rx.event
    async def apply(self, typed: dict[str, Any]) -> None:
        """Send the application; when the offer has just closed, show similar ones and keep the text."""
        offer_id = identifier(typed.get("offer", ""))
        sent = await self._send(send_application, ApplicationInput, typed, offer_id)
        self.receipt = sent or self.receipt
        if self.errors.get("form"):
            errors = self.errors
            self.similar = await self._call(similar_offers, offer_id) or []
            self.errors = errors

    async def _refresh(self) -> None:
        errors = self.errors
        found = await self._load(offer_detail, _offer_in(self.router.url.path))
        self.offer = found or self.offer
        self.errors = errors


def _address(asked: dict[str, str]) -> str:
    return f"/offres?{urlencode({name: value for name, value in asked.items() if value}) or 'q='}"


def _offer_in(path: str) -> int:
    return identifier(path.rstrip("/").rsplit("/", 1)[-1])
