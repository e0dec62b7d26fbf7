"""What the design system adds to a page stays small, and comes from our own address."""

import re
from pathlib import Path

import brotli
import pytest

ASSETS = Path(__file__).resolve().parents[2] / "assets"
BUDGETS = {
    "app.js": 7_800,
    "passkeys.js": 1_400,
    "map.js": 1_000,
    "upload.js": 700,
    "map.css": 1_400,
    "charts.css": 700,
    "basins.svg": 4_800,
    "map.svg": 4_800,
    "components.css": 9_950,
    "tokens.css": 1_500,
    "fonts/figtree.woff2": 20_000,
}


@pytest.mark.parametrize(("name", "budget"), BUDGETS.items())
def test_each_file_keeps_its_budget(name: str, budget: int) -> None:
    content = (ASSETS / name).read_bytes()
    size = len(content) if name.endswith(".woff2") else len(brotli.compress(content))
    assert size <= budget, f"{name}: {size} bytes over the wire, {budget} allowed"


def test_the_font_has_its_licence_beside_it() -> None:
    assert "SIL Open Font License" in (ASSETS / "fonts" / "OFL.txt").read_text()


@pytest.mark.parametrize(
    "name",
    [
        "app.js",
        "map.js",
        "upload.js",
        "map.css",
        "charts.css",
        "components.css",
        "tokens.css",
        "manifest.webmanifest",
        "favicon.svg",
    ],
)
def test_nothing_comes_from_elsewhere(name: str) -> None:
    addresses = set(re.findall(r"https?:(?://|%2F%2F)[^'\"\s)]+", (ASSETS / name).read_text()))
    assert addresses <= {"http://www.w3.org/2000/svg"}
