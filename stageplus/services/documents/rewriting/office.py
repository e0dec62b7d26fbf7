"""Rewrites docx and odt files from the parts that show something; what runs, holds or fetches something is refused."""

import re
from collections.abc import Callable, Iterable
from posixpath import normpath

from lxml import etree

from stageplus.domain.documents import Flaw, Unfit
from stageplus.services.documents.rewriting.archive import local, packed, parts_of, read_xml, written_xml
from stageplus.services.documents.rewriting.pictures import redrawn
from stageplus.services.documents.rewriting.recognition import DOCX_BODY, DOCX_TYPES, ODT

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XLINK = "http://www.w3.org/1999/xlink"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
FIELDS = re.compile(r"DDE|INCLUDE|IMPORT|MACRO|LINK(?<!HYPERLINK)|DATABASE", re.IGNORECASE)
"""The fields of a text that fetch or run something when it is opened; a hyperlink only waits for a tap."""
DOCX_SHOWN = re.compile(
    r"word/(document|styles|numbering|footnotes|endnotes|theme/theme\d+|header\d+|footer\d+)\.xml", re.IGNORECASE
)
PICTURES = re.compile(r"(word/media|Pictures)/[\w.-]+\.(png|jpe?g)", re.IGNORECASE)
DOCX_RUNS = re.compile(r"vba|activex|macros?|customui", re.IGNORECASE)
DOCX_HOLDS = re.compile(r"embeddings|oleobject|afchunk|altchunk", re.IGNORECASE)
DOCX_REMARKS = {"commentRangeStart", "commentRangeEnd", "commentReference"}
ODT_SHOWN = {"content.xml", "styles.xml"}
ODT_RUNS = re.compile(r"^(Basic|Scripts|Dialogs)/|macrosignatures", re.IGNORECASE)
ODT_HOLDS = re.compile(r"^(Object|OLE|Database)\b|\.bin$", re.IGNORECASE)
ACTIVE = {"control", "event-listener", "event-listeners", "macro", "script"}
HOLDING = {"OLEObject", "altChunk", "object", "object-ole", "plugin", "applet", "floating-frame"}
FETCHING = {"dde-source", "dde-connection", "dde-connection-decl", "section-source", "subDoc", "attachedTemplate"}
TELLING = {"author", "initials", "date", "creator", "userId"}


def rewritten_docx(content: bytes) -> bytes:
    """Keep the text, styles and pictures of a docx; raises `Unfit` when it runs, holds or fetches something."""
    parts = parts_of(content)
    _refuse_names(parts, DOCX_RUNS, DOCX_HOLDS)
    if b"macroEnabled" in parts[DOCX_TYPES]:
        raise Unfit(Flaw.ACTIVE)
    kept = _kept(parts, DOCX_SHOWN.fullmatch, _docx_part)
    for name in [each for each in kept if DOCX_SHOWN.fullmatch(each)]:
        relations = _relations(parts, kept, name)
        kept[name] = _without_lost(kept[name], relations)
        if relations:
            kept[_relations_of(name)] = _relations_part(relations.values())
    body = ("rId1", f"{RELATIONS}/officeDocument", DOCX_BODY)
    return packed(kept | {"_rels/.rels": _relations_part([body]), DOCX_TYPES: _types(parts[DOCX_TYPES], kept)})


def rewritten_odt(content: bytes) -> bytes:
    """Keep the text, styles and pictures of an odt; raises `Unfit` when it runs, holds or fetches something."""
    parts = parts_of(content)
    _refuse_names(parts, ODT_RUNS, ODT_HOLDS)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unfit(Flaw.ENCRYPTED)
    kept = _kept(parts, ODT_SHOWN.__contains__, _odt_part)
    if "content.xml" not in kept:
        raise Unfit(Flaw.BROKEN)
    return packed(kept | {"mimetype": ODT, "META-INF/manifest.xml": _manifest(kept)}, first="mimetype")


def _refuse_names(parts: Iterable[str], runs: re.Pattern[str], holds: re.Pattern[str]) -> None:
    for name in parts:
        if runs.search(name):
            raise Unfit(Flaw.ACTIVE)
        if holds.search(name):
            raise Unfit(Flaw.EMBEDDED)


def _kept(
    parts: dict[str, bytes], is_shown: Callable[[str], object], read: Callable[[bytes], bytes]
) -> dict[str, bytes]:
    texts = {name: read(part) for name, part in parts.items() if is_shown(name)}
    return texts | {name: redrawn(part) for name, part in parts.items() if PICTURES.fullmatch(name)}


def _docx_part(part: bytes) -> bytes:
    root = read_xml(part)
    fields = "".join(_field(each) for each in root.iter() if local(each) in {"instrText", "fldSimple"})
    if FIELDS.search("".join(fields.split())):
        raise Unfit(Flaw.LINKED)
    for each in list(root.iter()):
        _look_at(each)
        if local(each) in DOCX_REMARKS and (parent := each.getparent()) is not None:
            parent.remove(each)
    return written_xml(root)


def _field(element: etree._Element) -> str:
    return (element.text or "") + "".join(map(str, element.attrib.values()))


def _odt_part(part: bytes) -> bytes:
    root = read_xml(part)
    for each in list(root.iter()):
        if local(each) in {"scripts", "annotation", "annotation-end"}:
            _drop(each)
            continue
        _look_at(each)
        _look_at_address(each)
        if local(each) in TELLING:
            each.text = ""
    return written_xml(root)


def _drop(element: etree._Element) -> None:
    if any(local(each) in ACTIVE for each in element.iter()):
        raise Unfit(Flaw.ACTIVE)
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        raise Unfit(Flaw.BROKEN)
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _look_at(element: etree._Element) -> None:
    name = local(element)
    for names, flaw in ((ACTIVE, Flaw.ACTIVE), (HOLDING, Flaw.EMBEDDED), (FETCHING, Flaw.LINKED)):
        if name in names:
            raise Unfit(flaw)
    for key in list(element.attrib):
        if etree.QName(key).localname in TELLING:
            del element.attrib[key]


def _look_at_address(element: etree._Element) -> None:
    """A link in the text becomes text; a picture comes from the file itself or not at all."""
    address = element.attrib.get(f"{{{XLINK}}}href")
    if address is None:
        return
    if local(element) == "a":
        element.tag = f"{{{etree.QName(element).namespace}}}span"
        for key in list(element.attrib):
            if etree.QName(key).localname not in {"style-name"}:
                del element.attrib[key]
    elif not PICTURES.fullmatch(str(address).removeprefix("./")):
        raise Unfit(Flaw.LINKED)


def _relations(parts: dict[str, bytes], kept: dict[str, bytes], name: str) -> dict[str, tuple[str, str, str]]:
    """Return what a part refers to among what is kept, by its identifier; what is fetched from elsewhere is refused."""
    listed = parts.get(_relations_of(name))
    found = {}
    for each in read_xml(listed) if listed else ():
        number, kind, target = (str(each.get(key, "")) for key in ("Id", "Type", "Target"))
        is_link = kind.rpartition("/")[2].lower() == "hyperlink"
        if each.get("TargetMode") == "External" and not is_link:
            raise Unfit(Flaw.LINKED)
        whole = target[1:] if target.startswith("/") else normpath(f"word/{target}")
        if not is_link and whole in kept and kind.startswith("http://schemas.openxmlformats.org/"):
            found[number] = (number, kind, f"/{whole}")
    return found


def _without_lost(part: bytes, relations: dict[str, tuple[str, str, str]]) -> bytes:
    root = read_xml(part)
    for each in list(root.iter()):
        lost = [key for key, value in each.attrib.items() if _refers(key) and value not in relations]
        for key in lost:
            del each.attrib[key]
        parent = each.getparent()
        if lost and local(each) in {"headerReference", "footerReference"} and parent is not None:
            parent.remove(each)
    return written_xml(root)


def _refers(key: str) -> bool:
    return key.startswith(f"{{{RELATIONS}}}")


def _relations_of(name: str) -> str:
    folder, _slash, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


def _relations_part(relations: Iterable[tuple[str, str, str]]) -> bytes:
    root = etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE})
    for number, kind, target in relations:
        etree.SubElement(root, f"{{{PACKAGE}}}Relationship", Id=number, Type=kind, Target=target)
    return written_xml(root)


def _types(part: bytes, kept: dict[str, bytes]) -> bytes:
    root = read_xml(part)
    endings = {"rels", "xml"} | {name.rpartition(".")[2].lower() for name in kept}
    for each in list(root):
        is_lost = str(each.get("PartName", "")).lstrip("/") not in kept
        if local(each) == "Default":
            is_lost = str(each.get("Extension", "")).lower() not in endings
        if is_lost:
            root.remove(each)
    return written_xml(root)


def _manifest(kept: dict[str, bytes]) -> bytes:
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={"manifest": MANIFEST})
    root.set(f"{{{MANIFEST}}}version", "1.2")
    kinds = {"xml": "text/xml", "png": "image/png"}
    rows = [("/", ODT.decode())] + [(name, kinds.get(name.rpartition(".")[2].lower(), "image/jpeg")) for name in kept]
    for path, kind in rows:
        entry = etree.SubElement(root, f"{{{MANIFEST}}}file-entry")
        entry.set(f"{{{MANIFEST}}}full-path", path)
        entry.set(f"{{{MANIFEST}}}media-type", kind)
    return written_xml(root)
