"""What a learner prepares for an offer: it is kept while typing, with its CV and what to think of before sending."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.domain.private_words import private_matters
from stageplus.services.documents.actions import drop_document
from stageplus.services.drafts.actions import save_draft
from stageplus.services.drafts.queries import my_draft, my_drafts
from stageplus.services.drafts.schemas import Draft, DraftCard, DraftInput
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState

WRITTEN = ("motivation", "experience", "journey")


class LearnerDraftState(SessionState):
    """The draft for the offer of the address.

    `opened` is what the fields began with: while somebody types, only `draft` follows. `done` counts what was saved,
    so that the device forgets its copy. `held` tells that the text waits, once, until its writer has read what it says.
    """

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    opened: Draft = Draft()
    draft: Draft = Draft()
    done: int = 0
    held: bool = False

    @rx.event
    async def load(self) -> None:
        """Read what was prepared before, here or on another device."""
        await self._read()
        self._change(opened=self.draft, held=False)

    @rx.event
    async def keep(self, typed: dict[str, Any]) -> None:
        """Save what was typed; what does not fit is only said when it is sent."""
        errors = self.errors
        saved = await self._send(save_draft, DraftInput, typed, identifier(typed.get("offer")))
        self._change(errors=errors)
        if saved:
            self._change(draft=saved, done=self.done + 1)

    @rx.event
    async def drop_cv(self, offer_id: int) -> None:
        """Remove the CV before sending."""
        await self._call(drop_document, identifier(offer_id))
        await self._read()

    async def _read(self) -> None:
        errors, missing = self.errors, self.missing
        self._change(draft=await self._call(my_draft, identifier(last_part(self.router.url))) or Draft())
        self._change(errors=errors, missing=missing)

    async def _holds(self, typed: dict[str, Any]) -> bool:
        """Hold a text that says too much until its writer was shown so; sent again as it is, it leaves."""
        text = "\n".join(str(typed.get(name) or "") for name in WRITTEN)
        said, seen = {each.name for each in private_matters(text)}, set(str(typed.get("matters") or "").split())
        if said - seen:
            await self.keep(typed)
        # What could not be shown holds nothing back.
        self._change(held=bool(said - seen) and said <= set(self.draft.advice.matters.split()))
        return self.held


class LearnerDraftsState(SessionState):
    """The drafts among one's applications."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    drafts: list[DraftCard] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        self._change(drafts=await self._call(my_drafts) or [])
