"""Pages of long lists: only the rows of one page leave the database."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session

from stageplus.texts import _
from stageplus.texts.formats import number

PAGE_SIZE = 50


@dataclass(frozen=True)
class Slice:
    """The identifiers of one page, which page it is of how many, and how many rows there are in all."""

    ids: list[int]
    page: int
    pages: int
    total: int


def cut_words(shown: int, total: int) -> str:
    """Say how many of all lines are shown; nothing when all of them are."""
    if total <= shown:
        return ""
    return _("Les {shown} premières lignes sur {total}").format(shown=number(shown), total=number(total))


def page_of(session: Session, ordered: Any, wanted: int, size: int = PAGE_SIZE) -> Slice:
    """Read one page of a statement that selects ordered identifiers; a page too far gives the last one."""
    first = _ids(session, ordered.limit(size)) if wanted == 1 else []
    if wanted == 1 and len(first) < size:
        # A first page that is not full is the whole list: counting would read it a second time.
        return Slice(first, 1, 1, len(first))
    counted = ordered.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = int(session.execute(counted).scalar_one())
    pages = max(1, -(-total // size))
    page = min(wanted, pages)
    ids = first or _ids(session, ordered.limit(size).offset((page - 1) * size))
    return Slice(ids, page, pages, total)


def _ids(session: Session, statement: Any) -> list[int]:
    return list(session.execute(statement).scalars())
