"""Whoever knocks at the wrong door is noticed, told kindly, and led to their own: on a phone and on a tablet."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.domain.activation import grouped
from stageplus.models import Company
from stageplus.services.activation.queries import DEMO_CODES
from stageplus.services.numbers import shown
from tests.e2e.looks import faults_of
from tests.e2e.test_claim_journey import ask, follow_the_mail

OpenAs = Callable[..., Page]
ON_A_PHONE_AND_A_TABLET = pytest.mark.parametrize("width", [390, 820])


def send_until(page: Page, told: Locator) -> None:
    """Tap, and again while nothing is said: the page that loads at that very moment may take the answer away."""
    for _tap in range(4):
        page.get_by_role("button", name="Envoyer ma demande").click()
        with suppress(AssertionError):
            expect(told).to_be_visible(timeout=4_000)
            return


@ON_A_PHONE_AND_A_TABLET
def test_a_company_number_in_the_field_of_codes(open_as: OpenAs, world: Engine, width: int) -> None:
    with Session(world) as session:
        number = session.exec(select(Company.enterprise_number).order_by(col(Company.id)).limit(1)).one()
    page = open_as("", "/inscription", width=width)
    page.get_by_role("link", name="Je suis apprenant").click()
    page.get_by_role("link", name="J’ai mon code").click()
    page.get_by_label("Ton code").fill(f"BE {shown(number)}")
    page.get_by_role("button", name="Continuer").click()
    told = page.get_by_role("alert").filter(has_text="Votre porte est juste à côté")
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()
    assert faults_of(page) == []
    told.get_by_role("link", name="Inscrire mon entreprise").click()
    expect(page).to_have_url(re.compile("/inscription/entreprise$"))
    expect(page.get_by_role("heading", level=1, name="Inscrire mon entreprise")).to_be_visible()


@ON_A_PHONE_AND_A_TABLET
def test_a_learners_code_in_the_form_of_companies(open_as: OpenAs, width: int) -> None:
    page = open_as("", "/inscription/entreprise", width=width)
    code = grouped(DEMO_CODES[3])
    page.get_by_label("Numéro d’entreprise").fill(code.lower())
    told = page.get_by_role("alert").filter(has_text="Ta porte est juste à côté")
    send_until(page, told)
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()
    assert faults_of(page) == []
    told.get_by_role("link", name="Utiliser mon code").click()
    # The code comes along: there is nothing to type again.
    expect(page.get_by_role("heading", level=1, name="C’est bien toi ?")).to_be_visible()


def test_a_tap_before_the_page_is_alive_writes_nothing_in_the_address(open_as: OpenAs) -> None:
    page, held = open_as("", "/inscription", width=390), []
    page.route(re.compile(r"\.js(\?|$)"), lambda route: held.append(route))
    page.goto("/inscription/entreprise", wait_until="commit")
    page.get_by_label("Numéro d’entreprise").fill(DEMO_CODES[3])
    page.get_by_role("button", name="Envoyer ma demande").click()
    for route in held:
        route.continue_()
    page.unroute_all()
    send_until(page, page.get_by_role("alert").filter(has_text="Ta porte est juste à côté"))
    expect(page).to_have_url(re.compile("/inscription/entreprise$"))
    expect(page.get_by_label("Numéro d’entreprise")).to_have_value(DEMO_CODES[3])


@ON_A_PHONE_AND_A_TABLET
def test_a_learners_address_in_the_form_of_companies(open_as: OpenAs, width: int) -> None:
    page = open_as("", "/inscription/entreprise", width=width)
    ask(page, ("0400.000.185", "2.000.000.141"), "apprenant@demo.test")
    # The page tells nobody who has an account; the mail tells the person.
    expect(page.get_by_role("heading", level=1, name="Regardez vos e-mails")).to_be_visible()
    follow_the_mail(page, "Ta porte d’entrée sur Stage+ est ailleurs", "apprenant@demo.test")
    expect(page).to_have_url(re.compile("/connexion$"))
    expect(page.get_by_role("heading", level=1, name="Se connecter")).to_be_visible()
