"""How soon what one side does shows on the other side's open page, while others use the site."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from random import Random
from statistics import quantiles
from time import sleep
from typing import TYPE_CHECKING

from sqlmodel import col, select

from stageplus.bench.phone import HEIGHT, phone_browser
from stageplus.bench.wire import FOUND, OPENED, Tab
from stageplus.db.engine import reading
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, Company, CompanyMember, Learner, Offer, Person
from stageplus.services.accounts.actions import sign_in
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.accounts.schemas import DEMO_PASSWORD, Credentials
from stageplus.web.build import ROOT
from stageplus.web.server import served

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Locator, Page

SESSIONS, TURNS = 100, 20
ACCOUNTS_OF_OTHERS = 20
SECONDS_BETWEEN_ACTS = 10
POLITENESS = 15
SECONDS_TO_COME_IN = 300
PATIENCE_MS = 20_000
COMPANY_ACCOUNT = "entreprise@demo.test"
WORDS = ("boulanger", "coiffeur", "maçon", "cuisinier")
TAP = "(element) => { const at = performance.timeOrigin + performance.now(); element.click(); return at; }"
"""Both pages are on one machine: the time since 1970 is the same clock for both."""
WATCH = """([words, present]) => {
  window.seen = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('main').innerText.includes(words) !== present) return;
      watching.disconnect();
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    };
    const watching = new MutationObserver(look);
    watching.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    look();
  });
}"""


def measure_live(environment: "Mapping[str, str]", sessions: int = SESSIONS, turns: int = TURNS) -> dict[str, float]:
    """Serve the demonstration world, let so many others search, and time taps until the other side's page shows them.

    Each turn a learner applies, the company opens the application, the learner withdraws it: three taps, milliseconds.
    """
    with served("stageplus.stageplus:app", ROOT, environment) as address, _others(address, sessions):
        offer, learners = _applicants(turns)
        with phone_browser() as browser:
            company = _page(browser, address, COMPANY_ACCOUNT, 820, "/entreprise/candidatures")
            times = [
                milliseconds
                for email, name in learners
                for milliseconds in _turn(_page(browser, address, email, 390, f"/offres/{offer}"), company, name)
            ]
    percentiles = quantiles(times, n=100)
    return {
        "p50_ms": round(percentiles[49], 1),
        "p95_ms": round(percentiles[94], 1),
        "taps": len(times),
        "sessions": sessions,
    }


def _turn(learner: "Page", company: "Page", name: str) -> Iterator[float]:
    learner.get_by_label("Ma motivation").fill("J’aime ce métier et je voudrais l’apprendre chez vous.")
    yield _until(learner.get_by_role("button", name="Envoyer ma candidature"), company, name)
    learner.get_by_role("link", name="Suivre ma candidature").click()
    learner.get_by_role("heading", name="L’histoire de ta candidature").wait_for()
    opened = company.locator("article").filter(has_text=name).get_by_role("link")
    yield _until(opened, learner, "Vue par l’entreprise")
    company.go_back()
    learner.get_by_role("button", name="Retirer ma candidature").click()
    yield _until(learner.get_by_role("button", name="Oui, retirer"), company, name, is_there=False)
    learner.context.close()


def _until(tapped: "Locator", other: "Page", words: str, *, is_there: bool = True) -> float:
    """Tap, and return the milliseconds until the other page has the words, or has them no longer."""
    main = other.locator("main")
    (main.filter(has_not_text=words) if is_there else main.filter(has_text=words)).wait_for()
    other.evaluate(WATCH, [words, is_there])
    start = float(tapped.evaluate(TAP))
    return float(other.evaluate("window.seen")) - start


def _page(browser: "Browser", address: str, email: str, width: int, path: str) -> "Page":
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="fr-BE", base_url=address)
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": SESSION_COOKIE, "value": _token(email), "url": address}])
    page = context.new_page()
    page.goto(path)
    return page


def _token(email: str) -> str:
    return sign_in(Credentials(email, DEMO_PASSWORD), datetime.now(UTC)).token


def _applicants(count: int) -> tuple[int, list[tuple[str, str]]]:
    """Return an open offer of the demonstration company, with the addresses and names of who may apply to it."""
    with reading() as session:
        of_company = select(Offer.id).join(Company).join(CompanyMember).join(Person)
        of_account = of_company.where(Person.email == COMPANY_ACCOUNT, Offer.status == OfferStatus.PUBLISHED)
        offer = session.exec(of_account.where(Offer.places_taken < Offer.places).order_by(col(Offer.id))).first() or 0
        applied = select(Application.learner_id).join(Offer).join(Company).join(CompanyMember).join(Person)
        known = applied.where(Person.email == COMPANY_ACCOUNT)
        free = select(Person.email, Person.first_name, Person.last_name).join(Learner)
        strangers = free.where(col(Learner.id).not_in(known), col(Learner.enrolment_ended_on).is_(None))
        rows = session.exec(strangers.order_by(col(Learner.id)).limit(count)).all()
    return offer, [(email, f"{first} {last}") for email, first, last in rows]


@contextmanager
def _others(address: str, sessions: int) -> Iterator[None]:
    """Keep so many tabs open on the offers, each of which listens to the news and searches now and then."""
    cookies = [f"{SESSION_COOKIE}={_token(f'apprenant{number}@demo.test')}" for number in range(ACCOUNTS_OF_OTHERS)]
    spawning = get_context("spawn")
    ready = spawning.Event()
    crowd = spawning.Process(target=_search_on, args=(address, cookies, sessions, ready), daemon=True)
    crowd.start()
    try:
        if not ready.wait(SECONDS_TO_COME_IN):
            raise TimeoutError("the others did not come in")
        yield
    finally:
        crowd.terminate()
        crowd.join()


def _search_on(address: str, cookies: list[str], sessions: int, ready: Event) -> None:
    os.nice(POLITENESS)  # they stand for other machines, which take nothing from this one's processor
    tabs = [Tab(address, cookie, "/offres") for cookie in islice(cycle(cookies), sessions)]
    for tab in tabs:
        tab.milliseconds_until(FOUND, OPENED)
    ready.set()
    with ThreadPoolExecutor(sessions) as threads:
        list(threads.map(_search, tabs, range(sessions)))


def _search(tab: Tab, number: int) -> None:
    chance = Random(number)  # noqa: S311 — a rhythm, not a secret
    while True:
        sleep(chance.uniform(0, 2 * SECONDS_BETWEEN_ACTS))
        tab.search(chance.choice(WORDS))
