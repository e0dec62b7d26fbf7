"""The Chromium that measures and tests use."""

import os
import shutil
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "browser"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The build without windows first: the others draw their own buttons and menus beside each page that a test opens."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INSTRUCTION = """Aucun navigateur Chromium n'a été trouvé ni installé.
Au choix :
  · installez-le avec le système, par exemple « sudo apt-get install chromium-headless-shell » ;
  · ou téléchargez-le : « .venv/bin/python -m playwright install --with-deps chromium » ;
  · ou indiquez-le : « STAGEPLUS_BROWSER=/chemin/vers/chromium make test »."""


class NoBrowser(RuntimeError):
    """There is no Chromium on this machine; the message says how to get one."""


def find_browser() -> Path:
    """Return the Chromium to use: the named one, the machine's, Playwright's or the npm-shipped one."""
    for look in (_named, _of_the_machine, _of_playwright, _of_npm):
        candidate = look()
        if candidate is not None and candidate.exists():
            return candidate
    raise NoBrowser(INSTRUCTION)


def _named() -> Path | None:
    name = os.environ.get("STAGEPLUS_BROWSER")
    if name and not Path(name).exists():
        raise NoBrowser(f"STAGEPLUS_BROWSER désigne « {name} », qui n'existe pas.")
    return Path(name) if name else None


def _of_the_machine() -> Path | None:
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def _of_playwright() -> Path | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NoBrowser("Playwright manque : lancez « make install-dev ».") from error
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _of_npm() -> Path:
    return CACHE / "chromium"
