"""Rewriting a CV: what it shows stays, what it tells, runs, holds or fetches does not."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

from stageplus.domain.documents import DocumentKind, Flaw
from stageplus.domain.errors import InvalidInput
from stageplus.services.documents import rewriter
from stageplus.services.documents.rewriter import FLAW_WORDS, Rewritten, rewrite
from stageplus.services.documents.rewriting.__main__ import answer
from tests.services.documents import files

HTML, SVG = b"<!doctype html><script>alert(1)</script>", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'
BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def kept(content: bytes) -> Rewritten:
    said, _line, rewritten = answer(content).partition(b"\n")
    assert not said.startswith(b"!"), said.decode()
    return Rewritten(DocumentKind(said.decode()), rewritten)


def flaw(content: bytes) -> Flaw | None:
    said = answer(content).partition(b"\n")[0]
    return Flaw(said[1:].decode()) if said.startswith(b"!") else None


def opened(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.a_pdf(), DocumentKind.PDF),
        (files.a_docx(), DocumentKind.DOCX),
        (files.an_odt(), DocumentKind.ODT),
        (files.a_picture(), DocumentKind.JPG),
    ],
)
def test_an_honest_file_is_kept_without_what_it_tells_of_its_author(content: bytes, kind: DocumentKind) -> None:
    rewritten = kept(content)
    assert rewritten.kind is kind
    inside = opened(rewritten.content).values() if kind in {"docx", "odt"} else [rewritten.content]
    assert not any(files.SECRET.encode() in part for part in inside)
    assert kept(rewritten.content).kind is kind, "what we wrote can be read again"


def test_the_file_said_more_before() -> None:
    assert files.SECRET.encode() in files.a_picture()
    assert files.SECRET.encode() in files.a_pdf()
    assert any(files.SECRET.encode() in part for part in opened(files.a_docx()).values())


def test_a_pdf_keeps_its_page_and_picture_and_no_link() -> None:
    with pikepdf.open(BytesIO(kept(files.a_pdf()).content)) as pdf:
        [page] = pdf.pages
        assert len(page.get_images()) == 1 and "/Annots" not in page
        assert b"Lina" in page.Contents.read_bytes()
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"} and not pdf.docinfo


def test_a_docx_keeps_its_text_and_picture_and_no_link_or_remark() -> None:
    parts = opened(kept(files.a_docx()).content)
    document = parts["word/document.xml"].decode()
    assert "apprentie boulangère" in document and "mon blog" in document
    assert 'r:embed="rId8"' in document and "rId9" not in document and "comment" not in document
    assert set(parts) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/media/photo.png",
    }
    assert b"core.xml" not in parts["[Content_Types].xml"] and b"example.be" not in b"".join(parts.values())


def test_an_odt_keeps_its_text_and_picture_and_no_link_or_remark() -> None:
    content = kept(files.an_odt()).content
    parts = opened(content)
    assert content[30:38] == b"mimetype", "its kind comes first, as other programs expect"
    assert "mon blog" in parts["content.xml"].decode() and b"example.be" not in parts["content.xml"]
    assert set(parts) == {"mimetype", "content.xml", "styles.xml", "Pictures/photo.jpg", "META-INF/manifest.xml"}


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", Flaw.EMPTY),
        (HTML, Flaw.UNKNOWN),
        (SVG, Flaw.UNKNOWN),
        (b"MZ\x90\x00", Flaw.UNKNOWN),
        (b"\x89PNG\r\n", Flaw.UNKNOWN),
        (files.EICAR, Flaw.UNKNOWN),
        (b"\xd0\xcf\x11\xe0old word", Flaw.UNKNOWN),
        (files.zipped({"a.txt": "a"}), Flaw.UNKNOWN),
        (b"%PDF-1.7\n" + HTML, Flaw.BROKEN),
        (b"\xff\xd8\xff" + HTML, Flaw.BROKEN),
        (b"PK\x03\x04" + HTML, Flaw.BROKEN),
        (files.a_pdf(files.with_script), Flaw.ACTIVE),
        (files.a_pdf(files.with_launch), Flaw.ACTIVE),
        (files.a_pdf(files.with_file), Flaw.EMBEDDED),
        (files.a_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), Flaw.ENCRYPTED),
        (files.a_pdf(encryption=pikepdf.Encryption(owner="a", user="")), Flaw.ENCRYPTED),
        (files.a_pdf(files.with_pages(40)), Flaw.TOO_LARGE),
        (files.a_docx(word__vbaProject="x"), Flaw.ACTIVE),
        (files.a_docx(types=files.TYPES.replace("main+xml", "macroEnabled.main+xml")), Flaw.ACTIVE),
        (files.a_docx(word__embeddings__sheet="x"), Flaw.EMBEDDED),
        (files.a_docx('<w:altChunk r:id="rId7"/>'), Flaw.EMBEDDED),
        (files.a_docx("<w:instrText>DDE</w:instrText><w:instrText>AUTO c:</w:instrText>"), Flaw.LINKED),
        (files.a_docx(relations=files.a_relation("image", "https://example.be/x.png")), Flaw.LINKED),
        (files.a_docx(relations=files.a_relation("attachedTemplate", "https://example.be/x.dotm")), Flaw.LINKED),
        (files.a_docx(word__styles=""), None),
        (files.an_odt(Basic__Standard__Module="x"), Flaw.ACTIVE),
        (files.an_odt("<script:event-listener/>"), Flaw.ACTIVE),
        (files.an_odt('<draw:object xlink:href="./Object 1"/>'), Flaw.EMBEDDED),
        (files.an_odt('<draw:image xlink:href="https://example.be/x.png"/>'), Flaw.LINKED),
        (files.an_odt('<draw:image xlink:href="../../etc/x.png"/>'), Flaw.LINKED),
        (files.an_odt(**{"content.xml": BILLION_LAUGHS}), Flaw.ACTIVE),
    ],
)
def test_what_is_no_cv_is_refused_for_its_reason(content: bytes, wrong: Flaw | None) -> None:
    assert flaw(content) is wrong


def test_a_zip_that_swells_is_stopped_early() -> None:
    assert flaw(files.a_docx(word__styles="0" * 45_000_000)) is Flaw.TOO_LARGE
    assert flaw(files.zipped({f"{number}.txt": "" for number in range(400)})) is Flaw.TOO_LARGE


def test_a_picture_with_too_many_pixels_is_stopped_before_it_is_drawn() -> None:
    content = BytesIO()
    Image.new("L", (9000, 9000)).save(content, "JPEG")
    assert len(content.getvalue()) < 3_000_000
    assert flaw(content.getvalue()) is Flaw.TOO_LARGE


@pytest.mark.parametrize("tail", [HTML, files.EICAR, files.zipped({"a.exe": "MZ"})])
@pytest.mark.parametrize("content", [files.a_pdf(), files.a_picture(), files.a_docx(), files.an_odt()])
def test_of_a_file_of_two_kinds_only_the_first_remains(content: bytes, tail: bytes) -> None:
    said, _line, rewritten = answer(content + tail).partition(b"\n")
    assert said.startswith(b"!") or (tail not in rewritten and b"a.exe" not in rewritten)


def test_a_photo_that_lies_on_its_side_stands_up() -> None:
    content, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(content, "JPEG", exif=exif)
    with Image.open(BytesIO(kept(content.getvalue()).content)) as picture:
        assert picture.size == (40, 60) and not picture.getexif()


def test_the_process_beside_the_site_gives_back_the_same() -> None:
    assert rewrite(files.a_picture()) == kept(files.a_picture())
    with pytest.raises(InvalidInput) as refusal:
        rewrite(HTML)
    assert refusal.value.fields == {"cv": FLAW_WORDS[Flaw.UNKNOWN]}


@pytest.mark.parametrize(
    ("program", "wrong"),
    [("raise SystemExit(3)", Flaw.BROKEN), ("import os; os.kill(os.getpid(), 9)", Flaw.TOO_LARGE)],
)
def test_a_process_that_dies_breaks_nothing_else(monkeypatch: pytest.MonkeyPatch, program: str, wrong: Flaw) -> None:
    monkeypatch.setattr(rewriter, "COMMAND", [*rewriter.COMMAND[:2], "-c", program])
    with pytest.raises(InvalidInput) as refusal:
        rewrite(b"x")
    assert refusal.value.fields == {"cv": FLAW_WORDS[wrong]}


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEPLUS_SECRET_KEY", "s" * 40)
    program = "import os,sys; sys.stdout.write('jpg\\n' + ' '.join(k for k in os.environ if 'STAGEPLUS' in k))"
    monkeypatch.setattr(rewriter, "COMMAND", [*rewriter.COMMAND[:2], "-c", program])
    assert rewrite(b"x").content == b""
