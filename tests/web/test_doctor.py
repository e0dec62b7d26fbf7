"""The doctor sees what is wrong and says how to mend it."""

import socket
import sys
from pathlib import Path

import pytest

from stageplus.config import settings
from stageplus.services.accounts import passwords
from stageplus.services.accounts.passwords import milliseconds_of_a_check
from stageplus.web import doctor


def test_a_right_finding_is_ticked_and_short() -> None:
    assert str(doctor.Finding("Port", True, "8000 libre", "rien")) == "✓ Port : 8000 libre"


def test_a_wrong_finding_says_how_to_mend_it() -> None:
    assert str(doctor.Finding("Port", False, "occupé", "Changez-le.")) == "✗ Port : occupé\n    → Changez-le."


def test_this_environment_has_its_python_and_node() -> None:
    assert all(finding.is_right for finding in doctor.examine([doctor.check_python, doctor.check_node]))


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    assert not doctor.check_python().is_right


@pytest.mark.parametrize(("version", "right"), [("v20.20.2", False), ("v22.21.0", False), ("v22.22.0", True)])
def test_node_must_be_recent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, right: bool) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\necho {version}\n")
    node.chmod(0o755)
    monkeypatch.setattr(doctor, "node_folder", lambda: tmp_path)
    assert doctor.check_node().is_right is right


def test_missing_node_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "node_folder", lambda: tmp_path)
    assert "make install" in doctor.check_node().remedy


def test_taken_port_is_seen() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not doctor.check_port("127.0.0.1", port).is_right
    assert doctor.check_port("127.0.0.1", port).is_right


def test_pages_never_built_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "BUILT_PAGES", tmp_path)
    assert "pas encore" in doctor.check_pages().seen


def test_stale_pages_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").touch()
    monkeypatch.setattr(doctor, "BUILT_PAGES", tmp_path)
    monkeypatch.setattr(doctor, "pages_are_current", lambda: False)
    assert not doctor.check_pages().is_right


def test_data_folder_may_not_exist_yet(tmp_path: Path) -> None:
    assert doctor.check_folder(tmp_path / "data" / "deeper").is_right


def test_data_folder_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert not doctor.check_folder(tmp_path / "data" / "deeper").is_right


@pytest.mark.parametrize(("reached", "ready", "seen"), [(False, True, "injoignable"), (True, False, "à migrer")])
def test_database_must_answer_and_be_migrated(reached: bool, ready: bool, seen: str) -> None:
    finding = doctor.check_database(lambda: reached, lambda: ready)
    assert (finding.is_right, finding.seen) == (False, seen)


def test_migrated_database_is_right() -> None:
    assert doctor.check_database(lambda: True, lambda: True).is_right


@pytest.mark.parametrize(("secret", "demo", "right"), [("", True, True), ("", False, False), ("x" * 32, False, True)])
def test_secret_is_needed_outside_the_demo(secret: str, demo: bool, right: bool) -> None:
    assert doctor.check_secret(secret, demo).is_right is right


@pytest.mark.parametrize(
    ("milliseconds", "cost", "right", "remedy"),
    [(223, 12, True, ""), (110, 11, False, "=12"), (460, 13, False, "=12"), (351, 10, True, ""), (175, 12, True, "")],
)
def test_a_password_check_takes_as_long_as_it_should(milliseconds: float, cost: int, right: bool, remedy: str) -> None:
    found = doctor.check_password_cost(milliseconds, cost)
    assert found.is_right is right
    assert remedy in found.remedy
    assert f"{milliseconds} ms" in found.seen


def test_the_check_is_measured_in_the_time_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "settings", settings)  # in earnest, as the site does
    assert 5 < milliseconds_of_a_check() < 5_000


def test_a_port_where_this_site_answers_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "is_port_free", lambda _host, _port: False)
    for healthy, right in ((True, True), (False, False)):
        monkeypatch.setattr(doctor, "answers_healthy", lambda _url, healthy=healthy: healthy)
        assert doctor.check_port("127.0.0.1", 8000).is_right is right


def test_settings_that_cannot_be_read_are_all_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEPLUS_SMTP_PORT", "beaucoup")
    monkeypatch.setattr(doctor, "settings", settings.__wrapped__)
    [finding] = doctor.examine(doctor.settings_checks("127.0.0.1", 8000))
    assert (finding.subject, finding.is_right) == ("Réglages", False)
