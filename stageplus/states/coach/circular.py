"""A coach writes to several companies: the text, the preview, and the one tap that sends it."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.circulars.actions import send_circular
from stageplus.services.circulars.queries import circular_desk, preview_circular
from stageplus.services.circulars.schemas import (
    TEMPLATES,
    CircularDesk,
    CircularDraft,
    CircularInput,
    CircularPreview,
    SendInput,
    SentCircular,
)
from stageplus.services.inputs import given
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState


class CoachCircularState(SessionState):
    """A message to the companies that the address names.

    `draft` is what stands in the form when it is drawn, `round` rises when it is drawn anew.
    """

    AUDIENCE: ClassVar[Audience] = Audience.COACH

    desk: CircularDesk = CircularDesk()
    draft: CircularDraft = CircularDraft()
    preview: CircularPreview = CircularPreview()
    sent: SentCircular = SentCircular()
    query: str = ""
    round: int = 0

    @rx.event
    async def load(self) -> None:
        """Say for how many companies it is."""
        self._change(query=self.router.url.query, preview=CircularPreview(), sent=SentCircular())
        self._draw(CircularDraft())
        self._change(desk=await self._load(circular_desk, self.query) or CircularDesk())

    @rx.event
    async def begin(self, key: str) -> None:
        """Begin with a text that coaches often write."""
        found = next((each for each in TEMPLATES if each.key == key), None)
        if found:
            self._draw(CircularDraft(found.subject, found.words, found.way, self.draft.sector))

    @rx.event
    async def look(self, typed: dict[str, Any]) -> None:
        """Show how the message looks, and to whom it goes."""
        self.draft = CircularDraft.typed(typed)
        self._change(preview=await self._send(preview_circular, CircularInput, given(typed)) or CircularPreview())

    @rx.event
    async def change(self) -> None:
        """Go back from the preview to the text."""
        self._change(preview=CircularPreview(), errors={})
        self._draw(self.draft)

    @rx.event
    async def send(self, typed: dict[str, Any]) -> None:
        """Send what the preview showed."""
        self._change(sent=await self._send(send_circular, SendInput, given(typed)) or SentCircular())

    def _draw(self, draft: CircularDraft) -> None:
        self._change(draft=draft, round=self.round + 1)
