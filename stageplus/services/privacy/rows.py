"""How rows are read for the file: each column under its French name, in values that JSON knows."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping
from sqlmodel import Session, col, or_, select

from stageplus.domain.actors import Role
from stageplus.models import Company, Municipality, Offer, Trade
from stageplus.services.accounts.queries import ROLE_WORDS
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS, days_words


def named(**columns: Any) -> Any:
    """Begin a statement that reads columns under the names of the file."""
    return select(*[col(column).label(name) for name, column in columns.items()])


def offer_named(**columns: Any) -> Any:
    """Begin a statement that says which offer a row is about; it still needs the table that leads to `Offer`."""
    return named(
        offre=Offer.id, metier=Trade.name_f, entreprise=Company.name, commune=Municipality.name, **columns
    ).select_from(Offer)


def with_offer(statement: Any) -> Any:
    """Add what `offer_named` reads beside the offer."""
    statement = statement.join(Trade, col(Trade.code) == Offer.trade_code)
    statement = statement.join(Company, col(Company.id) == Offer.company_id)
    return statement.join(Municipality, col(Municipality.ins) == Offer.municipality_ins)


def listed(session: Session, statement: Any) -> list[dict[str, Any]]:
    """Read every row of a statement."""
    return [_plain(row) for row in session.execute(statement).mappings()]


def by_parent(rows: list[dict[str, Any]], parent: str) -> dict[int, list[dict[str, Any]]]:
    """Sort rows under the identifier of what they belong to, which is not repeated in them."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.pop(parent), []).append(row)
    return found


def mine_or_to_me(person: Any, address: Any, person_id: int, email: str) -> Any:
    """Select what names a person, or was written for their address before they had an account."""
    return or_(col(person) == person_id, col(address) == email)


def _plain(row: RowMapping) -> dict[str, Any]:
    return {str(name): _value(str(name), value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(BRUSSELS).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Role):
        return ROLE_WORDS[value]
    if name == "jours_en_entreprise":
        return days_words(value)
    if name in {"recherche", "avant_l_import"}:
        return json.loads(value) if value else None
    return _("Stage+, automatiquement") if name == "par" and value is None else value
