"""What goes wrong between a tap and its answer: nothing is lost, nothing happens twice, and it is said in French."""

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocketRoute, expect
from playwright.sync_api import Error as BrowserError
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import open_engine
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, ApplicationChange, Learner, Offer, OutboxMessage, Person
from stageplus.services.accounts.actions import sign_in
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.accounts.schemas import Credentials
from tests.e2e.conftest import PASSWORD, SITE
from tests.e2e.mortal import MortalSite

MINE = "J’aime me lever tôt et voir le pain gonfler."
ACCOUNT = "apprenant@demo.test"
LOST, BACK = "Connexion perdue", "La connexion est revenue"
ENGLISH = re.compile(r"cannot connect|reload|server|error|websocket|new version", re.IGNORECASE)


@pytest.fixture(scope="module")
def shaken(world: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Copy the demonstration world: its server will die many times."""
    copy = tmp_path_factory.mktemp("mishaps") / "demo.db"
    with closing(connect(Path(str(world.url.database)))) as source, closing(connect(copy)) as target:
        source.backup(target)
    opened = open_engine(f"sqlite:///{copy}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="module")
def mortal(shaken: Engine) -> Iterator[MortalSite]:
    site = MortalSite(SITE | {"STAGEPLUS_DATABASE_URL": f"sqlite:///{shaken.url.database}"})
    yield site
    site.die()


@pytest.fixture
def context(chromium: Browser, mortal: MortalSite, shaken: Engine) -> Iterator[BrowserContext]:
    """Open a browser in which the demonstration learner is signed in."""
    token = sign_in(Credentials(ACCOUNT, PASSWORD), datetime.now(UTC), on=shaken).token
    opened = chromium.new_context(base_url=mortal.address, locale="fr-BE", viewport={"width": 390, "height": 844})
    opened.set_default_timeout(15_000)
    opened.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": mortal.address}])
    yield opened
    opened.close()


@pytest.fixture
def offer(shaken: Engine) -> int:
    """Return an open offer to which nobody of this test applied yet."""
    with Session(shaken) as session:
        mine = select(Application.offer_id).join(Learner).join(Person).where(Person.email == ACCOUNT)
        free = select(Offer.id).where(Offer.status == OfferStatus.PUBLISHED, Offer.places_taken < Offer.places)
        return session.exec(free.where(col(Offer.id).not_in(mine)).order_by(col(Offer.id))).first() or 0


@pytest.fixture
def writing(context: BrowserContext, offer: int) -> Page:
    """Open the offer and write, without sending."""
    return write(context.new_page(), offer)


def write(page: Page, offer: int) -> Page:
    page.goto(f"/offres/{offer}")
    page.get_by_label("Ma motivation").fill(MINE)
    return page


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Envoyer ma candidature")


def tap_again(page: Page) -> None:
    """Tap again while the form is still there, as somebody without an answer does."""
    sent = page.get_by_text(re.compile("Ta candidature est (envoyée|partie)")).first
    ready = page.locator("button:not([aria-busy=true])", has_text="Envoyer ma candidature")
    for _tap in range(3):
        expect(ready.or_(sent).first).to_be_visible()
        if not ready.is_visible():
            break
        with suppress(BrowserError):  # the page finds the application by itself, and the form goes
            assert page.get_by_label("Ma motivation").input_value(timeout=3_000) == MINE
            ready.click(timeout=3_000)
            sent.wait_for(timeout=5_000)
    expect(sent).to_be_visible()


def kept(shaken: Engine, offer: int) -> list[int]:
    """Count what the database holds of the application: rows, steps of its history, mails to the learner."""
    with Session(shaken) as session:
        mine = select(Application.id).join(Learner).join(Person)
        ids = session.exec(mine.where(Person.email == ACCOUNT, Application.offer_id == offer)).all()
        steps = session.exec(select(ApplicationChange.id).where(col(ApplicationChange.application_id).in_(ids))).all()
        told = select(OutboxMessage.id).where(col(OutboxMessage.key).in_([f"application-sent:{each}" for each in ids]))
        return [len(ids), len(steps), len(session.exec(told).all())]


NOTHING, ONCE = [0, 0, 0], [1, 1, 1]


def test_a_tap_that_the_server_never_read_is_repeated(
    writing: Page, mortal: MortalSite, shaken: Engine, offer: int
) -> None:
    mortal.freeze()
    button(writing).click()
    mortal.die()
    expect(writing.locator("[data-connection]")).to_contain_text(LOST)
    assert not ENGLISH.search(writing.locator("body").inner_text())
    expect(writing.get_by_label("Ma motivation")).to_have_value(MINE)
    assert kept(shaken, offer) == NOTHING
    mortal.come_back()
    expect(writing.locator("[data-connection]")).to_contain_text(BACK)
    tap_again(writing)
    expect(writing.get_by_text("Ta candidature est envoyée")).to_be_visible()
    assert kept(shaken, offer) == ONCE


@pytest.mark.parametrize("milliseconds", [0, 8, 30])
def test_killed_at_any_moment_after_the_tap_it_is_kept_once(
    milliseconds: int, writing: Page, mortal: MortalSite, shaken: Engine, offer: int
) -> None:
    button(writing).evaluate(
        "(button, after) => new Promise((on) => { button.click(); setTimeout(on, after); })", milliseconds
    )
    mortal.die()
    assert kept(shaken, offer) in (NOTHING, ONCE)
    mortal.come_back()
    tap_again(writing)
    assert kept(shaken, offer) == ONCE


def test_an_answer_that_was_lost_is_found_again(
    context: BrowserContext, mortal: MortalSite, shaken: Engine, offer: int
) -> None:
    deaf: list[bool] = []

    def relay(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        server.on_message(lambda frame: None if deaf else browser.send(frame))

    page = context.new_page()
    page.route_web_socket(re.compile("/_event"), relay)
    write(page, offer)
    deaf.append(True)
    button(page).click()
    while kept(shaken, offer) == NOTHING:
        page.wait_for_timeout(20)
    mortal.die()
    expect(page.get_by_label("Ma motivation")).to_have_value(MINE)
    deaf.clear()
    mortal.come_back()
    tap_again(page)
    assert kept(shaken, offer) == ONCE
    # The receipt never came, the application did: its text and key are not needed for a next one.
    page.wait_for_function(f"() => !Object.keys(localStorage).some((key) => key.includes('offre-{offer}'))")


def test_a_tap_while_the_server_is_away_is_sent_when_it_comes_back(
    writing: Page, mortal: MortalSite, shaken: Engine, offer: int
) -> None:
    mortal.die()
    expect(writing.locator("[data-connection]")).to_contain_text(LOST)
    button(writing).click()
    mortal.come_back()
    expect(writing.get_by_text(re.compile("Ta candidature est (envoyée|partie)")).first).to_be_visible()
    assert kept(shaken, offer) == ONCE


def test_a_nervous_thumb_sends_once(writing: Page, shaken: Engine, offer: int) -> None:
    button(writing).dblclick()
    expect(writing.get_by_text("Ta candidature est envoyée")).to_be_visible()
    assert kept(shaken, offer) == ONCE


def test_two_taps_that_both_reach_the_server_get_one_receipt(
    context: BrowserContext, shaken: Engine, offer: int
) -> None:
    tabs = [write(context.new_page(), offer) for _ in range(2)]
    for page in tabs:
        button(page).evaluate("button => setTimeout(() => button.click())")
    for page in tabs:
        expect(page.get_by_text(re.compile("Ta candidature est (envoyée|partie)")).first).to_be_visible()
    assert kept(shaken, offer) == ONCE


@pytest.mark.parametrize("taps", [1, 2])
def test_taps_without_a_network_leave_when_it_comes_back(
    taps: int, context: BrowserContext, writing: Page, shaken: Engine, offer: int
) -> None:
    context.set_offline(True)
    expect(writing.locator("[data-connection]")).to_contain_text(LOST)
    for _ in range(taps):
        expect(button(writing)).not_to_have_attribute("aria-busy", "true")
        button(writing).click()
    assert kept(shaken, offer) == NOTHING
    context.set_offline(False)
    expect(writing.get_by_text(re.compile("Ta candidature est (envoyée|partie)")).first).to_be_visible()
    assert kept(shaken, offer) == ONCE
