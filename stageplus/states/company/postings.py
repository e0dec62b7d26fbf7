"""The offers of a company."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.postings.actions import (
    close_offer,
    edit_offer,
    publish_offer,
    renew_offer,
    resume_offer,
    save_draft,
    suspend_offer,
)
from stageplus.services.postings.queries import my_offer, my_offers, new_offer_form
from stageplus.services.postings.schemas import ClosingInput, OfferInput, PostingDetail, PostingForm, PostingRow
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

STEPS = {"suspend": suspend_offer, "resume": resume_offer, "renew": renew_offer}


class CompanyOffersState(SessionState):
    """The list of the company's offers."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    rows: list[PostingRow] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show places taken and applications as they come."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    async def _refresh(self) -> None:
        self.rows = await self._load(my_offers) or []


class CompanyOfferState(SessionState):
    """The form of one offer, new or not."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    form: PostingForm = PostingForm()
    detail: PostingDetail = PostingDetail()

    @rx.event
    async def start(self) -> None:
        """Open an empty form."""
        self.detail = PostingDetail()
        self.form = await self._load(new_offer_form) or PostingForm()

    @rx.event
    async def load(self) -> None:
        """Open the offer that the address names."""
        named = identifier(self.router.url.path.rstrip("/").rsplit("/", 1)[-1])
        self._show(await self._load(my_offer, named))

    @rx.event
    async def submit(self, typed: dict[str, Any]) -> Any:
        """Save the draft, publish or change the offer: the button that was pressed says which."""
        typed = typed | {"days": typed.get("days[]") or []}
        offer_id = identifier(typed.get("offer"))
        if typed.get("intent") == "draft":
            return self._done(await self._call(save_draft, typed), _("Le brouillon est enregistré."))
        if offer_id and typed.get("intent") == "edit":
            return self._done(await self._send(edit_offer, OfferInput, typed, offer_id), _("L’offre est à jour."))
        return self._done(await self._send(publish_offer, OfferInput, typed), _("L’offre est publiée."))

    @rx.event
    async def step(self, offer_id: int, name: str) -> None:
        """Suspend, resume or renew."""
        if name in STEPS:
            self._show(await self._call(STEPS[name], identifier(offer_id)))

    @rx.event
    async def close(self, typed: dict[str, Any]) -> None:
        """Close with a reason."""
        self._show(await self._send(close_offer, ClosingInput, typed, identifier(typed.get("offer"))))

    def _show(self, found: PostingDetail | None) -> None:
        if found:
            self.detail, self.form = found, found.form

    def _done(self, found: PostingDetail | None, sentence: str) -> Any:
        self._show(found)
        if found is None:
            return None
        self.notice = sentence
        return rx.redirect(f"/entreprise/offres/{found.row.offer_id}")
