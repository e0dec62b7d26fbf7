"""A company's team: who decides, who is let in, and never a company without an administrator."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, func, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, DomainError, FreshFactorNeeded, InvalidInput, NotFound
from stageplus.domain.refusals import LastAdministrator, LinkSpent
from stageplus.models import (
    CompanyInvitation,
    CompanyMember,
    Establishment,
    JournalEntry,
    MemberEstablishment,
    OutboxMessage,
    Parameter,
    Person,
    SignInSession,
    TutorLimit,
)
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.queries import token_hash
from stageplus.services.teams.actions import (
    accept_invitation,
    change_member,
    hand_over,
    invite_member,
    leave_team,
    remove_member,
    switch_company,
    withdraw_invitation,
)
from stageplus.services.teams.queries import (
    look_at_invitation,
    my_companies,
    my_establishments,
    my_team,
    team_member,
)
from stageplus.services.teams.schemas import InviteInput, JoinInput, ScopeInput
from tests import factories
from tests.factories import NOW

ADA = JoinInput.read({"first_name": "Ada", "last_name": "Essai", "new": "une phrase assez longue"})
EVERYWHERE, ADMIN = ScopeInput(everywhere=True), ScopeInput(is_admin=True)


@dataclass(frozen=True)
class House:
    """A company with two establishments, its administrator, a member, and the administrator of another company."""

    database: Engine
    company: int
    places: tuple[int, int]
    admin: Actor
    member: Actor
    stranger: Actor

    def invited(self, email: str = "ada@demo.test", **changed: Any) -> str:
        """Invite somebody and return the token of the mailed link."""
        data = InviteInput.read({"email": email, "everywhere": "oui"} | changed)
        invite_member(self.admin, data, now=NOW, on=self.database)
        with reading(self.database) as session:
            mails = select(OutboxMessage.text).where(OutboxMessage.recipient == email)
            text = session.exec(mails.order_by(col(OutboxMessage.id).desc())).first() or ""
        return text.split("/lien/")[1].split()[0] if "/lien/" in text else ""

    def administrators(self) -> int:
        """Count who decides for the company."""
        with reading(self.database) as session:
            admins = select(func.count()).select_from(CompanyMember).where(CompanyMember.company_id == self.company)
            return session.exec(admins.where(col(CompanyMember.is_admin))).one()

    def member_row(self, person_id: int) -> CompanyMember | None:
        """Return what somebody may do."""
        with reading(self.database) as session:
            return session.get(CompanyMember, (person_id, self.company))


@pytest.fixture
def house(database: Engine) -> House:
    with transaction(database) as session:
        factories.minimal_reference(session)
        company = factories.a_company(session)
        places = [factories.an_establishment(session, company).id or 0 for _number in range(2)]
        stranger = factories.a_company(session)
        factories.an_establishment(session, stranger)
        return House(
            database,
            company.id or 0,
            (places[0], places[1]),
            factories.a_member(session, company.id or 0, is_admin=True),
            factories.a_member(session, company.id or 0, places[0]),
            factories.a_member(session, stranger.id or 0, is_admin=True),
        )


def person_named(house: House, email: str) -> Person | None:
    with reading(house.database) as session:
        return session.exec(select(Person).where(Person.email == email)).first()


def test_a_newcomer_makes_an_account_with_the_link_and_acts_where_invited(house: House) -> None:
    token = house.invited(everywhere="", establishments=[str(house.places[1]), "999"])
    shown = look_at_invitation(None, token, now=NOW, on=house.database)
    assert (shown.email, shown.has_account) == ("ada@demo.test", False)
    accept_invitation(None, token, ADA, now=NOW, on=house.database)
    person = person_named(house, "ada@demo.test")
    assert person is not None and person.role is Role.COMPANY
    ada = Actor(person.id or 0, Role.COMPANY, company_id=house.company)
    assert len(my_establishments(ada, now=NOW, on=house.database)) == 1
    with reading(house.database) as session:
        deeds = session.exec(select(JournalEntry.action).where(JournalEntry.subject_id == person.id)).all()
    assert deeds == ["team.joined"]


def test_whoever_has_an_account_joins_with_the_button_alone(house: House) -> None:
    known = person_named(house, "x@demo.test")
    assert known is None
    with reading(house.database) as session:
        email = session.get_one(Person, house.stranger.person_id).email
    token = house.invited(email, is_admin="oui")
    assert look_at_invitation(None, token, now=NOW, on=house.database).has_account
    accept_invitation(None, token, JoinInput(), now=NOW, on=house.database)
    row = house.member_row(house.stranger.person_id)
    assert row is not None and (row.is_admin, row.everywhere) == (True, True)
    names = [choice.is_current for choice in my_companies(house.stranger, now=NOW, on=house.database)]
    assert sorted(names) == [False, True]


def test_an_invitation_is_used_once_by_twenty_at_a_time(house: House) -> None:
    token = house.invited()

    def join(_number: int) -> bool:
        try:
            return accept_invitation(None, token, ADA, now=NOW, on=house.database)
        except LinkSpent:
            return False

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(join, range(20))) == 1
    with reading(house.database) as session:
        assert len(session.exec(select(Person).where(Person.email == "ada@demo.test")).all()) == 1


@pytest.mark.parametrize("field", ["first_name", "last_name", "new"])
def test_what_is_missing_uses_no_link(house: House, field: str) -> None:
    token = house.invited()
    with pytest.raises(InvalidInput) as refused:
        accept_invitation(None, token, ADA.model_copy(update={field: ""}), now=NOW, on=house.database)
    assert list(refused.value.fields) == [field]
    assert accept_invitation(None, token, ADA, now=NOW, on=house.database)


def test_an_invitation_ends_with_its_days_or_when_it_is_withdrawn_or_renewed(house: House) -> None:
    first = house.invited()
    second = house.invited()
    with pytest.raises(LinkSpent):
        accept_invitation(None, first, ADA, now=NOW, on=house.database)
    with pytest.raises(LinkSpent):
        accept_invitation(None, second, ADA, now=NOW + timedelta(days=15), on=house.database)
    [waiting] = my_team(house.admin, now=NOW, on=house.database).invitations
    with pytest.raises(NotFound):
        withdraw_invitation(house.stranger, waiting.invitation_id, now=NOW, on=house.database)
    assert withdraw_invitation(house.admin, waiting.invitation_id, now=NOW, on=house.database).invitations == []
    with pytest.raises(LinkSpent):
        accept_invitation(None, second, ADA, now=NOW, on=house.database)
    assert person_named(house, "ada@demo.test") is None


def test_an_address_of_another_profile_is_told_and_never_joins(house: House) -> None:
    with transaction(house.database) as session:
        factories.a_person(session, Role.LEARNER, email="ada@demo.test")
    assert house.invited() == ""
    assert len(my_team(house.admin, now=NOW, on=house.database).invitations) == 1


def test_somebody_of_the_team_is_not_invited_again(house: House) -> None:
    with reading(house.database) as session:
        email = session.get_one(Person, house.member.person_id).email
    with pytest.raises(InvalidInput) as refused:
        house.invited(email)
    assert list(refused.value.fields) == ["email"]


def test_a_scope_names_an_establishment_of_the_company(house: House) -> None:
    with reading(house.database) as session:
        foreign = select(Establishment.id).where(Establishment.company_id == house.stranger.company_id)
        theirs = session.exec(foreign).one()
    for chosen in ([], [str(theirs)], ["x"]):
        with pytest.raises(InvalidInput) as refused:
            house.invited(everywhere="", establishments=chosen)
        assert list(refused.value.fields) == ["establishments"]
    with reading(house.database) as session:
        assert session.exec(select(CompanyInvitation)).all() == []


def test_an_administrator_changes_what_somebody_may_do(house: House) -> None:
    data = ScopeInput(establishments=(house.places[1],))
    shown = change_member(house.admin, house.member.person_id, data, now=NOW, on=house.database)
    assert (shown.everywhere, shown.chosen) == (False, [str(house.places[1])])
    change_member(house.admin, house.member.person_id, EVERYWHERE, now=NOW, on=house.database)
    with reading(house.database) as session:
        assert session.exec(select(MemberEstablishment)).all() == []
    assert team_member(house.admin, house.member.person_id, now=NOW, on=house.database).everywhere


def test_only_administrators_of_this_company_change_it(house: House) -> None:
    deeds: list[Any] = [
        lambda actor: invite_member(
            actor, InviteInput(email="a@demo.test", everywhere=True), now=NOW, on=house.database
        ),
        lambda actor: change_member(actor, house.admin.person_id, EVERYWHERE, now=NOW, on=house.database),
        lambda actor: hand_over(actor, house.member.person_id, now=NOW, on=house.database),
        lambda actor: remove_member(actor, house.admin.person_id, now=NOW, on=house.database),
    ]
    for deed in deeds:
        with pytest.raises(Denied):
            deed(house.member)
        with pytest.raises(Denied):
            deed(None)
    for deed in deeds[1:]:
        with pytest.raises(NotFound):
            deed(house.stranger)
    assert house.administrators() == 1


def test_a_team_changes_only_after_a_recent_proof(house: House) -> None:
    later = NOW + timedelta(minutes=11)
    with pytest.raises(FreshFactorNeeded):
        remove_member(house.admin, house.member.person_id, now=later, on=house.database)
    assert house.member_row(house.member.person_id) is not None


def test_members_see_names_and_administrators_addresses(house: House) -> None:
    seen = my_team(house.member, now=NOW, on=house.database)
    assert not seen.may_manage and {row.email for row in seen.members} == {""}
    assert all(row.email for row in my_team(house.admin, now=NOW, on=house.database).members)
    with pytest.raises(NotFound):
        team_member(house.member, house.admin.person_id, now=NOW, on=house.database)
    outside = Actor(house.member.person_id, Role.COMPANY, company_id=house.stranger.company_id)
    with pytest.raises(NotFound):
        my_team(outside, now=NOW, on=house.database)


def test_the_only_administrator_stays_until_another_is_there(house: House) -> None:
    alone = (
        lambda: remove_member(house.admin, house.admin.person_id, now=NOW, on=house.database),
        lambda: leave_team(house.admin, now=NOW, on=house.database),
        lambda: change_member(house.admin, house.admin.person_id, EVERYWHERE, now=NOW, on=house.database),
    )
    for deed in alone:
        with pytest.raises(LastAdministrator):
            deed()
    hand_over(house.admin, house.member.person_id, now=NOW, on=house.database)
    new, old = house.member_row(house.member.person_id), house.member_row(house.admin.person_id)
    assert new is not None and old is not None
    assert (new.is_admin, old.is_admin, old.everywhere) == (True, False, True)
    leave_team(house.admin, now=NOW, on=house.database)
    assert house.administrators() == 1


def test_twenty_removals_at_a_time_leave_an_administrator(house: House) -> None:
    with transaction(house.database) as session:
        crowd = [factories.a_member(session, house.company, is_admin=True) for _number in range(19)]
    everybody = [house.admin, *crowd]

    def remove(number: int) -> bool:
        other = everybody[(number + 1) % 20].person_id
        try:
            if number % 2:
                remove_member(everybody[number], other, now=NOW, on=house.database)
            else:
                leave_team(everybody[number], now=NOW, on=house.database)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(remove, range(20)))
    assert house.administrators() >= 1
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda number: remove(number - number % 2), range(20)))
    assert house.administrators() >= 1


def test_whoever_is_removed_is_out_at_once_and_told(house: House) -> None:
    remove_member(house.admin, house.member.person_id, now=NOW, on=house.database)
    assert my_establishments(house.member, now=NOW, on=house.database) == []
    with reading(house.database) as session:
        email = session.get_one(Person, house.member.person_id).email
        assert session.exec(select(OutboxMessage.kind).where(OutboxMessage.recipient == email)).all() == ["team"]
        assert session.exec(select(MemberEstablishment)).all() == []


def opened(house: House, actor: Actor, token: str) -> None:
    with transaction(house.database) as session:
        for name, value in (("idle_minutes", "60"), ("absolute_hours", "12")):
            name = f"session_{name}_company"
            factories.kept(session, Parameter(name=name, effective_from=NOW.date(), value=value, unit="", source=""))
        row = {"person_id": actor.person_id, "token_hash": token_hash(token), "created_at": NOW, "last_seen_at": NOW}
        session.add(SignInSession(**row))


def test_switching_acts_for_the_other_company_under_a_fresh_token(house: House) -> None:
    with transaction(house.database) as session:
        session.add(CompanyMember(person_id=house.member.person_id, company_id=house.stranger.company_id or 0))
    opened(house, house.member, "jeton")
    fresh = switch_company(house.member, "jeton", house.stranger.company_id or 0, now=NOW, on=house.database)
    assert recognise("jeton", NOW, house.database) is None
    found = recognise(fresh, NOW, house.database)
    assert found is not None and found.company_id == house.stranger.company_id


def test_nobody_switches_to_a_company_that_is_not_theirs(house: House) -> None:
    opened(house, house.member, "jeton")
    for company_id in (house.stranger.company_id or 0, 0, 999_999):
        with pytest.raises(NotFound):
            switch_company(house.member, "jeton", company_id, now=NOW, on=house.database)
    with pytest.raises(Denied):
        switch_company(house.member, "un autre jeton", house.company, now=NOW, on=house.database)
    assert recognise("jeton", NOW, house.database) is not None


def test_establishments_show_agreements_capacity_and_people(house: House) -> None:
    with transaction(house.database) as session:
        place = session.get_one(Establishment, house.places[0])
        factories.an_approval(session, place)
        factories.kept(
            session,
            TutorLimit(sector_code="alimentation", effective_from=NOW.date(), learners=2, source="test"),
        )
        factories.an_offer(session, place, places=3, places_taken=1)
    cards = my_establishments(house.admin, now=NOW, on=house.database)
    card = next(card for card in cards if card.approvals)
    assert (card.capacity, card.used, card.left) == (
        "5 apprenants au plus (5 travailleurs sous contrat)",
        "3 en ligne · 1 déjà prise",
        "2",
    )
    assert "2 apprenants à la fois" in card.tutors
    assert [held.state_words for held in card.approvals] == ["Accordé"]
    assert card.people.count("Lou") == 2
    assert len(my_establishments(house.member, now=NOW, on=house.database)) == 1
