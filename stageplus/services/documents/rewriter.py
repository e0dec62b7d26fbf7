"""Has a file rewritten by a process of its own, and says in French why one cannot be."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from stageplus.domain.documents import DocumentKind, Flaw
from stageplus.domain.errors import InvalidInput
from stageplus.texts import _

COMMAND = [sys.executable, "-I", "-m", "stageplus.services.documents.rewriting"]
ROOT = Path(__file__).resolve().parents[3]
LONGEST = 40
_AT_ONCE = BoundedSemaphore(2)
"""Several large files at once would take the machine from everybody else."""
FLAW_WORDS = {
    Flaw.EMPTY: _("Ce fichier est vide. Choisis-en un autre."),
    Flaw.TOO_HEAVY: _("Ce fichier est trop lourd : {most} Mo au plus. Une photo plus petite ou un PDF suffit."),
    Flaw.UNKNOWN: _(
        "Ce fichier n’est ni un PDF, ni un Word (.docx), ni un .odt, ni une photo JPG. Choisis-en un autre."
    ),
    Flaw.BROKEN: _("Ce fichier est abîmé : enregistre-le à nouveau, puis réessaie."),
    Flaw.ENCRYPTED: _("Ce fichier est protégé par un mot de passe : enlève la protection, puis réessaie."),
    Flaw.ACTIVE: _("Ce fichier contient un programme. Enregistre-le en PDF simple, sans macro, puis réessaie."),
    Flaw.EMBEDDED: _("Ce fichier en contient un autre. Enregistre-le en PDF simple (« Imprimer », puis « PDF »)."),
    Flaw.LINKED: _("Ce fichier va chercher quelque chose ailleurs. Enregistre-le en PDF simple, puis réessaie."),
    Flaw.TOO_LARGE: _("Ce fichier est trop grand une fois ouvert : deux ou trois pages suffisent pour un CV."),
}


@dataclass(frozen=True)
class Rewritten:
    """A file of ours: its kind and its content, in which nothing of the sender's file is left as it was."""

    kind: DocumentKind
    content: bytes


def rewrite(content: bytes) -> Rewritten:
    """Rewrite a file from what it shows; raises `InvalidInput` with the sentence for the field when it cannot be."""
    with _AT_ONCE:
        try:
            done = subprocess.run(
                COMMAND, input=content, capture_output=True, timeout=LONGEST, env={}, cwd=ROOT, check=False
            )
        except subprocess.TimeoutExpired:
            raise refused(Flaw.TOO_LARGE) from None
    said, _line, rewritten = done.stdout.partition(b"\n")
    if done.returncode != 0 or not said:
        raise refused(Flaw.TOO_LARGE if done.returncode < 0 else Flaw.BROKEN)
    if said.startswith(b"!"):
        raise refused(Flaw(said[1:].decode()))
    return Rewritten(DocumentKind(said.decode()), rewritten)


def refused(flaw: Flaw, most: int = 0) -> InvalidInput:
    """Build the refusal of a file; `most` is the weight allowed, in megabytes."""
    return InvalidInput({"cv": FLAW_WORDS[flaw].format(most=most)})
