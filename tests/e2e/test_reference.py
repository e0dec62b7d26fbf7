"""OFFA at its desk: a search that found nothing becomes a word, and a value is looked at before it is planned."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

OpenAs = Callable[..., Page]
DESK = 1440


def test_offa_settles_a_search_and_tries_a_value(open_as: OpenAs) -> None:
    page = open_as("offa", "/offa/referentiels/mots", width=DESK)
    line = page.locator("tbody tr").filter(has_text="barista")
    line.get_by_label("Métier").fill("Barmaid / Barman")
    line.get_by_role("button", name="Ajouter à ce métier").click()
    expect(page.get_by_text("« barista » mène maintenant à")).to_be_visible()
    expect(line).to_have_count(0)

    page.goto(page.url.replace("/mots", "/parametres/offer_ending_soon_days"))
    page.get_by_label("Valeur", exact=True).fill("30")
    page.get_by_role("button", name="Voir l’effet").click()
    expect(page.get_by_text("Offres en ligne signalées comme se terminant bientôt")).to_be_visible()
    later = datetime.now(UTC).date() + timedelta(days=30)
    page.get_by_label("À partir du").fill(later.isoformat())
    page.get_by_label("Pourquoi ce changement").fill("Demandé par les entreprises")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("la nouvelle valeur est enregistrée")).to_be_visible()
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("la valeur prévue est retirée")).to_be_visible()
