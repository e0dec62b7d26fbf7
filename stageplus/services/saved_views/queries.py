"""The views that somebody keeps of a list; nobody else reads them."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, require
from stageplus.domain.coaching import ViewList
from stageplus.models import SavedView
from stageplus.services.saved_views.lists import LISTS
from stageplus.services.saved_views.schemas import ViewRow, Views


def my_views(actor: Actor | None, of_list: ViewList, *, now: datetime, on: Engine | None = None) -> Views:
    """List one's views of a list; raises `Denied` for one that one does not read."""
    actor = require(actor, LISTS[of_list].permission)
    with reading(on) as session:
        return views_in(session, actor, of_list)


def views_in(session: Session, actor: Actor, of_list: ViewList) -> Views:
    """List them, within a session."""
    mine = select(SavedView).where(SavedView.person_id == actor.person_id, SavedView.of_list == of_list)
    rows = session.exec(mine.order_by(col(SavedView.name), col(SavedView.id)))
    path = LISTS[of_list].path
    return Views(
        of_list.value,
        [ViewRow(each.id or 0, each.name, f"{path}?{each.query}" if each.query else path) for each in rows],
    )
