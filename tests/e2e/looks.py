"""How a page looks to axe: whole in the light at two widths, and its colours once more in the dark.

Nearly all of axe's time goes into the contrast of each word. The first look reads everything; the others leave out
what a list repeats, since its rows are made alike.
"""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

SERIOUS = {"serious", "critical"}
PHONE, TABLET, DESK = WIDTHS = (390, 820, 1440)
FIRST_LOOK = (PHONE, "light")
LOOKS = [FIRST_LOOK, (DESK, "light"), (PHONE, "dark"), (DESK, "dark")]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that another colour scheme can break; all the others read the same document again."""
REPEATED = "main :is(li, tr, article):nth-child(n+11)"

TOO_WIDE_ONCE_DRAWN = """() => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const page = document.documentElement;
    tell(page.scrollWidth > page.clientWidth);
})))"""
VIOLATIONS = "([seen, options]) => axe.run(seen, options).then(({violations}) => violations)"


def settled(page: Page) -> None:
    """Wait until a page has been read and drawn."""
    expect(page.locator("main h1").first).to_be_visible()
    expect(page.locator("main [aria-busy=true], main .skeleton")).to_have_count(0)


def faults_of(page: Page, leave_out: str = "", **rules: Any) -> list[Any]:
    """Return what is seriously wrong with a page as it stands: the rule and the elements that break it."""
    # Without motion colours change at once: axe would take one on its way for poor contrast.
    page.emulate_media(reduced_motion="reduce")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    seen = {"include": ["html"], "exclude": [leave_out] if leave_out else []}
    found = page.evaluate(VIOLATIONS, [seen, {"resultTypes": ["violations"], **rules}])
    worst = [fault for fault in found if fault["impact"] in SERIOUS]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in worst]


def scrolls_sideways(page: Page, width: int) -> bool:
    """Tell whether a page is wider than a screen of this width."""
    page.set_viewport_size({"width": width, "height": 844})
    # The page learns of its new size a frame later, and is drawn once more after that.
    return bool(page.evaluate(TOO_WIDE_ONCE_DRAWN))


def faults_at(page: Page, width: int, scheme: Any) -> list[Any]:
    """Look at a page at one width and in one colour scheme."""
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    leave_out = "" if (width, scheme) == FIRST_LOOK else REPEATED
    return faults_of(page, leave_out, **({} if scheme == "light" else {"runOnly": COLOURS}))


def faults_everywhere(page: Page, also: Sequence[tuple[int, str]] = ()) -> dict[Any, list[Any]]:
    """Look at an open page in every way; it must not scroll sideways at any width either."""
    found = {look: faults_at(page, *look) for look in (*LOOKS, *also)}
    found["sideways"] = [width for width in WIDTHS if scrolls_sideways(page, width)]
    return {look: faults for look, faults in found.items() if faults}
