"""Dispositifs as OFFA looks after them: tried on the data of the moment, then saved from a day on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.inputs import given
from stageplus.services.schemes.actions import (
    drop_rule,
    end_scheme,
    reopen_scheme,
    save_scheme,
)
from stageplus.services.schemes.queries import preview_scheme, scheme_detail, schemes
from stageplus.services.schemes.schemas import (
    EndInput,
    ReopenInput,
    RuleInput,
    SchemeDetail,
    SchemeInput,
    SchemePage,
    SchemePreview,
)
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/offa/dispositifs"
TOPIC = "reference"
TRY = "try"
SAVED = _("« {name} » est enregistré.")


class KindFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    kinds: list[str]


class OffaSchemesState(SessionState):
    """All dispositifs, and the form of another one."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    found: SchemePage = SchemePage()
    tried: SchemePreview = SchemePreview()

    @rx.event
    async def load(self) -> None:
        """Read the dispositifs."""
        self._change(tried=SchemePreview())
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def send(self, typed: KindFields) -> Any:
        """Try a new dispositif, or add it and go to its page, by the button that was tapped."""
        filled = _filled(typed, "")
        if filled.get("intent") == TRY:
            self._change(tried=await self._send(preview_scheme, RuleInput, filled) or SchemePreview())
            return None
        code = await self._send(save_scheme, SchemeInput, filled)
        return rx.redirect(f"{PATH}/{code}") if code else None

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(found=await self._load(schemes) or SchemePage(), errors=errors)


class OffaSchemeState(SessionState):
    """One dispositif to change; `asking` names the form whose errors are shown, `answered` closes the dialogs."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    detail: SchemeDetail = SchemeDetail()
    tried: SchemePreview = SchemePreview()
    asking: str = ""
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the dispositif that the address names."""
        self._change(tried=SchemePreview(), asking="")
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def send(self, typed: KindFields) -> None:
        """Try other rules, or save them, by the button that was tapped."""
        self._change(asking="rule")
        filled = _filled(typed, self._code())
        if filled.get("intent") == TRY:
            self._change(tried=await self._send(preview_scheme, RuleInput, filled) or SchemePreview())
            return
        await self._keep(await self._send(save_scheme, SchemeInput, filled) and filled["name"], SAVED)

    @rx.event
    async def drop(self, day: str) -> None:
        """Take back rules that do not count yet."""
        name = await self._call(drop_rule, self._code(), _day(day))
        await self._keep(name, _("« {name} » : les règles prévues sont retirées."))

    @rx.event
    async def end(self, typed: dict[str, Any]) -> None:
        """Let no offer begin in the dispositif after a day."""
        self._change(asking="end")
        name = await self._send(end_scheme, EndInput, given(typed), self._code())
        await self._keep(name, _("« {name} » se ferme à la date choisie."))

    @rx.event
    async def reopen(self, typed: dict[str, Any]) -> None:
        """Let offers begin in the dispositif again."""
        self._change(asking="end")
        name = await self._send(reopen_scheme, ReopenInput, given(typed), self._code())
        await self._keep(name, _("« {name} » est de nouveau ouvert."))

    async def _keep(self, name: str | None, sentence: str) -> None:
        if name is None:
            return
        await self._refresh()
        notice = sentence.format(name=name)
        self._change(answered=self.answered + 1, asking="", tried=SchemePreview(), notice=notice)

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(detail=await self._load(scheme_detail, self._code()) or SchemeDetail(), errors=errors)

    def _code(self) -> str:
        return last_part(self.router.url)[:60]


def _filled(typed: Mapping[str, Any], code: str) -> dict[str, Any]:
    return given(typed) | {"code": code}


def _day(claimed: object) -> date:
    try:
        return date.fromisoformat(str(claimed))
    except ValueError:
        return date.min
