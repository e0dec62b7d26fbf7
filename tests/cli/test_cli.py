"""What the `stageplus` command says, and when it refuses."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from stageplus import cli
from stageplus.config import settings
from stageplus.db.engine import engine, reading, transaction
from stageplus.db.revisions import migrate
from stageplus.domain.actors import Role
from stageplus.models import TotpSecret
from stageplus.services.accounts.actions import register_person, reset_password, sign_in
from stageplus.services.accounts.schemas import Credentials, NewPasswordInput, NewPerson
from stageplus.services.registers.actions import import_reference
from stageplus.web import build, doctor, server


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give back the environment that `stageplus demo` changes."""
    monkeypatch.setenv("STAGEPLUS_DEMO", "false")


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Give the settings of a real installation, with a database of its own."""
    monkeypatch.setattr(build, "pages_are_current", lambda: True)
    monkeypatch.setenv("STAGEPLUS_DATABASE_URL", f"sqlite:///{tmp_path / 'stageplus.db'}")
    monkeypatch.setenv("STAGEPLUS_SECRET_KEY", "s" * 32)
    settings.cache_clear()
    engine.cache_clear()
    yield
    engine().dispose()
    settings.cache_clear()
    engine.cache_clear()


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, arguments)
    return result.exit_code, result.output


def test_help_lists_the_commands() -> None:
    code, text = run("--help")
    assert code == 0
    assert all(f"\n  {name} " in text for name in ("bench", "build", "demo", "doctor", "serve"))


def test_help_loads_neither_reflex_nor_the_database() -> None:
    script = "import sys, stageplus.cli; print(*(m for m in ('reflex', 'sqlalchemy', 'starlette') if m in sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""


def test_serve_refuses_stale_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "pages_are_current", lambda: False)
    code, text = run("serve")
    assert (code, "stageplus build" in text) == (1, True)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_explained(monkeypatch: pytest.MonkeyPatch, taken_port: int, command: str) -> None:
    monkeypatch.setattr(build, "pages_are_current", lambda: True)
    code, text = run(command, "--port", str(taken_port))
    assert (code, "PORT=" in text) == (1, True)


@pytest.mark.usefixtures("installation")
def test_serve_without_a_secret_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAGEPLUS_SECRET_KEY")
    monkeypatch.setattr(server, "serve", pytest.fail)
    code, text = run("serve", "--port", str(server.free_port()))
    assert (code, "STAGEPLUS_SECRET_KEY" in text) == (1, True)


@pytest.mark.usefixtures("installation")
def test_serve_says_where_when_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "serve", lambda host, port, when_ready: when_ready())
    port = server.free_port()
    assert run("serve", "--port", str(port)) == (0, f"Stage+ répond sur http://127.0.0.1:{port}\n")


def test_build_does_nothing_when_nothing_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "pages_are_current", lambda: True)
    monkeypatch.setattr(build, "build_pages", pytest.fail)
    assert run("build")[0] == 0


def test_failed_build_ends_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(update_lock: bool) -> None:
        raise build.BuildFailed(f"raison {update_lock}")

    monkeypatch.setattr(build, "build_pages", fail)
    code, text = run("build", "--update-lock")
    assert (code, "raison True" in text) == (1, True)


@pytest.mark.parametrize(("right", "code"), [(True, 0), (False, 1)])
def test_doctor_fails_when_one_thing_is_wrong(monkeypatch: pytest.MonkeyPatch, right: bool, code: int) -> None:
    findings = [doctor.Finding("Python", True, "3.11"), doctor.Finding("Port", right, "8000", "Changez-le.")]
    monkeypatch.setattr(doctor, "examine", lambda checks: findings)
    status, text = run("doctor")
    assert (status, "→ Changez-le." in text) == (code, not right)


def test_bench_prints_one_json_object_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    from stageplus.bench import web

    monkeypatch.setattr(build, "pages_are_current", lambda: True)
    monkeypatch.setattr(web, "compare", lambda *arguments: {"bytes_ratio": 1.0})
    result = CliRunner().invoke(cli.main, ["bench", "web", "--json"])
    assert json.loads(result.stdout) == {"bytes_ratio": 1.0}


def test_bench_without_playwright_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.importlib.util, "find_spec", lambda name: None)
    code, text = run("bench", "web")
    assert (code, "make install-dev" in text) == (1, True)


@pytest.mark.usefixtures("installation")
def test_doctor_looks_at_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAGEPLUS_SECRET_KEY")
    code, text = run("doctor")
    assert code == 1
    assert all(f"✗ {subject}" in text for subject in ("Base de données", "Clé secrète", "Courrier"))
    assert "stageplus migrate" in text


@pytest.mark.usefixtures("installation")
def test_doctor_names_a_setting_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEPLUS_SMTP_PORT", "vingt-cinq")
    code, text = run("doctor")
    monkeypatch.setenv("STAGEPLUS_SMTP_PORT", "25")
    assert (code, "✗ Réglages" in text) == (1, True)


@pytest.mark.usefixtures("installation")
def test_jobs_say_what_they_did() -> None:
    assert run("migrate")[0] == 0
    assert run("import-reference")[0] == 0
    code, text = run("jobs")
    assert code == 0
    assert text.splitlines()[0].startswith("courrier : ")
    assert "erreur" not in text
    assert run("jobs", "run", "fins-d-offres", "--at", "2027-01-31T09:00") == (0, "fins-d-offres : 0\n")
    for wrong, told in ((("inconnue",), "Les tâches sont"), (("courrier", "--at", "demain"), "Exemple")):
        code, text = run("jobs", "run", *wrong)
        assert (code, told in text) == (1, True)


def test_the_terminal_resets_the_second_factor_of_an_address(installation: None) -> None:
    migrate(engine())
    new = NewPerson("coach@example.be", "Alix", "Essai", Role.COACH, "une phrase assez longue")
    person_id = register_person(new, datetime.now(UTC))
    now = datetime.now(UTC)
    with transaction() as session:
        session.add(TotpSecret(person_id=person_id, secret="x", created_at=now, confirmed_at=now))
    code, text = run("reset-second-factor", "Coach@Example.be")
    assert (code, "sessions terminées" in text) == (0, True)
    with reading() as session:
        assert session.get(TotpSecret, person_id) is None
    code, text = run("reset-second-factor", "personne@example.be")
    assert (code, "Personne n'a l'adresse" in text) == (1, True)


ADDRESS = "premiere@offa.example"


@pytest.fixture
def ready(installation: None) -> None:
    """Give an installation with its tables and reference data."""
    migrate(engine())
    import_reference()


@pytest.mark.usefixtures("ready")
def test_the_first_administrator_gets_a_link_that_sets_the_password_once() -> None:
    code, text = run("create-administrator", f" {ADDRESS.upper()} ")
    assert (code, text.count("/lien/")) == (0, 1)
    token = text.strip().rsplit("/", 1)[-1]
    now = datetime.now(UTC)
    assert reset_password(None, token, NewPasswordInput(new="une phrase assez longue"), now=now)
    assert sign_in(Credentials(ADDRESS, "une phrase assez longue"), now).role is Role.OFFA
    assert run("end-sessions", ADDRESS) == (0, "Sessions terminées : 1\n")
    assert run("create-administrator", ADDRESS)[0] == 0, "an OFFA account gets a new link"


@pytest.mark.usefixtures("ready")
def test_with_a_mail_server_the_link_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEPLUS_SMTP_HOST", "mail.example")
    settings.cache_clear()
    code, text = run("create-administrator", ADDRESS)
    assert (code, "/lien/" in text, ADDRESS in text) == (0, False, True)


@pytest.mark.usefixtures("ready")
def test_nobody_else_becomes_administrator_by_the_terminal() -> None:
    register_person(NewPerson(ADDRESS, "Ada", "Essai", Role.COACH, "une phrase assez longue"), datetime.now(UTC))
    code, text = run("create-administrator", ADDRESS)
    assert (code, "autre profil" in text) == (1, True)
    assert run("create-administrator", "pas une adresse")[0] == 1
    assert run("end-sessions", "personne@offa.example")[0] == 1


@pytest.mark.usefixtures("installation")
def test_without_reference_data_the_way_on_is_said() -> None:
    migrate(engine())
    code, text = run("create-administrator", ADDRESS)
    assert (code, "import-reference" in text) == (1, True)


@pytest.mark.usefixtures("ready")
def test_a_message_that_is_no_report_marks_nothing() -> None:
    result = CliRunner().invoke(cli.main, ["mail-bounce"], input=b"From: x\n\n\xff\x00")
    assert (result.exit_code, "Rien à marquer" in result.output) == (0, True)
