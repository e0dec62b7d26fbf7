"""One's own account."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.accounts.actions import (
    ask_for_email_change,
    change_password,
    end_other_sessions,
    end_session,
    rename,
)
from stageplus.services.accounts.queries import my_account, my_sessions
from stageplus.services.accounts.schemas import AccountDetail, EmailInput, NameInput, PasswordInput, SessionRow
from stageplus.services.inputs import identifier
from stageplus.states.audience import Audience, cookie_of
from stageplus.states.messages import wait_words
from stageplus.states.session import SessionState
from stageplus.texts import _

LONGEST_WAIT = 24 * 60
OLD_PAGE = _("Cette page était ouverte depuis trop longtemps : un nouvel essai suffit.")


class AccountState(SessionState):
    """Name, address, password, the browsers that are signed in, and the file of one's own data.

    `file_problem` says why no file came; `file_ready` when the proof that it needs was just given.
    """

    AUDIENCE: ClassVar[Audience] = Audience.SIGNED_IN

    account: AccountDetail = AccountDetail()
    sessions: list[SessionRow] = []  # noqa: RUF012
    file_problem: str = ""
    file_ready: bool = False

    @rx.event
    async def load(self) -> None:
        """Read one's account and sessions, and what the address bar says of the file of one's data."""
        asked = self.router.url.query_parameters
        self.file_ready = asked.get("donnees") == "pretes"
        self.file_problem = _file_problem(asked.get("erreur", ""), identifier(asked.get("minutes", "")))
        self.account = await self._call(my_account) or AccountDetail()
        self.sessions = await self._load(my_sessions, cookie_of(self)) or []

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
            self.sessions = [row for row in self.sessions if row.is_this]

    @rx.event
    async def change_email(self, typed: dict[str, Any]) -> None:
        """Have a link mailed to one's new address."""
        if await self._send(ask_for_email_change, EmailInput, typed):
            self.notice = _("Un lien vient de partir vers la nouvelle adresse. Elle change une fois confirmée.")

    @rx.event
    async def end_session(self, session_id: int) -> None:
        """Sign one browser out."""
        self.sessions = await self._call(end_session, cookie_of(self), identifier(session_id)) or self.sessions

    @rx.event
    async def end_others(self) -> None:
        """Sign every other browser out."""
        self.sessions = await self._call(end_other_sessions, cookie_of(self)) or self.sessions


def _file_problem(error: str, minutes: int) -> str:
    if error == "donnees-essais":
        return wait_words(max(1, min(minutes, LONGEST_WAIT)))
    return OLD_PAGE if error == "donnees-formulaire" else ""
