"""The states of a company's team: what each handler asks with, and where it leads."""

from typing import Any

import pytest
from reflex.istate.data import RouterData

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, FreshFactorNeeded
from stageplus.domain.refusals import LastAdministrator, LinkSpent
from stageplus.services.teams.schemas import Invited, MemberDetail, Team
from stageplus.states import team_invitation
from stageplus.states.audience import current_actor
from stageplus.states.company import team as module
from stageplus.states.company.team import CompanyMemberState, CompanyTeamState
from stageplus.states.team_invitation import TeamInvitationState

ADMIN = Actor(1, Role.COMPANY, company_id=1)


async def called(kind: type[Any], handler: str, *args: Any, path: str = "/entreprise/equipe") -> tuple[Any, Any]:
    current_actor.set(ADMIN)
    state = kind(_reflex_internal_init=True)
    state.router = RouterData.from_router_data({"asPath": path, "headers": {}})
    return state, await getattr(kind, handler).fn(state, *args)


def answering(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, answer: Any) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def use_case(actor: Actor | None, *args: Any, now: Any) -> Any:
        asked.append(args)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(where, name, use_case)
    return asked


async def test_an_invitation_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, module, "invite_member", Team(company="Zéphyr"))
    typed = {"email": "Ada@Demo.test", "establishments": ["2", "x"]}
    state, _going = await called(CompanyTeamState, "invite", typed)
    assert (asked[0][0].email, asked[0][0].establishments, asked[0][0].everywhere) == ("ada@demo.test", (2, 0), False)
    assert state.team.company == "Zéphyr" and state.notice


@pytest.mark.parametrize("refusal", [Denied("x"), FreshFactorNeeded()])
async def test_a_refused_invitation_tells_nothing_as_done(monkeypatch: pytest.MonkeyPatch, refusal: Exception) -> None:
    answering(monkeypatch, module, "invite_member", refusal)
    state, _going = await called(CompanyTeamState, "invite", {"email": "a@demo.test", "everywhere": "oui"})
    assert state.notice == "" and (state.denied or state.prove)


@pytest.mark.parametrize(
    ("role", "is_admin", "everywhere"), [("admin", True, True), ("all", False, True), ("some", False, False)]
)
async def test_a_role_is_one_of_three(
    monkeypatch: pytest.MonkeyPatch, role: str, is_admin: bool, everywhere: bool
) -> None:
    asked = answering(monkeypatch, module, "change_member", MemberDetail())
    await called(CompanyMemberState, "change", {"person": "7", "role": role, "establishments": ["2"]})
    assert asked[0][0] == 7
    assert (asked[0][1].is_admin, asked[0][1].everywhere) == (is_admin, everywhere)


async def test_removing_leads_back_to_the_team_and_a_refusal_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, module, "remove_member", Team())
    _state, going = await called(CompanyMemberState, "remove", 7)
    assert "/entreprise/equipe" in repr(going)
    answering(monkeypatch, module, "remove_member", LastAdministrator())
    state, going = await called(CompanyMemberState, "remove", "7; DROP")
    assert going is None and "administrateur" in state.errors["form"]


async def test_leaving_leads_to_the_account_only_when_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, module, "leave_team", None)
    _state, going = await called(CompanyTeamState, "leave")
    assert "/compte" in repr(going)
    answering(monkeypatch, module, "leave_team", LastAdministrator())
    state, going = await called(CompanyTeamState, "leave")
    assert going is None and state.errors


async def test_opening_an_invitation_looks_and_its_button_joins(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, team_invitation, "look_at_invitation", Invited("Zéphyr", "a@demo.test", True))
    state, _going = await called(TeamInvitationState, "look", path="/lien/jeton")
    assert (state.invited.company, state.done) == ("Zéphyr", False)
    joined = answering(monkeypatch, team_invitation, "accept_invitation", True)
    state, _going = await called(TeamInvitationState, "join", {"token": "jeton"})
    assert (state.done, joined[0][0]) == (True, "jeton")
    answering(monkeypatch, team_invitation, "accept_invitation", LinkSpent())
    state, _going = await called(TeamInvitationState, "join", {"token": "jeton"})
    assert (state.done, list(state.errors)) == (False, ["form"])
