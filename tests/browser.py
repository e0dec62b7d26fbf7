"""Makes sure that there is a Chromium for the browser tests: run as a script before them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from stageplus.bench.browser import ARGUMENTS, CACHE, INSTRUCTION, NoBrowser, find_browser

ROOT = Path(__file__).resolve().parents[1]
NPM_BUILD = "@sparticuz/chromium@153.0.0"


def ensure_browser() -> Path:
    """Find a Chromium that starts, or install one, from the least to the most unusual source."""
    for install in (_nothing_to_install, _install_with_playwright, _install_with_apt, _install_with_npm):
        install()
        try:
            browser = find_browser()
        except NoBrowser:
            continue
        if _starts(browser):
            return browser
    raise NoBrowser(INSTRUCTION)


def _nothing_to_install() -> None:
    return None


def _starts(browser: Path) -> bool:
    """Start it for real: a snap wrapper or a build without its libraries exists but does not run."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=browser, args=[*ARGUMENTS], timeout=30_000)
        except Error:
            return False
        started.close()
    return True


def _try(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    print("→", *command, file=sys.stderr)
    subprocess.run(command, cwd=cwd, env=env, stdout=sys.stderr, check=False, timeout=900)


def _install_with_playwright() -> None:
    _try(sys.executable, "-m", "playwright", "install", "chromium")


def _install_with_apt() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _try("apt-get", "update", "-q")
    _try("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium-headless-shell")


def _install_with_npm() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    node_folder = Path(sys.prefix) / "bin"
    env = {**os.environ, "PATH": f"{node_folder}{os.pathsep}{os.environ['PATH']}"}
    _try(node_folder / "npm", "install", "--prefix", CACHE, "--no-audit", "--no-fund", NPM_BUILD, env=env)
    unpack = (
        "import chromium from '@sparticuz/chromium'; import {copyFileSync, chmodSync} from 'node:fs';"
        "const path = await chromium.executablePath(); copyFileSync(path, 'chromium'); chmodSync('chromium', 0o755);"
    )
    _try(node_folder / "node", "--input-type=module", "--eval", unpack, cwd=CACHE, env=env)


if __name__ == "__main__":
    try:
        print(f"Navigateur : {ensure_browser()}", file=sys.stderr)
    except NoBrowser as missing:
        sys.exit(str(missing))
