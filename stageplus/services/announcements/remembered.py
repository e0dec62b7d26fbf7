"""The one banner that somebody sees: read with what a page counts anyway, or remembered for nobody in particular."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, String, case, cast, literal
from sqlmodel import col, or_, select

from stageplus.db import engine as engines
from stageplus.db.engine import reading
from stageplus.domain.actors import Role
from stageplus.domain.announcements import Public, Spot
from stageplus.models import Announcement
from stageplus.services.announcements.schemas import Banner
from stageplus.texts.formats import day_in_brussels

SECONDS_BETWEEN_LOOKS = 30.0


def shown_banner(role: Role | None, today: date) -> Any:
    """Select, inside another statement, the one banner of a role: its own before everybody's, then the latest.

    It is one text, which `banner_of` reads: pages ask for it with what they count anyway.
    """
    own = case((col(Announcement.audience) == Public.EVERYONE, 1), else_=0)
    key = cast(col(Announcement.id), String) + literal("-") + cast(col(Announcement.changed_at), String)
    text = key + literal("|") + col(Announcement.link) + literal("|") + col(Announcement.words)
    wanted = select(text).where(*shown(Spot.BANNER, role, today))
    return (
        wanted.order_by(own, col(Announcement.starts_on).desc(), col(Announcement.id).desc()).limit(1).scalar_subquery()
    )


def banner_of(text: str) -> Banner:
    """Take apart what `shown_banner` selected."""
    key, _bar, rest = text.partition("|")
    link, _bar, words = rest.partition("|")
    return Banner(key, words, link)


@dataclass(frozen=True)
class _Remembered:
    banner: Banner
    day: date
    looked_at: float


_of_engine: WeakKeyDictionary[Engine, _Remembered] = WeakKeyDictionary()


def public_banner(*, now: datetime, on: Engine | None = None) -> Banner:
    """Return the banner of whoever is not signed in; each process looks every `SECONDS_BETWEEN_LOOKS` at most."""
    bound = on or engines.engine()
    key, today = getattr(bound, "_proxied", bound), day_in_brussels(now)
    known = _of_engine.get(key)
    if known is None or known.day != today or monotonic() - known.looked_at >= SECONDS_BETWEEN_LOOKS:
        with reading(on) as session:
            found = session.execute(select(shown_banner(None, today))).scalar_one()
        known = _of_engine[key] = _Remembered(banner_of(found or ""), today, monotonic())
    return known.banner


def forget_banners() -> None:
    """Read the public banner again when it is next needed."""
    _of_engine.clear()


def shown(spot: Spot, role: Role | None, today: date) -> Sequence[Any]:
    """Return the conditions of what is shown at a spot to a role, or to nobody in particular, on a day."""
    audiences = [Public.EVERYONE, *(each for each in Public if role and each.value == role.value)]
    return (
        Announcement.spot == spot,
        col(Announcement.audience).in_(audiences),
        col(Announcement.withdrawn_at).is_(None),
        col(Announcement.starts_on) <= today,
        or_(col(Announcement.ends_on).is_(None), col(Announcement.ends_on) >= today),
    )
