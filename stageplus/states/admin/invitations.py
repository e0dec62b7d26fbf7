"""The invitations of OFFA: who was asked to come in and has not yet."""

from typing import ClassVar, TypedDict

import reflex as rx

from stageplus.services.inputs import given, identifier
from stageplus.services.people.actions import invite_person, renew_invitation, withdraw_invitation
from stageplus.services.people.queries import invitations
from stageplus.services.people.schemas import InvitationPage, InvitationSearch, InviteInput
from stageplus.states.addresses import asked_in, beside, read_search
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/offa/comptes/invitations"
NAMES = {"profil": "role", "page": "page"}
"""The address bar's words for the fields of a search."""


class SectorFields(TypedDict):
    """The field of the form that holds several values; Reflex leaves the others beside it as they are."""

    sectors: list[str]


class OffaInvitationsState(SessionState):
    """The form for one profile, and one page of the invitations that wait; the address bar holds both."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    found: InvitationPage = InvitationPage()
    profile: str = "operator"
    form_round: int = 0
    before: str = ""
    after: str = ""

    @rx.event
    async def load(self) -> None:
        """Read what the address bar asks for."""
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show who joins and what colleagues do as it comes."""
        await self._follow(lambda _actor: {"people"})

    @rx.event
    async def invite(self, typed: SectorFields) -> None:
        """Invite an address."""
        # What the form of another profile asked is still named by the browser, without a value.
        sent = await self._send(invite_person, InviteInput, given(typed))
        await self._keep(sent, _("L’invitation est partie à {email}."))

    @rx.event
    async def renew(self, invitation_id: int) -> None:
        """Send an invitation again."""
        sent = await self._call(renew_invitation, identifier(invitation_id))
        await self._keep(sent, _("Une nouvelle invitation est partie à {email}. L’ancien lien ne marche plus."))

    @rx.event
    async def withdraw(self, invitation_id: int) -> None:
        """Take back an invitation."""
        ended = await self._call(withdraw_invitation, identifier(invitation_id))
        await self._keep(ended, _("L’invitation de {email} est retirée : son lien ne marche plus."))

    async def _keep(self, email: str | None, sentence: str) -> None:
        if email:
            await self._refresh()
            self.form_round, self.notice = self.form_round + 1, sentence.format(email=email)

    async def _refresh(self) -> None:
        errors, asked = self.errors, asked_in(self.router.url)
        search = read_search(InvitationSearch, NAMES, asked)
        self.found = await self._load(invitations, search) or InvitationPage()
        before, after = beside(PATH, asked, self.found.page, self.found.pages)
        self._change(profile=search.role.value, before=before, after=after, errors=errors)
