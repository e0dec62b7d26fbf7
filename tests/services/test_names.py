"""Lists put « Élodie » where everybody looks for her, and find her however she is typed, on both databases."""

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.models import Company, CompanyMember, Operator
from stageplus.services.activation.actions import print_codes
from stageplus.services.activation.schemas import ChosenInput
from stageplus.services.approvals.queries import approvals
from stageplus.services.approvals.schemas import ApprovalSearch
from stageplus.services.enrolment.queries import my_enrolments
from stageplus.services.enrolment.schemas import EnrolmentSearch
from stageplus.services.teams.queries import my_establishments, my_team
from tests import factories
from tests.factories import NOW

SORTED = ["Dubois", "Évrard", "Fabre", "Özgür", "Zeller"]


@pytest.fixture
def staff(database: Engine) -> Actor:
    """Enrol five people in another order than that of the alphabet, with a member of staff who sees them."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator: Operator = factories.an_operator(session)
        for name in reversed(SORTED):
            factories.an_enrolment(session, operator, first_name="Élodie", last_name=name)
        return factories.a_staff_member(session, operator.id or 0)


def test_enrolments_and_slips_are_in_the_order_of_the_alphabet(staff: Actor, database: Engine) -> None:
    rows = my_enrolments(staff, EnrolmentSearch(), now=NOW, on=database).rows
    assert [row.name.split()[0] for row in rows] == SORTED
    slips = print_codes(staff, ChosenInput(everybody=True), now=NOW, on=database)
    assert [slip.name.split()[-1] for slip in slips] == SORTED


@pytest.mark.parametrize("typed", ["ozgur", "ÖZGÜR", "elodie oz", "Élodie özgür"])
def test_an_enrolment_is_found_without_accents_or_case(staff: Actor, database: Engine, typed: str) -> None:
    rows = my_enrolments(staff, EnrolmentSearch(q=typed), now=NOW, on=database).rows
    assert [row.name for row in rows] == ["Özgür Élodie"]


def test_a_team_and_its_establishments_are_in_the_order_of_the_alphabet(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        company: Company = factories.a_company(session)
        for name in ("Zinc", "Église", "Four"):
            factories.an_establishment(session, company, name=name)
        people = [factories.a_person(session, Role.COMPANY, last_name=name) for name in ("Zeller", "Évrard", "Fabre")]
        session.add_all(CompanyMember(person_id=each.id or 0, company_id=company.id or 0) for each in people)
        actor = Actor(people[0].id or 0, Role.COMPANY, company_id=company.id)
    team = my_team(actor, now=NOW, on=database)
    assert [row.name for row in team.members] == ["Lou Évrard", "Lou Fabre", "Lou Zeller"]
    assert [name for _number, name in team.establishments] == ["Église", "Four", "Zinc"]
    assert [card.name for card in my_establishments(actor, now=NOW, on=database)] == ["Église", "Four", "Zinc"]


@pytest.mark.parametrize("typed", ["epi d'or", "ÉGLISE", "boulangere eglise", "épi boulanger"])
def test_an_agrement_is_found_by_company_establishment_and_trade(database: Engine, typed: str) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        for company, house in (("L’Épi d’Or", "Atelier de l’Église"), ("Zinc", "Atelier de la Gare")):
            place = factories.an_establishment(session, factories.a_company(session, name=company), name=house)
            factories.an_approval(session, place)
        offa = factories.an_offa_member(session)
    found = approvals(offa, ApprovalSearch(text=typed), now=NOW, on=database).rows
    assert [row.company for row in found] == ["L’Épi d’Or"]
