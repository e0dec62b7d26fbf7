"""Compares a learner's first visit with a bare Reflex page, in one run on one machine."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from stageplus.bench.bare_page import build_bare_page
from stageplus.bench.phone import Scenario, Visit, cold_visit, middle, phone_browser
from stageplus.web.build import ROOT
from stageplus.web.server import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, StorageState

VISITS = 7
COUNTER = "document.querySelector('main button')"
# The button reacts: the first tap that the server answers ends the wait.
BARE = Scenario(
    path="/",
    ready=f"{COUNTER} && (+{COUNTER}.innerText > 0 || ({COUNTER}.click(), false))",
    tap=f"{COUNTER}.click()",
    reading=f"{COUNTER}.innerText",
)
# Cards come over the websocket, so the page is alive when they are there.
LEARNER_OFFERS = Scenario(
    path="/offres",
    ready="""[...document.querySelectorAll('main a, main button')].some((one) =>
        /^Voir l.offre/.test(one.getAttribute('aria-label') ?? one.innerText.trim()))""",
    unfolded="""document.querySelector('input[name=jours]:not([type=hidden])')
        || (document.querySelector('[data-unfold][aria-expanded=false]')?.click(), false)""",
    # « Seulement mes jours en entreprise »: offers leave the list, then come back.
    tap="document.querySelector('input[name=jours]').click()",
    reading="[...document.querySelectorAll('.offer-card a')].map((one) => one.href).join()",
)


def compare(ours: Scenario, environment: Mapping[str, str], account: tuple[str, str] | None) -> dict[str, Any]:
    """Serve our build and the bare page, visit both, and give the ratios with the raw figures."""
    with (
        phone_browser() as browser,
        served("bare.bare:app", build_bare_page(), {}) as bare_address,
        served("stageplus.stageplus:app", ROOT, environment) as address,
    ):
        cookies = _signed_in(browser, address, *account) if account else None
        # By turns, so that whatever else this machine does slows both alike.
        turns = [
            (cold_visit(browser, bare_address, BARE, None), cold_visit(browser, address, ours, cookies))
            for _turn in range(VISITS)
        ]
    bare, stageplus = (middle(visits) for visits in zip(*turns, strict=True))
    return {**_ratios(stageplus, bare), "stageplus": asdict(stageplus), "bare": asdict(bare), "page": ours.path}


def _ratios(ours: Visit, bare: Visit) -> dict[str, float]:
    return {
        "bytes_ratio": round(ours.bytes / bare.bytes, 2),
        "first_paint_ratio": round(ours.first_paint_ms / bare.first_paint_ms, 2),
        "tappable_ratio": round(ours.tappable_ms / bare.tappable_ms, 2),
        "round_trip_ratio": round(ours.round_trip_ms / bare.round_trip_ms, 2),
    }


def _signed_in(browser: "Browser", address: str, email: str, password: str) -> "StorageState":
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/connexion", wait_until="networkidle")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(lambda url: not url.startswith(f"{address}/connexion"))
    cookies = context.storage_state()
    context.close()
    return cookies
