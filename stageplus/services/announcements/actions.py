"""Use cases of announcements: OFFA tells an audience something for some days, changes it, or takes it back."""

from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.models import Announcement
from stageplus.services.announcements.queries import audience_line, forget_banners
from stageplus.services.announcements.schemas import AnnouncementInput
from stageplus.services.journal.actions import note_deed
from stageplus.services.notifications.live import tell
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

TOPIC = "announcements"
FURTHEST = timedelta(days=730)


def save_announcement(actor: Actor | None, data: AnnouncementInput, *, now: datetime, on: Engine | None = None) -> int:
    """Announce something to an audience, or change what is announced or planned, and return its number.

    Raises `NotFound` for a number of nothing, `AlreadyDone` for one that was withdrawn, `InvalidInput` when its last
    day is over or a day is more than two years away.
    """
    actor = require(actor, Permission.ANNOUNCEMENT_MANAGE)
    _check_days(data, day_in_brussels(now))
    with transaction(on) as session:
        typed = data.model_dump(exclude={"announcement_id"})
        found = _held(session, data.announcement_id) if data.announcement_id else Announcement(**typed, changed_at=now)
        found.sqlmodel_update(typed)
        found.by_id, found.changed_at = actor.person_id, now
        _keep(session, actor, found, "announcement.saved", now)
        number = found.id or 0
    forget_banners()
    return number


def withdraw_announcement(actor: Actor | None, announcement_id: int, *, now: datetime, on: Engine | None = None) -> int:
    """Show an announcement to nobody any more, at once, and return its number; raises `NotFound`, `AlreadyDone`."""
    actor = require(actor, Permission.ANNOUNCEMENT_MANAGE)
    with transaction(on) as session:
        found = _held(session, announcement_id)
        found.withdrawn_at = now
        _keep(session, actor, found, "announcement.withdrawn", now)
    forget_banners()
    return announcement_id


def _held(session: Session, announcement_id: int) -> Announcement:
    wanted = select(Announcement).where(Announcement.id == announcement_id).with_for_update()
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    if found.withdrawn_at is not None:
        raise AlreadyDone
    return found


def _keep(session: Session, actor: Actor, found: Announcement, deed: str, now: datetime) -> None:
    session.add(found)
    session.flush()
    note_deed(session, deed, by=actor, to=None, now=now, detail=audience_line(found)[:500])
    tell(session, TOPIC)


def _check_days(data: AnnouncementInput, today: date) -> None:
    wrong = {}
    if data.ends_on and data.ends_on < today:
        wrong["ends_on"] = _("Cette date est passée : choisissez aujourd’hui ou plus tard.")
    for name, day in (("starts_on", data.starts_on), ("ends_on", data.ends_on)):
        if day and abs(day - today) > FURTHEST:
            wrong[name] = _("Cette date est trop lointaine : deux ans au plus.")
    if wrong:
        raise InvalidInput(wrong)
