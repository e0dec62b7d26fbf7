"""An interview on both screens: the learner offers another moment, the company confirms it live, the file follows."""

from collections.abc import Callable
from datetime import timedelta

from icalendar import Calendar
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.domain.interviews import InterviewState
from stageplus.models import Application, CompanyMember, Interview, Learner, Offer, Person

OpenAs = Callable[..., Page]


def invited(world: Engine) -> tuple[int, str]:
    """Return an application of the demonstration's learner to whom moments are offered, and the company's account."""
    with Session(world) as session:
        mine = select(Application.id, Interview.created_at).join(Interview).join(Learner).join(Person)
        wanted = mine.where(Person.email == "apprenant@demo.test", Interview.state == InterviewState.OFFERED)
        number, at = session.exec(wanted).first() or (0, None)
        return number or 0, (at + timedelta(days=30)).date().isoformat() if at else ""


def test_other_moments_are_confirmed_live_and_the_file_is_whole(open_as: OpenAs, world: Engine) -> None:
    number, day = invited(world)
    phone = open_as("apprenant", f"/candidatures/{number}", width=390)
    phone.get_by_role("button", name="Proposer d’autres moments").click()
    phone.get_by_label("Jour").fill("2020-01-01")
    phone.get_by_label("Heure").fill("10:15")
    phone.get_by_role("button", name="Envoyer mes moments").click()
    expect(phone.locator("#day-erreur")).to_contain_text("déjà passé")
    expect(phone.get_by_label("Heure")).to_have_value("10:15")
    phone.get_by_label("Jour").fill(day)
    phone.get_by_role("button", name="Envoyer mes moments").click()
    expect(phone.locator(".interview")).to_contain_text("Autres moments proposés")

    account = company_of(world, number)
    desk = open_as(account, f"/entreprise/candidatures/{number}", width=820)
    desk.get_by_role("button", name="Confirmer ce moment").click()
    expect(phone.locator(".interview")).to_contain_text("Entretien fixé")
    with phone.expect_download() as file:
        phone.get_by_role("link", name="Fichier d’agenda (.ics)").click()
    [event] = Calendar.from_ical(file.value.path().read_bytes()).walk("VEVENT")  # type: ignore[union-attr]
    assert f"{event.decoded('DTSTART'):%Y-%m-%d %H:%M}" == f"{day} 10:15"

    desk.goto("/entreprise/agenda")
    expect(desk.locator(".agenda-line", has_text="Mila")).to_contain_text("Mila Brouillon")


def company_of(world: Engine, number: int) -> str:
    """Return the account of somebody who acts for the company of an application."""
    with Session(world) as session:
        acting = select(Person.email).join(CompanyMember, CompanyMember.person_id == Person.id)  # type: ignore[arg-type]
        acting = acting.join(Offer, Offer.company_id == CompanyMember.company_id).join(Application)  # type: ignore[arg-type]
        return session.exec(acting.where(Application.id == number)).first().partition("@")[0]  # type: ignore[union-attr]
