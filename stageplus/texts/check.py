"""Keeps the catalogue template equal to the sentences in the code: `python -m stageplus.texts.check [--update]`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from stageplus.texts.catalogue import LOCALE_FOLDER

PACKAGE = Path(__file__).parents[1]
TEMPLATE = LOCALE_FOLDER / "stageplus.pot"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}

Sentence = str | tuple[str, ...]


def sentences_in_code() -> Iterator[tuple[str, Sentence]]:
    """Yield the file and the sentence (or its singular and plural) for each gettext call of the package."""
    for found in extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS):
        name, sentence = found[0], found[2]
        yield name, sentence if isinstance(sentence, str) else tuple(sentence)


def sentences_in_template() -> set[Sentence]:
    """Read the committed template's sentences."""
    if not TEMPLATE.exists():
        return set()
    with TEMPLATE.open("rb") as file:
        return {tuple(m.id) if isinstance(m.id, list | tuple) else m.id for m in read_po(file) if m.id}


def update_template() -> None:
    """Write the template anew from the code, sentences in alphabetical order."""
    catalogue = Catalog(project="Stage+", version="1", header_comment="# Stage+", charset="utf-8")
    for name, sentence in sentences_in_code():
        catalogue.add(sentence, locations=[(name, 0)])
    LOCALE_FOLDER.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as file:
        write_po(file, catalogue, sort_output=True, include_lineno=False, omit_header=True, width=110)


def differences() -> list[str]:
    """Say which sentences the template lacks and which it has in excess."""
    code, template = {sentence for _, sentence in sentences_in_code()}, sentences_in_template()
    missing = [f"absent du catalogue : {sentence!r}" for sentence in sorted(code - template, key=str)]
    return missing + [f"en trop dans le catalogue : {sentence!r}" for sentence in sorted(template - code, key=str)]


def main(arguments: list[str]) -> int:
    """Update the template with `--update`; otherwise answer 1 when it differs from the code."""
    if "--update" in arguments:
        update_template()
    found = differences()
    for line in found:
        sys.stderr.write(f"{line}\n")
    if found:
        sys.stderr.write("Lancez « python -m stageplus.texts.check --update » et validez le fichier.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
