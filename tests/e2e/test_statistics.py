"""Anybody reads the open figures and takes them along; OFFA narrows its own."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

OpenAs = Callable[..., Page]


def test_anybody_finds_a_month_and_takes_the_file_along(open_as: OpenAs) -> None:
    page = open_as("", "/")
    page.get_by_role("contentinfo").get_by_role("link", name="Statistiques").click()
    expect(page.get_by_role("heading", level=1, name="Statistiques")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Candidatures envoyées par mois"))).to_be_visible()
    expect(page.get_by_role("table", name="Par bassin").get_by_role("rowheader", name="Namur")).to_be_visible()
    latest = page.get_by_role("heading", level=2, name=re.compile("^En ")).inner_text()
    page.get_by_label("Mois", exact=True).select_option(index=2)
    expect(page).to_have_url(re.compile(r"mois=20\d\d-\d\d"))
    expect(page.get_by_role("heading", level=2, name=re.compile("^En "))).not_to_have_text(latest)
    file = page.request.get(page.get_by_role("link", name="Par mois et bassin").get_attribute("href") or "")
    assert file.ok
    assert file.text().startswith("mois,code,nom,")


def test_offa_narrows_the_way_of_applications_to_a_basin(open_as: OpenAs) -> None:
    page = open_as("offa", "/offa")
    funnel = page.get_by_role("table", name="Jusqu’où vont les candidatures")
    sent = funnel.locator("tbody tr").filter(has=page.get_by_role("rowheader", name="Envoyées"))
    expect(sent).to_be_visible()
    everywhere = sent.inner_text()
    page.get_by_label("Bassin").select_option(label="Namur")
    expect(page).to_have_url(re.compile("bassin=namur"))
    expect(sent).not_to_have_text(everywhere)
    expect(page.get_by_text("Compté jusqu’au")).to_be_visible()
    expect(page.get_by_role("heading", name="Santé du site")).to_be_visible()
