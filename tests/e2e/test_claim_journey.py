"""A company comes in: asked for on a tablet, confirmed by mail, let in by an operator at a desk who sees it at once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.domain.identifiers import with_check_digits
from stageplus.models import (
    Approval,
    ApprovalRecord,
    Company,
    CompanyClaim,
    CompanyMember,
    Establishment,
    Operator,
    OperatorMember,
    OutboxMessage,
    Person,
)

OpenAs = Callable[..., Page]
EMAIL = "gerante@fournil-comete.be"
PASSWORD = "quatre mots sans rapport"


def a_bakery(world: Engine) -> tuple[str, str]:
    """Put a bakery in the register that nobody acts for yet; return both its numbers."""
    numbers = with_check_digits(9_100_001), with_check_digits(29_100_001)
    with Session(world) as session, session.begin():
        staff = select(OperatorMember.operator_id).join(Person).where(Person.email == "operateur@demo.test")
        operator = session.get_one(Operator, session.exec(staff).one())
        company = Company(enterprise_number=numbers[0], name="Fournil Comète")
        session.add(company)
        session.flush()
        house = Establishment(
            company_id=company.id or 0,
            number=numbers[1],
            name="Fournil Comète, Namur",
            postal_code="5000",
            municipality_ins=operator.municipality_ins,
            workers=3,
        )
        session.add(house)
        session.flush()
        today, now = datetime.now(UTC).date(), datetime.now(UTC)
        recorded = {"operator_id": operator.id or 0, "state": "accordé", "since": today}
        approval = Approval(establishment_id=house.id or 0, trade_code="boulanger", **recorded)  # type: ignore[arg-type]
        session.add(approval)
        session.flush()
        session.add(ApprovalRecord(approval_id=approval.id or 0, noted_at=now, **recorded))  # type: ignore[arg-type]
    return numbers


def mailed_link(world: Engine) -> str:
    with Session(world) as session:
        mails = select(OutboxMessage.text).where(OutboxMessage.recipient == EMAIL)
        text = session.exec(mails.order_by(col(OutboxMessage.id).desc())).first() or ""
    found = re.search(r"/lien/\S+", text)
    assert found, text
    return found[0]


def test_a_company_asks_confirms_and_is_let_in(open_as: OpenAs, world: Engine) -> None:
    enterprise, establishment = a_bakery(world)
    operator = open_as("operateur", "/operateur/demandes", width=1440)
    expect(operator.get_by_role("heading", name="Demandes d’accès", exact=True)).to_be_visible()

    # On a tablet, with a slip first: the exact fault is named beside its field.
    page = open_as("", "/inscription/entreprise", width=820)
    page.get_by_label("Numéro d’entreprise").fill(establishment)
    page.get_by_label("Numéro d’unité d’établissement").fill(establishment)
    page.get_by_label("Nom de l’entreprise").fill("Fournil Comète")
    page.get_by_label("Code postal de l’établissement").fill("5000")
    page.get_by_label("Prénom").fill("Céleste")
    page.get_by_label("Nom", exact=True).fill("Levain")
    page.get_by_label("Votre fonction").fill("Gérante")
    page.get_by_label("Adresse e-mail professionnelle").fill(EMAIL)
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("alert").first).to_contain_text("numéro d’unité d’établissement")
    page.get_by_label("Numéro d’entreprise").fill(enterprise)
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", name="Regardez vos e-mails")).to_be_visible()

    # The mailed link: opening it changes nothing, its button makes the account and the operator sees the claim.
    page.goto(mailed_link(world))
    expect(page.get_by_role("button", name="Confirmer et créer mon compte")).to_be_visible()
    expect(operator.locator("main")).not_to_contain_text("Céleste Levain")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer et créer mon compte").click()
    expect(page.get_by_text("Adresse confirmée")).to_be_visible()
    expect(operator.locator("main")).to_contain_text("Céleste Levain")

    # Signing in leads to the second factor before anything else.
    page.get_by_role("link", name="Se connecter").last.click()
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page).to_have_url(re.compile("/second-facteur"))

    # The operator compares and lets in.
    operator.get_by_role("link", name="Fournil Comète").click()
    expect(operator.locator("main")).to_contain_text("Ce qui correspond")
    operator.get_by_role("button", name="Accepter").click()
    operator.get_by_role("button", name="Oui, donner l’accès").click()
    expect(operator.get_by_text("L’accès est validé")).to_be_visible()
    with Session(world) as session:
        claim = session.exec(select(CompanyClaim).where(CompanyClaim.email == EMAIL)).one()
        member = session.exec(select(CompanyMember).where(CompanyMember.person_id == claim.person_id)).one()
        assert (claim.state.value, member.is_admin) == ("acceptée", True)
