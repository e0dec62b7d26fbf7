"""A site that can be frozen and killed from outside, and comes back on the same port with the same database."""

import os
import signal
from collections.abc import Mapping

from stageplus.web.build import ROOT
from stageplus.web.server import free_port, start, wait_until_healthy


class MortalSite:
    """One server process after another on one address."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self.come_back()

    def come_back(self) -> None:
        """Start again and wait until it answers."""
        self._process = start("stageplus.stageplus:app", ROOT, self._environment, self._port)
        assert wait_until_healthy(f"{self.address}/healthz", seconds=180)

    def freeze(self) -> None:
        """Stop the process where it stands: what is sent to it from now on is never read."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def die(self) -> None:
        """Kill it, and its workers, without any chance to tidy up."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=20)
