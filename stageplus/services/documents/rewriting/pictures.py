"""Draws pictures again, so that nothing but their pixels remains: no place, no device, nothing behind the last line."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from stageplus.domain.documents import Flaw, Unfit

MOST_PIXELS = 40_000_000
"""A good telephone takes 12 to 50 million: what is larger is no photo of a sheet of paper."""
FORMATS = ("JPEG", "PNG")


def redrawn(content: bytes, *formats: str, upright: bool = True) -> bytes:
    """Draw a picture again, turned as its camera was held when `upright`.

    Raises `Unfit` when it is broken, of another kind, or has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _redrawn(content, formats or FORMATS, upright)
    except Image.DecompressionBombError as bomb:
        raise Unfit(Flaw.TOO_LARGE) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise Unfit(Flaw.BROKEN) from broken


def _redrawn(content: bytes, formats: tuple[str, ...], upright: bool) -> bytes:
    with Image.open(BytesIO(content), formats=formats) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit(Flaw.TOO_LARGE)
        kind = picture.format or ""
        mode = "RGB" if kind == "JPEG" else "RGBA"
        turned = (ImageOps.exif_transpose(picture) if upright else picture).convert(mode)
    clean = Image.new(mode, turned.size)
    clean.paste(turned)
    drawn = BytesIO()
    options = {"quality": 85, "optimize": True} if kind == "JPEG" else {"optimize": True}
    clean.save(drawn, kind, **options)
    return drawn.getvalue()
