"""The learners of one's operator, and one of them with their applications."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.caseload.actions import follow_several
from stageplus.services.caseload.schemas import SeveralInput
from stageplus.services.conversations.queries import shown_conversations
from stageplus.services.conversations.schemas import ShownConversation
from stageplus.services.followup.actions import open_learner
from stageplus.services.followup.queries import followed_learner, my_learners
from stageplus.services.followup.schemas import ADDRESS, FollowedLearner, LearnerPage, LearnerSearch
from stageplus.services.inputs import identifier
from stageplus.states.addresses import last_part, whole
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState, TickedState
from stageplus.states.operator.caseload import SeveralFields, said
from stageplus.states.operator.picks import OperatorPicksState
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH, OFFERS = "/operateur/apprenants", "/operateur/offres"


class OperatorLearnersState(TickedState, ListState, SessionState):
    """One page of the operator's learners; the address bar holds the whole search.

    `done` rises when the form above the boxes is drawn anew.
    """

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR
    NAMES: ClassVar[Mapping[str, str]] = ADDRESS

    found: LearnerPage = LearnerPage()
    trades: list[tuple[str, str]] = []  # noqa: RUF012
    years: list[tuple[str, str]] = []  # noqa: RUF012
    view: str = ""
    done: int = 0

    @rx.event
    async def begin(self) -> None:
        """Begin with no box ticked, and looking for an offer for nobody: a later visit does nothing by mistake."""
        self._tick([])
        (await self.get_state(OperatorPicksState))._keep([])

    @rx.event
    async def change(self, typed: SeveralFields) -> None:
        """Change the ticked learners."""
        changed = await self._send(follow_several, SeveralInput, typed)
        if changed:
            await self._list()
            self._tick([])
            self._change(done=self.done + 1, notice=said(changed))

    @rx.event
    async def look_for(self) -> Any:
        """Go and look for an offer to suggest to the ticked learners."""
        here = {row.learner_id for row in self.found.rows}
        ticked = [each for each in self.ticked if each in here]
        if not ticked:
            self._change(errors={"learners": _("Cochez d’abord au moins une personne dans la liste.")})
            return None
        (await self.get_state(OperatorPicksState))._keep(ticked)
        return rx.redirect(OFFERS)

    @rx.event(background=True)
    async def follow(self) -> None:
        """List again when something changes for one of the learners."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    def _here(self) -> list[int]:
        return [row.learner_id for row in self.found.rows]

    async def _list(self) -> None:
        found = await self._found(my_learners, LearnerSearch, LearnerPage())
        # The choices stay the same from page to page: they are not sent again with each.
        self._change(found=replace(found, trades=[], years=[]), trades=found.trades, years=found.years)
        self._change(view=whole(self.asked))


class OperatorLearnerState(SessionState):
    """One learner, their applications, and the conversations that they show; `given` counts changes of who follows."""

    AUDIENCE: ClassVar[Audience] = Audience.OPERATOR

    learner: FollowedLearner = FollowedLearner()
    shown: list[ShownConversation] = []  # noqa: RUF012
    given: int = 0

    @rx.event
    async def load(self) -> None:
        """Open the learner that the address names, who reads that the operator looked."""
        named = identifier(last_part(self.router.url))
        self.learner = await self._load(open_learner, named) or FollowedLearner()
        await self._read_shown(named)

    @rx.event(background=True)
    async def follow(self) -> None:
        """Read again when something changes for one of the operator's learners."""
        await self._follow(lambda actor: {f"operator:{actor.operator_id}"})

    @rx.event
    async def give(self, typed: SeveralFields) -> None:
        """Give the learner to a colleague, or to nobody."""
        changed = await self._send(follow_several, SeveralInput, typed)
        if changed:
            await self._refresh()
            self._change(given=self.given + 1, notice=said(changed))

    async def _refresh(self) -> None:
        named = identifier(last_part(self.router.url))
        self.learner = await self._load(followed_learner, named) or FollowedLearner()
        await self._read_shown(named)

    async def _read_shown(self, learner_id: int) -> None:
        errors, missing = self.errors, self.missing
        shown = await self._call(shown_conversations, learner_id) or []
        self._change(shown=shown, errors=errors, missing=missing)
