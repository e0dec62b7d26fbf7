"""Activation of a learner's account: the code, the name, one's own address; and the step behind the mailed link."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.domain.activation import grouped, is_well_formed, typed_code
from stageplus.services.activation.actions import attach_enrolment, look_at_code, report_enrolment, start_activation
from stageplus.services.activation.queries import demo_codes, look_at_activation
from stageplus.services.activation.schemas import (
    CodeHolder,
    CodeInput,
    DemoCode,
    LinkHolder,
    ReportInput,
    StartInput,
    is_company_number,
)
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience, visitor_of
from stageplus.states.mail_link import MailLinkState
from stageplus.states.session import SessionState
from stageplus.texts import _

FINISH_ERRORS = {
    "mot-de-passe": _("Choisis au moins 12 caractères, difficiles à deviner : quelques mots sans rapport suffisent."),
    "formulaire": _("Cette page était ouverte depuis trop longtemps. Recommence, rien d’autre n’est à faire."),
}


class ActivationState(SessionState):
    """How far somebody has come; `step` is `code`, `name`, `mail`, `joined` or `reported`."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    step: str = "code"
    code: str = ""
    is_company: bool = False
    email: str = ""
    holder: CodeHolder = CodeHolder()
    samples: list[DemoCode] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Start over; a code in the address is looked at, which uses nothing up."""
        self.step, self.email, self.code, self.is_company = "code", "", "", False
        self.samples = await self._load(demo_codes) or []
        given = self.router.url.query_parameters.get("code", "")[:40]
        if given:
            self.code = grouped(typed_code(given)) if is_well_formed(typed_code(given)) else given
            await self._look({"code": given})

    @rx.event
    async def look(self, typed: dict[str, Any]) -> None:
        """Say whose code it is."""
        self.code = str(typed.get("code", ""))[:40]
        await self._look(typed)

    @rx.event
    async def start(self, typed: dict[str, Any]) -> None:
        """Have the link mailed to one's own address."""
        if await self._send(start_activation, StartInput, typed, visitor_of(self)):
            self.step, self.email = "mail", str(typed.get("email", "")).strip()[:254]

    @rx.event
    async def attach(self, typed: dict[str, Any]) -> None:
        """Join the enrolment to the account that is signed in."""
        if await self._send(attach_enrolment, CodeInput, typed, visitor_of(self)):
            self.step = "joined"

    @rx.event
    async def report(self, code: str, what: str) -> None:
        """Tell the operator that this is somebody else, or that one has moved."""
        if await self._send(report_enrolment, ReportInput, {"code": str(code), "what": str(what)}, visitor_of(self)):
            self.step = "reported"

    @rx.event
    def again(self) -> None:
        """Go back to the address."""
        self.step = "name"

    @rx.event
    def other_code(self) -> None:
        """Type another code."""
        self.step, self.code, self.holder, self.errors = "code", "", CodeHolder(), {}

    async def _look(self, typed: dict[str, Any]) -> None:
        self.is_company = is_company_number(self.code)
        if self.is_company:
            self.errors = {}
        elif found := await self._send(look_at_code, CodeInput, {"code": typed.get("code", "")}, visitor_of(self)):
            self.holder, self.step = found, "name"


class FinishActivationState(MailLinkState):
    """Whom the mailed link is for, and what was wrong at the last try."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    holder: LinkHolder = LinkHolder()
    sentence: str = ""

    @rx.event
    async def load_holder(self) -> None:
        """Read whom the link is for; empty for a link of any other purpose."""
        token = last_part(self.router.url)[:120]
        self.sentence = FINISH_ERRORS.get(self.router.url.query_parameters.get("erreur", ""), "")
        self.holder = await self._call(look_at_activation, token) or LinkHolder()
