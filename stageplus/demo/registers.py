"""What there is to try in the registers: teams, a claim that waits, a disagreement, an agrément that was suspended."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast, a_company, a_person
from stageplus.domain.actors import Actor, Role
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.claims import ClaimState
from stageplus.domain.identifiers import with_check_digits
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Approval,
    Company,
    CompanyClaim,
    CompanyMember,
    Establishment,
    MemberEstablishment,
    Offer,
    Operator,
    OperatorMember,
)
from stageplus.services.approvals.recording import Decision, locked_approval, record_decision
from stageplus.services.claims.queries import DEMO_HOUSE

BAKER = ("boulanger", "Fournil", "Pétrir, façonner et cuire avec l’équipe.")
SUSPENDED_OFFERS = (OfferStatus.PUBLISHED, OfferStatus.PUBLISHED, OfferStatus.DRAFT)


def fill_registers(cast: Cast, operators: list[Operator]) -> list[Offer]:
    """Add them to the world, and return the offers that come with them."""
    _contacts(operators)
    _team(cast)
    _waiting_claim(cast)
    a_company(cast, DEMO_HOUSE, cast.town("Namur"), BAKER, [])
    _disagreement(cast, operators)
    _double(cast)
    return _suspended(cast, operators)


def _contacts(operators: list[Operator]) -> None:
    for number, operator in enumerate(operators):
        operator.contact_email, operator.contact_phone = f"agrements{number}@demo.test", f"081 00 00 {number:02}"


def _team(cast: Cast) -> None:
    cloud = cast.session.exec(select(Company).where(Company.name == "Boulangerie du Nuage")).one()
    houses = cast.session.exec(select(Establishment).where(Establishment.company_id == cloud.id)).all()
    pastry = next(house for house in houses if "Pâtisserie" in house.name)
    partner = a_person(cast, Role.COMPANY, "associe@demo.test", "Félix", "Brioche")
    cast.kept(CompanyMember(person_id=partner.id or 0, company_id=cloud.id or 0, is_admin=True))
    pastry_cook = a_person(cast, Role.COMPANY, "patisserie@demo.test", "Agathe", "Éclair")
    cast.kept(CompanyMember(person_id=pastry_cook.id or 0, company_id=cloud.id or 0, everywhere=False))
    cast.kept(
        MemberEstablishment(person_id=pastry_cook.id or 0, company_id=cloud.id or 0, establishment_id=pastry.id or 0)
    )
    other = cast.session.exec(select(Company).where(Company.name != cloud.name).order_by(col(Company.id))).first()
    assert other is not None
    cast.kept(CompanyMember(person_id=partner.id or 0, company_id=other.id or 0))


def _waiting_claim(cast: Cast) -> None:
    a_company(cast, "Fournil du Colibri", cast.town("Namur"), BAKER, [])
    company = cast.session.exec(select(Company).where(Company.name == "Fournil du Colibri")).one()
    house = cast.session.exec(select(Establishment).where(Establishment.company_id == company.id)).one()
    person = a_person(cast, Role.COMPANY, "demande@demo.test", "Colombe", "Levain")
    cast.kept(
        CompanyClaim(
            enterprise_number=company.enterprise_number,
            establishment_number=house.number,
            company_name="Fournil du Colibri SRL",
            postal_code=house.postal_code,
            function="Gérante",
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            person_id=person.id,
            state=ClaimState.WAITING,
            created_at=cast.now - timedelta(days=1, hours=2),
            confirmed_at=cast.now - timedelta(days=1),
        )
    )


def _disagreement(cast: Cast, operators: list[Operator]) -> None:
    a_company(cast, "Atelier du Désaccord", cast.town("Namur"), BAKER, [])
    _decide(cast, "Atelier du Désaccord", operators[1], ApprovalState.SUSPENDED, "Le tuteur a quitté l’entreprise.")


def _suspended(cast: Cast, operators: list[Operator]) -> list[Offer]:
    offers = a_company(cast, "Pains de la Lune", cast.town("Namur"), BAKER, list(SUSPENDED_OFFERS))
    person = a_person(cast, Role.COMPANY, "suspendue@demo.test", "Luna", "Farine")
    cast.kept(CompanyMember(person_id=person.id or 0, company_id=offers[0].company_id, is_admin=True))
    reason = "Contrôle de sécurité du four, à refaire avant la fin du mois."
    _decide(cast, "Pains de la Lune", operators[0], ApprovalState.SUSPENDED, reason)
    return offers


def _decide(cast: Cast, company: str, operator: Operator, state: ApprovalState, reason: str) -> None:
    found = select(Establishment).join(Company).where(Company.name == company)
    house = cast.session.exec(found).one()
    approval = locked_approval(cast.session, house.id or 0, BAKER[0])
    staff = cast.session.exec(select(OperatorMember).where(OperatorMember.operator_id == operator.id)).first()
    assert isinstance(approval, Approval) and staff is not None
    actor = Actor(staff.person_id, Role.OPERATOR, operator_id=operator.id)
    when = cast.now - timedelta(days=2)
    record_decision(cast.session, actor, approval, Decision(operator.id, state, when.date(), reason), when)


def _double(cast: Cast) -> None:
    """Let a bakery be in the register twice, as after a file with a number copied wrongly."""
    cloud = cast.session.exec(select(Company).where(Company.name == "Boulangerie du Nuage")).one()
    double = cast.kept(Company(enterprise_number=with_check_digits(4_999_991), name=f"{cloud.name} SRL"))
    town = cast.town("Namur")
    cast.kept(
        Establishment(
            company_id=double.id or 0,
            number=with_check_digits(29_999_991),
            name="Atelier de Jambes",
            postal_code="5100",
            municipality_ins=town.ins,
            workers=2,
        )
    )
    owner = a_person(cast, Role.COMPANY, "doublon@demo.test", "Odile", "Levain")
    cast.kept(CompanyMember(person_id=owner.id or 0, company_id=double.id or 0, is_admin=True))
