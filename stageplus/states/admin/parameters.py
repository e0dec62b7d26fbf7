"""Dated parameters and the weights of ranking: tried on the data of the moment, then saved from a day on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import given
from stageplus.services.parameters.actions import add_value, remove_value, save_weights
from stageplus.services.parameters.queries import parameter_detail, parameters, try_value, try_weights, weights
from stageplus.services.parameters.schemas import (
    Comparison,
    ParameterDetail,
    ParameterFamily,
    SampleInput,
    Trial,
    TryInput,
    ValueInput,
    WeightsDesk,
    WeightsInput,
)
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _, ngettext

TOPIC = "reference"
TRY = "try"
SAMPLE = "Namur"
"""Where the sample search begins; a search of every trade shows each weight at work."""


class OffaParametersState(SessionState):
    """Every parameter, by family."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    families: list[ParameterFamily] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the parameters."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    async def _refresh(self) -> None:
        self._change(families=await self._load(parameters) or [])


class OffaParameterState(SessionState):
    """One parameter: what is tried is shown beside what counts, before anything is saved."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    detail: ParameterDetail = ParameterDetail()
    trial: Trial = Trial()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the parameter that the address names."""
        self._change(trial=Trial())
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def send(self, typed: dict[str, Any]) -> None:
        """Try a value, or save it, by the button that was tapped."""
        if typed.get("intent") == TRY:
            self._change(trial=await self._send(try_value, TryInput, given(typed), self._name()) or Trial())
            return
        label = await self._send(add_value, ValueInput, given(typed), self._name())
        await self._keep(label, _("« {label} » : la nouvelle valeur est enregistrée."))

    @rx.event
    async def remove(self, day: str) -> None:
        """Take back a value that does not count yet."""
        label = await self._call(remove_value, self._name(), _day(day))
        await self._keep(label, _("« {label} » : la valeur prévue est retirée."))

    async def _keep(self, label: str | None, sentence: str) -> None:
        if label is None:
            return
        await self._refresh()
        self._change(answered=self.answered + 1, trial=Trial(), notice=sentence.format(label=label))

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(detail=await self._load(parameter_detail, self._name()) or ParameterDetail(), errors=errors)

    def _name(self) -> str:
        return last_part(self.router.url)[:80]


class OffaWeightsState(SessionState):
    """The weights of ranking, and a sample search before and after."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    desk: WeightsDesk = WeightsDesk()
    compared: Comparison = Comparison()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the weights."""
        self._change(compared=Comparison())
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def send(self, typed: dict[str, Any]) -> None:
        """Compare a sample search, or save the weights, by the button that was tapped."""
        filled = given(typed)
        named = _weights_in(filled)
        if filled.get("intent") == TRY:
            found = await self._send(try_weights, SampleInput, filled, named)
            self._change(compared=found or Comparison())
            return
        saved = await self._send(save_weights, WeightsInput, filled | {"typed": named})
        words = ngettext("{n} pondération est enregistrée.", "{n} pondérations sont enregistrées.", saved or 0)
        await self._keep(saved, words.format(n=saved))

    @rx.event
    async def remove(self, name: str, day: str) -> None:
        """Take back a weight that does not count yet."""
        label = await self._call(remove_value, str(name)[:80], _day(day))
        await self._keep(label, _("La valeur prévue est retirée."))

    async def _keep(self, done: object, sentence: str) -> None:
        if done is None:
            return
        await self._refresh()
        self._change(answered=self.answered + 1, compared=Comparison(), notice=sentence)

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(desk=await self._load(weights) or WeightsDesk(), errors=errors)


def _day(claimed: object) -> date:
    try:
        return date.fromisoformat(str(claimed))
    except ValueError:
        return date.min


def _weights_in(typed: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value)[:20] for name, value in typed.items() if name.startswith("rank_")}
