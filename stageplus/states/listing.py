"""A list whose whole search is in the address bar, the same way for every role."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

import reflex as rx

from stageplus.services.inputs import Input, identifier
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


class TickedState(SessionState, mixin=True):
    """A list whose rows are ticked; each list says which rows its page holds.

    `ticked` names those whose box is ticked: a list that changes while one ticks draws each box with its own row, and
    nobody who comes into it later is ticked unseen. `round` rises when all boxes are drawn anew.
    """

    ticked: list[int] = []  # noqa: RUF012
    round: int = 0

    @rx.event
    async def begin(self) -> None:
        """Begin with no box ticked: what one ticked on an earlier visit is not acted on by mistake."""
        self._tick([])

    @rx.event
    async def pick(self, number: int, wanted: bool) -> None:
        """Remember that a box of the page was ticked, or no longer."""
        named, here = identifier(number), self._here()
        others = [each for each in self.ticked if each in {*here} - {named}]
        self._change(ticked=[*others, named] if wanted is True and named in here else others)

    @rx.event
    async def tick(self, wanted: bool) -> None:
        """Tick every box that the page shows, or none."""
        self._tick(self._here() if wanted is True else [])

    def _tick(self, ids: list[int]) -> None:
        self._change(ticked=ids, round=self.round + 1)

    def _here(self) -> list[int]:
        """List the rows of the page; each list says how."""
        raise NotImplementedError
