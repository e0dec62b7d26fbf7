"""The columns of a coach's lists: which of them show is in the address bar, like the filters."""

from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.states.addresses import address
from stageplus.states.session import SessionState

HIDDEN = "masquees"
"""The address bar's word for the columns that do not show."""


class ColumnFields(TypedDict):
    """The ticked boxes of the choice."""

    columns: list[str]


class ColumnsState(SessionState, mixin=True):
    """A list whose columns are chosen; each list names those that may be hidden. `shown` holds the others."""

    COLUMNS: ClassVar[tuple[str, ...]] = ()

    shown: list[str] = []  # noqa: RUF012

    @rx.event
    async def choose_columns(self, typed: ColumnFields) -> Any:
        """Show the ticked columns: the address says which ones do not."""
        ticked = typed.get("columns") or []
        hidden = "-".join(each for each in self.COLUMNS if each not in ticked)
        asked = {name: value for name, value in self._asked().items() if name != HIDDEN}
        return rx.redirect(address(self.router.url.path, asked | ({HIDDEN: hidden} if hidden else {})))

    def _asked(self) -> dict[str, str]:
        """Return what the address of the list asks for; each list says how."""
        raise NotImplementedError

    def _show_columns(self) -> None:
        hidden = self._asked().get(HIDDEN, "").split("-")
        self._change(shown=[each for each in self.COLUMNS if each not in hidden])
