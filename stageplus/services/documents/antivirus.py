"""Asks ClamAV's daemon, by its INSTREAM command, whether a file is infected."""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass

from stageplus.config import settings

CHUNK = 64 * 1024


class NoVerdict(OSError):
    """The daemon does not answer, or cannot say."""


@dataclass(frozen=True)
class Clamd:
    """Where the daemon listens: `host:port`, or the path of its socket."""

    address: str

    def is_infected(self, content: bytes, seconds: float = 30.0) -> bool:
        """Say whether a file is infected; raises `NoVerdict` when nobody can tell."""
        parts = [content[start : start + CHUNK] for start in range(0, len(content), CHUNK)]
        stream = b"".join(struct.pack("!I", len(part)) + part for part in parts)
        said = self._ask(b"zINSTREAM\0" + stream + struct.pack("!I", 0), seconds)
        if said.endswith("FOUND"):
            return True
        if not said.endswith("OK"):
            raise NoVerdict(said)
        return False

    def greet(self, seconds: float) -> None:
        """Ask whether it is there; raises `NoVerdict` when it is not."""
        if self._ask(b"zPING\0", seconds) != "PONG":
            raise NoVerdict("no answer to PING")

    def _ask(self, request: bytes, seconds: float) -> str:
        try:
            with closing(self._socket(seconds)) as link:
                link.settimeout(seconds)
                if self.address.startswith("/"):
                    link.connect(self.address)
                link.sendall(request)
                said = b""
                while not said.endswith(b"\0") and (more := link.recv(4096)):
                    said += more
        except (OSError, ValueError) as error:
            raise NoVerdict(type(error).__name__) from error
        return said.rstrip(b"\0\n").decode(errors="replace")

    def _socket(self, seconds: float) -> socket.socket:
        if self.address.startswith("/"):
            return socket.socket(socket.AF_UNIX)
        host, _colon, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def configured_antivirus() -> Clamd | None:
    """Return the daemon of the settings, if there is one."""
    return Clamd(settings().clamav) if settings().clamav else None
