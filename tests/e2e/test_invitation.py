"""OFFA invites somebody, who opens the mailed link at a desk, chooses a password and a second step, and arrives."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pyotp
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import transaction
from stageplus.domain.offers import OfferStatus
from stageplus.models import CompanyMember, Offer, OutboxMessage, Person, StaffInvitation
from stageplus.services.accounts.actions import sign_in as signed_in_with
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.accounts.schemas import DEMO_PASSWORD, Credentials
from tests.e2e.looks import faults_of
from tests.e2e.test_second_factor import PASSWORD, OpenFor, heading, localhost, open_for, sign_in, sign_out

__all__ = ["localhost", "open_for"]
OpenAs = Callable[..., Page]


def as_offa(open_as: OpenAs, world: Engine, path: str) -> Page:
    """Open a page of OFFA with a session of this moment, which is proof enough."""
    opened = signed_in_with(Credentials("offa@demo.test", DEMO_PASSWORD), datetime.now(UTC), on=world)
    page = open_as("", "/")
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": opened.token, "url": page.url}])
    page.goto(path)
    return page


def mailed(world: Engine, email: str) -> str:
    with transaction(world) as session:
        mails = select(OutboxMessage.text).where(OutboxMessage.recipient == email)
        text = session.exec(mails.order_by(col(OutboxMessage.id).desc())).first() or ""
    return "/lien/" + text.split("/lien/")[1].split()[0]


def come_in(page: Page, path: str, email: str, charge: str) -> None:
    """Open the link, make the account, and sign in with it."""
    page.goto(path)
    heading(page, "Ouvrir votre compte")
    expect(page.get_by_text(charge)).to_be_visible()
    assert faults_of(page) == []
    page.get_by_label("Prénom").fill("Alix")
    page.get_by_label("Nom", exact=True).fill("Essai")
    page.get_by_label("Mot de passe", exact=True).fill("court")
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("alert").filter(has_text="12 caractères")).to_be_visible()
    expect(page.get_by_label("Prénom")).to_have_value("Alix")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_text("Votre compte est créé")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("link", name="Se connecter").last.click()
    expect(page.locator("input[name=csrf]").first).not_to_have_value("")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    heading(page, "Connexion en deux étapes")


def test_a_referent_is_invited_comes_in_with_an_application_and_meets_the_desk(
    open_as: OpenAs, open_for: OpenFor, world: Engine
) -> None:
    email = f"referent.{datetime.now(UTC).timestamp()}@exemple.test"
    offa = as_offa(open_as, world, "/offa/comptes/invitations")
    offa.get_by_label("Adresse e-mail").fill(email)
    offa.get_by_role("button", name="Envoyer l’invitation").click()
    expect(offa.get_by_role("alert").filter(has_text="Choisissez un opérateur")).to_be_visible()
    expect(offa.get_by_label("Adresse e-mail")).to_have_value(email)
    offa.get_by_label(re.compile("^Opérateur")).select_option(index=1)
    offa.get_by_role("button", name="Envoyer l’invitation").click()
    expect(offa.get_by_text(f"L’invitation est partie à {email}.")).to_be_visible()
    assert faults_of(offa) == []
    row = offa.get_by_role("row").filter(has_text=email)
    expect(row).to_be_visible()
    page, path = open_for(1440), mailed(world, email)
    come_in(page, path, email, "Équipe de")
    page.goto("/operateur/apprenants")
    heading(page, "Connexion en deux étapes")
    page.get_by_role("button", name="Configurer l’application").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Code à 6 chiffres").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_text("L’application de codes est activée.")).to_be_visible()
    page.get_by_role("link", name="Continuer").click()
    heading(page, "Mes apprenants")
    expect(row).to_have_count(0)  # live, without a reload
    page.goto(path)
    heading(page, "Ce lien a déjà servi")


def test_a_coach_of_the_demonstration_comes_in_with_a_passkey(open_for: OpenFor, world: Engine) -> None:
    email, page = "coach.invitee@exemple.test", open_for(1440)
    come_in(page, mailed(world, email), email, "Coach sectoriel : Alimentation")
    page.get_by_label("Nom de la clé").fill("Ordinateur du bureau")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    page.get_by_role("link", name="Continuer").click()
    heading(page, "Mes secteurs")
    sign_out(page)
    sign_in(page, email)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    heading(page, "Mes secteurs")


def test_a_withdrawn_invitation_and_a_known_address_are_told(open_as: OpenAs, world: Engine) -> None:
    page = as_offa(open_as, world, "/offa/comptes/invitations?profil=offa")
    page.get_by_label("Adresse e-mail").fill("coach@demo.test")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_role("alert").filter(has_text="a déjà un compte (Coach sectoriel)")).to_be_visible()
    email = f"trop.vite.{datetime.now(UTC).timestamp()}@exemple.test"
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text("L’invitation est partie")).to_be_visible()
    path = mailed(world, email)
    page.get_by_role("row").filter(has_text=email).get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("son lien ne marche plus")).to_be_visible()
    guest = open_as("", path)
    heading(guest, "Ce lien n’est plus valable")
    with transaction(world) as session:
        assert session.exec(select(Person).where(Person.email == email)).first() is None
        assert session.exec(select(StaffInvitation.withdrawn_at).where(StaffInvitation.email == email)).one()


def offers_of(world: Engine, email: str) -> set[OfferStatus]:
    with transaction(world) as session:
        theirs = select(Offer.status).join(CompanyMember, col(CompanyMember.company_id) == Offer.company_id)
        found = theirs.join(Person, col(Person.id) == CompanyMember.person_id).where(Person.email == email)
        return set(session.exec(found)) & {OfferStatus.PUBLISHED, OfferStatus.SUSPENDED}


def test_a_suspended_person_is_out_at_once_and_reads_why_at_the_door(open_as: OpenAs, world: Engine) -> None:
    guest = open_as("entreprise40", "/entreprise")
    heading(guest, "À faire")
    page = as_offa(open_as, world, "/offa/comptes?q=entreprise40@demo")
    page.get_by_role("table", name="Comptes").get_by_role("link").click()
    page.get_by_role("button", name="Suspendre le compte").click()
    page.get_by_label("Raison, que la personne lira").fill("Adresse volée")
    page.get_by_role("button", name="Suspendre", exact=True).click()
    expect(page.get_by_text("est suspendu, ses appareils sont déconnectés")).to_be_visible()
    assert offers_of(world, "entreprise40@demo.test") == {OfferStatus.SUSPENDED}
    assert faults_of(page) == []
    guest.goto("/entreprise")
    heading(guest, "Se connecter")
    expect(guest.locator("input[name=csrf]").first).not_to_have_value("")
    guest.get_by_label("Adresse e-mail").fill("entreprise40@demo.test")
    guest.get_by_label("Mot de passe", exact=True).fill(DEMO_PASSWORD)
    guest.get_by_role("button", name="Se connecter", exact=True).click()
    expect(guest.get_by_text("Ce compte est suspendu.")).to_be_visible()
    page.get_by_role("button", name="Rouvrir le compte").click()
    expect(page.get_by_text("est rouvert")).to_be_visible()
    assert offers_of(world, "entreprise40@demo.test") == {OfferStatus.PUBLISHED}
    page.get_by_role("link", name="Ce que dit le journal de cette personne").click()
    heading(page, "Journal")
    expect(page.get_by_text("Adresse volée")).to_be_visible()
