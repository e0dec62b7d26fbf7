"""A learner on a phone and a company on a tablet write to each other, live, and OFFA reads what is reported."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, CompanyMember, Learner, Offer, Person

OpenAs = Callable[..., Page]


def both_sides(world: Engine) -> tuple[int, str, str]:
    """Find an application in contact of the demonstration's learner, and the accounts of its two sides."""
    with Session(world) as session:
        mine = select(Application.id, Offer.company_id).join(Offer).join(Learner).join(Person)
        mine = mine.where(Person.email == "apprenant@demo.test", Application.status == ApplicationStatus.IN_CONTACT)
        number, company = session.exec(mine.order_by(col(Application.id))).first() or (0, 0)
        members = select(Person.email).join(CompanyMember).where(CompanyMember.company_id == company)
        email = session.exec(members.where(Person.role == Role.COMPANY)).first() or ""
        return number or 0, "apprenant", email.removesuffix("@demo.test")


def test_two_people_write_live_a_number_is_asked_about_and_a_message_is_reported(
    open_as: OpenAs, world: Engine
) -> None:
    application, hers, theirs = both_sides(world)
    phone = open_as(hers, f"/messages/{application}", width=390)
    tablet = open_as(theirs, f"/entreprise/candidatures/{application}", width=820)
    expect(phone.get_by_role("log")).to_contain_text("Entrez par la cour")

    field = phone.get_by_label("Mon message")
    field.fill("Mon numéro est le 0470 12 34 56. <b>Merci</b> https://exemple.test")
    phone.get_by_role("button", name="Envoyer", exact=True).click()
    expect(phone.get_by_text("Ton message contient un numéro de téléphone")).to_be_visible()
    expect(field).to_have_value(re.compile("0470 12 34 56"))
    phone.get_by_role("button", name="Oui, envoyer avec ce numéro").click()
    expect(field).to_have_value("")
    received = tablet.get_by_role("log").get_by_text("<b>Merci</b> https://exemple.test")
    expect(received).to_be_visible()
    expect(tablet.get_by_role("log").get_by_role("link")).to_have_count(0)
    received.scroll_into_view_if_needed()
    expect(phone.get_by_role("log").locator("li.mine").last).to_contain_text("Lu")

    tablet.get_by_label("Votre message").fill("Venez plutôt ce soir, seule.")
    tablet.get_by_role("button", name="Envoyer", exact=True).click()
    rude = phone.get_by_role("log").locator("li").filter(has_text="ce soir, seule")
    rude.get_by_role("button", name="Signaler").click()
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_contain_text("ce soir, seule")
    dialog.get_by_text("Propos trop intimes ou insistants").click()
    dialog.get_by_role("button", name="Envoyer à OFFA").click()
    expect(rude).to_contain_text("Signalé à OFFA")

    offa = open_as("offa", "/offa/moderation/messages", width=1440)
    offa.get_by_role("row").filter(has_text="Propos trop intimes").get_by_role("link").click()
    expect(offa.locator("li.pointed")).to_contain_text("ce soir, seule")
    offa.get_by_role("button", name="Fermer la conversation").click()
    offa.get_by_role("dialog").get_by_label("Message à la personne").fill("Un rendez-vous se donne à l’atelier.")
    offa.get_by_role("dialog").get_by_role("button", name="Fermer").click()
    expect(offa.get_by_text("La conversation est fermée")).to_be_visible()
    for page in (phone, tablet):
        expect(page.get_by_text("OFFA a fermé cette conversation")).to_be_visible()
        expect(page.get_by_role("log").get_by_text("ce soir, seule")).to_have_count(0)
