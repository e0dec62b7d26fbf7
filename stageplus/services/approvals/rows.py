"""Judges the rows of a file of agréments: what fits, and what does not, by line and column."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session, select

from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import InvalidInput
from stageplus.domain.titles import both_genders
from stageplus.models import Place, Trade
from stageplus.services.approvals.columns import LABELS
from stageplus.services.approvals.establishments import OF_ANOTHER, known_houses, with_present_number
from stageplus.services.approvals.schemas import ApprovalInput, FileProblem
from stageplus.services.registers.queries import former_numbers
from stageplus.services.spreadsheets.queries import plain_text, read_day
from stageplus.services.spreadsheets.schemas import Sheet, SheetRow
from stageplus.texts import _

STATE_NAMES = {
    ApprovalState.REQUESTED: ("demande", "demandee", "en cours", "introduit"),
    ApprovalState.GRANTED: ("accorde", "accordee", "agree", "agreee", "octroye", "actif", "oui"),
    ApprovalState.REFUSED: ("refuse", "refusee", "non"),
    ApprovalState.SUSPENDED: ("suspendu", "suspendue", "suspension"),
    ApprovalState.WITHDRAWN: ("retire", "retiree", "retrait"),
}
_STATES = {name: state.value for state, names in STATE_NAMES.items() for name in names}


@dataclass(frozen=True)
class ReadRow:
    """A row that fits, at the line that the person sees."""

    line: int
    data: ApprovalInput

    @property
    def key(self) -> tuple[str, str]:
        """Say what it is about: an establishment and a trade."""
        return self.data.establishment_number, self.data.trade

    @property
    def wanted(self) -> tuple[ApprovalState, date]:
        """Say what it records."""
        return self.data.state, self.data.since


@dataclass
class Judged:
    """The rows that fit and the problems of those that do not."""

    rows: list[ReadRow] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)


def judged(session: Session, sheet: Sheet, today: date) -> Judged:
    """Judge every row of a file; a row with a problem is left out, and so is one that repeats another."""
    result, trades, towns = Judged(), trade_names(session), set(session.exec(select(Place.postal_code)))
    first_lines: dict[tuple[str, str], ReadRow] = {}
    for row in sheet.rows:
        typed, unread = _typed(row, trades, today)
        data, refused = _checked(typed, towns, today)
        wrong = refused | unread
        if data and not wrong:
            fits = ReadRow(row.line, data)
            before = first_lines.setdefault(fits.key, fits)
            if before is fits:
                result.rows.append(fits)
            else:
                wrong = {"trade": _("Cet agrément est déjà à la ligne {line}.").format(line=before.line)}
        _refuse(result, sheet, row.line, wrong)
    _leave_out_what_is_of_others(session, sheet, result)
    return result


def _leave_out_what_is_of_others(session: Session, sheet: Sheet, result: Judged) -> None:
    result.rows = with_present_numbers(session, result.rows)
    houses = known_houses(session, [row.data.establishment_number for row in result.rows])
    owners = {number: enterprise for number, (_house, enterprise) in houses.items()}
    rows, result.rows = result.rows, []
    for row in rows:
        owner = owners.setdefault(row.data.establishment_number, row.data.enterprise_number)
        if owner == row.data.enterprise_number:
            result.rows.append(row)
        else:
            _refuse(result, sheet, row.line, {"establishment_number": OF_ANOTHER})
    result.problems.sort(key=lambda problem: problem.line)


def _refuse(result: Judged, sheet: Sheet, line: int, wrong: dict[str, str]) -> None:
    for key, message in wrong.items():
        result.problems.append(FileProblem(line, sheet.headings.get(key, LABELS.get(key, key)), message))


def trade_names(session: Session) -> dict[str, str]:
    """Return the trade of each name that a file may use: its code, either gender or both."""
    names: dict[str, str] = {}
    for trade in session.exec(select(Trade)):
        for name in (trade.name_m, trade.name_f, both_genders(trade.name_f, trade.name_m), trade.code):
            names.setdefault(plain_text(name.replace("-", " ")), trade.code)
    return names


def stored_rows(rows: list[ReadRow]) -> str:
    """Write rows for the preview to keep."""
    return json.dumps([[row.line, row.data.model_dump(mode="json")] for row in rows], ensure_ascii=False)


def with_present_numbers(session: Session, rows: Sequence[ReadRow]) -> list[ReadRow]:
    """Lead the numbers of companies that were joined to others to those."""
    former = former_numbers(session)
    return [replace(row, data=with_present_number(row.data, former)) for row in rows]


def kept_rows(stored: str) -> list[ReadRow]:
    """Read rows that a preview kept."""
    return [ReadRow(line, ApprovalInput.read(data)) for line, data in json.loads(stored)]


def _typed(row: SheetRow, trades: dict[str, str], today: date) -> tuple[dict[str, Any], dict[str, str]]:
    typed: dict[str, Any] = {key: text for key, text in row.cells.items() if text}
    wrong: dict[str, str] = {}
    read: dict[str, Callable[[str], str]] = {
        "trade": lambda text: _named(trades, text, _("Le métier « {text} » n’est pas connu.")),
        "state": lambda text: _named(_STATES, text, _("« {text} » n’est pas un état : accordé, suspendu, retiré…")),
        "since": lambda text: read_day(_filled(text), today).isoformat(),
    }
    for key, understand in read.items():
        try:
            typed[key] = understand(row.cells.get(key, ""))
        except ValueError as refusal:
            wrong[key] = str(refusal)
    return typed, wrong


def _named(names: dict[str, str], text: str, unknown: str) -> str:
    found = names.get(plain_text(_filled(text).replace("-", " ")))
    if found is None:
        raise ValueError(unknown.format(text=text[:60]))
    return found


def _filled(text: str) -> str:
    if not text:
        raise ValueError(_("Cette case est vide."))
    return text


def _checked(typed: dict[str, Any], towns: set[str], today: date) -> tuple[ApprovalInput | None, dict[str, str]]:
    try:
        data = ApprovalInput.read(typed)
        data.check(today)
    except InvalidInput as refusal:
        return None, refusal.fields
    if data.postal_code not in towns:
        return None, {"postal_code": _("Ce code postal n’existe pas en Belgique.")}
    return data, {}
