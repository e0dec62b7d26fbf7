"""Rewrites one file apart from the site: it comes in, and its kind and the new file, or what is wrong, go out.

It runs with no setting, no secret and no connection, under a ceiling of memory and time: a file made to break its
reader breaks nothing else.
"""

import resource
import sys
from collections.abc import Callable

from stageplus.domain.documents import DocumentKind, Flaw, Unfit
from stageplus.services.documents.rewriting import office, pdf
from stageplus.services.documents.rewriting.pictures import redrawn
from stageplus.services.documents.rewriting.recognition import kind_of

MOST_MEMORY, MOST_SECONDS = 1_000_000_000, 20
WRITERS: dict[DocumentKind, Callable[[bytes], bytes]] = {
    DocumentKind.PDF: pdf.rewritten,
    DocumentKind.DOCX: office.rewritten_docx,
    DocumentKind.ODT: office.rewritten_odt,
    DocumentKind.JPG: lambda content: redrawn(content, "JPEG"),
}


def answer(content: bytes) -> bytes:
    """Return a first line, the kind or `!` and what is wrong, then the file rewritten."""
    try:
        kind = kind_of(content)
        return f"{kind.value}\n".encode() + WRITERS[kind](content)
    except Unfit as unfit:
        return f"!{unfit.flaw.value}\n".encode()
    except MemoryError:
        return f"!{Flaw.TOO_LARGE.value}\n".encode()


def main() -> None:
    """Read a file, answer, and end."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
