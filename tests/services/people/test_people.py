"""OFFA finds people, suspends and restores them, changes mandates; it never loses its last member."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.domain.errors import (
    AlreadyDone,
    Denied,
    DomainError,
    FreshFactorNeeded,
    InvalidInput,
    NotFound,
    NotPossible,
)
from stageplus.domain.refusals import AccountSuspended
from stageplus.models import OperatorMember, Person
from stageplus.services.accounts.actions import recognise, sign_in
from stageplus.services.accounts.passwords import hash_password
from stageplus.services.accounts.schemas import Credentials
from stageplus.services.people.actions import change_mandate, restore_person, suspend_person
from stageplus.services.people.queries import people, person_detail
from stageplus.services.people.schemas import MandateInput, PeopleSearch, SuspensionInput
from tests import factories
from tests.factories import NOW
from tests.services.people.conftest import Offa

WHY, PASSWORD = SuspensionInput(reason="Départ de l’équipe"), "une phrase assez longue"


def listed(offa: Offa, **asked: Any) -> list[str]:
    return [row.email for row in people(offa.boss, PeopleSearch(**asked), now=NOW, on=offa.database).rows]


def test_a_suspension_ends_sessions_at_once_and_is_told_and_taken_back(offa: Offa, grown: Any) -> None:
    person = grown(Role.OFFA, email="lou@exemple.test", password_hash=hash_password(PASSWORD))
    opened = sign_in(Credentials(person.email, PASSWORD), NOW, on=offa.database)
    assert recognise(opened.token, NOW, offa.database) is not None
    suspend_person(offa.boss, person.id, WHY, now=NOW, on=offa.database)
    assert recognise(opened.token, NOW, offa.database) is None
    with pytest.raises(AccountSuspended):
        sign_in(Credentials(person.email, PASSWORD), NOW, on=offa.database)
    with pytest.raises(Denied):
        sign_in(Credentials(person.email, "une phrase bien fausse"), NOW, on=offa.database)
    with pytest.raises(AlreadyDone):
        suspend_person(offa.boss, person.id, WHY, now=NOW, on=offa.database)
    assert WHY.reason in offa.mails(person.email)[-1].text
    restore_person(offa.boss, person.id, now=NOW, on=offa.database)
    assert recognise(opened.token, NOW, offa.database) is None
    again = sign_in(Credentials(person.email, PASSWORD), NOW, on=offa.database)
    assert recognise(again.token, NOW, offa.database) is not None
    assert offa.deeds() == ["people.suspended", "people.restored"]
    with pytest.raises(AlreadyDone):
        restore_person(offa.boss, person.id, now=NOW, on=offa.database)


def test_a_session_that_slipped_in_is_nobody_while_suspended(offa: Offa, grown: Any) -> None:
    person = grown(Role.OFFA, suspended_at=NOW)
    with transaction(offa.database) as session:
        factories.a_session(session, person.id, "glissé")
    assert recognise("glissé", NOW, offa.database) is None


def test_nobody_suspends_themselves(offa: Offa) -> None:
    with pytest.raises(NotFound):
        suspend_person(offa.boss, offa.boss.person_id, WHY, now=NOW, on=offa.database)


def test_two_who_suspend_each_other_leave_one(offa: Offa) -> None:
    pairs = [(offa.boss, offa.colleague), (offa.colleague, offa.boss)] * 10

    def suspend(number: int) -> bool:
        actor, other = pairs[number]
        try:
            return bool(suspend_person(actor, other.person_id, WHY, now=NOW, on=offa.database))
        except DomainError:
            return False

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(suspend, range(20))) == 1
    with reading(offa.database) as session:
        desk = select(func.count()).select_from(Person).where(Person.role == Role.OFFA)
        assert session.exec(desk.where(col(Person.suspended_at).is_(None))).one() == 1


def test_a_coach_gets_other_sectors_and_staff_another_place(offa: Offa) -> None:
    with transaction(offa.database) as session:
        coach = factories.a_coach(session, "soins").person_id
        staff = factories.a_staff_member(session, offa.operator).person_id
    change_mandate(offa.boss, coach, MandateInput(sectors=("alimentation",)), now=NOW, on=offa.database)
    assert person_detail(offa.boss, coach, now=NOW, on=offa.database).chosen == ["alimentation"]
    place = f"{offa.other}:{offa.dinant}"
    change_mandate(offa.boss, staff, MandateInput(place=place), now=NOW, on=offa.database)
    shown = person_detail(offa.boss, staff, now=NOW, on=offa.database)
    assert (shown.place, shown.charge) == (place, "Équipe de Centre du Sud, implantation de Dinant")
    with reading(offa.database) as session:
        assert len(session.exec(select(OperatorMember)).all()) == 1
    assert "Centre du Sud" in offa.mails(shown.row.email)[-1].text


def test_a_mandate_that_names_nothing_changes_nothing(offa: Offa) -> None:
    with transaction(offa.database) as session:
        coach = factories.a_coach(session, "soins").person_id
    with pytest.raises(InvalidInput):
        change_mandate(offa.boss, coach, MandateInput(sectors=("inconnu",)), now=NOW, on=offa.database)
    with pytest.raises(NotPossible):
        change_mandate(offa.boss, offa.colleague.person_id, MandateInput(), now=NOW, on=offa.database)
    assert person_detail(offa.boss, coach, now=NOW, on=offa.database).chosen == ["soins"]


def test_changes_ask_for_a_recent_proof(offa: Offa) -> None:
    later = NOW + timedelta(minutes=10)
    for deed in (
        lambda: suspend_person(offa.boss, offa.colleague.person_id, WHY, now=later, on=offa.database),
        lambda: restore_person(offa.boss, offa.colleague.person_id, now=later, on=offa.database),
        lambda: change_mandate(offa.boss, offa.colleague.person_id, MandateInput(), now=later, on=offa.database),
    ):
        with pytest.raises(FreshFactorNeeded):
            deed()


def test_people_are_found_by_name_address_and_organization(offa: Offa, grown: Any) -> None:
    grown(Role.LEARNER, first_name="Zoé", last_name="Tintin", email="zoe@exemple.test")
    grown(Role.COACH, last_name="Perdu", email="perdu@exemple.test", unreachable_since=NOW, suspended_at=NOW)
    with transaction(offa.database) as session:
        staff = factories.a_staff_member(session, offa.operator)
        house = session.get_one(Person, staff.person_id).email
    assert listed(offa, text="tin zoé") == ["zoe@exemple.test"]
    assert listed(offa, text="zoe@exemple") == ["zoe@exemple.test"]
    assert listed(offa, text="centre du nord") == [house]
    assert listed(offa, state="suspendu") == listed(offa, state="injoignable") == ["perdu@exemple.test"]
    assert listed(offa, role="learner") == ["zoe@exemple.test"]
    assert listed(offa, text="100%") == []


def test_accents_neither_hide_people_nor_sort_them_last(offa: Offa, grown: Any) -> None:
    for name in ("Zeller", "Évrard", "D’Hondt-Özgür", "Fabre"):
        grown(Role.COACH, first_name="Élodie", last_name=name, email=f"{len(name)}{name[0].lower()}@exemple.test")
    with transaction(offa.database) as session:
        house = factories.an_operator(session, name="Centre des Ébénistes").id
        staff = factories.a_staff_member(session, house)
        address = session.get_one(Person, staff.person_id).email
    named = [row.name for row in people(offa.boss, PeopleSearch(role="coach"), now=NOW, on=offa.database).rows]
    assert named == ["D’Hondt-Özgür Élodie", "Évrard Élodie", "Fabre Élodie", "Zeller Élodie"]
    assert listed(offa, text="EVRARD elodie") == listed(offa, text="évrard") == ["6é@exemple.test"]
    assert listed(offa, text="ozgur") == listed(offa, text="d'hondt") == ["13d@exemple.test"]
    assert listed(offa, text="ebenistes") == [address]


def test_an_unknown_person_is_not_found(offa: Offa) -> None:
    with pytest.raises(NotFound):
        person_detail(offa.boss, 999_999, now=NOW, on=offa.database)
    with pytest.raises(NotFound):
        suspend_person(offa.boss, 999_999, WHY, now=NOW, on=offa.database)
