"""What our PDF sheets share: the fonts of the site, its colours, and texts that these fonts can draw."""

import re
import unicodedata
from pathlib import Path
from typing import Any

from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Figtree"
INK, ACCENT, SOFT, SUN, QUIET = (26, 24, 42), (45, 55, 205), (232, 234, 252), (255, 201, 60), (95, 93, 108)
_UNDIVIDED = str.maketrans("łŁøØđĐıəƏ", "lLoOdDieE")
_KEPT_TOGETHER = re.compile(r" (?=[;:!?»])|(?<=«) ")


def open_fonts(page: FPDF) -> None:
    """Give a document the fonts, its author and its language."""
    for style, name in (("", "regular"), ("B", "bold")):
        page.add_font(FAMILY, style, FONTS / f"figtree-{name}.ttf")
    page.set_author("Stage+")
    page.set_lang("fr-BE")


def close_fonts(page: FPDF) -> None:
    """Close the files of the fonts, once the document is written."""
    for font in page.fonts.values():
        opened: Any = font
        opened.close()


def drawable(page: FPDF, text: str) -> str:
    """Return a text that the font can draw: letters it lacks lose their accents, or become a question mark."""
    known: Any = page.current_font
    drawn = []
    for letter in _KEPT_TOGETHER.sub("\u00a0", unicodedata.normalize("NFC", text).replace("\u202f", "\u00a0")):
        if letter == "\n" or ord(letter) in known.cmap:
            drawn.append(letter)
            continue
        plain = unicodedata.normalize("NFKD", letter)[:1].translate(_UNDIVIDED)
        drawn.append(plain if plain and ord(plain) in known.cmap else "?")
    return "".join(drawn)
