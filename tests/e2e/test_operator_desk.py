"""An operator's Monday, by keyboard: from a number of the desk to its list, two learners given, a sheet, a file."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

OpenAs = Callable[..., Page]


def test_a_monday_from_the_desk_to_a_file(open_as: OpenAs) -> None:
    page = open_as("operateur", "/operateur", width=1440)
    unfollowed = page.get_by_role("link", name="que personne ne suit")
    count = int(page.locator(".stat").filter(has=unfollowed).locator(".stat-number").inner_text())
    unfollowed.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"suivi=personne"))
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(count)
    name = rows.nth(0).get_by_role("link").inner_text()
    for number in (0, 1):
        rows.nth(number).get_by_role("checkbox").focus()
        page.keyboard.press("Space")
    page.get_by_label("Confier à").select_option(label="Lina Gabarit")
    page.get_by_role("button", name="Appliquer aux personnes cochées").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("2 apprenants")
    expect(rows).to_have_count(count - 2)
    with page.expect_download() as given:
        page.get_by_role("button", name="Exporter en CSV").click()
    lines = given.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert (len(lines) - 1, given.value.suggested_filename[-4:]) == (count - 2, ".csv")
    page.get_by_label("Suivi par").select_option("moi")
    page.get_by_role("link", name=name).click()
    expect(page.locator("main")).to_contain_text("Lina Gabarit")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Notes de l’équipe")).to_be_visible()
    for hidden in (page.get_by_label("Nouvelle note"), page.locator(".bar"), page.get_by_role("button").first):
        expect(hidden).to_be_hidden()


def test_filters_are_kept_and_the_ticked_arrive_at_an_offer(open_as: OpenAs) -> None:
    page = open_as("operateur", "/operateur/apprenants?place=sans&tri=nom", width=1440)
    page.get_by_text("Garder cette vue, ou en effacer une").click()
    page.get_by_label("Nom de la vue").fill("Sans place, par nom")
    page.get_by_role("button", name="Garder la vue").click()
    kept = page.get_by_role("navigation", name="Mes vues").get_by_role("link", name="Sans place, par nom")
    expect(kept).to_have_attribute("href", "/operateur/apprenants?place=sans&tri=nom")
    rows = page.locator("tbody tr")
    names = [rows.nth(number).get_by_role("link").inner_text() for number in (0, 1)]
    page.get_by_role("button", name="Leur suggérer une offre").click()
    expect(page.locator(".error-summary")).to_contain_text("Cochez d’abord")
    for number in (0, 1):
        rows.nth(number).get_by_role("checkbox").check()
    page.get_by_role("button", name="Leur suggérer une offre").click()
    expect(page.locator("main")).to_contain_text("une place pour 2 apprenants")
    page.locator("tbody").get_by_role("link").first.click()
    form = page.locator("form").filter(has=page.get_by_label("Pourquoi cette place ?"))
    for family, given in (name.split() for name in names):
        expect(form).to_contain_text(f"{given} {family}")
