"""The one seam between the pages and the services: who is signed in, calls, refusals and live news."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote

import reflex as rx
from reflex.event import EventSpec

from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, DomainError, FreshFactorNeeded, InvalidInput, NotFound
from stageplus.services.accounts.browser import form_token
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.faults import noted
from stageplus.services.inputs import Input
from stageplus.services.notifications.live import hub
from stageplus.services.threads import run
from stageplus.states.audience import Audience, cookie_of, current_actor, recognised
from stageplus.states.messages import message_of
from stageplus.texts import _

PROOF = "/connexion/second-facteur"
REFERENCE = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}")
OTHER_WRITER = _(
    "Quelqu’un d’autre s’est connecté dans ce navigateur : rien n’a été envoyé. "
    "Le texte reste gardé pour la personne qui l’a écrit."
)
Result = TypeVar("Result")
Shape = TypeVar("Shape", bound=Input)


class SessionState(rx.State):
    """What every page shows around its content; the states of each role inherit it.

    `path` is the page that everything here is about. `errors` maps a field's name, or `form`, to its message.
    `hidden_banner` names the last announcement that this browser put away.
    `missing`, `denied` and `fault` replace the page; `prove` is where to prove again who acts before what was asked.
    """

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    name: str = ""
    person: str = ""
    role: str = ""
    home: str = "/"
    csrf: str = ""
    signed_in: bool = False
    waiting: str = ""
    unreachable: bool = False
    company: str = ""
    acts_for_several: bool = False
    claims: str = ""
    reported: str = ""
    moderated: str = ""
    proposed: str = ""
    messages: str = ""
    claim_waits: bool = False
    notices: str = ""
    banner: str = ""
    banner_key: str = ""
    banner_link: str = ""
    hidden_banner: str = rx.LocalStorage(name="banner")
    errors: dict[str, str] = {}  # noqa: RUF012 — Reflex copies the default per session
    notice: str = ""
    prove: str = ""
    denied: bool = False
    missing: bool = False
    fault: str = ""
    loading: bool = True
    path: str = ""
    _holder: str = ""

    @rx.event
    async def enter(self) -> None:
        """Start a page: say who is signed in and forget what the last page had to tell."""
        self._change(errors={}, notice="", prove="", fault="", denied=False, missing=False)
        # Another search on the same page keeps its results on screen until the new ones are there.
        here = self.router.url.path
        self._change(loading=self.path != here, path=here, csrf=form_token(cookie_of(self)))
        me = await self._call(who_am_i)
        self._change(signed_in=bool(me and me.name))
        if me:
            self._change(**asdict(me))

    @rx.event
    def settle(self) -> None:
        """End the loading of a page that reads nothing."""
        self.loading = False

    @rx.event
    def hide_banner(self) -> None:
        """Put the announcement away, in this browser."""
        self.hidden_banner = self.banner_key

    @rx.event
    def show_fault(self, reference: str) -> None:
        """Show the number of a fault outside the use cases, see `on_fault`."""
        self.fault = reference if REFERENCE.fullmatch(str(reference)) else ""

    @rx.event(background=True)
    async def hear(self) -> None:
        """Keep the count of notices true on a page that follows nothing else."""
        await self._follow(lambda _actor: set())

    async def _call(self, use_case: Callable[..., Result], *args: Any) -> Result | None:
        """Run a use case in a worker thread for the present actor, with `now`; nothing when it refused."""
        self._change(errors={}, prove="")
        actor, now = current_actor.get(), datetime.now(UTC)
        try:
            return await run(use_case, actor, *args, now=now)
        except DomainError as refusal:
            self._refuse(refusal)
        except Exception as error:  # noqa: BLE001 — whatever it is, the person gets a number and a way on
            self.fault = noted(error, getattr(use_case, "__name__", "use case"))
        return None

    async def _send(
        self, use_case: Callable[..., Result], shape: type[Shape], typed: Mapping[str, Any], *before: Any
    ) -> Result | None:
        """Read what somebody typed and run the use case with it; field errors are shown when it does not fit."""
        self._change(notice="")
        try:
            _check_writer(typed, current_actor.get())
            read = shape.read(typed)
        except InvalidInput as refusal:
            self.errors = refusal.fields
            return None
        return await self._call(use_case, *before, read)

    async def _load(self, read: Callable[..., Result], *args: Any) -> Result | None:
        """Read what the page shows, and end its loading."""
        found = await self._call(read, *args)
        self._change(loading=False)
        return found

    async def _refresh(self) -> None:
        """Read again what the page shows around its frame; each page that follows something says how."""

    async def _count_waiting(self) -> None:
        errors = self.errors
        me = await self._call(who_am_i)
        self._change(
            waiting=me.waiting if me else "",
            claims=me.claims if me else "",
            reported=me.reported if me else "",
            moderated=me.moderated if me else "",
            proposed=me.proposed if me else "",
            notices=me.notices if me else "",
            messages=me.messages if me else "",
            errors=errors,
        )

    async def _follow(self, topics: Callable[[Actor], set[str]]) -> None:
        """Refresh the page each time that a topic is told, or something to the person, as long as they are signed in.

        For background handlers: `self` is Reflex's proxy, which `async with` opens.
        """
        first = current_actor.get()
        if first is None:
            return
        tab = self.router.session.client_token
        heard = hub.listen(tab, topics(first) | {f"person:{first.person_id}"})
        try:
            async for _change in heard.changes():
                async with self:
                    actor = await recognised(self)
                    if actor is None or actor.person_id != first.person_id:
                        return
                    current_actor.set(actor)
                    asked = self.prove  # the news of others answers nothing that was asked here
                    await self._refresh()
                    await self._count_waiting()
                    self._change(prove=asked)
        finally:
            hub.leave(tab, heard)

    def _change(self, **wanted: object) -> None:
        """Set only what differs: Reflex sends, and the browser draws again, whatever is set."""
        for name, value in wanted.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _refuse(self, refusal: DomainError) -> None:
        if isinstance(refusal, InvalidInput):
            self.errors = refusal.fields
        elif isinstance(refusal, NotFound):
            self.missing = True
        elif isinstance(refusal, Denied):
            self.denied = True
        elif isinstance(refusal, FreshFactorNeeded):
            url = self.router.url
            here = url.path + (f"?{url.query}" if url.query else "")
            self.prove = f"{PROOF}?suite={quote(here, safe='')}"
        else:
            self.errors = {"form": message_of(refusal)}


def _check_writer(typed: Mapping[str, Any], actor: Actor | None) -> None:
    """Refuse what somebody else wrote: a tap that waited for the network may arrive after another person signed in."""
    writer = typed.get("writer")
    if writer and actor and writer != str(actor.person_id):
        raise InvalidInput({"form": OTHER_WRITER})


def on_fault(exception: Exception) -> EventSpec:
    """Note an error that a handler let through, and show its number instead of Reflex's English message."""
    shown: EventSpec = SessionState.show_fault(noted(exception, "handler"))
    return shown
