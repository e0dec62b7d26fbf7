"""Every pair of colours that meets on a page is readable, in light and in dark."""

import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).resolve().parents[2] / "assets"
TOKENS = (ASSETS / "tokens.css").read_text()
STYLES = (ASSETS / "components.css").read_text()
GROUNDS = ("paper", "surface", "sunken")
TEXT_PAIRS = (
    *((text, ground) for text in ("ink", "muted", "accent", "accent-strong", "danger") for ground in GROUNDS),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-accent-soft", "accent-soft"),
    ("ink", "accent-soft"),
    ("muted", "accent-soft"),
    ("success", "success-soft"),
    ("success", "surface"),
    ("on-success", "success"),
    ("ink", "success-soft"),
    ("warning", "warning-soft"),
    ("warning", "surface"),
    ("ink", "warning-soft"),
    ("danger", "danger-soft"),
    ("ink", "danger-soft"),
    ("on-danger", "danger"),
    ("on-danger", "danger-strong"),
    ("on-sun", "sun"),
    ("on-hero", "hero"),
    ("paper", "ink"),
)
# Borders of fields, focus rings and the mark: WCAG 1.4.11 asks for 3.
SHAPE_PAIRS = (
    *(("line-strong", ground) for ground in ("paper", "surface")),
    *(("accent", ground) for ground in GROUNDS),
    ("sun", "hero"),
    ("danger", "surface"),
)


def _tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


LIGHT_CSS, DARK_CSS = TOKENS.split("@media (prefers-color-scheme: dark)")
LIGHT = _tokens(LIGHT_CSS)
THEMES = {"light": LIGHT, "dark": {**LIGHT, **_tokens(DARK_CSS)}}


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable(theme: str, text: str, ground: str) -> None:
    tokens = THEMES[theme]
    assert contrast(tokens[text], tokens[ground]) >= 4.5, f"--{text} on --{ground} in {theme}: change assets/tokens.css"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_that_carry_meaning_are_visible(theme: str, shape: str, ground: str) -> None:
    tokens = THEMES[theme]
    assert contrast(tokens[shape], tokens[ground]) >= 3, f"--{shape} on --{ground} in {theme}: change assets/tokens.css"


def test_dark_changes_every_colour_that_has_to() -> None:
    same_in_both = {"on-sun", "on-hero"}
    assert set(LIGHT) - set(_tokens(DARK_CSS)) == set()
    assert {name for name in LIGHT if LIGHT[name] == THEMES["dark"][name]} <= same_in_both


def test_components_take_their_colours_from_the_tokens() -> None:
    written_out = re.findall(r"(?<!%23)#[0-9a-f]{3,8}\b", STYLES)
    assert written_out == [], "write var(--…) and put the colour into assets/tokens.css"


def test_every_token_used_exists() -> None:
    known = set(re.findall(r"--([\w-]+):", TOKENS))
    assert set(re.findall(r"var\(--([\w-]+)", STYLES)) <= known


def test_no_text_is_smaller_than_sixteen_pixels() -> None:
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", STYLES)]
    sizes += [float(size) for size in re.findall(r"--size-\w+: (?:clamp\()?([\d.]+)rem", TOKENS)]
    assert sizes
    assert min(sizes) >= 1
