"""The cast of applications, and a daemon that speaks ClamAV's INSTREAM."""

import socket
import struct
from collections.abc import Iterator
from io import BytesIO
from threading import Thread

import pikepdf
import pytest

from stageplus.config import settings
from tests.services.applications.conftest import Cast, cast
from tests.services.documents.files import EICAR

__all__ = ["Cast", "cast"]


def opened(content: bytes) -> bytes:
    """Look inside the streams of a PDF, as clamd does."""
    if not content.startswith(b"%PDF"):
        return content
    with pikepdf.open(BytesIO(content)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Filter" in each]
        return b"".join(each.read_bytes() for each in streams if each.Filter == pikepdf.Name("/FlateDecode"))


class FakeClamd:
    """Answers one command a connection, as clamd does; what holds the EICAR text is infected."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.seen: list[bytes] = []
        self.says = b""

    @property
    def address(self) -> str:
        name = self.listening.getsockname()
        return name if isinstance(name, str) else f"{name[0]}:{name[1]}"

    def serve(self) -> None:
        while True:
            try:
                link, _from = self.listening.accept()
            except OSError:
                return
            with link:
                link.sendall((self.says or self._answer(link)) + b"\0")

    def _answer(self, link: socket.socket) -> bytes:
        stream = link.makefile("rb")
        command = b"".join(iter(lambda: stream.read(1), b"\0"))
        if command == b"zPING":
            return b"PONG"
        assert command == b"zINSTREAM"
        content = b""
        while length := struct.unpack("!I", stream.read(4))[0]:
            content += stream.read(length)
        self.seen.append(content)
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in opened(content) else b"stream: OK"


@pytest.fixture(params=["tcp", "unix"])
def daemon(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeClamd]:
    if request.param == "unix":
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(tmp_path_factory.mktemp("clamd") / "s"))
        listening.listen()
    else:
        listening = socket.create_server(("127.0.0.1", 0))
    fake = FakeClamd(listening)
    thread = Thread(target=fake.serve, daemon=True)
    thread.start()
    yield fake
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


@pytest.fixture
def clamd(daemon: FakeClamd, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeClamd]:
    """Have the site ask the daemon."""
    monkeypatch.setenv("STAGEPLUS_CLAMAV", daemon.address)
    settings.cache_clear()
    yield daemon
    settings.cache_clear()
