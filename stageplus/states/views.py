"""The views that somebody keeps of a list, the same way for every role."""

from typing import Any

import reflex as rx

from stageplus.domain.coaching import ViewList
from stageplus.services.inputs import identifier
from stageplus.services.saved_views.actions import drop_view, save_view
from stageplus.services.saved_views.queries import my_views
from stageplus.services.saved_views.schemas import ViewInput, Views
from stageplus.states.addresses import last_part
from stageplus.states.session import SessionState
from stageplus.texts import _


class ViewsState(SessionState, mixin=True):
    """The kept views of the list that the address names; `kept` counts those kept, so that their form empties.

    Reflex copies the handlers into each role's own class, whose audience guards them.
    """

    views: Views = Views()
    kept: int = 0

    @rx.event
    async def load(self) -> None:
        """List them."""
        named = last_part(self.router.url)
        if named in set(ViewList):
            self._change(views=await self._call(my_views, ViewList(named)) or Views())

    @rx.event
    async def keep(self, typed: dict[str, Any]) -> None:
        """Keep what the list shows now."""
        views = await self._send(save_view, ViewInput, typed)
        self.kept += views is not None
        self._show(views, _("La vue est gardée."))

    @rx.event
    async def drop(self, view_id: int) -> None:
        """Drop one."""
        self._show(await self._call(drop_view, identifier(view_id)), _("La vue est effacée."))

    def _show(self, views: Views | None, sentence: str) -> None:
        if views:
            self._change(views=views, notice=sentence)
