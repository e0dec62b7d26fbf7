"""The running site with its demonstration world, and people signed in to it."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import Engine
from sqlmodel import col, update

from stageplus.config import LEAST_BCRYPT_COST, settings
from stageplus.db.engine import open_engine, transaction
from stageplus.db.revisions import migrate
from stageplus.demo.cast import demo_hash
from stageplus.demo.world import fill_demo_world
from stageplus.jobs.clock import run_due
from stageplus.models import Parameter
from stageplus.services.accounts import passwords
from stageplus.services.accounts.actions import recognise, sign_in
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.accounts.schemas import Credentials
from stageplus.services.registers.actions import import_reference
from stageplus.web.build import ROOT
from stageplus.web.server import served

PASSWORD = "Stage-plus-demo-2026"
WIDTHS = {"apprenant": 390, "entreprise": 820, "coach": 1440, "operateur": 1440, "offa": 1440}
SHOWN = "() => `scrolled ${scrollY} of ${document.body.scrollHeight}\\n${document.body.innerText}`"


SITE = {"STAGEPLUS_DEMO": "true", "STAGEPLUS_BCRYPT_COST": str(LEAST_BCRYPT_COST)}
"""How every site is served: with the key of the demonstration, and the least work for passwords that it may choose."""


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passwords as the site does, a process of its own that would find any others outdated."""
    same = passwords.settings().model_copy(update={"bcrypt_cost": LEAST_BCRYPT_COST})
    monkeypatch.setattr(passwords, "settings", lambda: same)


@pytest.fixture(scope="session")
def first_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Fill a demonstration world once per worker."""
    opened = open_engine(f"sqlite:///{tmp_path_factory.mktemp('site') / 'first.db'}")
    migrate(opened)
    import_reference(on=opened)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in SITE.items():
            patched.setenv(name, value)
        settings.cache_clear()
        demo_hash.cache_clear()  # the quick one of another test would be outdated at once
        fill_demo_world(now=datetime.now(UTC), on=opened)
        run_due(now=datetime.now(UTC), on=opened, at_once=True)
        _tell_at_once(opened)
    settings.cache_clear()
    yield opened
    opened.dispose()


def _tell_at_once(opened: Engine) -> None:
    """Let answers reach learners without the seconds to take them back, which only their own tests wait for."""
    with transaction(opened) as session:
        seconds = update(Parameter).where(col(Parameter.name) == "answer_undo_seconds")
        session.exec(seconds.values(value="0"))


@pytest.fixture(scope="session")
def served_world(first_world: Engine) -> Iterator[Engine]:
    """Open the database that the site serves: the world as the tests of one file change it."""
    opened = open_engine(f"sqlite:///{Path(str(first_world.url.database)).with_name('demo.db')}")
    _copy(first_world, opened)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def address(served_world: Engine) -> Iterator[str]:
    """Serve the production build on that database once per worker."""
    database = f"sqlite:///{served_world.url.database}"
    with served("stageplus.stageplus:app", ROOT, SITE | {"STAGEPLUS_DATABASE_URL": database}) as opened:
        yield opened


@pytest.fixture(scope="module")
def world(first_world: Engine, served_world: Engine) -> Engine:
    """Give each file of tests the world as it was filled, whatever another file did to it."""
    _copy(first_world, served_world)
    return served_world


def _copy(source: Engine, target: Engine) -> None:
    with closing(connect(str(source.url.database))) as kept, closing(connect(str(target.url.database))) as served:
        kept.backup(served)


@pytest.fixture(scope="module")
def site(world: Engine, address: str) -> str:
    """Give the address at which that world is served."""
    return address


@pytest.fixture(scope="module")
def cookie_of(world: Engine) -> Callable[[str], str]:
    """Sign in and give the Cookie header; again once a test signed out, or once the proof of who acts would be old."""
    known: dict[str, tuple[str, datetime]] = {}

    def sign_in_as(account: str) -> str:
        now = datetime.now(UTC)
        token, since = known.get(account, ("", now))
        if account and (now - since > timedelta(minutes=5) or recognise(token, now, on=world) is None):
            token = sign_in(Credentials(f"{account}@demo.test", PASSWORD), now, on=world).token
            known[account] = token, now
        return f"{SESSION_COOKIE}={token}" if account else ""

    return sign_in_as


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Tell of a test that failed what its pages showed: whoever reads only the log must see it too."""
    outcome = yield
    if call.when == "call" and call.excinfo is not None and isinstance(item, pytest.Function):
        watching = item.funcargs.get("watch")
        for page in watching.pages if isinstance(watching, Watch) else []:
            with suppress(PlaywrightError):
                shown = page.evaluate(SHOWN)
                outcome.get_result().sections.append((page.url, shown))


class Watch:
    """What must never happen on any page: console errors, and requests that leave our own address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.expected: set[str] = set()
        self.pages: list[Page] = []

    def follow(self, page: Page) -> None:
        self.pages.append(page)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _request(self, request: Request) -> None:
        host = request.url.split("://", 1)[-1]
        if not request.url.startswith(("data:", "blob:")) and not host.startswith(self.address.split("://")[1]):
            self.faults.append(f"left our address: {request.url}")


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    """Watch every page of the test and fail at its end."""
    watching = Watch(site)
    yield watching
    assert [fault for fault in watching.faults if fault not in watching.expected] == []


@pytest.fixture
def open_as(chromium: Browser, site: str, watch: Watch, cookie_of: Any) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own for somebody: `open_as("apprenant", "/offres")`."""
    contexts: list[BrowserContext] = []

    def opened(account: str, path: str = "/", width: int = 0, scheme: Any = "light") -> Page:
        size = {"width": width or WIDTHS.get(account, 1440), "height": 844}
        context = chromium.new_context(base_url=site, viewport=size, color_scheme=scheme, locale="fr-BE")  # type: ignore[arg-type]
        contexts.append(context)
        if account:
            name, value = cookie_of(account).split("=", 1)
            context.add_cookies([{"name": name, "value": value, "url": site}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        watch.follow(page)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
