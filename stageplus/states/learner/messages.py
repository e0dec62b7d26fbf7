"""A learner's conversations: the list, and one of them."""

from typing import ClassVar

import reflex as rx

from stageplus.services.conversations.actions import hide_from_operator, show_to_operator
from stageplus.services.conversations.queries import conversation, my_conversations
from stageplus.services.conversations.schemas import FEWEST_SHOWN, ConversationCard, Thread
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.states.talking import TalkState
from stageplus.texts import _


class LearnerMessagesState(SessionState):
    """The list, the latest message first."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    talks: list[ConversationCard] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the list."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something is written or read."""
        await self._follow(lambda actor: {f"learner:{actor.learner_id}"})

    async def _refresh(self) -> None:
        self._change(talks=await self._load(my_conversations) or [])


class LearnerTalkState(TalkState, SessionState):
    """One conversation with a company, and whether the learner's operator may read it."""

    AUDIENCE: ClassVar[Audience] = Audience.LEARNER

    @rx.event
    async def load(self) -> None:
        """Read the conversation that the address names."""
        self._change(most=FEWEST_SHOWN, reporting=0, talk_errors={}, thread=Thread())
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what is written and read as it happens."""
        await self._follow(lambda actor: {f"learner:{actor.learner_id}"})

    @rx.event
    async def show(self, application_id: int) -> None:
        """Let the staff of one's operator read the conversation."""
        shown = await self._call(show_to_operator, identifier(application_id))
        told = _("Ton référent peut lire cette conversation. Tu peux arrêter quand tu veux.")
        self._change(thread=shown or self.thread, notice=told if shown else "")

    @rx.event
    async def stop_showing(self, application_id: int) -> None:
        """Let nobody of one's operator read it any longer."""
        hidden = await self._call(hide_from_operator, identifier(application_id))
        told = _("Ton référent ne peut plus lire cette conversation.")
        self._change(thread=hidden or self.thread, notice=told if hidden else "")

    async def _refresh(self) -> None:
        named = identifier(last_part(self.router.url))
        self._change(thread=await self._load(conversation, named, self.most) or Thread())
