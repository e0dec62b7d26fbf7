"""A learner withdraws: the company's bell counts it at once, the list leads to it, and the rhythm is chosen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading
from stageplus.models import Application, CompanyMember, Learner, Offer, Person

OpenAs = Callable[..., Page]


def test_from_the_bell_to_the_choice(open_as: OpenAs, world: Engine) -> None:
    company = open_as("entreprise", "/compte")
    bell = company.get_by_role("link", name="Notifications,")
    before = int(bell.locator(".count").inner_text())
    with reading(world) as session:
        theirs = select(CompanyMember.company_id).join(Person).where(Person.email == "entreprise@demo.test")
        sent = select(Application.id).join(Offer).where(col(Offer.company_id).in_(theirs))
        hers = sent.join(Learner, col(Learner.id) == Application.learner_id).join(Person)
        number = session.exec(hers.where(Person.email == "apprenant4@demo.test")).first()
    learner = open_as("apprenant4", f"/candidatures/{number}", width=390)
    learner.get_by_role("button", name="Retirer ma candidature").click()
    learner.get_by_role("button", name="Oui, retirer").click()
    expect(bell).to_have_accessible_name(f"Notifications, {before + 1} non lues")
    bell.click()
    company.get_by_role("link", name="Une candidature a été retirée").click()
    expect(company.get_by_role("heading", name="Candidatures", level=1)).to_be_visible()
    expect(bell).to_have_accessible_name(f"Notifications, {before} non lues")
    bell.click()
    company.get_by_role("button", name="Tout marquer comme lu").click()
    expect(company.get_by_role("heading", name="Non lues")).to_be_hidden()
    expect(company.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
    company.get_by_role("link", name="Choisir mes e-mails").click()
    expect(company.get_by_text("Les e-mails, eux, suivent le rythme choisi ici.")).to_be_in_viewport()
    reminders = company.get_by_role("group", name="Rappels")
    reminders.get_by_role("button", name="Une fois par jour").click()
    expect(reminders.get_by_role("button", name="Une fois par jour")).to_have_attribute("aria-pressed", "true")
    company.reload()
    expect(reminders.get_by_role("button", name="Une fois par jour")).to_have_attribute("aria-pressed", "true")
    reminders.get_by_role("button", name="Tout de suite").click()
    expect(reminders.get_by_role("button", name="Tout de suite")).to_have_attribute("aria-pressed", "true")
