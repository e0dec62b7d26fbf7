"""The door of companies: ask to act for one, confirm the address, find an operator for a missing agrément."""

import asyncio
from typing import Any, ClassVar

import reflex as rx

from stageplus.domain.activation import grouped, is_well_formed, typed_code
from stageplus.services.accounts.schemas import NewPasswordInput
from stageplus.services.claims.actions import confirm_claim, make_claim
from stageplus.services.claims.queries import demo_house, operators_near
from stageplus.services.claims.schemas import ClaimInput, DemoHouse, NearInput, NearOperators
from stageplus.services.outreach.actions import note_opening
from stageplus.states.addresses import asked_in
from stageplus.states.audience import Audience, visitor_of
from stageplus.states.mail_link import MailLinkState
from stageplus.states.session import SessionState

ANSWER_AFTER_SECONDS = 1.0
"""Known and unknown numbers and addresses are answered after the same time, longer than either takes."""
NUMBERS = ("enterprise_number", "establishment_number")


def learners_code(typed: dict[str, Any]) -> str:
    """Return the activation code, which is a learner's, that somebody typed where a number belongs; else nothing."""
    codes = [typed_code(str(typed.get(name, ""))[:40]) for name in NUMBERS]
    return next((grouped(code) for code in codes if is_well_formed(code) and not code.isdigit()), "")


class RegisterCompanyState(SessionState):
    """The form that asks, and its receipt, which is the same for everybody; `link` is the coach's that led here."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    asked: bool = False
    learners_code: str = ""
    link: str = ""
    sample: DemoHouse = DemoHouse()

    @rx.event
    async def load(self) -> None:
        """Show the form again."""
        self.asked, self.learners_code, self.loading = False, "", False
        await self._note_link(asked_in(self.router.url).get("lien", ""))
        self.sample = await self._load(demo_house) or DemoHouse()

    async def _note_link(self, code: str) -> None:
        """Count once that this tab came by a coach's link, which its claim then carries."""
        if code and code != self.link:
            self.link = code[:16]
            await self._call(note_opening, visitor_of(self), self.link)

    @rx.event
    async def ask(self, typed: dict[str, Any]) -> None:
        """Have the link mailed; the answer tells neither whether the numbers nor whether the address are known."""
        self.learners_code = learners_code(typed)
        if self.learners_code:
            self.errors = {}
        else:
            pause = asyncio.sleep(ANSWER_AFTER_SECONDS)
            await asyncio.gather(self._send(make_claim, ClaimInput, typed, visitor_of(self)), pause)
            self.asked = not self.errors and not self.fault


class ConfirmClaimState(MailLinkState):
    """The form behind the mailed link."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    @rx.event
    async def confirm(self, typed: dict[str, Any]) -> None:
        """Choose the password: the account is made, the link is used up."""
        self.done = bool(await self._send(confirm_claim, NewPasswordInput, typed, str(typed.get("token", ""))))


class NearOperatorsState(SessionState):
    """Operators near a place."""

    AUDIENCE: ClassVar[Audience] = Audience.EVERYONE

    found: NearOperators = NearOperators()

    @rx.event
    async def load(self) -> None:
        """Show the page with nothing asked yet."""
        self.found, self.loading = NearOperators(), False

    @rx.event
    async def search(self, typed: dict[str, Any]) -> None:
        """Look for operators."""
        self.found = await self._send(operators_near, NearInput, typed) or NearOperators()
        if self.found.error:
            self.errors = {"place": self.found.error}
