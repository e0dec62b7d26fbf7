"""Judges the rows of a roster: what fits, and what does not, by line and column."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, select

from stageplus.domain.schemes import Ages, age_on
from stageplus.models import Operator, Place
from stageplus.services.enrolment.columns import LABELS
from stageplus.services.enrolment.schemas import RosterProblem, RosterRow, is_address
from stageplus.services.enrolment.trades import TradeNames
from stageplus.services.registers.queries import parameter_in_force, schemes_in_force
from stageplus.services.spreadsheets.queries import plain_text, read_day, read_number
from stageplus.services.spreadsheets.schemas import Sheet, SheetRow
from stageplus.texts import _

LONGEST = {"reference": 40, "first_name": 80, "last_name": 80, "implantation": 120, "trade": 120}
EARLIEST_YEAR = 1900
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NISS = re.compile(r"\d{2}[.\s]?\d{2}[.\s]?\d{2}[-.\s]?\d{3}[-.\s]?\d{2}")


@dataclass
class Reference:
    """What the rows of a roster are judged by, read once per file."""

    trades: TradeNames
    towns: Mapping[str, str]
    windows: Sequence[Ages]
    most_years: int
    today: date


@dataclass
class Judged:
    """The rows that fit and the problems of those that do not."""

    rows: list[RosterRow] = field(default_factory=list)
    problems: list[RosterProblem] = field(default_factory=list)


def reference_of(session: Session, operator_id: int | None, today: date) -> Reference:
    """Read what rows are judged by: trades, postal codes, the ages of the dispositifs that the operator runs."""
    towns: dict[str, str] = {}
    for place in session.exec(select(Place).order_by(Place.locality)):
        towns.setdefault(place.postal_code, place.municipality_ins)
    kind = session.exec(select(Operator.kind).where(Operator.id == operator_id)).first()
    windows = [
        Ages(rule.min_age, rule.min_age_with_two_years, rule.max_age_contract)
        for _scheme, rule in schemes_in_force(session, today)
        if kind in rule.operator_kinds.split("|")
    ]
    years = int(parameter_in_force(session, "training_years_max", today))
    return Reference(TradeNames(session), towns, windows, years, today)


def judged(sheet: Sheet, reference: Reference) -> Judged:
    """Judge every row of a file; a row with a problem is left out, one with warnings only is kept."""
    result = Judged()
    times = Counter(row.cells.get("reference", "") for row in sheet.rows)
    first_lines: dict[str, int] = {}
    addresses: dict[str, int] = {}
    for row in sheet.rows:
        own = row.cells.get("reference", "")
        seen = first_lines.setdefault(own, row.line)
        reader = _RowReader(row, sheet.headings, reference)
        if own and times[own] > 1:
            others = _("Cette référence est là {n} fois, d’abord à la ligne {line}.").format(n=times[own], line=seen)
            reader.complain("reference", others)
        read = reader.read()
        if read and read.email and addresses.setdefault(read.email, row.line) != row.line:
            shared = _("Cette adresse est aussi à la ligne {line}.").format(line=addresses[read.email])
            reader.complain("email", shared, is_warning=True)
        result.problems.extend(reader.problems)
        if read is not None:
            result.rows.append(read)
    return result


class _RowReader:
    """Reads one row, cell by cell, and collects what does not fit."""

    def __init__(self, row: SheetRow, headings: Mapping[str, str], reference: Reference) -> None:
        self.row, self.headings, self.reference = row, headings, reference
        self.problems: list[RosterProblem] = []

    def complain(self, key: str, message: str, *, is_warning: bool = False) -> None:
        """Note what does not fit in a cell."""
        column = self.headings.get(key, LABELS[key])
        own = self.row.cells.get("reference", "")
        self.problems.append(RosterProblem(self.row.line, column, message, own, is_warning))

    def read(self) -> RosterRow | None:
        """Read the whole row; nothing when a cell does not fit."""
        cells: dict[str, Any] = {
            "reference": self._cell("reference", _own_reference),
            "first_name": self._cell("first_name", _name),
            "last_name": self._cell("last_name", _name),
            "birth_date": self._cell("birth_date", self._birth_day),
            "email": self._cell("email", _address, required=False),
            "postal_code": self._cell("postal_code", self._postal_code),
            "trade_code": self._cell("trade", self.reference.trades.code_of),
            "year": self._cell("year", self._year),
            "company_days": self._cell("company_days", days_of),
            "implantation": self._cell("implantation", str, required=False),
        }
        if any(not problem.is_warning for problem in self.problems):
            return None
        return RosterRow(self.row.line, municipality_ins=self.reference.towns[cells["postal_code"]], **cells)

    def _cell(self, key: str, understand: Callable[[str], Any], *, required: bool = True) -> Any:
        text = self.row.cells.get(key, "")
        if not text:
            if required:
                self.complain(key, _("Cette case est vide."))
            return ""
        if len(text) > LONGEST.get(key, len(text)):
            self.complain(
                key, _("Ce texte est trop long : {max_length} caractères au plus.").format(max_length=LONGEST[key])
            )
            return ""
        try:
            return understand(text)
        except ValueError as refusal:
            self.complain(key, str(refusal))
            return ""

    def _birth_day(self, text: str) -> str:
        day, today = read_day(text, self.reference.today), self.reference.today
        if day > today:
            raise ValueError(_("Cette date est dans le futur."))
        if day.year < EARLIEST_YEAR:
            raise ValueError(_("Cette date est trop ancienne."))
        if not any(ages.hold(day, today) for ages in self.reference.windows):
            self.complain("birth_date", self._unusual(day), is_warning=True)
        return day.isoformat()

    def _unusual(self, day: date) -> str:
        age, windows = age_on(day, self.reference.today), self.reference.windows
        if not windows:
            return _("{age} ans : votre réseau n’a pas de dispositif en vigueur, à vérifier.").format(age=age)
        spans = _(" ou ").join(
            _("{least} à {most} ans").format(least=ages.with_two_years, most=ages.most) for ages in windows
        )
        return _("{age} ans : en dehors de {spans}, à vérifier.").format(age=age, spans=spans)

    def _postal_code(self, text: str) -> str:
        found = re.fullmatch(r"(?:B-?\s?)?(\d{4})(?:\s.*)?", text)
        if found is None:
            raise ValueError(_("Un code postal belge a quatre chiffres."))
        if found[1] not in self.reference.towns:
            raise ValueError(_("{code} n’est pas un code postal belge.").format(code=found[1]))
        return found[1]

    def _year(self, text: str) -> int:
        leading = re.match(r"\s*(\d{1,2})\s*(?:re|ère|ere|er|e|è|ème|eme|°|$|\s)", text, re.IGNORECASE)
        return read_number(leading[1] if leading else text, 1, self.reference.most_years)


def days_of(text: str) -> int:
    """Read days of the week as a bit set, Monday being bit 0: « lundi, mardi », « lu ma me », « lundi au jeudi ».

    Raises `ValueError` when a word is no day.
    """
    plain = plain_text(re.sub(r"(?<=\w)\s*(?:→|>|\bau\b|\bà\b|\ba\b)\s*(?=\w)", " jusque ", text, flags=re.IGNORECASE))
    days, until = 0, False
    last = -1
    for word in plain.split():
        if word == "jusque":
            until = True
        elif word not in {"et", "les", "chaque"}:
            day = _day_number(word)
            days |= sum(1 << each for each in range(last + 1, day + 1)) if until and last >= 0 else 1 << day
            last, until = day, False
    if not days:
        raise ValueError(_no_days(text))
    return days


def _day_number(word: str) -> int:
    found = [number for number, name in enumerate(_DAYS) if name.startswith(word.removesuffix("s")) and len(word) > 1]
    if not found:
        raise ValueError(_no_days(word))
    return found[0]


def _no_days(text: str) -> str:
    return _("« {text} » : écrivez des jours, par exemple « lundi, mardi, jeudi ».").format(text=text[:40])


def _own_reference(text: str) -> str:
    if _NISS.fullmatch(text):
        raise ValueError(_("Cette référence ressemble à un NISS : utilisez la vôtre, jamais le numéro national."))
    return text


def _name(text: str) -> str:
    if any(sign.isdigit() for sign in text) or "@" in text:
        raise ValueError(_("Un nom n’a ni chiffre ni « @ »."))
    if not any(sign.isalpha() for sign in text):
        raise ValueError(_("Un nom a au moins une lettre."))
    return text


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError(_("« {text} » n’est pas une adresse e-mail.").format(text=text[:60]))
    return text.lower()
