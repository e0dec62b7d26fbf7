"""The identity provider in a real browser: link it, sign in with it, take it away, and what it says when it fails."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.models import LinkedIdentity
from stageplus.services.accounts.schemas import DEMO_PASSWORD
from stageplus.web.build import ROOT
from stageplus.web.server import served
from tests.e2e.conftest import SITE, Watch
from tests.e2e.looks import faults_everywhere, settled
from tests.provider import CLIENT, SECRET
from tests.services.federation.conftest import provider_address

__all__ = ["provider_address"]
NAME = "Clé de ville"


@pytest.fixture(scope="module")
def site(world: Engine, provider_address: str) -> Iterator[str]:
    """Serve the same world with the option on."""
    environment = SITE | {
        "STAGEPLUS_DATABASE_URL": f"sqlite:///{Path(str(world.url.database))}",
        "STAGEPLUS_OIDC_ISSUER": provider_address,
        "STAGEPLUS_OIDC_CLIENT_ID": CLIENT,
        "STAGEPLUS_OIDC_CLIENT_SECRET": SECRET,
        "STAGEPLUS_OIDC_NAME": NAME,
    }
    with served("stageplus.stageplus:app", ROOT, environment) as address:
        yield address


class Visit:
    """Somebody's browser, from our form to the provider and back."""

    def __init__(self, page: Page, provider: str) -> None:
        self.page = page
        self.provider = provider

    def there(self, button: str, identity: str = "", choice: str = "Continuer") -> None:
        """Leave by a button of ours and come back with what the provider says."""
        self.page.get_by_role("button", name=button).click()
        expect(self.page).to_have_url(re.compile(f"^{re.escape(self.provider)}/entrer"))
        if identity:
            self.page.get_by_label("Identité").fill(identity)
        self.page.get_by_role("button", name=choice).click()

    def sign_in(self, account: str) -> None:
        """Sign in with the password, on the page that is open."""
        self.page.get_by_label("Adresse e-mail").fill(f"{account}@demo.test")
        self.page.get_by_label("Mot de passe", exact=True).fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Se connecter", exact=True).click()

    def sign_out(self) -> None:
        """Sign out and go to the sign-in page."""
        self.page.get_by_role("button", name="Se déconnecter").click()
        expect(self.page).to_have_url(re.compile("/$"))
        self.page.goto("/connexion")

    def is_accessible(self) -> None:
        """Look at the page at every width, light and dark."""
        settled(self.page)
        assert faults_everywhere(self.page) == {}


@pytest.fixture
def visit(chromium: Browser, site: str, provider_address: str) -> Iterator[Visit]:
    """Open the sign-in page on a tablet; nothing but the provider's own page may come from elsewhere."""
    watch = Watch(site)
    with _context(chromium, site) as page:
        watch.follow(page)
        page.goto("/connexion")
        yield Visit(page, provider_address)
    left = f"left our address: {provider_address}/"
    assert [fault for fault in watch.faults if not fault.startswith(left)] == []


@contextmanager
def _context(chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=site, viewport={"width": 820, "height": 1180}, locale="fr-BE")
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def test_linked_signed_in_with_it_and_taken_away_again(visit: Visit, world: Engine) -> None:
    page = visit.page
    visit.sign_in("entreprise")
    expect(page).to_have_url(re.compile("/entreprise$"))
    page.get_by_role("link", name="Mon compte").click()
    visit.there("Relier ce compte", "une boulangère")
    expect(page.get_by_role("status").filter(has_text=f"Le compte est relié à {NAME}.")).to_be_visible()
    visit.is_accessible()
    page.set_viewport_size({"width": 820, "height": 1180})
    visit.sign_out()
    visit.there(f"Se connecter avec {NAME}", "une boulangère")
    expect(page).to_have_url(re.compile("/entreprise$"))
    page.get_by_role("link", name="Mon compte").click()
    expect(page.get_by_text(re.compile("Relié le .* · Utilisé le "))).to_be_visible()
    page.get_by_role("button", name="Ne plus relier").click()
    page.get_by_role("dialog").get_by_role("button", name="Ne plus relier").click()
    expect(page.get_by_role("status").filter(has_text=f"Le compte n’est plus relié à {NAME}.")).to_be_visible()
    expect(page.get_by_role("button", name="Relier ce compte")).to_be_visible()
    with Session(world) as session:
        assert session.exec(select(LinkedIdentity)).all() == []
    visit.sign_out()
    visit.there(f"Se connecter avec {NAME}", "une boulangère")
    expect(page.get_by_role("alert")).to_contain_text("n’est encore reliée à aucun compte")


def test_an_identity_of_nobody_is_told_so_and_led_to_where_it_is_linked(visit: Visit) -> None:
    page = visit.page
    visit.there(f"Se connecter avec {NAME}", "une inconnue")
    answer = page.get_by_role("alert")
    expect(answer).to_be_focused()
    expect(answer).to_contain_text(f"Cette identité {NAME} n’est encore reliée à aucun compte Stage+.")
    expect(page.get_by_role("link", name="Créer un compte")).to_be_in_viewport()
    expect(page.get_by_text("Il reste quelque chose à corriger")).to_have_count(0)
    visit.is_accessible()
    visit.sign_in("apprenant")
    expect(page).to_have_url(re.compile("/compte$"))
    expect(page.get_by_role("button", name="Relier ce compte")).to_be_visible()


@pytest.mark.parametrize("account", ["apprenant", "entreprise"])
def test_a_refusal_there_is_a_calm_sentence_beside_the_button(visit: Visit, account: str) -> None:
    page = visit.page
    visit.there(f"Se connecter avec {NAME}", choice="Refuser")
    words = f"Le passage par {NAME} n’est pas allé au bout : rien n’a changé."
    expect(page.get_by_role("alert")).to_contain_text(words)
    page.goto("/connexion?suite=/compte")
    visit.sign_in(account)
    visit.there("Relier ce compte", choice="Refuser")
    section = page.locator("section").filter(has=page.get_by_role("heading", name=f"Connexion avec {NAME}"))
    expect(section.get_by_role("alert")).to_be_focused()
    expect(section.get_by_role("alert")).to_contain_text(words)
    expect(section.get_by_role("button", name="Relier ce compte")).to_be_in_viewport()
    expect(page.get_by_text("Il reste quelque chose à corriger")).to_have_count(0)
    other = r"\b(votre|vos|vous|\w+ez)\b" if account == "apprenant" else r"\b(ton|ta|tes|toi|tu)\b"
    assert re.findall(other, page.locator("main").inner_text(), re.IGNORECASE) == []
    visit.is_accessible()
