"""A list whose whole search is in the address bar, the same way for every role."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

import reflex as rx

from stageplus.services.inputs import Input
from stageplus.states.addresses import address, asked_by, asked_in, beside, read_search, same_filters
from stageplus.states.session import SessionState

Found = TypeVar("Found")


class ListState(SessionState, mixin=True):
    """One page of a list, and the addresses of the pages beside it; each list says how it reads its rows.

    `NAMES` gives the address bar's words for the fields of the search. Reflex copies the handlers into each list, whose
    own audience guards them.
    """

    NAMES: ClassVar[Mapping[str, str]] = {}

    asked: dict[str, str] = {}  # noqa: RUF012
    form_round: int = 0
    before: str = ""
    after: str = ""

    @rx.event
    async def load(self) -> None:
        """List what the address bar asks for."""
        asked = {name: value for name, value in asked_in(self.router.url).items() if name in self.NAMES}
        self.form_round += not same_filters(asked, self.asked)
        self.asked = asked
        await self._refresh()

    @rx.event
    async def search(self, typed: dict[str, Any]) -> Any:
        """List again, at once after a choice, whose address the browser writes itself; else go to that address."""
        self.asked = asked_by(typed, self.NAMES)
        if typed.get("intent") != "filter" and self.asked != asked_in(self.router.url):
            return rx.redirect(address(self.router.url.path, self.asked))
        await self._list()
        return None

    async def _list(self) -> None:
        """Read the rows that `asked` means; each list says how."""
        raise NotImplementedError

    async def _refresh(self) -> None:
        await self._list()

    async def _found(self, read: Callable[..., Found], shape: type[Input], nothing: Found) -> Found:
        """Read one page of rows, and write the addresses of the pages beside it."""
        found: Any = await self._load(read, read_search(shape, self.NAMES, self.asked)) or nothing
        before, after = beside(self.router.url.path, self.asked, found.page, found.pages)
        self._change(before=before, after=after)
        return found
