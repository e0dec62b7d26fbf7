"""Rewrites a PDF from its pages alone."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, PasswordError, Pdf, PdfError, Stream

from stageplus.domain.documents import Flaw, Unfit
from stageplus.services.documents.rewriting.pictures import redrawn

MOST_PAGES = 30
ACTIVE = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/Movie"}
OF_A_PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"}
SIGNED = (b"Exif\0", b"http://ns.adobe.com", b"Photoshop")
"""What begins the notes that a camera or a program leaves in a photo."""
TELLING = ("/Metadata", "/PieceInfo", "/LastModified")


def rewritten(content: bytes) -> bytes:
    """Keep the pages of a PDF and nothing else: no properties, links, forms or actions.

    Raises `Unfit` for one that is protected, runs something, holds another file, or has too many pages.
    """
    try:
        with Pdf.open(BytesIO(content), attempt_recovery=True, suppress_warnings=True) as source:
            return _rewritten(source)
    except PasswordError as locked:
        raise Unfit(Flaw.ENCRYPTED) from locked
    except (PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, RuntimeError) as broken:
        raise Unfit(Flaw.BROKEN) from broken


def _rewritten(source: Pdf) -> bytes:
    if source.is_encrypted:
        raise Unfit(Flaw.ENCRYPTED)
    for each in _everything(source):
        _look_at(each)
    if not 0 < len(source.pages) <= MOST_PAGES:
        raise Unfit(Flaw.TOO_LARGE if source.pages else Flaw.BROKEN)
    with Pdf.new() as fresh:
        for page in source.pages:
            for key in set(page.obj.keys()) - OF_A_PAGE:
                if key != "/Parent":
                    del page.obj[key]
            fresh.pages.append(page)
        for each in _everything(fresh):
            _silence(each)
        written = BytesIO()
        fresh.save(written, object_stream_mode=ObjectStreamMode.disable, deterministic_id=True)
        return written.getvalue()


def _everything(pdf: Pdf) -> Iterator[Object]:
    for each in pdf.objects:
        yield from _within(each, depth=0)


def _within(each: Object, depth: int) -> Iterator[Object]:
    """Yield what stands inside an object; whatever it only refers to has its own turn."""
    if depth > 50:
        raise Unfit(Flaw.BROKEN)
    yield each
    inside: list[Any] = []
    if isinstance(each, Dictionary | Stream):
        inside = [each[key] for key in each.keys()]  # noqa: SIM118 — a stream is no mapping
    elif isinstance(each, Array):
        inside = list(each)
    for part in inside:
        if isinstance(part, Dictionary | Array) and not part.is_indirect:
            yield from _within(part, depth + 1)


def _look_at(each: Object) -> None:
    if not isinstance(each, Dictionary | Stream):
        return
    keys = set(each.keys())
    action = each.get("/S")
    if keys & ACTIVE or (isinstance(action, Name) and str(action) in ACTIVE_ACTIONS):
        raise Unfit(Flaw.ACTIVE)
    if "/EmbeddedFiles" in keys or ({"/EF", "/F"} <= keys) or each.get("/Type") == Name("/EmbeddedFile"):
        raise Unfit(Flaw.EMBEDDED)


def _silence(each: Object) -> None:
    if not isinstance(each, Dictionary | Stream):
        return
    for key in TELLING:
        if key in each:
            del each[key]
    # A photo inside a page still knows where it was taken.
    if isinstance(each, Stream) and each.get("/Filter") == Name("/DCTDecode"):
        _redraw(each)


def _redraw(each: Stream) -> None:
    content = each.read_raw_bytes()
    if any(mark in content for mark in SIGNED):
        each.write(redrawn(content, "JPEG", upright=False), filter=Name("/DCTDecode"))
        each["/ColorSpace"], each["/BitsPerComponent"] = Name("/DeviceRGB"), 8
        if "/Decode" in each:
            del each["/Decode"]
