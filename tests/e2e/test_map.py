"""The map of offers: by keyboard on a desk, by thumb on a phone, where it costs nothing before it is asked for."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Request, expect

Open = Callable[..., Page]
IN_SIGHT = """() => {
    const box = (name) => document.querySelector(name).getBoundingClientRect();
    const [ring, frame] = [box(".map-ring"), box(".map-frame")];
    const apart = (from, to) => Math.abs(ring[from] + ring[to] - frame[from] - frame[to]);
    return apart("left", "right") < frame.width / 2 && apart("top", "bottom") < frame.width / 2;
}"""
MAP = re.compile(r"/map\.(js|css|svg)")


def numbers(page: Page) -> int:
    return sum(int(words) for words in page.locator(".map-marker").all_inner_texts())


def test_a_keyboard_enters_a_marker_then_leads_to_one_commune(open_as: Open) -> None:
    page = open_as("apprenant", "/offres?q=", width=1440)
    frame = page.locator(".map-frame")
    expect(frame).to_have_attribute("data-level", "0")
    total = int(page.locator(".result-count").inner_text().split()[0])
    assert numbers(page) == total
    many = page.locator("button.map-marker").first
    expect(many).to_have_accessible_name(re.compile(r"^\w.* communes? voisines?, \d+ offres?$"))
    many.focus()
    page.keyboard.press("Enter")
    expect(frame).to_have_attribute("data-level", "1")
    page.get_by_role("button", name="Agrandir la carte").focus()
    for level in ("2", "3", "4", "5"):
        page.keyboard.press("Enter")
        expect(frame).to_have_attribute("data-level", level)
    expect(page.get_by_role("button", name="Agrandir la carte")).to_be_disabled()
    assert numbers(page) == total and page.locator("button.map-marker").count() == 0
    one = page.locator("a.map-marker").first
    name, offers = str(one.get_attribute("aria-label")).rsplit(", ", 1)
    one.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".result-count")).to_contain_text(f"{offers} dans la commune")
    assert "rayon=0" in page.url and page.get_by_label("Commune ou code postal").input_value() == name
    expect(frame).to_have_attribute("data-level", "5")  # the map stays where it was
    page.get_by_role("button", name="Voir la liste des communes").click()
    expect(page.locator(".map-towns a").first).to_contain_text(name)


def test_a_filter_changes_the_map_after_the_list(open_as: Open) -> None:
    page = open_as("apprenant", "/offres?q=&lieu=Namur&rayon=50", width=1440)
    expect(page.locator(".map-words")).to_contain_text("50 km autour de Namur")
    page.wait_for_function(IN_SIGHT)
    before = numbers(page)
    page.get_by_label(re.compile("Sans permis")).check()
    expect(page.locator(".map-words")).not_to_contain_text(f"{before} offres sur la carte")
    assert 0 < numbers(page) < before


def test_a_phone_reads_the_map_only_behind_its_button(open_as: Open) -> None:
    page = open_as("apprenant", "/offres?q=", width=390)
    asked: set[str] = set()

    def note(request: Request) -> None:
        asked.update(MAP.findall(request.url))

    page.on("request", note)
    expect(page.locator(".results .offer-card").first).to_be_visible()
    assert asked == set() and page.locator(".map-frame").count() == 0
    page.get_by_role("link", name="Carte", exact=True).click()
    page.wait_for_url(re.compile("carte=oui"))
    expect(page.locator(".map-frame")).to_be_in_viewport()
    expect(page.locator(".results .offer-card").first).to_be_hidden()
    assert asked == {"js", "css", "svg"}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Voir la liste des communes").click()
    page.locator(".map-towns a").first.click()
    expect(page.locator(".result-count")).to_contain_text("dans la commune")
    expect(page.locator(".results .offer-card").first).to_be_visible()
