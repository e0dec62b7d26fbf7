"""What somebody types and sends before a public page has read what it begins with is neither lost nor unanswered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.conftest import PASSWORD

Opened = tuple[Page, Callable[[], None]]


@pytest.fixture
def open_slowly(open_as: Callable[..., Page]) -> Callable[[str], Opened]:
    """Open a page whose server says nothing until it is let to."""

    def opened(path: str) -> Opened:
        held: list[Callable[[], None]] | None = []

        def relay(browser: WebSocketRoute) -> None:
            server = browser.connect_to_server()

            def pass_on(frame: str | bytes) -> None:
                if held is not None and str(frame).startswith("42"):  # what a State says, not the connection itself
                    held.append(lambda: browser.send(frame))
                else:
                    browser.send(frame)

            server.on_message(pass_on)

        def answer() -> None:
            nonlocal held
            waiting, held = held or [], None
            for each in waiting:
                each()

        page = open_as("", "/accessibilite", width=390)
        page.route_web_socket(re.compile("/_event"), relay)
        page.goto(path)
        return page, answer

    return opened


def test_an_address_sent_early_gets_its_receipt(open_slowly: Callable[[str], Opened]) -> None:
    page, answer = open_slowly("/mot-de-passe-oublie")
    page.get_by_label("Adresse e-mail").fill("personne@exemple.test")
    page.get_by_role("button", name="Recevoir le lien").click()
    answer()
    expect(page.get_by_role("heading", name="Regardez vos e-mails")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", name="Regardez vos e-mails")).to_be_visible()


def test_a_place_looked_for_early_is_found(open_slowly: Callable[[str], Opened]) -> None:
    page, answer = open_slowly("/inscription/agrement")
    page.get_by_label("Commune ou code postal").fill("Namur")
    page.get_by_role("button", name="Chercher").click()
    answer()
    expect(page.get_by_text("Près de Namur")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Près de Namur")).to_be_visible()


def test_whoever_signs_in_early_comes_in(open_slowly: Callable[[str], Opened]) -> None:
    page, answer = open_slowly("/connexion?suite=%2Ffavoris")
    page.get_by_label("Adresse e-mail").fill("apprenant8@demo.test")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    answer()
    page.wait_for_url("**/favoris")
