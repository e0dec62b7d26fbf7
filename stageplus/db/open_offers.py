"""The one large statement of search: the first offers of each of many branches, in one text for both databases.

A branch is a trade, a municipality or a word; there may be forty, and their text is put together here rather than built
as objects, which would take longer than the databases need for the answer. Only our own column names and limits become
text: whatever was typed, and every code, is a bound value.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Integer, Subquery, bindparam, column, text
from sqlmodel import Session

from stageplus.domain.offers import OfferStatus
from stageplus.models.columns import Moment

AMONG: dict[str, tuple[str, Callable[[list[str]], str]]] = {
    "sqlite": ("IN (SELECT value FROM json_each(:{name}))", json.dumps),
    "postgresql": ("= ANY(string_to_array(:{name}, ' '))", " ".join),
}
"""How each database asks for one of many codes bound at once: hundreds of bound values take longer than the answer."""
FRESHEST_FIRST = " ORDER BY offer.published_at DESC, offer.id DESC"


@dataclass(frozen=True)
class Branch:
    """One part of the union: at most `limit` offers whose column has the value or one of the values.

    `by_freshness` costs little only where an index has that order; `beyond` reads the far municipalities, others the
    near ones when there are any.
    """

    limit: int
    column: str = ""
    values: tuple[str, ...] = ()
    by_freshness: bool = True
    beyond: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Opened:
    """What all branches ask: open on a day, published since a moment, with all of the words, near or beyond."""

    today: date
    words: Sequence[str] = ()
    near: Collection[str] = ()
    beyond: Collection[str] = ()
    since: datetime | None = None


def first_offers(session: Session, opened: Opened, branches: Sequence[Branch]) -> Subquery:
    """Return, to join with, the `id` of the offers found, each with the number of its `branch`."""
    kind = session.get_bind().dialect.name
    among, bound = AMONG[kind]
    alike = _alike(branches) if kind == "postgresql" else {}
    values: dict[str, Any] = {f"word{position}": word for position, word in enumerate(opened.words)}
    parts = []
    for number, branch in enumerate(branches):
        if number in alike:
            continue
        name, one = f"value{number}", len(branch.values) == 1
        values |= {name: branch.values[0] if one else bound(list(branch.values))} if branch.values else {}
        found = _first(opened, branch, f"= :{name}" if one else among.format(name=name), among)
        parts.append(f"SELECT id, {number} AS branch FROM ({found}) part{number}")  # noqa: S608
    if alike:
        parts.append(_each_of(opened, branches[min(alike)], among))
        values |= {"each": bound(list(alike.values())), "numbers": list(alike)}
    values |= {"near": bound(list(opened.near))} if any(each.inside and not each.beyond for each in branches) else {}
    values |= {"beyond": bound(list(opened.beyond))} if any(each.beyond for each in branches) else {}
    typed = [bindparam("today", opened.today, Date()), bindparam("published", OfferStatus.PUBLISHED.value)]
    typed += [bindparam("since", opened.since, Moment())] if opened.since else []
    statement = text(" UNION ALL ".join(parts)).bindparams(*typed, **values)
    return statement.columns(column("id", Integer), column("branch", Integer)).subquery("found")


def _alike(branches: Sequence[Branch]) -> dict[int, str]:
    """Return by number the branches that differ from the first one in nothing but their one value."""
    found = {
        number: each.values[0]
        for number, each in enumerate(branches)
        if len(each.values) == 1 and replace(each, values=branches[0].values) == branches[0]
    }
    return found if len(found) > 1 else {}


def _each_of(opened: Opened, branch: Branch, among: str) -> str:
    """Repeat one branch for each of many values: planning forty takes PostgreSQL longer than reading them."""
    found = _first(opened, branch, "= one.value", among)
    listed = "unnest(string_to_array(:each, ' '), CAST(:numbers AS int[])) AS one(value, branch)"
    return f"SELECT id, one.branch FROM {listed} CROSS JOIN LATERAL ({found}) part"  # noqa: S608


def _first(opened: Opened, branch: Branch, asked: str, among: str) -> str:
    led = bool(opened.words) and not branch.column
    # SQLite reads a cross join from left to right. Asked for the municipality of the word that leads as well,
    # PostgreSQL would expect too few offers and read them all.
    source = "offer_word word0 CROSS JOIN offer" if led else "offer"
    joins = "".join(
        f" JOIN offer_word word{each} ON word{each}.offer_id = offer.id"
        f" AND word{each}.municipality_ins = offer.municipality_ins"
        for each in range(int(led), len(opened.words))
    )
    where = ["offer.id = word0.offer_id"] if led else []
    where += [f"word{each}.word = :word{each}" for each in range(len(opened.words))]
    where += ["offer.status = :published", "offer.ends_on >= :today"]
    where += ["offer.published_at > :since"] if opened.since else []
    where += [f"offer.{branch.column} {asked}"] if branch.column else []
    if branch.inside:
        # Where the index that leads to the offers has it: beside the word, or beside the trade.
        table = "word0" if led else "offer"
        where += [f"{table}.municipality_ins {among.format(name='beyond' if branch.beyond else 'near')}"]
    order = FRESHEST_FIRST if branch.by_freshness else ""
    return f"SELECT offer.id AS id FROM {source}{joins} WHERE {' AND '.join(where)}{order} LIMIT {branch.limit:d}"  # noqa: S608
