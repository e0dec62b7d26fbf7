"""Use cases of views: keep the filters of a list under a name, and drop them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.coaching import ViewList
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import Person, SavedView
from stageplus.services.coaching.schemas import COMPANY_WORDS, OFFER_WORDS, CompanySearch, FollowedSearch
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.saved_views.queries import views_in
from stageplus.services.saved_views.schemas import LONGEST_QUERY, ViewInput, Views
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

SEARCHES: dict[ViewList, tuple[type[FollowedSearch] | type[CompanySearch], Mapping[str, str]]] = {
    ViewList.OFFERS: (FollowedSearch, OFFER_WORDS),
    ViewList.COMPANIES: (CompanySearch, COMPANY_WORDS),
}


def save_view(actor: Actor | None, data: ViewInput, *, now: datetime, on: Engine | None = None) -> Views:
    """Keep the filters and the order of a list under a name; the same name again takes the new ones.

    Whatever the list does not know is left out. Raises `InvalidInput` beyond the number of views in force.
    """
    actor = require(actor, Permission.OFFER_FOLLOW)
    query = _known(data)
    with transaction(on) as session:
        # Two tabs at once wait for each other here.
        me = select(Person.id).where(Person.id == actor.person_id, Person.role == Role.COACH)
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
    actor = require(actor, Permission.OFFER_FOLLOW)
    with transaction(on) as session:
        kept = session.get(SavedView, view_id)
        mine = delete(SavedView).where(col(SavedView.id) == view_id, col(SavedView.person_id) == actor.person_id)
        if kept is None or not session.exec(mine).rowcount:
            raise NotFound
        return views_in(session, actor, kept.of_list)


def _known(data: ViewInput) -> str:
    """Read the filters as the list itself reads them, and write only what it knows and differs from its start."""
    shape, words = SEARCHES[data.of_list]
    typed = dict(parse_qsl(data.query.removeprefix("?")))
    read = shape.read_address({field: typed[word] for word, field in words.items() if word in typed})
    chosen = read.model_dump(exclude_defaults=True, exclude={"page"})
    query = urlencode({word: typed[word] for word, field in words.items() if field in chosen})
    if len(query) > LONGEST_QUERY:
        raise InvalidInput({"view_name": _("Ces filtres sont trop longs pour être gardés.")})
    return query


def _check_room(session: Session, actor: Actor, now: datetime) -> None:
    most = int(parameter_in_force(session, "saved_views_max", day_in_brussels(now)))
    counted = select(func.count(col(SavedView.id))).where(SavedView.person_id == actor.person_id)
    if session.exec(counted).one() >= most:
        raise InvalidInput({"view_name": _("Vous gardez déjà {n} vues : effacez-en une d’abord.").format(n=most)})
