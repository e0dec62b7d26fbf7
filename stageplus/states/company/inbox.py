"""The applications of a company."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from stageplus.domain.errors import InvalidInput
from stageplus.services.answers.queries import answer_desk, ways_on
from stageplus.services.answers.schemas import Desk, Ways
from stageplus.services.applications.actions import (
    accept_application,
    propose_interview,
    refuse_application,
    see_application,
)
from stageplus.services.applications.queries import inbox, inbox_detail
from stageplus.services.applications.schemas import InboxDetail, InboxPage, InboxSearch, RefusalInput
from stageplus.services.inputs import identifier
from stageplus.services.interviews.schemas import InterviewInput
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.states.talking import TalkState
from stageplus.texts import _

INBOX = "/entreprise/candidatures"
NAMES = {"offre": "offer", "etat": "group", "page": "page"}
"""The address bar's words for the fields of a list: whoever opens the link sees the same one."""
GONE = _("Cette candidature n’est plus là : la personne l’a retirée, ou un collègue a agi entre-temps.")


class CompanyInboxState(TalkState, SessionState):
    """The list beside the chosen application, with its conversation.

    `chosen` is 0 when the address names none; `asking` names the dialog that `errors` belong to, and `done` counts
    what the dialogs obtained: each closes when it rises. `gone` tells that the chosen one was withdrawn meanwhile.
    """

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    found: InboxPage = InboxPage()
    desk: Desk = Desk()
    ways: Ways = Ways()
    detail: InboxDetail = InboxDetail()
    chosen: int = 0
    asked: dict[str, str] = {}  # noqa: RUF012
    query: str = ""
    before: str = ""
    after: str = ""
    asking: str = ""
    done: int = 0
    gone: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the list, and open the application that the address names: its learner is told that it was seen."""
        self._change(asking="", gone=False, asked=_asked(self.router.url.query_parameters))
        named = self.router.url.path.removeprefix(INBOX).strip("/")
        self.chosen = identifier(named)
        if named:
            self.detail = await self._call(see_application, self.chosen) or InboxDetail()
            await self._open_talk(self.chosen)
        await self._list()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show new applications and answers of colleagues as they come."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    @rx.event
    async def filter(self, typed: dict[str, Any]) -> None:
        """List what was chosen, from its first page; the address bar says so already."""
        self.asked = _asked(typed | {"page": ""})
        await self._list()

    @rx.event
    async def propose(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Propose an interview."""
        self._change(asking="entretien", errors={})
        yield
        sent = await self._send(propose_interview, InterviewInput, typed, identifier(typed.get("application")))
        self._settle(sent, _("La proposition est envoyée : vous verrez ici la suite."))

    @rx.event
    async def accept(self, application_id: int) -> AsyncIterator[None]:
        """Keep the learner for a place."""
        self._change(asking="accepter", errors={})
        yield
        kept = await self._call(accept_application, identifier(application_id))
        await self._list()
        self._settle(kept, _("La personne est retenue : son opérateur prend la suite avec vous."))

    @rx.event
    async def refuse(self, typed: dict[str, Any]) -> AsyncIterator[None]:
        """Refuse with a reason and polite words."""
        self._change(asking="refuser", errors={})
        yield
        sent = await self._send(refuse_application, RefusalInput, typed, identifier(typed.get("application")))
        await self._list()
        self._settle(sent, _("Votre réponse est notée."))

    def _settle(self, answered: InboxDetail | None, sentence: str) -> None:
        """Close the dialog with what was obtained, or leave it open with what is wrong."""
        if answered:
            self._change(detail=answered, done=self.done + 1, asking="", notice=sentence)
        elif self.missing:
            self._change(missing=False, errors={"form": GONE})

    async def _refresh(self) -> None:
        errors, missing = self.errors, self.missing
        if self.chosen and not missing:
            found = await self._call(inbox_detail, self.chosen)
            self._change(detail=found or InboxDetail(), gone=found is None, missing=False)
            await self._read(self.chosen)
        await self._list()
        self._change(errors=errors, missing=missing)

    async def _list(self) -> None:
        errors, missing = self.errors, self.missing
        found = await self._load(inbox, _search(self.asked)) or InboxPage()
        desk = await self._call(answer_desk) or Desk()
        ways = await self._call(ways_on, self.chosen) if self.chosen and not missing else None
        self._change(found=found, desk=desk, ways=ways or Ways())
        self._change(errors=errors, missing=missing, query=_query(self.asked))
        before, after = str(found.page - 1), str(found.page + 1)
        self._change(
            before=_query(self.asked | {"page": before}) if found.page > 1 else "",
            after=_query(self.asked | {"page": after}) if found.page < found.pages else "",
        )


def _asked(typed: Any) -> dict[str, str]:
    return {name: str(typed[name]) for name in NAMES if typed.get(name)}


def _search(asked: dict[str, str]) -> InboxSearch:
    """Read the address bar; whatever it says that is no choice lists everything."""
    try:
        return InboxSearch.read({NAMES[name]: value for name, value in asked.items()})
    except InvalidInput:
        return InboxSearch()


def _query(asked: dict[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""
