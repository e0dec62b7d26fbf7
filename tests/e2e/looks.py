"""How a page looks to axe: whole in the light at every width, and its colours once more in the dark."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

SERIOUS = {"serious", "critical"}
WIDTHS = (390, 820, 1440)
LOOKS = [*[(width, "light") for width in WIDTHS], (390, "dark"), (1440, "dark")]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that another colour scheme can break; all the others read the same document again."""

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
VIOLATIONS = "(options) => axe.run(options).then(({violations}) => violations)"


def settled(page: Page) -> None:
    """Wait until a page has been read and drawn."""
    expect(page.locator("main h1").first).to_be_visible()
    expect(page.locator("main [aria-busy=true], main .skeleton")).to_have_count(0)


def faults_of(page: Page, **rules: Any) -> list[Any]:
    """Return what is seriously wrong with a page as it stands: the rule and the elements that break it."""
    # Without motion colours change at once: axe would take one on its way for poor contrast.
    page.emulate_media(reduced_motion="reduce")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(VIOLATIONS, {"resultTypes": ["violations"], **rules})
    worst = [fault for fault in found if fault["impact"] in SERIOUS]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in worst]


def faults_at(page: Page, width: int, scheme: Any) -> list[Any]:
    """Look at a page at one width and in one colour scheme; it must not scroll sideways either."""
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sideways = ["the page scrolls sideways"] if page.evaluate(TOO_WIDE) > 0 else []
    return [*sideways, *faults_of(page, **({} if scheme == "light" else {"runOnly": COLOURS}))]


def faults_everywhere(page: Page) -> dict[tuple[int, str], list[Any]]:
    """Look at an open page in every way."""
    return {look: found for look in LOOKS if (found := faults_at(page, *look))}
