"""A learner prepares an application with a CV on a phone, finds it again elsewhere, sends it, and takes it back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading
from stageplus.models import Application, Company, CompanyMember, Learner, Offer, Person
from tests.services.documents import files

OpenAs = Callable[..., Page]
TEXT = "Votre fournil me plaît : j’y ai acheté mon premier pain au levain."


def an_offer_to(world: Engine, email: str, learner: str) -> int:
    with reading(world) as session:
        person = select(Learner.id).join(Person).where(Person.email == learner)
        applied = select(Application.offer_id).where(col(Application.learner_id).in_(person))
        theirs = select(Offer.id).join(Company).join(CompanyMember).join(Person).where(Person.email == email)
        open_now = theirs.where(Offer.status == "publiée", col(Offer.id).not_in(applied), Offer.at_cap == False)  # noqa: E712
        return session.exec(open_now.order_by(col(Offer.id).desc())).first() or 0


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})


def test_a_cv_and_a_draft_from_the_phone_to_the_company_and_back(open_as: OpenAs, world: Engine, watch: object) -> None:
    watch.expected |= {  # type: ignore[attr-defined]
        f"Failed to load resource: the server responded with a status of {status}"
        for status in ("422 (Unprocessable Entity)", "404 (Not Found)")
    }
    offer = an_offer_to(world, "entreprise@demo.test", "apprenant30@demo.test")
    page = open_as("apprenant30", f"/offres/{offer}", width=390)
    motivation = page.get_by_label("Ma motivation")
    motivation.fill(TEXT)
    choose(page, "cv.pdf", b"<html>")
    expect(page.locator("#cv-erreur")).to_contain_text("ni un PDF")
    expect(motivation).to_have_value(TEXT)
    choose(page, "../../cv.pdf", files.a_pdf())
    expect(page.locator("#cv")).to_contain_text("PDF,")
    expect(page.locator(".preview")).to_contain_text(TEXT)
    elsewhere = open_as("apprenant30", "/candidatures", width=820)
    elsewhere.get_by_role("link", name="Continuer").click()
    expect(elsewhere.get_by_label("Ma motivation")).to_have_value(TEXT)
    elsewhere.get_by_role("button", name="Envoyer ma candidature").click()
    expect(elsewhere.locator("[data-receipt]")).to_be_focused()
    followed = elsewhere.get_by_role("link", name="Suivre ma candidature")
    number = (followed.get_attribute("href") or "").rsplit("/", 1)[-1]
    company = open_as("entreprise", f"/entreprise/candidatures/{number}")
    cv = company.get_by_role("link", name="Télécharger")
    with company.expect_download() as received:
        cv.click()
    assert received.value.path().read_bytes().startswith(b"%PDF-")
    assert files.SECRET.encode() not in received.value.path().read_bytes()
    address = cv.get_attribute("href") or ""
    followed.click()
    elsewhere.get_by_role("button", name="Retirer ma candidature").click()
    elsewhere.get_by_role("button", name="Oui, retirer").click()
    expect(elsewhere.get_by_text("Ta candidature est retirée")).to_be_visible()
    expect(company.get_by_text("Cette candidature n’est plus là").first).to_be_visible()
    assert company.request.get(address).status == 404
