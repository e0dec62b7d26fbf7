"""The doctor tries what the site needs around it, on real servers, and says how to mend each."""

import asyncio
import shutil
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Engine

from stageplus.config import Settings
from stageplus.db import engine as engine_module
from stageplus.db.engine import database_clock, open_engine
from stageplus.services.documents.antivirus import Clamd
from stageplus.services.leases import end_lease, take_lease
from stageplus.services.notifications import delivery
from stageplus.services.notifications.delivery import SmtpServer
from stageplus.services.reporting.health import JOB_WORDS, unwell_jobs
from stageplus.web import surroundings
from stageplus.web.server import free_port
from stageplus.web.surroundings import (
    check_antivirus,
    check_clock,
    check_disk,
    check_jobs,
    check_mail,
    check_provider,
    check_redis,
)
from tests.factories import NOW
from tests.services.documents.conftest import FakeClamd
from tests.services.federation.conftest import There

SOON = 1.0


class Silent:
    """Takes no mail: the doctor sends none."""

    async def handle_DATA(self, *_told: Any) -> str:  # noqa: N802 — the name that aiosmtpd calls
        raise AssertionError("the doctor must not send")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for localhost that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    begun = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def smtp(certificate: Path) -> Iterator[SmtpServer]:
    """Serve mail on localhost, encrypted on demand, for one user."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def is_known(_server: Any, _session: Any, _envelope: Any, _way: str, typed: Any) -> AuthResult:
        known = (typed.login, typed.password) == (b"stage", b"le bon")
        return AuthResult(success=known, handled=False, message=None if known else "535 5.7.8 No")

    port = free_port()
    controller = Controller(
        Silent(), hostname="localhost", port=port, tls_context=context, authenticator=is_known, auth_require_tls=True
    )
    controller.start()
    yield SmtpServer("localhost", port, "Stage+ <non@stage.test>")
    controller.stop()


@pytest.fixture
def vouched(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this machine trust the certificate."""
    trusted = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(delivery, "ssl", SimpleNamespace(create_default_context=lambda: trusted))


def with_tls(smtp: SmtpServer, user: str = "", password: str = "") -> SmtpServer:
    return SmtpServer(smtp.host, smtp.port, smtp.sender, user, password, starttls=True)


def test_a_server_that_answers_is_right_and_gets_no_mail(smtp: SmtpServer) -> None:
    finding = check_mail(smtp, demo=False)
    assert (finding.is_right, finding.seen) == (True, f"localhost:{smtp.port} répond")


@pytest.mark.usefixtures("vouched")
def test_encryption_and_the_password_are_tried_too(smtp: SmtpServer) -> None:
    assert check_mail(with_tls(smtp, "stage", "le bon"), demo=False).is_right
    wrong = check_mail(with_tls(smtp, "stage", "un autre"), demo=False)
    assert not wrong.is_right
    assert "STAGEPLUS_SMTP_PASSWORD" in wrong.remedy
    assert "un autre" not in str(wrong)


def test_a_certificate_that_nobody_vouches_for_is_refused(smtp: SmtpServer) -> None:
    finding = check_mail(with_tls(smtp), demo=False)
    assert not finding.is_right
    assert "certificat" in finding.remedy


def test_a_password_in_the_clear_never_leaves_this_machine() -> None:
    finding = check_mail(SmtpServer("mail.stage.test", 25, "", "stage", "secret"), demo=False)
    assert not finding.is_right
    assert "STARTTLS=true" in finding.remedy
    assert "secret" not in str(finding)


def test_nobody_at_the_address_and_no_such_name_are_told_apart() -> None:
    closed = check_mail(SmtpServer("127.0.0.1", free_port(), ""), demo=False, seconds=SOON)
    unknown = check_mail(SmtpServer("nulle-part.invalid", 25, ""), demo=False, seconds=SOON)
    assert ("pare-feu" in closed.remedy, "n'existe pas" in unknown.remedy) == (True, True)


async def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    mute = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    server = SmtpServer("127.0.0.1", mute.sockets[0].getsockname()[1], "")
    finding = await asyncio.to_thread(check_mail, server, demo=False, seconds=0.2)
    mute.close()
    await mute.wait_closed()
    await asyncio.sleep(0)
    assert not finding.is_right


def test_without_a_server_mail_has_nowhere_to_go_except_in_a_demonstration() -> None:
    assert not check_mail(None, demo=False).is_right
    assert check_mail(None, demo=True).is_right


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "gopher://127.0.0.1"])
def test_redis_is_tried_when_it_is_set(url: str) -> None:
    finding = check_redis(url, seconds=SOON)
    assert not finding.is_right
    assert "STAGEPLUS_REDIS_URL" in finding.remedy
    assert check_redis("").is_right


async def test_a_redis_that_answers_is_right() -> None:
    async def pong(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (line := await reader.readline()).startswith(b"*"):
            words = [[await reader.readline(), await reader.readline()][1] for _word in range(int(line[1:]))]
            writer.write(b"+PONG\r\n" if words[0] == b"PING\r\n" else b"+OK\r\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(pong, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    finding = await asyncio.to_thread(check_redis, f"redis://127.0.0.1:{port}/0?protocol=2", SOON)
    server.close()
    await server.wait_closed()
    assert finding.is_right


def test_a_full_disk_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_disk(tmp_path / "not" / "yet", least=1).is_right
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=200 * 1024**2))
    finding = check_disk(tmp_path)
    assert (finding.is_right, finding.seen) == (False, "0.2 Go libres")


@pytest.mark.parametrize(("apart", "right"), [(0, True), (29, True), (-31, False), (3600, False)])
def test_two_clocks_agree_within_half_a_minute(apart: int, right: bool) -> None:
    finding = check_clock(NOW, lambda: NOW + timedelta(seconds=apart))
    assert finding.is_right is right
    assert finding.seen.startswith("24/11/2026 10:00 à Bruxelles")


def test_a_database_that_does_not_answer_has_no_clock() -> None:
    assert check_clock(NOW, lambda: None).is_right


def test_unknown_time_zones_are_seen() -> None:
    def none(name: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(name)

    finding = check_clock(NOW, lambda: NOW, none)
    assert (finding.is_right, "tzdata" in finding.remedy) == (False, True)


def test_both_databases_tell_the_time(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "engine", lambda: database)
    assert check_clock(datetime.now(UTC), database_clock).is_right


def test_a_database_that_does_not_open_tells_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "engine", lambda: open_engine(f"sqlite:///{tmp_path}"))
    assert database_clock() is None


def ran(database: Engine, name: str, result: str = "0", ago: timedelta = timedelta()) -> None:
    take_lease(name, "un", timedelta(minutes=1), now=NOW - ago, on=database)
    end_lease(name, "un", result, NOW - ago + timedelta(minutes=1), now=NOW - ago, on=database)


def test_jobs_are_looked_at_while_the_site_serves(database: Engine) -> None:
    first, second, *others = JOB_WORDS
    for name in others:
        ran(database, name)
    ran(database, first, "erreur 4F1A-09C2")
    ran(database, second, ago=timedelta(hours=3))
    finding = check_jobs(serves=True, unwell=lambda: unwell_jobs(NOW, on=database))
    assert not finding.is_right
    assert finding.seen == f"{JOB_WORDS[first][0]} (échec), {JOB_WORDS[second][0]} (en retard)"
    for name in (first, second):
        ran(database, name, ago=timedelta(minutes=-1))
    assert check_jobs(serves=True, unwell=lambda: unwell_jobs(NOW, on=database)).is_right


def test_jobs_are_left_alone_when_nothing_serves() -> None:
    assert check_jobs(serves=False, unwell=pytest.fail).is_right
    assert surroundings.check_jobs(serves=True, unwell=list).is_right


def with_provider(issuer: str) -> Settings:
    return Settings(oidc_issuer=issuer, oidc_client_id="stageplus", oidc_client_secret="secret", oidc_name="Clé")


def test_a_provider_is_tried_when_there_is_one(there: There) -> None:
    assert check_provider(with_provider(there.address)).seen == "Clé répond"
    without = dict.fromkeys(("oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_name"), "")
    assert check_provider(Settings(**without)).is_right


def test_a_provider_that_does_not_fit_is_told_with_what_does_not(there: There) -> None:
    there.lie(metadata={"issuer": "https://autre.example"})
    wrong = check_provider(with_provider(there.address))
    assert (wrong.is_right, "« issuer »" in wrong.seen) == (False, True)
    there.lie(metadata={"jwks_uri": "https://autre.example/cles"})
    assert "« jwks_uri »" in check_provider(with_provider(there.address)).seen
    there.lie(down=True)
    assert "HTTPStatusError" in check_provider(with_provider(there.address)).seen


def test_a_provider_at_a_closed_port_is_told() -> None:
    closed = check_provider(with_provider(f"http://127.0.0.1:{free_port()}"))
    assert (closed.is_right, "ConnectError" in closed.seen, "secret" in str(closed)) == (False, True, False)


def test_without_an_antivirus_the_doctor_says_so_and_is_content() -> None:
    found = check_antivirus(None)
    assert found.is_right and "pas examinés" in found.seen


def test_an_antivirus_is_asked_whether_it_is_there(daemon: FakeClamd) -> None:
    assert str(check_antivirus(Clamd(daemon.address))) == f"✓ Antivirus : {daemon.address} répond"
    daemon.says = b"HELLO"
    assert not check_antivirus(Clamd(daemon.address)).is_right


def test_an_antivirus_that_is_away_is_told_with_what_to_do() -> None:
    assert "STAGEPLUS_CLAMAV" in check_antivirus(Clamd("127.0.0.1:9")).remedy
