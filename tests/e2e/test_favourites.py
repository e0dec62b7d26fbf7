"""A learner keeps an offer on the phone, finds it again, is told when it has closed, and lets it go."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer
from stageplus.services.notifications.live import tell

OpenAs = Callable[..., Page]


def test_kept_with_one_tap_listed_told_when_it_closed_and_let_go(open_as: OpenAs, world: Engine) -> None:
    page = open_as("apprenant3", "/offres?q=coiffeur", width=390)
    card = page.locator(".offer-card").first
    star = card.get_by_role("button", name="Garder dans mes favoris")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".toast")).to_contain_text("C’est dans tes favoris.")
    page.locator(".tabs-nav").get_by_role("link", name="Favoris").click()
    kept = page.locator(".offer-card").first
    expect(page.get_by_role("heading", name="Encore ouvertes")).to_be_visible()
    offer_id = int((kept.locator(".card-cover").get_attribute("href") or "").rsplit("/", 1)[-1])
    with transaction(world) as session:
        offer = session.get_one(Offer, offer_id)
        before, offer.status = offer.status, OfferStatus.CLOSED
    page.reload()
    expect(page.get_by_role("heading", name="Plus ouvertes")).to_be_visible()
    expect(kept).to_contain_text("Fermée")
    expect(kept.locator(".plain-list li")).to_have_count(3)
    kept.get_by_role("button", name="Garder dans mes favoris").click()
    expect(page.get_by_role("heading", name="Pas encore de favori")).to_be_visible()
    page.get_by_role("button", name="Remettre").click()
    expect(page.get_by_role("heading", name="Plus ouvertes")).to_be_visible()
    with transaction(world) as session:
        session.get_one(Offer, offer_id).status = before
        tell(session, f"offer:{offer_id}")
