"""A company comes in on a tablet, from the choice of doors to its published offer; a refusal is contested."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pyotp
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.domain.identifiers import with_check_digits
from stageplus.models import (
    Approval,
    ApprovalRecord,
    Company,
    Establishment,
    Operator,
    OperatorMember,
    Person,
)
from stageplus.texts.formats import day_in_brussels

OpenAs = Callable[..., Page]
BAKERIES = count(1)
PASSWORD = "quatre mots sans rapport"


def a_bakery(world: Engine) -> tuple[str, str]:
    """Put a bakery in the register that nobody acts for yet; return both its numbers."""
    number = next(BAKERIES)
    numbers = with_check_digits(9_100_000 + number), with_check_digits(29_100_000 + number)
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
        today, now = day_in_brussels(datetime.now(UTC)), datetime.now(UTC)
        recorded = {"operator_id": operator.id or 0, "state": "accordé", "since": today}
        approval = Approval(establishment_id=house.id or 0, trade_code="boulanger", **recorded)  # type: ignore[arg-type]
        session.add(approval)
        session.flush()
        session.add(ApprovalRecord(approval_id=approval.id or 0, noted_at=now, **recorded))  # type: ignore[arg-type]
    return numbers


def ask(page: Page, numbers: tuple[str, str], email: str) -> None:
    page.get_by_label("Numéro d’entreprise").fill(numbers[0])
    page.get_by_label("Numéro d’unité d’établissement").fill(numbers[1])
    page.get_by_label("Nom de l’entreprise").fill("Fournil Comète")
    page.get_by_label("Code postal de l’établissement").fill("5000")
    page.get_by_label("Prénom").fill("Céleste")
    page.get_by_label("Nom", exact=True).fill("Levain")
    page.get_by_label("Votre fonction").fill("Gérante")
    page.get_by_label("Adresse e-mail professionnelle").fill(email)
    page.get_by_role("button", name="Envoyer ma demande").click()


def follow_the_mail(page: Page, subject: str, email: str) -> None:
    """Open the mailbox of the demonstration, then the mail, then its link, as a person would."""
    page.goto("/demo/courrier")
    page.get_by_text(f"{subject} — {email}").first.click()
    page.locator("details[open]").get_by_role("link", name="Suivre le lien du message").click()


def confirm(page: Page, email: str) -> None:
    follow_the_mail(page, "Confirmez votre adresse", email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer et créer mon compte").click()
    expect(page.get_by_text("Adresse confirmée")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Se connecter").click()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    expect(page.get_by_label("Adresse e-mail")).to_have_value(email)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(re.compile("second-facteur"))


def register_a_second_factor(page: Page) -> None:
    page.get_by_role("button", name="Configurer l’application").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Code à 6 chiffres").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_text("L’application de codes est activée.")).to_be_visible()
    page.get_by_role("link", name="Continuer").click()


def fill_in_the_offer(page: Page) -> None:
    page.get_by_label("Ce que l’apprenant fera et apprendra").fill("Préparer les pâtes et façonner les pains.")
    page.get_by_label("Lundi").check()
    page.get_by_label("Mardi").check()
    page.get_by_label("Heures par semaine").fill("24")
    page.get_by_label("Prénom du tuteur").fill("Sacha")
    page.get_by_label("Fonction du tuteur").fill("Cheffe d’équipe")


def test_a_company_asks_confirms_drafts_is_let_in_and_publishes(open_as: OpenAs, world: Engine) -> None:
    enterprise, establishment = a_bakery(world)
    email = "gerante@fournil-comete.be"
    operator = open_as("operateur", "/operateur/demandes", width=1440)
    expect(operator.get_by_role("heading", name="Demandes d’accès", exact=True)).to_be_visible()

    # On a tablet, by the right door, with a slip first: the exact fault is named beside its field.
    page = open_as("", "/inscription", width=820)
    page.get_by_role("link", name="Je suis une entreprise").click()
    ask(page, (establishment, establishment), email)
    expect(page.get_by_role("alert").first).to_contain_text("numéro d’unité d’établissement")
    page.get_by_label("Numéro d’entreprise").fill(enterprise)
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", name="Regardez vos e-mails")).to_be_visible()

    # The mailed link: opening it changes nothing, its button makes the account and the operator sees the claim.
    follow_the_mail(page, "Confirmez votre adresse", email)
    expect(page.get_by_role("button", name="Confirmer et créer mon compte")).to_be_visible()
    expect(operator.locator("main")).not_to_contain_text("Céleste Levain")
    confirm(page, email)
    expect(operator.locator("main")).to_contain_text("Céleste Levain")

    # Nothing opens before the second factor; then the claim, and an offer that cannot be published yet.
    expect(page).to_have_url(re.compile("/second-facteur"))
    register_a_second_factor(page)
    expect(page).to_have_url(re.compile("/entreprise/demande"))
    expect(page.locator("main")).to_contain_text("En attente de validation")
    page.get_by_role("link", name="Préparer une offre").click()
    fill_in_the_offer(page)
    expect(page.get_by_text("Prête à être publiée")).to_be_visible()
    page.get_by_role("button", name="Publier l'offre").click()
    expect(page.get_by_role("alert").first).to_contain_text("validé")

    # The operator compares on one screen and lets in; the company's open page follows.
    operator.get_by_role("link", name="Fournil Comète").click()
    expect(operator.locator("main")).to_contain_text("Ce qui correspond")
    expect(operator.locator("main")).to_contain_text("Contient le nom")
    operator.get_by_role("button", name="Accepter").click()
    operator.get_by_role("button", name="Oui, donner l’accès").click()
    expect(operator.get_by_text("L’accès est validé")).to_be_visible()
    follow_the_mail(page, "Votre accès est validé", email)
    page.get_by_role("link", name="Offres", exact=True).click()
    page.get_by_role("link", name="Boulang").click()
    page.get_by_role("button", name="Publier l'offre").click()
    expect(page.get_by_text("L’offre est publiée : les apprenants la voient.")).to_be_visible()


def test_a_refusal_says_why_and_is_contested_before_offa(open_as: OpenAs, world: Engine) -> None:
    email, numbers = "inconnue@fournil-comete.be", a_bakery(world)
    page = open_as("", "/inscription/entreprise", width=820)
    ask(page, numbers, email)
    expect(page.get_by_role("heading", name="Regardez vos e-mails")).to_be_visible()
    confirm(page, email)
    register_a_second_factor(page)
    expect(page.locator("main")).to_contain_text("En attente de validation")

    operator = open_as("operateur", "/operateur/demandes", width=1440)
    operator.get_by_role("link", name="Fournil Comète").first.click()
    operator.get_by_role("button", name="Refuser").first.click()
    dialog = operator.get_by_role("dialog")
    dialog.get_by_role("button", name="Refuser").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Motif")
    dialog.get_by_label("Motif").select_option(label="L’entreprise ne connaît pas cette personne")
    dialog.get_by_label("Ce que la personne doit savoir").fill("Le gérant, au téléphone, ne vous connaît pas.")
    dialog.get_by_role("button", name="Refuser").click()
    expect(operator.get_by_text("La demande est refusée")).to_be_visible()

    # The open page of the company shows the reason; contesting goes to OFFA, whose word is the last.
    expect(page.locator("main")).to_contain_text("Le gérant, au téléphone, ne vous connaît pas.")
    page.get_by_label("Pourquoi vous n’êtes pas d’accord").fill("Je suis associée depuis mars.")
    page.get_by_role("button", name="Contester le refus").click()
    expect(page.locator("main")).to_contain_text("Contestée, OFFA examine")
    offa = open_as("offa", "/offa/demandes", width=1440)
    offa.get_by_role("link", name="Fournil Comète").first.click()
    expect(offa.locator("main")).to_contain_text("Je suis associée depuis mars.")
    offa.get_by_role("button", name="Accepter").click()
    offa.get_by_role("button", name="Oui, donner l’accès").click()
    expect(page.locator("main")).to_contain_text("Acceptée")
