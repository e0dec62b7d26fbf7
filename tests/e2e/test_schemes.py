"""OFFA adds a dispositif and looks at its effect first; a coach puts a banner away, for good in this browser."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

OpenAs = Callable[..., Page]
DESK = 1440


def test_offa_adds_a_dispositif(open_as: OpenAs) -> None:
    page = open_as("offa", "/offa/dispositifs", width=DESK)
    page.get_by_text("Ajouter un dispositif").click()
    later = datetime.now(UTC).date() + timedelta(days=60)
    for label, value in (
        ("Nom du dispositif", "Alternance pour adultes"),
        ("Âge minimum", "18"),
        ("Avec deux années de secondaire", "18"),
        ("Contrat avant l’âge de", "60"),
        ("Valable à partir du", later.isoformat()),
        ("Pourquoi ce changement", "Décret"),
    ):
        page.get_by_label(label).fill(value)
    page.get_by_role("checkbox", name="EFP").check()
    page.get_by_role("button", name="Voir l’effet").click()
    expect(page.get_by_text("Opérateurs qui suivent ce dispositif")).to_be_visible()
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Alternance pour adultes")).to_be_visible()
    expect(page.get_by_text("S’ouvre le").first).to_be_visible()


def test_a_coach_puts_a_banner_away(open_as: OpenAs) -> None:
    page = open_as("coach", "/coach/inviter", width=DESK)
    banner = page.get_by_role("region", name="Annonce")
    expect(banner).to_contain_text("Webinaire")
    banner.get_by_role("button", name="Masquer").click()
    expect(banner).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inviter des entreprises")
    expect(page.get_by_text("Webinaire de rentrée")).to_be_visible()
    expect(banner).to_have_count(0)
