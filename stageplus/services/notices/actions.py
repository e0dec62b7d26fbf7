"""Use cases of notices: read one or all, choose how often to be mailed, and the timed work around them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.letters import MailPace, letters_in, may_choose
from stageplus.models import MailChoice, Notice, Person
from stageplus.services.erasure.queries import old_notices
from stageplus.services.notices.digest import send_digests
from stageplus.services.notices.queries import choices_in, notices_in
from stageplus.services.notices.schemas import ChoiceInput, MailChoices, Notices
from stageplus.services.notifications.live import tell


def read_notice(actor: Actor | None, notice_id: int, *, now: datetime, on: Engine | None = None) -> Notices:
    """Mark a line as read: the letters of its bundle up to this one, not what came meanwhile.

    Raises `NotFound` for anybody else's.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        mine = select(Notice.bundle).where(
            Notice.id == notice_id, Notice.person_id == actor.person_id, Notice.at <= now
        )
        bundle = session.exec(mine).first()
        if bundle is None:
            raise NotFound
        return _read(session, actor, now, col(Notice.bundle) == bundle, col(Notice.id) <= notice_id)


def read_all_notices(actor: Actor | None, latest: int, *, now: datetime, on: Engine | None = None) -> Notices:
    """Mark as read whatever happened up to the latest line that was on screen."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        return _read(session, actor, now, col(Notice.id) <= latest)


def choose_mail(actor: Actor | None, data: ChoiceInput, *, now: datetime, on: Engine | None = None) -> MailChoices:
    """Choose how often one is mailed what belongs to a group; what waits for the daily mail is left out by « never ».

    Raises `NotFound` for a group that nobody of the actor's role may choose: it leaves at once, or has its own rhythm.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    if not may_choose(actor.role, data.group):
        raise NotFound
    with transaction(on) as session:
        # Two taps at once wait for each other here.
        session.exec(select(Person.id).where(Person.id == actor.person_id).with_for_update()).one()
        mine = (col(MailChoice.person_id) == actor.person_id, col(MailChoice.of_group) == data.group)
        if not session.exec(update(MailChoice).where(*mine).values(pace=data.pace)).rowcount:
            session.add(MailChoice(person_id=actor.person_id, of_group=data.group, pace=data.pace))
            session.flush()
        if data.pace is MailPace.NEVER:
            waiting = update(Notice).where(col(Notice.person_id) == actor.person_id)
            session.exec(waiting.where(col(Notice.letter).in_(letters_in(data.group))).values(mail_at=None))
        return choices_in(session, actor, now)


def mail_digests(*, now: datetime, on: Engine | None = None) -> int:
    """Mail to everybody who wants one mail a day what happened since the last one, and say to how many."""
    return send_digests(now, on)


def forget_notices(*, now: datetime, on: Engine | None = None) -> int:
    """Erase the lines older than the days in force, and say how many."""
    with transaction(on) as session:
        return session.exec(delete(Notice).where(old_notices(session, now))).rowcount


def _read(session: Session, actor: Actor, now: datetime, *which: Any) -> Notices:
    unread = (col(Notice.person_id) == actor.person_id, col(Notice.read_at).is_(None), col(Notice.at) <= now)
    mine = update(Notice).where(*unread, *which)
    if session.exec(mine.values(read_at=now)).rowcount:
        tell(session, f"person:{actor.person_id}")
    return notices_in(session, actor, now)
