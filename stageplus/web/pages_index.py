"""The built pages, read once into memory with the headers each file needs."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

NOT_FOUND_PAGE = "/404.html"
COMPRESSED = {"br": ".br", "gzip": ".gz"}
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
STATIC_FOR_A_DAY = "public, max-age=86400"
HASHED_NAME = re.compile(r"^/assets/.+-[\w-]{8,}\.\w+$")
INLINE_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class PageFile:
    """One built file: its bytes in every encoding and how long it may be kept."""

    media_type: str
    cache_control: str
    etag: str
    script_hashes: tuple[str, ...]
    bodies: Mapping[str, bytes]

    def best_body(self, accept_encoding: str) -> tuple[str, bytes]:
        """Return the smallest encoding that the browser accepts, and its bytes."""
        accepted = _accepted_encodings(accept_encoding)
        for encoding in COMPRESSED:
            if encoding in self.bodies and encoding in accepted:
                return encoding, self.bodies[encoding]
        return "identity", self.bodies["identity"]


class PagesIndex:
    """Every built file by address, and which addresses belong to a page."""

    def __init__(self, files: Mapping[str, PageFile], is_route: Callable[[str], bool]) -> None:
        self._files = files
        self._is_route = is_route

    @property
    def is_complete(self) -> bool:
        """Tell whether there is a front page and a page for unknown addresses."""
        return "/index.html" in self._files and NOT_FOUND_PAGE in self._files

    def find(self, path: str) -> tuple[int, PageFile | None]:
        """Return the status and the file for an address; unknown ones get the page that says so."""
        if path in self._files and not path.endswith(".html"):
            return 200, self._files[path]
        if path != "/404" and (page := self._files.get(_prerendered(path))):
            return 200, page
        return (200 if self._is_route(path) else 404), self._files.get(NOT_FOUND_PAGE)

    def knows_page(self, path: str) -> bool:
        """Tell whether this address, written without a final slash, is one of our pages."""
        return _prerendered(path) in self._files or self._is_route(path)


def load_pages(build: Path, routes: Path) -> PagesIndex:
    """Read the built pages of a folder; a missing folder gives an index that is not complete."""
    files = {
        "/" + path.relative_to(build).as_posix(): _read_file(path, "/" + path.relative_to(build).as_posix())
        for path in sorted(build.rglob("*"))
        if path.is_file() and path.suffix not in COMPRESSED.values()
    }
    return PagesIndex(files, _route_matcher(routes))


def _prerendered(path: str) -> str:
    return "/index.html" if path == "/" else f"{path}/index.html"


def _read_file(path: Path, address: str) -> PageFile:
    plain = path.read_bytes()
    bodies = {"identity": plain}
    for encoding, suffix in COMPRESSED.items():
        sidecar = path.with_name(path.name + suffix)
        if sidecar.exists():
            bodies[encoding] = sidecar.read_bytes()
    return PageFile(
        media_type=_media_type(path),
        cache_control=_cache_control(address),
        etag=f'"{hashlib.sha256(plain).hexdigest()[:32]}"',
        script_hashes=_inline_script_hashes(plain) if path.suffix == ".html" else (),
        bodies=bodies,
    )


def _media_type(path: Path) -> str:
    kind = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}.get(
        path.suffix
    ) or guess_type(path.name)[0]
    if kind is None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _cache_control(address: str) -> str:
    if HASHED_NAME.match(address):
        return IMMUTABLE
    if address.endswith((".woff2", ".png", ".svg", ".ico", ".webp")):
        return STATIC_FOR_A_DAY
    return REVALIDATE


def _inline_script_hashes(html: bytes) -> tuple[str, ...]:
    bodies = {m["body"] for m in INLINE_SCRIPT.finditer(html) if m["body"] and b" src=" not in m["attributes"]}
    return tuple(sorted(f"'sha256-{base64.b64encode(hashlib.sha256(body).digest()).decode()}'" for body in bodies))


def _accepted_encodings(header: str) -> set[str]:
    accepted = set()
    for entry in header.split(","):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        if not any(re.fullmatch(r"q=0(\.0*)?", parameter) for parameter in parameters):
            accepted.add(name)
    return accepted


def _route_matcher(routes: Path) -> Callable[[str], bool]:
    if not routes.exists():
        return lambda _path: False
    patterns = [_route_pattern(route) for route in json.loads(routes.read_text()) if route not in {"404", "index"}]
    return lambda path: any(pattern.fullmatch(path) for pattern in patterns)


def _route_pattern(route: str) -> re.Pattern[str]:
    parts = ["[^/]+" if part.startswith("[") else re.escape(part) for part in route.strip("/").split("/")]
    return re.compile("/" + "/".join(parts))
