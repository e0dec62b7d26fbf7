"""Reads of announcements: what an audience sees now, and what OFFA has said and plans to say."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, case
from sqlmodel import col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.announcements import Public, Showing, Spot, showing
from stageplus.models import Announcement, Person
from stageplus.services.announcements import remembered
from stageplus.services.announcements.schemas import (
    AUDIENCE_WORDS,
    SPOT_WORDS,
    AnnouncementInput,
    AnnouncementPage,
    AnnouncementRow,
    HelpText,
)
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, short_date

public_banner, forget_banners = remembered.public_banner, remembered.forget_banners
shown_banner, banner_of = remembered.shown_banner, remembered.banner_of
MOST_SHOWN = 100
_TONES = {Showing.SHOWN: "success", Showing.PLANNED: "warning"}
_STANDING = {
    Showing.PLANNED: _("Prévue"),
    Showing.SHOWN: _("Affichée"),
    Showing.OVER: _("Terminée"),
    Showing.WITHDRAWN: _("Retirée"),
}


def help_texts(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[HelpText]:
    """List what the help page begins with for whoever reads it: what is said to their role, then to everybody."""
    role = actor.role if actor else None
    own = case((col(Announcement.audience) == Public.EVERYONE, 1), else_=0)
    wanted = select(Announcement).where(*remembered.shown(Spot.HELP, role, day_in_brussels(now)))
    with reading(on) as session:
        found = session.exec(wanted.order_by(own, col(Announcement.starts_on).desc()).limit(MOST_SHOWN)).all()
    return [HelpText(each.title, each.words, each.link) for each in found]


def announcements(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> AnnouncementPage:
    """List what OFFA says, will say and has said, as far as the latest hundred go."""
    actor = require(actor, Permission.ANNOUNCEMENT_MANAGE)
    today = day_in_brussels(now)
    written: Any = select(Announcement, Person).join(Person, col(Announcement.by_id) == Person.id, isouter=True)
    with reading(on) as session:
        found = session.execute(
            written.order_by(col(Announcement.starts_on).desc(), col(Announcement.id).desc()).limit(MOST_SHOWN)
        )
        rows = [_row(each, by, today) for each, by in found]
    return AnnouncementPage(sorted(rows, key=lambda row: not row.may_withdraw), today.isoformat())


def preview_announcement(
    actor: Actor | None, data: AnnouncementInput, *, now: datetime, on: Engine | None = None
) -> AnnouncementRow:
    """Show an announcement as it would be; nothing is saved."""
    require(actor, Permission.ANNOUNCEMENT_MANAGE)
    typed = data.model_dump(exclude={"announcement_id"})
    return _row(Announcement(**typed, changed_at=now), None, day_in_brussels(now))


def audience_line(found: Announcement) -> str:
    """Say an announcement in one line, for the journal."""
    head = f"{SPOT_WORDS[found.spot]} · {AUDIENCE_WORDS[found.audience]} · {_days(found)}"
    return f"{head} · {found.title or found.words}"


def _row(found: Announcement, by: Person | None, today: date) -> AnnouncementRow:
    withdrawn = found.withdrawn_at is not None
    standing = showing(found.starts_on, found.ends_on, withdrawn=withdrawn, today=today)
    return AnnouncementRow(
        announcement_id=found.id or 0,
        spot=found.spot.value,
        spot_words=SPOT_WORDS[found.spot],
        audience=found.audience.value,
        audience_words=AUDIENCE_WORDS[found.audience],
        title=found.title,
        words=found.words,
        link=found.link,
        starts_on=found.starts_on.isoformat(),
        ends_on=found.ends_on.isoformat() if found.ends_on else "",
        days=_days(found),
        standing=_STANDING[standing],
        tone=_TONES.get(standing, "neutral"),
        may_withdraw=standing in _TONES,
        by=f"{by.first_name} {by.last_name}" if by else "",
    )


def _days(found: Announcement) -> str:
    if found.ends_on is None:
        return _("dès le {first}").format(first=short_date(found.starts_on))
    return _("du {first} au {last}").format(first=short_date(found.starts_on), last=short_date(found.ends_on))
