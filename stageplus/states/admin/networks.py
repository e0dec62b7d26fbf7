"""The networks that run dispositifs and their operators, as OFFA looks after them."""

from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import given, identifier
from stageplus.services.networks.actions import save_network, save_operator
from stageplus.services.networks.queries import networks
from stageplus.services.networks.schemas import NetworkInput, NetworkPage, NetworkRow, OperatorInput, OperatorRow
from stageplus.states.addresses import asked_in
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class OffaNetworksState(SessionState):
    """The networks and their operators, and the one that the address bar chooses to change."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    found: NetworkPage = NetworkPage()
    network: NetworkRow = NetworkRow()
    operator: OperatorRow = OperatorRow()
    editing: str = ""
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the networks and operators; `reseau` or `operateur` in the address opens a form."""
        await self._refresh()
        asked = asked_in(self.router.url)
        code, number = asked.get("reseau", ""), identifier(asked.get("operateur", ""))
        network = next((each for each in self.found.networks if each.code == code), NetworkRow())
        operator = next((each for each in self.found.operators if each.operator_id == number), OperatorRow())
        form = "reseau" if "reseau" in asked else "operateur" if "operateur" in asked else ""
        self._change(network=network, operator=operator, editing=form)

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {"reference"})

    @rx.event
    async def save_network(self, typed: dict[str, Any]) -> None:
        """Change a network, or add one."""
        await self._keep(await self._send(save_network, NetworkInput, given(typed)))

    @rx.event
    async def save_operator(self, typed: dict[str, Any]) -> None:
        """Change an operator, or add one."""
        await self._keep(await self._send(save_operator, OperatorInput, given(typed)))

    async def _keep(self, name: str | None) -> None:
        if name is None:
            return
        await self._refresh()
        self._change(answered=self.answered + 1, editing="", notice=_("« {name} » est enregistré.").format(name=name))

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(found=await self._load(networks) or NetworkPage(), errors=errors)
