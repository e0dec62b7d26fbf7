"""Everybody with an account, as OFFA finds and changes them."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.factors.actions import reset_factor
from stageplus.services.factors.schemas import ResetInput
from stageplus.services.inputs import given, identifier
from stageplus.services.people.actions import change_mandate, restore_person, suspend_person
from stageplus.services.people.queries import people, person_detail
from stageplus.services.people.schemas import MandateInput, PeoplePage, PeopleSearch, PersonDetail, SuspensionInput
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/offa/comptes"


class SectorFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    sectors: list[str]


class OffaPeopleState(ListState, SessionState):
    """One page of people; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA
    NAMES: ClassVar[Mapping[str, str]] = {"q": "text", "profil": "role", "etat": "state", "page": "page"}

    found: PeoplePage = PeoplePage()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show who joins and what colleagues change as it comes."""
        await self._follow(lambda _actor: {"people"})

    async def _list(self) -> None:
        self._change(found=await self._found(people, PeopleSearch, PeoplePage()))


class OffaPersonState(SessionState):
    """One person, and what OFFA changes; `answered` closes the dialogs."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    detail: PersonDetail = PersonDetail()
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the person that the address names."""
        await self._refresh()

    @rx.event
    async def suspend(self, typed: dict[str, Any]) -> None:
        """Suspend the account."""
        name = await self._send(suspend_person, SuspensionInput, typed, identifier(typed.get("person")))
        await self._keep(name, _("Le compte de {name} est suspendu, ses appareils sont déconnectés."))

    @rx.event
    async def restore(self, person_id: int) -> None:
        """Open the account again."""
        name = await self._call(restore_person, identifier(person_id))
        await self._keep(name, _("Le compte de {name} est rouvert."))

    @rx.event
    async def take_away(self, typed: dict[str, Any]) -> None:
        """Take the second factor away."""
        name = await self._send(reset_factor, ResetInput, typed, identifier(typed.get("person")))
        await self._keep(name, _("La deuxième étape de {name} est remise à zéro, ses appareils sont déconnectés."))

    @rx.event
    async def charge(self, typed: SectorFields) -> None:
        """Change the mandate."""
        filled = given(typed)
        name = await self._send(change_mandate, MandateInput, filled, identifier(filled.get("person")))
        await self._keep(name, _("Le rôle de {name} est changé."))

    async def _keep(self, name: str | None, sentence: str) -> None:
        # Behind an open dialog nobody would see where to prove who they are.
        self.answered += bool(name or self.prove)
        if name:
            await self._refresh()
            self.notice = sentence.format(name=name)

    async def _refresh(self) -> None:
        named = identifier(last_part(self.router.url))
        self.detail = await self._load(person_detail, named) or PersonDetail()
