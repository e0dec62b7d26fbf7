"""Invented CVs of every kind, honest and otherwise."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pikepdf
from fpdf import FPDF
from PIL import Image
from PIL.ExifTags import GPSTAGS, TAGS

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SECRET = "Rue-des-Secrets-12"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
ODT_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    content = BytesIO()
    exif = Image.Exif()
    exif[next(number for number, name in TAGS.items() if name == "Make")] = SECRET
    place = exif.get_ifd(next(number for number, name in TAGS.items() if name == "GPSInfo"))
    place[next(number for number, name in GPSTAGS.items() if name == "GPSMapDatum")] = SECRET
    Image.new("RGB", size, "teal").save(content, kind, exif=exif)
    return content.getvalue()


def a_pdf(change: Callable[[pikepdf.Pdf], Any] = lambda _pdf: None, **saved: Any) -> bytes:
    """Make a PDF of one page with a photo, properties and a link, then change it."""
    sheet = FPDF()
    sheet.set_author(SECRET)
    sheet.add_page()
    sheet.set_font("helvetica", size=14)
    sheet.cell(text="Lina, apprentie boulangere", link="https://example.be")
    sheet.image(BytesIO(a_picture()), x=10, y=40, w=30)
    content = BytesIO()
    with pikepdf.open(BytesIO(bytes(sheet.output()))) as pdf:
        with pdf.open_metadata() as known:
            known["dc:creator"] = [SECRET]
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name("/Image"):
                each.write(a_picture(), filter=pikepdf.Name("/DCTDecode"))
        change(pdf)
        pdf.save(content, **saved)
    return content.getvalue()


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")


def with_launch(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/AA"] = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="calc.exe"))


def with_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = b"MZ"


def with_pages(count: int) -> Callable[[pikepdf.Pdf], Any]:
    return lambda pdf: [pdf.add_blank_page() for _ in range(count)]


def zipped(parts: dict[str, str | bytes], *, first: str | None = None) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part, ZIP_STORED if name == first else ZIP_DEFLATED)
    return content.getvalue()


def a_docx(body: str = "", relations: str = "", types: str = TYPES, **others: str | bytes) -> bytes:
    """Make a docx with properties, a remark, a link and a picture; `others` are parts, `__` standing for a slash."""
    document = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<w:body><w:p><w:r><w:t>Lina, apprentie boulangère</w:t></w:r><w:commentReference w:id="0"/></w:p>'
        f'<w:p><w:hyperlink r:id="rId9"><w:r><w:t>mon blog</w:t></w:r></w:hyperlink></w:p>'
        f'<w:p><w:ins w:author="{SECRET}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>ajout</w:t></w:r></w:ins></w:p>'
        f'<a:blip r:embed="rId8"/>{body}</w:body></w:document>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId8" Type="{R}/image" Target="media/photo.png"/>'
        f'<Relationship Id="rId9" Type="{R}/hyperlink" Target="https://example.be" TargetMode="External"/>'
        f"{relations}</Relationships>"
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": "<x/>",
        "word/document.xml": document,
        "word/_rels/document.xml.rels": rels,
        "word/media/photo.png": a_picture("PNG"),
        "word/comments.xml": f"<x>{SECRET}</x>",
        "docProps/core.xml": f"<x>{SECRET}</x>",
    }
    return zipped(parts | {name.replace("__", "/"): part for name, part in others.items()})


def a_relation(kind: str, target: str, *, outside: bool = True) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="rId7" Type="{R}/{kind}" Target="{target}"{mode}/>'


def an_odt(body: str = "", **others: str | bytes) -> bytes:
    content = (
        f"<office:document-content {ODT_NAMES}><office:scripts/><office:body><office:text>"
        f"<text:p>Lina, apprentie boulangère<office:annotation><dc:creator>{SECRET}</dc:creator></office:annotation>"
        f'<text:a xlink:href="https://example.be">mon blog</text:a></text:p>'
        f'<draw:image xlink:href="Pictures/photo.jpg"/>{body}</office:text></office:body></office:document-content>'
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {ODT_NAMES}/>",
        "meta.xml": f"<x>{SECRET}</x>",
        "Pictures/photo.jpg": a_picture(),
        "META-INF/manifest.xml": "<x/>",
    }
    return zipped(parts | {name.replace("__", "/"): part for name, part in others.items()}, first="mimetype")
