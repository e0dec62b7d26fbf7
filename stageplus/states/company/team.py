"""The team and the establishments of a company."""

from typing import Any, ClassVar, TypedDict

import reflex as rx

from stageplus.services.inputs import identifier
from stageplus.services.teams.actions import (
    change_member,
    hand_over,
    invite_member,
    leave_team,
    remove_member,
    withdraw_invitation,
)
from stageplus.services.teams.queries import my_companies, my_establishments, my_team, team_member
from stageplus.services.teams.schemas import (
    CompanyChoice,
    EstablishmentCard,
    InviteInput,
    MemberDetail,
    ScopeInput,
    Team,
)
from stageplus.states.addresses import last_part
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _


class ScopeFields(TypedDict):
    """The field of the forms that holds several values; Reflex leaves the others beside it as they are."""

    establishments: list[str]


class CompanyTeamState(SessionState):
    """Who acts for the company."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    team: Team = Team()
    form_round: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the team."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show who joins and leaves as it comes."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    @rx.event
    async def invite(self, typed: ScopeFields) -> None:
        """Invite an address."""
        shown = await self._send(invite_member, InviteInput, typed)
        self._keep(shown, _("L’invitation est partie par e-mail."))

    @rx.event
    async def withdraw(self, invitation_id: int) -> None:
        """Take back an invitation."""
        self._keep(await self._call(withdraw_invitation, identifier(invitation_id)), _("L’invitation est retirée."))

    @rx.event
    async def leave(self) -> Any:
        """Stop acting for this company."""
        await self._call(leave_team)
        return None if self.errors or self.missing or self.prove else rx.redirect("/compte")

    def _keep(self, found: Team | None, sentence: str) -> None:
        if found:
            self.team, self.form_round, self.notice = found, self.form_round + 1, sentence

    async def _refresh(self) -> None:
        errors = self.errors
        self.team = await self._load(my_team) or Team()
        self.errors = errors


class CompanyMemberState(SessionState):
    """One person of the team."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    detail: MemberDetail = MemberDetail()

    @rx.event
    async def load(self) -> None:
        """Read the person that the address names."""
        named = identifier(last_part(self.router.url))
        self.detail = await self._load(team_member, named) or MemberDetail()

    @rx.event
    async def change(self, typed: ScopeFields) -> None:
        """Change what the person may do."""
        wanted: dict[str, Any] = {**typed}
        role = wanted.get("role")
        wanted |= {"is_admin": role == "admin", "everywhere": role != "some"}
        found = await self._send(change_member, ScopeInput, wanted, identifier(wanted.get("person")))
        if found:
            self.detail, self.notice = found, _("Le rôle est changé. La personne est prévenue.")

    @rx.event
    async def hand_over(self, person_id: int) -> Any:
        """Make the person the administrator in one's place."""
        return rx.redirect("/entreprise/equipe") if await self._call(hand_over, identifier(person_id)) else None

    @rx.event
    async def remove(self, person_id: int) -> Any:
        """Take the person out of the team."""
        return rx.redirect("/entreprise/equipe") if await self._call(remove_member, identifier(person_id)) else None


class CompanyEstablishmentsState(SessionState):
    """Establishments with agréments, capacity and people."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    cards: list[EstablishmentCard] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read them."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what changes as it comes."""
        await self._follow(lambda actor: {f"company:{actor.company_id}"})

    async def _refresh(self) -> None:
        self.cards = await self._load(my_establishments) or []


class CompanyChoiceState(SessionState):
    """The companies that one acts for."""

    AUDIENCE: ClassVar[Audience] = Audience.COMPANY

    choices: list[CompanyChoice] = []  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read them."""
        self.choices = await self._load(my_companies) or []
