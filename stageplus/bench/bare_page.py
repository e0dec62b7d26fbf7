"""A Reflex page with one counter button, built and served like ours: the yardstick of the web bench."""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stageplus.web.build import ROOT, run_export, use_address_of_browser

BUILDS = ROOT / ".cache" / "bench"
CONFIG = """
import reflex as rx
from stageplus.web.origins import own_origins

config = rx.Config(
    app_name="bare",
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    cors_allowed_origins=own_origins(),
    frontend_compression_formats=["brotli", "gzip"],
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
"""
APPLICATION = """
from pathlib import Path

import reflex as rx

from stageplus.web.app import compose_site
from stageplus.web.origins import own_origins
from stageplus.web.pages_index import load_pages

WEB = Path(__file__).resolve().parents[1] / ".web"


class Counter(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1


def index() -> rx.Component:
    return rx.el.main(rx.el.h1("Compteur"), rx.el.button(Counter.count, on_click=Counter.add))


def beside_reflex(reflex_app):
    pages = load_pages(WEB / "build" / "client", WEB / "routes.json")
    return compose_site(reflex_app, pages, [], own_origins(), lambda: True)


app = rx.App(html_lang="fr", api_transformer=beside_reflex)
app.add_page(index, route="/", title="Compteur")
"""


def build_bare_page() -> Path:
    """Build the bare page unless this very one is already there, and return its folder."""
    lock = ROOT / "reflex.lock"
    recipe = CONFIG + APPLICATION + (ROOT / "requirements.txt").read_text()
    folder = BUILDS / f"bare-{hashlib.sha256(recipe.encode()).hexdigest()[:16]}"
    (folder / "bare").mkdir(parents=True, exist_ok=True)
    built = folder / "built"
    with _one_at_a_time(folder):
        if built.exists():
            return folder
        (folder / "rxconfig.py").write_text(CONFIG)
        (folder / "bare" / "__init__.py").touch()
        (folder / "bare" / "bare.py").write_text(APPLICATION)
        shutil.copytree(lock, folder / "reflex.lock", dirs_exist_ok=True)
        run_export(folder)
        use_address_of_browser(folder / ".web" / "build" / "client")
        built.touch()
    return folder


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
