"""Makes sure that there is a LibreOffice for the tests of exports: run as a script before them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

NAMES = ("soffice", "libreoffice")
PACKAGE = "libreoffice-calc-nogui"
INSTRUCTION = f"""Aucun LibreOffice n'a été trouvé ni installé : les exports ne peuvent pas être ouverts pour de vrai.
Au choix :
  · installez-le avec le système, par exemple « sudo apt-get install --no-install-recommends {PACKAGE} » ;
  · ou indiquez-le : « STAGEPLUS_OFFICE=/chemin/vers/soffice make test »."""
SECONDS = 300


class NoOffice(RuntimeError):
    """There is no LibreOffice on this machine; the message says how to get one."""


def find_office() -> Path:
    """Return the LibreOffice to use: the named one or the machine's; raises `NoOffice`, never skips."""
    named = os.environ.get("STAGEPLUS_OFFICE")
    found = named if named and Path(named).exists() else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoOffice(INSTRUCTION)
    return Path(found)


def ensure_office() -> Path:
    """Find a LibreOffice, or install the small one without windows where this may be done."""
    try:
        return find_office()
    except NoOffice:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            _try("apt-get", "update", "-q")
            _try("apt-get", "install", "-y", "-q", "--no-install-recommends", PACKAGE)
    return find_office()


def converted(file: Path, to: Path, ending: str = "csv") -> Path:
    """Open a file in LibreOffice, without a window and with a profile of its own, and save it as another kind.

    A csv has semicolons, UTF-8, and cells as they are shown.
    """
    options = f"{ending}:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false" if ending == "csv" else ending
    with TemporaryDirectory() as profile:
        command = [find_office(), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", options, "--outdir", to, file]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    made = to / f"{file.stem}.{ending}"
    if not made.exists():
        raise AssertionError(f"LibreOffice did not open {file.name}: {done.stdout} {done.stderr}")
    return made


def _try(*command: str) -> None:
    print("→", *command, file=sys.stderr)
    subprocess.run(command, stdout=sys.stderr, check=False, timeout=900)


if __name__ == "__main__":
    try:
        print(f"Tableur : {ensure_office()}", file=sys.stderr)
    except NoOffice as missing:
        sys.exit(str(missing))
