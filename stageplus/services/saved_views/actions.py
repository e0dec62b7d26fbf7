"""Use cases of views: keep the filters of a list under a name, and drop them."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import Person, SavedView
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.saved_views.lists import LISTS
from stageplus.services.saved_views.queries import views_in
from stageplus.services.saved_views.schemas import LONGEST_QUERY, ViewInput, Views
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels


def save_view(actor: Actor | None, data: ViewInput, *, now: datetime, on: Engine | None = None) -> Views:
    """Keep the filters and the order of a list under a name; the same name again takes the new ones.

    Whatever the list does not know, or no view keeps, is left out. Raises `Denied` for a list that one does not read,
    `InvalidInput` beyond the number of views in force.
    """
    actor = require(actor, LISTS[data.of_list].permission)
    query = _known(data)
    with transaction(on) as session:
        # Two tabs at once wait for each other here.
        me = select(Person.id).where(Person.id == actor.person_id, Person.role == actor.role)
        session.exec(me.with_for_update(key_share=True)).one()
        mine = (SavedView.person_id == actor.person_id, SavedView.of_list == data.of_list)
        kept = session.exec(select(SavedView).where(*mine, SavedView.name == data.view_name)).first()
        if kept is None:
            _check_room(session, actor, now)
            about: dict[str, Any] = {"person_id": actor.person_id, "of_list": data.of_list, "name": data.view_name}
            kept = SavedView(query=query, kept_at=now, **about)
        kept.query, kept.kept_at = query, now
        session.add(kept)
        session.flush()
        return views_in(session, actor, data.of_list)


def drop_view(actor: Actor | None, view_id: int, *, now: datetime, on: Engine | None = None) -> Views:
    """Drop one of one's views; raises `NotFound` for anybody else's."""
    actor = require(actor, Permission.VIEW_KEEP)
    with transaction(on) as session:
        kept = session.get(SavedView, view_id)
        mine = delete(SavedView).where(col(SavedView.id) == view_id, col(SavedView.person_id) == actor.person_id)
        if kept is None or not session.exec(mine).rowcount:
            raise NotFound
        return views_in(session, actor, kept.of_list)


def _known(data: ViewInput) -> str:
    """Read the filters as the list itself reads them, and write only what it knows and differs from its start."""
    of = LISTS[data.of_list]
    typed = dict(parse_qsl(data.query.removeprefix("?")))
    read = of.shape.read_address({field: typed[word] for word, field in of.words.items() if word in typed})
    chosen = read.model_dump(exclude_defaults=True, exclude=set(of.left_out))
    query = urlencode({word: typed[word] for word, field in of.words.items() if field in chosen})
    if len(query) > LONGEST_QUERY:
        raise InvalidInput({"view_name": _("Ces filtres sont trop longs pour être gardés.")})
    return query


def _check_room(session: Session, actor: Actor, now: datetime) -> None:
    most = int(parameter_in_force(session, "saved_views_max", day_in_brussels(now)))
    counted = select(func.count(col(SavedView.id))).where(SavedView.person_id == actor.person_id)
    if session.exec(counted).one() >= most:
        raise InvalidInput({"view_name": _("Vous gardez déjà {n} vues : effacez-en une d’abord.").format(n=most)})
