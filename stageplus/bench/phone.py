"""A slow phone on a slow network, and what a first visit costs on it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from stageplus.bench.browser import ARGUMENTS, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, StorageState

MEGABIT = 1_000_000 / 8
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6 * MEGABIT, "uploadThroughput": 0.75 * MEGABIT}
CPU_SLOWDOWN = 4
WIDTH, HEIGHT = 390, 844
PATIENCE_MS = 60_000
BETWEEN_TAPS_MS = 200
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
# Chromium counts the bytes of websocket frames, but adds no latency to them: on both pages alike.
# Resolves with the time since navigation at which `ready` holds and the page is free to take the next tap.
WHEN_READY = """(ready) => new Promise((resolve) => {
  const test = new Function('return (' + ready + ')');
  const look = () => test()
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0))
    : requestAnimationFrame(look);
  look();
})"""
ROUND_TRIP = """([tap, reading]) => new Promise((resolve, reject) => {
  const read = new Function('return (' + reading + ')');
  const before = read();
  const start = performance.now();
  new Function(tap)();
  const look = () => {
    if (read() !== before) return resolve(performance.now() - start);
    if (performance.now() - start > 10_000) return reject(new Error('the tap changed nothing: ' + tap));
    requestAnimationFrame(look);
  };
  look();
})"""


@dataclass(frozen=True)
class Scenario:
    """One page to measure: when it can be used, and a tap with what it changes (JavaScript expressions).

    `unfolded` holds once what is tapped is there, and may tap itself to bring it.
    """

    path: str
    ready: str
    tap: str
    reading: str
    unfolded: str = "true"


@dataclass(frozen=True)
class Visit:
    """What one cold visit cost: bytes over the network, and milliseconds."""

    bytes: int
    first_paint_ms: float
    tappable_ms: float
    round_trip_ms: float


@contextmanager
def phone_browser() -> "Iterator[Browser]":
    """Start Chromium for measuring."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        yield browser
        browser.close()


def middle(visits: Sequence[Visit]) -> Visit:
    """Keep the median of each figure of several visits."""
    return Visit(
        bytes=int(median(visit.bytes for visit in visits)),
        first_paint_ms=round(median(visit.first_paint_ms for visit in visits)),
        tappable_ms=round(median(visit.tappable_ms for visit in visits)),
        round_trip_ms=round(median(visit.round_trip_ms for visit in visits), 1),
    )


def cold_visit(browser: "Browser", address: str, scenario: Scenario, cookies: "StorageState | None") -> Visit:
    """Visit a page with an empty cache on the slow phone, then tap on it again and again."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True, storage_state=cookies
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    received = _slow_down(context.new_cdp_session(page))
    page.goto(address + scenario.path, wait_until="commit")
    tappable = float(page.evaluate(WHEN_READY, scenario.ready))
    page.wait_for_load_state("networkidle")
    visit = Visit(sum(received), float(page.evaluate(FIRST_PAINT)), tappable, _round_trip(page, scenario))
    context.close()
    return visit


def _slow_down(session: "CDPSession") -> list[int]:
    received: list[int] = []

    def count(event: dict[str, Any]) -> None:
        received.append(int(event["encodedDataLength"]))

    session.on("Network.loadingFinished", count)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    return received


def _round_trip(page: "Page", scenario: Scenario, taps: int = 14) -> float:
    page.evaluate(WHEN_READY, scenario.unfolded)
    samples = []
    for _tap in range(taps):
        page.wait_for_timeout(BETWEEN_TAPS_MS)
        samples.append(float(page.evaluate(ROUND_TRIP, [scenario.tap, scenario.reading])))
    return median(samples[2:])
