"""Builds the pages once, and only again when something that ends up in them has changed."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / ".web"
LOCK = ROOT / "reflex.lock"
BUILT_PAGES = WEB / "build" / "client"
ROUTES_MANIFEST = WEB / "routes.json"
FINGERPRINT_FILE = WEB / "stageplus-pages.sha256"
# What the pages are made of. Services, jobs, models and web answer at run time: the build never sees them,
# except the shapes (schemas, inputs) that states keep, because their defaults are written into the pages.
PAGE_ROOMS = ("components", "domain", "pages", "states", "texts")
PAGE_FOLDERS = ("assets", "reflex.lock", *(f"stageplus/{room}" for room in PAGE_ROOMS))
PAGE_FILES = ("rxconfig.py", "requirements.txt", "stageplus/stageplus.py", "stageplus/web/build.py")
PAGE_PATTERNS = ("stageplus/services/**/schemas.py", "stageplus/services/inputs.py")
IGNORED = {"__pycache__", ".DS_Store"}
BAKED_HTTP = re.compile(r"`http://localhost:8000(/[^`]*)`")
BAKED_WEBSOCKET = re.compile(r"`ws://localhost:8000(/[^`]*)`")
STANDARD_ERROR = 2
"""Where other programs that we start talk to: standard output belongs to our own commands (--json)."""


class BuildFailed(Exception):
    """The page build ended with an error; the message says what to do."""


def node_folder() -> Path:
    """Return the folder of the virtual environment that holds `node` and `npm`."""
    return Path(sys.prefix) / "bin"


def pages_fingerprint(root: Path = ROOT) -> str:
    """Hash every file that ends up in the built pages."""
    digest = hashlib.sha256()
    for path in sorted(set(_page_sources(root))):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def pages_are_current() -> bool:
    """Tell whether the built pages exist and match the sources."""
    return (
        (BUILT_PAGES / "index.html").exists()
        and FINGERPRINT_FILE.exists()
        and FINGERPRINT_FILE.read_text() == pages_fingerprint()
    )


def build_pages(update_lock: bool = False) -> None:
    """Build the pages with Reflex and make them independent of host and port."""
    FINGERPRINT_FILE.unlink(missing_ok=True)
    committed = {path: path.read_bytes() for path in LOCK.glob("*.json")}
    fingerprint = pages_fingerprint()
    run_export(ROOT)
    if update_lock:
        fingerprint = pages_fingerprint()
    else:
        _keep_lock(committed)
    use_address_of_browser(BUILT_PAGES)
    FINGERPRINT_FILE.write_text(fingerprint)


def _keep_lock(committed: dict[Path, bytes]) -> None:
    """Undo what npm rewrote in the lock, unless the pages now need other packages than it names."""
    wanted = _package_names((LOCK / "package.json").read_bytes())
    for path, content in committed.items():
        path.write_bytes(content)
    if committed and _package_names(committed[LOCK / "package.json"]) != wanted:
        raise BuildFailed("reflex.lock ne nomme plus les bons paquets : « stageplus build --update-lock ».")


def _package_names(package_json: bytes) -> dict[str, dict[str, str]]:
    content = json.loads(package_json)
    return {section: content.get(section, {}) for section in ("dependencies", "devDependencies")}


def run_export(folder: Path) -> None:
    """Run Reflex's static export in a folder with the Node of the virtual environment."""
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    if subprocess.run(command, cwd=folder, env=build_environment(), stdout=STANDARD_ERROR, check=False).returncode:
        raise BuildFailed("La construction des pages a échoué, voir les lignes au-dessus.")


def build_environment() -> dict[str, str]:
    """Return the environment of a build: our Node first, npm preferred, nothing sent home."""
    environment = {**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"}
    return {
        # Named, so that Reflex does not first try the mirrors it knows.
        "NPM_CONFIG_REGISTRY": _npm_registry(environment),
        **environment,
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "npm_config_audit": "false",
        "npm_config_fetch_retries": "3",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
    }


def _npm_registry(environment: dict[str, str]) -> str:
    command = [str(node_folder() / "npm"), "config", "get", "registry"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def use_address_of_browser(build: Path) -> None:
    """Replace the one baked address by the one in the browser's bar, so that any port and host works."""
    for script in build.glob("assets/reflex-env-*.js"):
        text = BAKED_HTTP.sub(r"location.origin+`\1`", script.read_text())
        script.write_text(BAKED_WEBSOCKET.sub(r"location.origin.replace(/^http/,`ws`)+`\1`", text))
        for sidecar in script.parent.glob(f"{script.name}.*"):
            sidecar.unlink()


def _page_sources(root: Path) -> Iterator[Path]:
    for folder in PAGE_FOLDERS:
        yield from (path for path in (root / folder).rglob("*") if path.is_file() and not IGNORED & set(path.parts))
    yield from (root / name for name in PAGE_FILES if (root / name).exists())
    for pattern in PAGE_PATTERNS:
        yield from root.glob(pattern)
