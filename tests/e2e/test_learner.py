"""A learner with a phone: searching, coming back to the same place, applying, with whatever people type."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, Learner, Offer, Person

OpenAs = Callable[..., Page]
PHONE = 390
PLACE_LEFT = """() => Math.max(...Object.entries(sessionStorage).map(
    ([name, place]) => (/scroll:.*page=3$/.test(name) ? place : 0)))"""


def first_card(page: Page) -> None:
    expect(page.locator(".offer-card").first).to_be_visible()


def test_the_first_screen_of_a_phone_shows_a_result(open_as: OpenAs) -> None:
    page = open_as("apprenant7", "/offres?q=boulanger&lieu=Namur", width=PHONE)
    first_card(page)
    card, tabs = page.locator(".offer-card").first.bounding_box(), page.locator(".tabs-nav").bounding_box()
    assert card and tabs and card["y"] + card["height"] < tabs["y"]
    for label in ("Rechercher un métier ou un mot-clé", "Commune ou code postal", "Rayon"):
        expect(page.get_by_label(label)).to_be_in_viewport()
    expect(page.get_by_label("Trier par")).to_be_hidden()


def test_a_wide_screen_shows_every_filter(open_as: OpenAs) -> None:
    page = open_as("apprenant", "/offres?q=boulanger", width=1440)
    first_card(page)
    expect(page.get_by_label("Trier par")).to_be_visible()
    expect(page.get_by_role("button", name="Filtres")).to_be_hidden()


@pytest.mark.parametrize("width", [PHONE, 820])
def test_folded_filters_are_counted_when_they_unfold_and_kept_until_then(open_as: OpenAs, width: int) -> None:
    page = open_as("apprenant", "/offres?q=boulanger&lieu=Namur&jours=oui", width=width)
    first_card(page)
    page.get_by_label("Commune ou code postal").fill("Liège")
    page.get_by_role("button", name="Rechercher", exact=True).click()
    expect(page).to_have_url(re.compile("lieu=Li.*jours=oui"))
    page.get_by_role("button", name="Filtres (1)").click()
    expect(page.get_by_label("Seulement mes jours en entreprise")).to_be_checked()
    expect(page.get_by_role("button", name="Voir les filtres")).to_have_count(0)


def test_filters_act_at_once_live_in_the_address_and_are_counted(open_as: OpenAs) -> None:
    page = open_as("apprenant", "/offres?q=boulanger&lieu=Namur", width=PHONE)
    first_card(page)
    page.get_by_role("button", name="Filtres", exact=True).click()
    page.get_by_label("Trier par").select_option("distance")
    page.get_by_text("Seulement mes jours en entreprise").click()
    expect(page.get_by_role("button", name="Filtres (2)")).to_be_visible()
    expect(page.get_by_label("Trier par")).to_be_visible()
    expect(page).to_have_url(re.compile("tri=distance&jours=oui"))
    shared = open_as("apprenant", page.url, width=1440)
    expect(shared.get_by_label("Trier par")).to_have_value("distance")
    expect(shared.get_by_label("Seulement mes jours en entreprise")).to_be_checked()
    expect(shared.locator(".result-count")).to_have_text(page.locator(".result-count").inner_text())


@pytest.mark.parametrize("way", ["the browser’s own button", "the link of the page"])
def test_coming_back_from_an_offer_of_page_three_finds_the_same_place(open_as: OpenAs, way: str) -> None:
    page = open_as("apprenant", "/offres?q=", width=PHONE)
    for number in (2, 3):
        page.get_by_role("link", name="Page suivante").click()
        expect(page.locator(".pages")).to_contain_text(f"Page {number} sur")
    card = page.locator(".offer-card").nth(11)
    title = card.inner_text()
    card.get_by_role("link", name="Voir l'offre").click()
    expect(page.get_by_role("heading", name="Ma candidature")).to_be_attached()
    # Where the list stood at the click, which may have scrolled it.
    place = page.evaluate(PLACE_LEFT)
    assert place > 844
    if way == "the link of the page":
        page.get_by_role("link", name="Retour aux offres").click()
    else:
        page.go_back()
    expect(page).to_have_url(re.compile("page=3$"))
    page.wait_for_function(f"() => Math.abs(scrollY - {place}) < 5")
    assert page.locator(".offer-card").nth(11).inner_text() == title


def test_nothing_near_offers_a_larger_radius_and_neighbours_in_one_tap(open_as: OpenAs, world: Engine) -> None:
    page = open_as("apprenant", "/offres?q=boulanger&lieu=Gembloux&rayon=5", width=PHONE)
    larger = page.locator(".callout").get_by_role("link").first
    label = larger.inner_text()
    radius, count = re.findall(r"(\d+)", label)
    larger.click()
    expect(page.locator(".result-count")).to_contain_text(f"{count} offre")
    expect(page.locator(".result-count")).to_contain_text(f"{radius} km de Gembloux")
    expect(page.get_by_label("Rayon")).to_have_value(radius)


@pytest.mark.parametrize(
    "text",
    [
        "100 %",
        "_",
        '"NEAR"',
        "' OR 1=1 --",
        "<img src=x onerror=alert(1)>",
        "\u202eregnaluob",
        "bou\u200blanger",
        "🙂🥐",
    ],
)
def test_any_text_is_plain_words(open_as: OpenAs, text: str) -> None:
    page = open_as("apprenant", "/offres?q=boulanger", width=PHONE)
    first_card(page)
    page.get_by_label("Rechercher un métier ou un mot-clé").fill(text)
    page.get_by_role("button", name="Rechercher").click()
    expect(page).not_to_have_url(re.compile("q=boulanger$"))
    expect(page.locator(".result-count")).to_contain_text("offre")
    expect(page.locator(".field-error, main img")).to_have_count(0)
    expect(page.get_by_label("Rechercher un métier ou un mot-clé")).to_have_value(text)


def test_a_text_without_end_stays_in_its_field_with_a_message(open_as: OpenAs) -> None:
    page = open_as("apprenant", "/offres?q=boulanger", width=PHONE)
    first_card(page)
    field = page.get_by_label("Rechercher un métier ou un mot-clé")
    field.fill("a" * 100_000)
    page.get_by_role("button", name="Rechercher").click()
    expect(page.locator(".field-error")).to_contain_text("trop long")
    assert len(field.input_value()) == 100_000
    first_card(page)


def test_a_wrong_address_says_what_is_wrong_and_shows_what_it_can(open_as: OpenAs) -> None:
    page = open_as("apprenant", f"/offres?q={'b' * 30_000}&rayon=-1&tri=salaire&page=99", width=PHONE)
    expect(page.locator(".field-error")).to_have_count(3)
    expect(page.get_by_label("Trier par")).to_be_visible()
    expect(page.get_by_text("Cette page n’existe pas")).to_be_visible()
    first_card(page)


def test_a_mistyped_place_is_one_tap_away(open_as: OpenAs) -> None:
    page = open_as("apprenant", "/offres?q=boulanger&lieu=Namurr", width=PHONE)
    expect(page.locator(".field-error")).to_contain_text("lieu")
    page.get_by_role("link", name="Namur", exact=True).click()
    expect(page.locator(".result-count")).to_contain_text("km de Namur")
    expect(page.get_by_label("Commune ou code postal")).to_have_value("Namur")


@pytest.mark.parametrize("named", ["abc", "999999", "-1", "%F0%9F%99%82"])
def test_an_unknown_offer_leads_back_to_the_others(open_as: OpenAs, named: str) -> None:
    page = open_as("apprenant", f"/offres/{named}", width=PHONE)
    expect(page.get_by_role("heading", name="Offre introuvable")).to_be_visible()
    page.get_by_role("link", name="Voir les offres").click()
    first_card(page)


@pytest.fixture
def open_offer(world: Engine) -> int:
    """Give the last published offer to which nobody applied, of a trade that has others too."""
    with Session(world) as session:
        applied = select(Application.offer_id)
        shared = select(Offer.trade_code).group_by(Offer.trade_code).having(func.count() > 5)
        published = select(Offer.id).where(Offer.status == OfferStatus.PUBLISHED, col(Offer.id).not_in(applied))
        published = published.where(col(Offer.trade_code).in_(shared))
        return session.exec(published.order_by(col(Offer.id).desc()).limit(1)).one() or 0


def test_postuler_stays_under_the_thumb_until_the_form(open_as: OpenAs, open_offer: int) -> None:
    page = open_as("apprenant", f"/offres/{open_offer}", width=PHONE)
    apply = page.get_by_role("link", name="Postuler")
    box, tabs = apply.bounding_box(), page.locator(".tabs-nav").bounding_box()
    assert box and tabs
    assert box["height"] >= 44 and tabs["y"] - 60 < box["y"] + box["height"] <= tabs["y"]
    apply.click()
    expect(page.get_by_label("Ma motivation")).to_be_in_viewport()
    page.wait_for_function("() => document.querySelector('.thumb').getBoundingClientRect().bottom < 64")


def test_a_text_much_too_long_is_refused_kindly_and_kept(open_as: OpenAs, open_offer: int) -> None:
    page = open_as("apprenant", f"/offres/{open_offer}", width=PHONE)
    text = "é" * 100_000
    page.get_by_label("Ma motivation").fill(text)
    page.get_by_role("button", name="Envoyer ma candidature").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Ma motivation")).to_be_focused()
    expect(page.get_by_label("Ma motivation")).to_have_value(text)
    page.reload()
    expect(page.get_by_label("Ma motivation")).to_have_value(text)
    page.get_by_label("Ma motivation").fill("")


def test_the_receipt_says_what_comes_next_and_by_when(open_as: OpenAs, open_offer: int) -> None:
    page = open_as("apprenant", f"/offres/{open_offer}", width=PHONE)
    page.get_by_label("Ma motivation").fill("J’ai envie d’apprendre.")
    page.get_by_text("Ce que l’entreprise verra").click()
    expect(page.get_by_text("apprenant@demo.test")).to_be_visible()
    page.get_by_role("button", name="Envoyer ma candidature").click()
    receipt = page.locator("[data-receipt]")
    expect(receipt).to_be_focused()
    year = str(datetime.now(UTC).year)
    expect(receipt).to_contain_text(re.compile(rf"au plus tard le \w+ \d+(er)? \S+ ({year}|{int(year) + 1})"))
    expect(page.get_by_role("heading", name="Offres semblables")).to_be_visible()
    page.get_by_role("link", name="Suivre ma candidature").click()
    page.get_by_role("button", name="Retirer ma candidature").click()
    page.get_by_role("button", name="Oui, retirer").click()
    expect(page.get_by_text("Ta candidature est retirée")).to_be_visible()
    expect(page.get_by_role("button", name="Retirer ma candidature")).to_have_count(0)


def test_a_refused_application_leads_to_open_offers(open_as: OpenAs, world: Engine) -> None:
    with transaction(world) as session:
        mine = select(Application).join(Learner).join(Person).where(Person.email == "apprenant@demo.test")
        refused = session.exec(mine.where(Application.status == ApplicationStatus.REFUSED)).first()
    assert refused
    page = open_as("apprenant", "/candidatures", width=PHONE)
    expect(page.get_by_role("heading", level=2, name="Terminées")).to_be_visible()
    page.goto(f"/candidatures/{refused.id}")
    expect(page.locator(".offer-card")).to_have_count(3)
    expect(page.locator("main")).to_contain_text("Refusée")


def test_a_page_waits_for_its_own_answer_instead_of_showing_the_one_before(open_as: OpenAs) -> None:
    slow, held = [False], list[Callable[[], None]]()

    def relay(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        server.on_message(lambda frame: held.append(lambda: browser.send(frame)) if slow[0] else browser.send(frame))

    page = open_as("apprenant", "/aide", width=PHONE)
    page.route_web_socket(re.compile("/_event"), relay)
    page.goto("/offres/999999")
    expect(page.get_by_role("heading", name="Elle n’est plus là")).to_be_visible()
    slow[0] = True
    page.get_by_role("link", name="Compte").first.click()
    expect(page.get_by_text("Chargement…")).to_be_attached()
    expect(page.get_by_role("heading", name="Elle n’est plus là")).to_be_hidden()
    expect(page.get_by_label("Prénom")).to_be_hidden()
    slow[0] = False
    for answer in held:
        answer()
    page.get_by_label("Prénom").fill("Typed at once")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Prénom")).to_have_value("Typed at once")
