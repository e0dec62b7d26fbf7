"""One's own account."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.accounts.actions import change_password, rename
from stageplus.services.accounts.queries import my_account
from stageplus.services.accounts.schemas import AccountDetail, NameInput, PasswordInput
from stageplus.states.audience import Audience, cookie_of
from stageplus.states.session import SessionState
from stageplus.texts import _


class AccountState(SessionState):
    """Name, address and password."""

    AUDIENCE: ClassVar[Audience] = Audience.SIGNED_IN

    account: AccountDetail = AccountDetail()

    @rx.event
    async def load(self) -> None:
        """Read one's account."""
        self.account = await self._load(my_account) or AccountDetail()

    @rx.event
    async def rename(self, typed: dict[str, Any]) -> None:
        """Change one's name."""
        changed = await self._send(rename, NameInput, typed)
        if changed:
            self.account, self.notice = changed, _("Le nom est à jour.")
            self.name = f"{changed.first_name} {changed.last_name}"

    @rx.event
    async def change_password(self, typed: dict[str, Any]) -> None:
        """Change one's password; every other session ends."""
        if await self._send(change_password, PasswordInput, typed, cookie_of(self)):
            self.notice = _("Le mot de passe est changé. Les autres appareils sont déconnectés.")
