"""The states of OFFA's people: what each handler asks with, what it says, and that a refusal says nothing as done."""

from datetime import date
from typing import Any

import pytest

from stageplus.domain.actors import Role
from stageplus.domain.errors import FreshFactorNeeded, InvalidInput, NotFound
from stageplus.domain.refusals import AddressTaken, LinkSpent
from stageplus.services.journal.schemas import DeedPage, DeedSearch
from stageplus.services.people.schemas import (
    InvitationPage,
    InvitationSearch,
    Invited,
    PeoplePage,
    PeopleSearch,
    PersonDetail,
)
from stageplus.states import staff_invitation
from stageplus.states.admin import invitations as module
from stageplus.states.admin import journal as journal_module
from stageplus.states.admin import people as people_module
from stageplus.states.admin.invitations import OffaInvitationsState
from stageplus.states.admin.journal import OffaJournalState
from stageplus.states.admin.people import OffaPeopleState, OffaPersonState
from stageplus.states.staff_invitation import StaffInvitationState
from tests.states.test_company_team import answering
from tests.states.test_desks import Read, at, called

LIST = "/offa/comptes/invitations"
NAMED = {"first_name": "Ada", "last_name": "Essai", "new": "une phrase assez longue", "token": "jeton"}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    found = Read(InvitationPage(found_words="2 invitations en attente", page=2, pages=3))
    monkeypatch.setattr(module, "invitations", found)
    return found


@pytest.mark.parametrize(
    ("address", "profile"), [("?profil=coach", "coach"), ("", "operator"), ("?profil=x", "operator")]
)
async def test_the_address_bar_says_whom_to_invite(read: Read, address: str, profile: str) -> None:
    state = at(OffaInvitationsState, LIST + address)
    await called(state, "load")
    assert (state.profile, read.asked[0].role) == (profile, Role(profile))


async def test_another_page_keeps_the_profile(read: Read) -> None:
    state = at(OffaInvitationsState, f"{LIST}?profil=coach&page=2")
    await called(state, "load")
    assert read.asked == [InvitationSearch(role=Role.COACH, page=2)]
    assert (state.before, state.after) == (f"{LIST}?page=1&profil=coach", f"{LIST}?page=3&profil=coach")


async def test_an_invitation_names_its_sectors_and_empties_the_form(monkeypatch: Any, read: Read) -> None:
    asked = answering(monkeypatch, module, "invite_person", "ada@exemple.test")
    state = at(OffaInvitationsState, LIST)
    await called(state, "invite", {"email": "Ada@Exemple.test", "role": "coach", "sectors": ["soins", "bois"]})
    assert (asked[0][0].email, asked[0][0].role, asked[0][0].sectors) == (
        "ada@exemple.test",
        Role.COACH,
        ("soins", "bois"),
    )
    assert "ada@exemple.test" in state.notice and state.form_round == 1


@pytest.mark.parametrize("refusal", [InvalidInput({"email": "Déjà un compte"}), FreshFactorNeeded(), NotFound()])
async def test_a_refused_invitation_keeps_what_was_typed(monkeypatch: Any, read: Read, refusal: Exception) -> None:
    answering(monkeypatch, module, "invite_person", refusal)
    state = at(OffaInvitationsState, LIST)
    await called(state, "invite", {"email": "ada@exemple.test", "role": "offa", "place": None, "sectors": [None]})
    assert (state.notice, state.form_round) == ("", 0)
    assert "place" not in state.errors and (state.errors or state.prove or state.missing)


@pytest.mark.parametrize("role", ["learner", "", "offa; DROP"])
async def test_a_role_that_nobody_is_invited_to_goes_nowhere(monkeypatch: Any, role: str) -> None:
    monkeypatch.setattr(module, "invite_person", pytest.fail)
    state = at(OffaInvitationsState, LIST)
    await called(state, "invite", {"email": "ada@exemple.test", "role": role})
    assert list(state.errors) == ["role"] and state.notice == ""


@pytest.mark.parametrize(("handler", "use_case"), [("renew", "renew_invitation"), ("withdraw", "withdraw_invitation")])
async def test_what_was_done_is_said(monkeypatch: Any, read: Read, handler: str, use_case: str) -> None:
    asked = answering(monkeypatch, module, use_case, "ada@exemple.test")
    state = at(OffaInvitationsState, LIST)
    await called(state, handler, "7")
    await called(state, handler, "7; DROP")
    assert [each[0] for each in asked] == [7, 0]
    assert "ada@exemple.test" in state.notice and len(read.asked) == 2


async def test_opening_a_link_looks_and_its_button_comes_in(monkeypatch: Any) -> None:
    monkeypatch.setattr(staff_invitation, "look_at_invitation", Read(Invited("a@exemple.test", "Équipe d’OFFA")))
    state = at(StaffInvitationState, "/lien/jeton")
    await called(state, "look")
    assert (state.staff.charge, state.done) == ("Équipe d’OFFA", False)
    asked = answering(monkeypatch, staff_invitation, "accept_invitation", Role.COACH)
    await called(state, "join", NAMED)
    assert (state.done, state.desk, asked[0][0]) == (True, "/coach", "jeton")


@pytest.mark.parametrize("refusal", [LinkSpent(), AddressTaken()])
async def test_a_spent_link_says_why(monkeypatch: Any, refusal: Exception) -> None:
    answering(monkeypatch, staff_invitation, "accept_invitation", refusal)
    state = at(StaffInvitationState, "/lien/jeton")
    await called(state, "join", NAMED)
    assert (state.done, state.desk, list(state.errors)) == (False, "", ["form"])


@pytest.mark.parametrize(
    ("handler", "use_case", "typed"),
    [
        ("suspend", "suspend_person", {"person": "7", "reason": "Départ"}),
        ("take_away", "reset_factor", {"person": "7", "reason": "Téléphone perdu"}),
        ("charge", "change_mandate", {"person": "7", "place": None, "sectors": ["soins"]}),
        ("restore", "restore_person", "7"),
    ],
)
async def test_what_was_done_to_a_person_is_said(monkeypatch: Any, handler: str, use_case: str, typed: Any) -> None:
    monkeypatch.setattr(people_module, "person_detail", Read(PersonDetail(charge="Bois")))
    asked = answering(monkeypatch, people_module, use_case, "Ada Essai")
    state = at(OffaPersonState, "/offa/comptes/7")
    await called(state, handler, typed)
    assert asked[0][0] == 7 and "Ada Essai" in state.notice
    assert (state.answered, state.detail.charge) == (1, "Bois")


@pytest.mark.parametrize("refusal", [FreshFactorNeeded(), NotFound()])
async def test_a_refused_suspension_says_nothing_as_done(monkeypatch: Any, refusal: Exception) -> None:
    answering(monkeypatch, people_module, "suspend_person", refusal)
    state = at(OffaPersonState, "/offa/comptes/7")
    await called(state, "suspend", {"person": "x", "reason": "Départ"})
    assert state.notice == "" and (state.prove or state.missing)


async def test_people_are_what_the_address_bar_asks_for(monkeypatch: Any) -> None:
    found = Read(PeoplePage(page=2, pages=3))
    monkeypatch.setattr(people_module, "people", found)
    state = at(OffaPeopleState, "/offa/comptes?q=ana&profil=coach&etat=x&page=2")
    await called(state, "load")
    assert found.asked == [PeopleSearch(text="ana", role="coach", page=2)]
    assert "page=3" in state.after and "q=ana" in state.after
    assert "q=bea" in str(await called(state, "search", {"q": "bea"}))


async def test_the_journal_is_what_the_address_bar_asks_for(monkeypatch: Any) -> None:
    found = Read(DeedPage(page=1, pages=2))
    monkeypatch.setattr(journal_module, "deeds", found)
    state = at(OffaJournalState, "/offa/journal?q=ana&geste=people.joined&du=2026-11-24&au=hier&personne=7")
    await called(state, "load")
    day = date(2026, 11, 24)
    assert found.asked == [DeedSearch(text="ana", action="people.joined", since=day, person=7)]
    assert state.before == "" and "page=2" in state.after
    assert "geste=people.joined" in str(await called(state, "search", {"geste": "people.joined"}))
