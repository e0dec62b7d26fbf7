"""Invitations of operators' staff, coaches and OFFA: once, for some days, and nothing before the second step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Permission, Role, Stage
from stageplus.domain.errors import Denied, FreshFactorNeeded, InvalidInput, NotFound
from stageplus.domain.refusals import AddressTaken, LinkSpent
from stageplus.models import CoachMandate, OperatorMember, Parameter, Person, StaffInvitation
from stageplus.services.accounts.actions import recognise, sign_in
from stageplus.services.accounts.schemas import Credentials
from stageplus.services.people.actions import (
    accept_invitation,
    invite_person,
    renew_invitation,
    withdraw_invitation,
)
from stageplus.services.people.queries import invitations, look_at_invitation
from stageplus.services.people.schemas import InvitationPage, InvitationSearch, InviteInput, JoinInput
from tests import factories
from tests.factories import NOW
from tests.services.people.conftest import ADA, EMAIL, Offa


def waiting(offa: Offa, **asked: Any) -> InvitationPage:
    return invitations(offa.boss, InvitationSearch(**asked), now=NOW, on=offa.database)


def test_staff_of_an_operator_comes_in_for_one_implantation(offa: Offa) -> None:
    token = offa.invited("operator", place=f"{offa.operator}:{offa.namur}")
    shown = look_at_invitation(None, token, now=NOW, on=offa.database)
    assert (shown.email, shown.taken) == (EMAIL, False)
    assert shown.charge == "Équipe de Centre du Nord, implantation de Namur"
    assert accept_invitation(None, token, ADA, now=NOW, on=offa.database) is Role.OPERATOR
    person = offa.person()
    assert person is not None and (person.role, person.first_name) == (Role.OPERATOR, "Ada")
    with reading(offa.database) as session:
        [member] = session.exec(select(OperatorMember)).all()
    assert (member.person_id, member.operator_id, member.implantation_id) == (person.id, offa.operator, offa.namur)
    assert offa.deeds() == ["people.invited", "people.joined"]


def test_a_coach_comes_in_with_every_sector_that_was_ticked(offa: Offa) -> None:
    token = offa.invited("coach", sectors=["soins", "alimentation", "inconnu"])
    assert accept_invitation(None, token, ADA, now=NOW, on=offa.database) is Role.COACH
    with reading(offa.database) as session:
        sectors = set(session.exec(select(CoachMandate.sector_code)).all())
    assert sectors == {"soins", "alimentation"}
    assert "Coach sectoriel\N{NO-BREAK SPACE}: Alimentation, Soins" in offa.mails(EMAIL)[0].text


def test_whoever_came_in_owes_a_second_factor_before_anything_else(offa: Offa) -> None:
    with transaction(offa.database) as session:
        rule = {"effective_from": NOW.date(), "value": "1", "unit": "", "source": ""}
        factories.kept(session, Parameter(name="second_factor_required_offa", **rule))
    accept_invitation(None, offa.invited(), ADA, now=NOW, on=offa.database)
    opened = sign_in(Credentials(EMAIL, "une phrase assez longue"), NOW, on=offa.database)
    actor = recognise(opened.token, NOW, offa.database)
    assert actor is not None and actor.stage is Stage.FACTOR_MISSING
    assert not actor.may(Permission.PEOPLE_MANAGE) and actor.may(Permission.FACTOR_REGISTER)


def test_whoever_invited_is_told_that_somebody_came_in(offa: Offa) -> None:
    accept_invitation(None, offa.invited(), ADA, now=NOW, on=offa.database)
    with reading(offa.database) as session:
        boss = session.get_one(Person, offa.boss.person_id).email
    [mail] = offa.mails(boss)
    assert "Ada Essai a accepté votre invitation" in mail.text


def test_an_invitation_is_used_once_by_twenty_at_a_time(offa: Offa) -> None:
    token = offa.invited("operator", place=str(offa.operator))

    def join(_number: int) -> bool:
        try:
            return accept_invitation(None, token, ADA, now=NOW, on=offa.database) is Role.OPERATOR
        except (LinkSpent, AddressTaken):
            return False

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(join, range(20))) == 1
    with reading(offa.database) as session:
        assert len(session.exec(select(Person).where(Person.email == EMAIL)).all()) == 1
        assert len(session.exec(select(OperatorMember)).all()) == 1
    assert offa.deeds().count("people.joined") == 1


@pytest.mark.parametrize("role", list(Role))
def test_an_address_with_an_account_is_refused_and_its_role_stays(offa: Offa, grown: Any, role: Role) -> None:
    person = grown(role)
    with pytest.raises(InvalidInput) as refused:
        offa.invited(email=person.email.upper())
    assert "a déjà un compte" in refused.value.fields["email"]
    kept = offa.person(person.email)
    assert kept is not None and kept.role is role
    assert offa.mails(person.email) == [] and waiting(offa).rows == []


def test_an_account_made_meanwhile_keeps_its_role_and_the_link_says_so(offa: Offa, grown: Any) -> None:
    token = offa.invited()
    grown(Role.LEARNER, email=EMAIL)
    assert look_at_invitation(None, token, now=NOW, on=offa.database).taken
    with pytest.raises(AddressTaken):
        accept_invitation(None, token, ADA, now=NOW, on=offa.database)
    with pytest.raises(InvalidInput):
        renew_invitation(offa.boss, waiting(offa).rows[0].invitation_id, now=NOW, on=offa.database)
    kept = offa.person()
    assert kept is not None and kept.role is Role.LEARNER


@pytest.mark.parametrize("role", ["learner", "company", "", "admin"])
def test_learners_and_companies_come_in_another_way(role: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        InviteInput.read({"email": EMAIL, "role": role})
    assert list(refused.value.fields) == ["role"]


def test_a_mandate_names_what_exists(offa: Offa) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("operator", {}, "place"),
        ("operator", {"place": "999"}, "place"),
        ("operator", {"place": f"{offa.operator}:{offa.dinant}"}, "place"),
        ("operator", {"place": f"{offa.operator}:x"}, "place"),
        ("coach", {}, "sectors"),
        ("coach", {"sectors": ["inconnu"]}, "sectors"),
    ]
    for role, chosen, field in wrong:
        with pytest.raises(InvalidInput) as refused:
            offa.invited(role, **chosen)
        assert list(refused.value.fields) == [field], chosen
    assert waiting(offa).rows == [] and offa.deeds() == []


def test_an_invitation_ends_with_its_days(offa: Offa) -> None:
    token = offa.invited()
    with pytest.raises(LinkSpent):
        accept_invitation(None, token, ADA, now=NOW + timedelta(days=7), on=offa.database)
    assert offa.person() is None
    later = invitations(offa.boss, InvitationSearch(), now=NOW + timedelta(days=7), on=offa.database)
    assert [row.expired for row in later.rows] == [True] and not waiting(offa).rows[0].expired


def test_a_withdrawn_invitation_lets_nobody_in(offa: Offa) -> None:
    token = offa.invited()
    [row] = waiting(offa).rows
    assert withdraw_invitation(offa.colleague, row.invitation_id, now=NOW, on=offa.database) == EMAIL
    with pytest.raises(LinkSpent):
        accept_invitation(None, token, ADA, now=NOW, on=offa.database)
    for again in (withdraw_invitation, renew_invitation):
        with pytest.raises(NotFound):
            again(offa.boss, row.invitation_id, now=NOW, on=offa.database)
    assert waiting(offa).rows == [] and offa.person() is None


def test_sending_again_ends_the_old_link_and_starts_the_days_anew(offa: Offa) -> None:
    first, later = offa.invited(), NOW + timedelta(days=8)
    [row] = waiting(offa).rows
    with transaction(offa.database) as session:
        factories.a_session(session, offa.colleague.person_id)
    fresh = type(offa.colleague)(offa.colleague.person_id, Role.OFFA, proved_at=later)
    assert renew_invitation(fresh, row.invitation_id, now=later, on=offa.database) == EMAIL
    with pytest.raises(LinkSpent):
        accept_invitation(None, first, ADA, now=later, on=offa.database)
    assert accept_invitation(None, offa.token(), ADA, now=later + timedelta(days=6), on=offa.database) is Role.OFFA
    with pytest.raises(NotFound):
        renew_invitation(fresh, row.invitation_id, now=later, on=offa.database)


def test_another_invitation_of_an_address_ends_the_first(offa: Offa) -> None:
    first = offa.invited("coach", sectors=["soins"])
    second = offa.invited("operator", place=str(offa.operator))
    with pytest.raises(LinkSpent):
        accept_invitation(None, first, ADA, now=NOW, on=offa.database)
    assert [row.charge for row in waiting(offa).rows] == ["Équipe de Centre du Nord"]
    assert accept_invitation(None, second, ADA, now=NOW, on=offa.database) is Role.OPERATOR


@pytest.mark.parametrize("easy", ["essai ada essai", "centre du nord", "aaaaaaaaaaaa"])
def test_an_easy_password_uses_no_link(offa: Offa, easy: str) -> None:
    token = offa.invited("operator", place=str(offa.operator))
    with pytest.raises(InvalidInput) as refused:
        accept_invitation(None, token, ADA.model_copy(update={"new": easy}), now=NOW, on=offa.database)
    assert list(refused.value.fields) == ["new"]
    assert accept_invitation(None, token, ADA, now=NOW, on=offa.database) is Role.OPERATOR


def test_a_name_and_a_password_are_asked() -> None:
    with pytest.raises(InvalidInput) as refused:
        JoinInput.read({"first_name": " ", "new": "court"})
    assert set(refused.value.fields) == {"first_name", "last_name", "new"}


def test_inviting_asks_for_a_recent_proof(offa: Offa) -> None:
    offa.invited()
    [row] = waiting(offa).rows
    later = NOW + timedelta(minutes=10)
    deeds: list[Any] = [
        lambda: invite_person(
            offa.boss, InviteInput(email="bea@exemple.test", role=Role.OFFA), now=later, on=offa.database
        ),
        lambda: renew_invitation(offa.boss, row.invitation_id, now=later, on=offa.database),
        lambda: withdraw_invitation(offa.boss, row.invitation_id, now=later, on=offa.database),
    ]
    for deed in deeds:
        with pytest.raises(FreshFactorNeeded):
            deed()
    assert offa.mails("bea@exemple.test") == [] and len(offa.mails(EMAIL)) == 1


def test_only_offa_lets_people_in(offa: Offa) -> None:
    with transaction(offa.database) as session:
        staff = factories.a_staff_member(session, offa.operator)
        coach = factories.a_coach(session, "soins")
    for actor in (staff, coach, None):
        with pytest.raises(Denied):
            invite_person(actor, InviteInput(email=EMAIL, role=Role.OFFA), now=NOW, on=offa.database)
        with pytest.raises(Denied):
            invitations(actor, InvitationSearch(), now=NOW, on=offa.database)
    assert offa.person() is None and offa.mails(EMAIL) == []


def test_a_token_of_nothing_invites_nobody(offa: Offa) -> None:
    assert look_at_invitation(None, "rien", now=NOW, on=offa.database).email == ""
    with pytest.raises(NotFound):
        accept_invitation(None, "rien", ADA, now=NOW, on=offa.database)


def test_the_list_has_pages_and_what_its_form_needs(offa: Offa) -> None:
    with transaction(offa.database) as session:
        days = {"sent_at": NOW, "expires_at": NOW + timedelta(days=7)}
        for number in range(51):
            session.add(StaffInvitation(email=f"n{number}@exemple.test", role=Role.OFFA, **days))
    first, last = waiting(offa), waiting(offa, role=Role.COACH, page=9)
    assert (len(first.rows), first.pages, len(last.rows), last.page) == (50, 2, 1, 2)
    assert first.found_words == "51 invitations en attente"
    assert (f"{offa.operator}:{offa.namur}", "Centre du Nord, implantation de Namur") in first.places
    assert first.sectors == [] and last.places == [] and ("soins", "Soins") in last.sectors
