"""The web bench compares two visits, and builds its yardstick once."""

from pathlib import Path

import pytest

from stageplus.bench import bare_page
from stageplus.bench.browser import NoBrowser, find_browser
from stageplus.bench.phone import Visit, middle
from stageplus.bench.web import _ratios


def test_ratios_compare_ours_to_the_bare_page() -> None:
    ours = Visit(bytes=210, first_paint_ms=300, tappable_ms=1500, round_trip_ms=40)
    bare = Visit(bytes=150, first_paint_ms=300, tappable_ms=1000, round_trip_ms=20)
    assert _ratios(ours, bare) == {
        "bytes_ratio": 1.4,
        "first_paint_ratio": 1.0,
        "tappable_ratio": 1.5,
        "round_trip_ratio": 2.0,
    }


def test_one_slow_visit_changes_no_figure() -> None:
    usual, slow = Visit(210, 300, 1500, 40.04), Visit(9_999, 9_999, 9_999, 9_999)
    assert middle([usual, slow, usual]) == Visit(210, 300, 1500, 40.0)


def test_bare_page_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds: list[Path] = []
    monkeypatch.setattr(bare_page, "BUILDS", tmp_path)
    monkeypatch.setattr(bare_page, "run_export", builds.append)
    folder = bare_page.build_bare_page()
    assert bare_page.build_bare_page() == folder
    assert builds == [folder]
    assert (folder / "reflex.lock" / "package-lock.json").exists()


def test_another_reflex_builds_another_bare_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bare_page, "BUILDS", tmp_path)
    monkeypatch.setattr(bare_page, "run_export", lambda folder: None)
    before = bare_page.build_bare_page()
    monkeypatch.setattr(bare_page, "CONFIG", bare_page.CONFIG + "\n")
    assert bare_page.build_bare_page() != before


def test_a_named_browser_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEPLUS_BROWSER", "/nowhere/chromium")
    with pytest.raises(NoBrowser, match="/nowhere/chromium"):
        find_browser()


def test_a_named_browser_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "chromium"
    browser.touch()
    monkeypatch.setenv("STAGEPLUS_BROWSER", str(browser))
    assert find_browser() == browser
