"""Takes the README's picture of each role's main screen: `make screenshots`."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from stageplus.bench.browser import ARGUMENTS, find_browser
from stageplus.db.engine import open_engine
from stageplus.db.revisions import migrate
from stageplus.demo.world import fill_demo_world
from stageplus.services.registers.actions import import_reference
from stageplus.web.build import ROOT
from stageplus.web.server import served

PICTURES = ROOT / "docs" / "screenshots"
PASSWORD = "Stage-plus-demo-2026"
SCREENS = {
    "apprenant": ("/offres", 390, 844),
    "entreprise": ("/entreprise/candidatures", 820, 1100),
    "operateur": ("/operateur/mises-en-relation", 1440, 900),
    "coach": ("/coach", 1440, 900),
    "offa": ("/offa", 1440, 900),
}


def take_all() -> None:
    """Fill a world, serve it, and take one picture per role."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        database = open_engine(url)
        migrate(database)
        import_reference(on=database)
        fill_demo_world(now=datetime.now(UTC), on=database)
        environment = {"STAGEPLUS_DEMO": "true", "STAGEPLUS_DATABASE_URL": url}
        with served("stageplus.stageplus:app", ROOT, environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS])
            for account, (path, width, height) in SCREENS.items():
                take(browser, address, account, path, width, height)
            browser.close()


def take(browser: Browser, address: str, account: str, path: str, width: int, height: int) -> None:
    """Sign in and take the picture of one screen."""
    page = browser.new_page(viewport={"width": width, "height": height}, base_url=address)
    page.goto(f"/connexion?suite={path}")
    page.get_by_label("Adresse e-mail").fill(f"{account}@demo.test")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(f"**{path}*")
    page.wait_for_timeout(1500)
    expect(page.locator(".bone")).to_have_count(0)
    page.screenshot(path=PICTURES / f"{account}.png")
    page.close()


if __name__ == "__main__":
    take_all()
