"""`stageplus demo` on an empty folder: what somebody sees who tries Stage+ for the first time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from stageplus.config import settings
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.web.build import ROOT
from stageplus.web.server import free_port, wait_until_healthy

ACCOUNTS = {"apprenant": "/offres", "entreprise": "/entreprise"}


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Fill a world that is not there yet and serve it, as the command does; give its address."""
    monkeypatch.setenv("STAGEPLUS_DEMO", "true")
    settings.cache_clear()
    port = free_port()
    command = [str(Path(sys.executable).with_name("stageplus")), "demo", "--port", str(port)]
    environment = os.environ | {"STAGEPLUS_DATABASE_URL": f"sqlite:///{tmp_path / 'demo.db'}"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    assert wait_until_healthy(f"http://127.0.0.1:{port}/healthz", seconds=120)
    yield f"http://127.0.0.1:{port}"
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=20)
    settings.cache_clear()


def test_everybody_signs_in_as_soon_as_the_world_is_there(demo: str) -> None:
    for account, home in ACCOUNTS.items():
        visit = account.ljust(43, "x")
        form = {"email": f"{account}@demo.test", "password": "Stage-plus-demo-2026", "csrf": form_token(visit)}
        headers = {"Origin": demo, "Cookie": f"{SESSION_COOKIE}={visit}"}
        answer = httpx.post(f"{demo}/auth/connexion", data=form, headers=headers, timeout=15)
        assert (answer.status_code, answer.headers["location"]) == (303, home)
