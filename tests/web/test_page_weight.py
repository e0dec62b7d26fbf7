"""What a first visit of each page costs over the network, compressed as our server sends it: one budget a route."""

import json
import re
from collections.abc import Iterator

import pytest

from stageplus.pages.registry import PAGES
from stageplus.web.build import BUILT_PAGES, ROUTES_MANIFEST
from stageplus.web.pages_index import PagesIndex, load_pages

NEEDED_AT_ONCE = re.compile(r'(?:src|href)="(/[^"?]+\.(?:js|css|woff2))')
NEEDED_BY_STYLES = re.compile(r"url\([\"']?(/[^\"')]+\.(?:css|woff2))")
ROUTE_TABLE = re.compile(r"__reactRouterManifest=(\{.*\})", re.DOTALL)

USUAL = 190
"""Kilobytes (1,000 bytes) of a page without a line below: some 133 are the framework, 17 the font and 8 what
all states begin with."""
BUDGETS = {
    # What people open first, often on a phone with little network.
    "/": 184,
    "/connexion": 184,
    "/aide": 184,
    "/vie-privee": 184,
    "/offres": 190,
    "/offres/[offre]": 193,
    "/candidatures": 194,
    "/candidatures/[candidature]": 194,
    # Long forms and dense lists, mostly opened on a tablet or a desk.
    "/entreprise/offres/nouvelle": 192,
    "/entreprise/offres/[offre]": 193,
    "/entreprise/candidatures": 197,
    "/entreprise/candidatures/[candidature]": 196,
    "/operateur/agrements": 188,
    "/operateur/agrements/nouveau": 190,
    "/offa/agrements": 188,
    "/offa/agrements/nouveau": 190,
}


@pytest.fixture(scope="module")
def pages() -> PagesIndex:
    return load_pages(BUILT_PAGES, ROUTES_MANIFEST)


def weights(pages: PagesIndex, route: str) -> dict[str, int]:
    """List what a first visit of a route loads, with its bytes over the network."""
    address = "/" if route in {"/", "index"} else "/" + re.sub(r"\[\w+\]", "1", route.strip("/"))
    _status, html = pages.find(address)
    assert html is not None, "build the pages first: stageplus build"
    text = html.bodies["identity"].decode()
    loaded = {"the page itself": len(html.best_body("br")[1])}
    for path in {*NEEDED_AT_ONCE.findall(text), *_chunks(pages, text, route)}:
        loaded |= dict(_with_what_it_needs(pages, path))
    return loaded


def _chunks(pages: PagesIndex, html: str, route: str) -> Iterator[str]:
    manifest = next(path for path in NEEDED_AT_ONCE.findall(html) if "/manifest-" in path)
    _status, file = pages.find(manifest)
    assert file is not None
    found = ROUTE_TABLE.search(file.bodies["identity"].decode())
    assert found is not None
    table = json.loads(found[1])
    wanted = re.sub(r"\[(\w+)\]", r":\1", route.strip("/"))
    mine = [each for each in table["routes"].values() if each.get("index") and each.get("path", "") == wanted]
    assert mine or route == "404", f"{route} is not in the build: stageplus build"
    for each in (table["entry"], table["routes"]["root"], *mine):
        yield from (path for path in [each.get("module"), *each.get("imports", []), *each.get("css", [])] if path)


def _with_what_it_needs(pages: PagesIndex, path: str) -> Iterator[tuple[str, int]]:
    status, file = pages.find(path)
    assert file is not None
    assert status == 200, path
    yield path, len(file.best_body("br")[1])
    if path.endswith(".css"):
        for other in NEEDED_BY_STYLES.findall(file.bodies["identity"].decode()):
            yield from _with_what_it_needs(pages, other)


@pytest.mark.parametrize("route", [page.route for page in PAGES])
def test_a_first_visit_keeps_its_budget(route: str, pages: PagesIndex) -> None:
    loaded = weights(pages, route)
    total = sum(loaded.values())
    heaviest = "\n".join(f"{size:>8} {path}" for path, size in sorted(loaded.items(), key=lambda item: -item[1]))
    budget = BUDGETS.get(route, USUAL) * 1000
    assert total <= budget, f"{route}: {total} bytes, {budget} allowed. Heaviest first:\n{heaviest}"


def test_every_budget_belongs_to_a_page() -> None:
    assert set(BUDGETS) <= {page.route for page in PAGES}
