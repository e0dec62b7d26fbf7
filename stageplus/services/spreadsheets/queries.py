"""Reading what people fill in spreadsheets: rows by known columns, days and numbers as they are written here."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from stageplus.domain.errors import InvalidInput
from stageplus.services.spreadsheets.archives import too_large
from stageplus.services.spreadsheets.headings import heading_line, known_headings, plain_heading
from stageplus.services.spreadsheets.schemas import MOST_ROWS, Column, Sheet, SheetRow
from stageplus.services.spreadsheets.tables import RawTable, tables_of
from stageplus.texts import _

EXCEL_EPOCH = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-6]\d{4}")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_BELGIAN = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{2}|\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]+)\s+(\d{4})")
_MONTHS = ("janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece")


def read_sheet(content: bytes, columns: Sequence[Column]) -> Sheet:
    """Read the rows of an xlsx, ods or csv file by the columns we know, in any order and spelling of headings.

    Empty lines are left out. Raises `InvalidInput` beside `file` for a file that is none, is too large, has no row or
    lacks a required column; what a cell holds is for the import to judge.
    """
    known = known_headings(columns)
    table = max(
        tables_of(content), key=lambda table: len(heading_line(table.lines, known)[1]), default=RawTable("", [])
    )
    at, positions = heading_line(table.lines, known)
    missing = [column.label for column in columns if column.required and column.key not in positions]
    if missing:
        raise InvalidInput({"file": _missing_words(missing, bool(positions))})
    rows = tuple(
        SheetRow(line, {key: _cell(cells, position) for key, position in positions.items()})
        for line, cells in enumerate(table.lines[at + 1 :], start=at + 2)
        if any(cells)
    )
    if not rows:
        raise InvalidInput({"file": _("Ce fichier a des titres de colonnes, mais aucune ligne en dessous.")})
    if len(rows) > MOST_ROWS:
        raise too_large()
    titles = table.lines[at]
    unknown = tuple(title for place, title in enumerate(titles) if title and place not in positions.values())
    return Sheet(table.name, {key: titles[place] for key, place in positions.items()}, unknown, rows)


def plain_text(text: str) -> str:
    """Write a text as headings and names are compared: without accents, case, punctuation, articles and brackets."""
    return plain_heading(text)


def read_day(text: str, today: date) -> date:
    """Read a day as people write it here: 14/03/2008, 14-3-08, 2008-03-14, 14 mars 2008; raises `ValueError`.

    A year of two digits is the last one that is not after today's.
    """
    plain = plain_heading(text) if re.search("[a-zA-Z]{3}", text) else text.strip()
    if _SERIAL.fullmatch(plain):
        return EXCEL_EPOCH + timedelta(days=int(plain))
    try:
        return _day(plain, today)
    except ValueError:
        unclear = _("« {text} » n’est pas une date. Écrivez par exemple 14/03/2008.")
        raise ValueError(unclear.format(text=text[:40])) from None


def read_number(text: str, least: int, most: int) -> int:
    """Read a whole number between two bounds; raises `ValueError` with the French reason."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
        raise ValueError(_("« {text} » n’est pas un nombre entier.").format(text=text[:40]))
    if not least <= int(plain) <= most:
        raise ValueError(_("Un nombre de {least} à {most} est attendu.").format(least=least, most=most))
    return int(plain)


def _day(plain: str, today: date) -> date:
    if found := _ISO.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _BELGIAN.fullmatch(plain):
        year = int(found[3]) if len(found[3]) == 4 else _whole_year(int(found[3]), today)
        return date(year, int(found[2]), int(found[1]))
    if (found := _IN_WORDS.fullmatch(plain)) and found[2][:4] in _MONTHS:
        return date(int(found[3]), _MONTHS.index(found[2][:4]) + 1, int(found[1]))
    raise ValueError(plain)


def _whole_year(two_digits: int, today: date) -> int:
    century = today.year - today.year % 100
    return century + two_digits if century + two_digits <= today.year else century - 100 + two_digits


def _cell(cells: Sequence[str], position: int) -> str:
    return cells[position] if position < len(cells) else ""


def _missing_words(missing: Sequence[str], has_headings: bool) -> str:
    if not has_headings:
        return _("Aucun titre de colonne connu dans ce fichier. Partez du modèle à télécharger.")
    names = ", ".join(f"« {label} »" for label in missing)
    return _("Il manque dans ce fichier : {names}. Ajoutez la colonne, ou partez du modèle.").format(names=names)
