"""Pages are built again when, and only when, something in them changed."""

from pathlib import Path

import pytest

from stageplus.web.build import pages_fingerprint, use_address_of_browser

BAKED = "var e={PING:`http://localhost:8000/ping`,EVENT:`ws://localhost:8000/_event`,TRANSPORT:`websocket`};"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name in (
        "rxconfig.py",
        "stageplus/stageplus.py",
        "stageplus/pages/home.py",
        "stageplus/services/offers/schemas.py",
        "stageplus/services/offers/actions.py",
        "stageplus/jobs/outbox.py",
        "assets/favicon.svg",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("first")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["rxconfig.py", "stageplus/pages/home.py", "stageplus/services/offers/schemas.py", "assets/favicon.svg"],
)
def test_a_change_in_what_pages_are_made_of_is_seen(sources: Path, name: str) -> None:
    before = pages_fingerprint(sources)
    (sources / name).write_text("second")
    assert pages_fingerprint(sources) != before


@pytest.mark.parametrize("name", ["stageplus/services/offers/actions.py", "stageplus/jobs/outbox.py"])
def test_a_change_in_a_service_needs_no_build(sources: Path, name: str) -> None:
    before = pages_fingerprint(sources)
    (sources / name).write_text("second")
    assert pages_fingerprint(sources) == before


def test_a_new_or_renamed_page_is_seen(sources: Path) -> None:
    before = pages_fingerprint(sources)
    (sources / "stageplus/pages/home.py").rename(sources / "stageplus/pages/welcome.py")
    assert pages_fingerprint(sources) != before


def test_compiled_python_is_ignored(sources: Path) -> None:
    before = pages_fingerprint(sources)
    cache = sources / "stageplus/pages/__pycache__"
    cache.mkdir()
    (cache / "home.pyc").write_bytes(b"x")
    assert pages_fingerprint(sources) == before


def test_built_pages_call_the_address_in_the_browser(tmp_path: Path) -> None:
    script = tmp_path / "assets" / "reflex-env-BVGF6eGS.js"
    script.parent.mkdir()
    script.write_text(BAKED)
    stale = script.with_name(script.name + ".br")
    stale.write_bytes(b"old")
    use_address_of_browser(tmp_path)
    assert script.read_text() == (
        "var e={PING:location.origin+`/ping`,"
        "EVENT:location.origin.replace(/^http/,`ws`)+`/_event`,TRANSPORT:`websocket`};"
    )
    assert not stale.exists()
