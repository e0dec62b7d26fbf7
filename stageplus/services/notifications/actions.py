"""Mail: written in the transaction that causes it, sent afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, and_, col, delete, or_, select, update

from stageplus.config import settings
from stageplus.db.engine import reading, transaction
from stageplus.domain.letters import Group, MailPace, group_of, waits_for_morning
from stageplus.models import Notice, OutboxMessage, Person
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import PATH
from stageplus.services.notifications.bounces import mail_that_failed, refusal_of, refusal_reported
from stageplus.services.notifications.delivery import Deliver
from stageplus.services.notifications.notices import (
    daily_mail_after,
    forget_held_notices,
    forget_notices_about,
    is_quiet,
    mail_nothing_more,
    note_letter,
    reader_of,
)
from stageplus.services.notifications.schemas import NOTHING, About, SendReport
from stageplus.services.notifications.wording import html_of, text_of

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""How long to wait after each failed try; after the last one the mail is given up and OFFA sees it."""
SUSPENSION = "suspension"
"""The one kind of mail that somebody suspended is still sent."""
MOST_AT_ONCE = 100


def queue_mail(
    session: Session,
    *,
    key: str,
    kind: str,
    recipient: str,
    subject: str,
    sentences: Sequence[str],
    link: tuple[str, str],
    now: datetime,
    also: tuple[str, str] | None = None,
    held: tuple[str, datetime] | None = None,
    about: About = NOTHING,
    person_id: int | None = None,
    calendar: str = "",
) -> None:
    """Tell somebody something: on the site if they have an account, and by mail at the rhythm they chose for its group.

    A key that is there already is left as it is, so the same news goes out once. Nothing is written to somebody
    suspended but that they are. `link` is a path of our own and its label, `also` another one under the message;
    `held` names what it tells of and until when that may be taken back: it is neither sent nor shown before.
    `person_id` is whose letter it is when it goes to another address than theirs, `calendar` the iCalendar file that
    goes with it. Raises `UnknownLetter`.
    """
    group = group_of(kind)
    keys = (select(table.id).where(table.key == key).exists() for table in (OutboxMessage, Notice))
    reader = reader_of(session, recipient, person_id, group)
    if (reader.is_suspended and kind != SUSPENSION) or session.execute(select(or_(*keys))).scalar_one():
        return
    subject, pace = " ".join(subject.split())[:200], reader.pace(group)
    key_of_hold, since = held or ("", now)
    if reader.person_id and group is not Group.DIGEST:
        told = replace(about, path=about.path or link[0])
        note_letter(session, reader, pace, key=key, kind=kind, subject=subject, about=told, now=since, held=key_of_hold)
    if pace is MailPace.AT_ONCE:
        chooses = reader.chooses(group) or group is Group.DIGEST
        text = text_of(sentences, link, also, may_choose=chooses)
        html = html_of(subject, sentences, link, also, may_choose=chooses)
        mail = OutboxMessage(key=key, kind=kind, recipient=recipient, subject=subject, text=text, html=html)
        mail.about, mail.waits_for_morning = about.thing, waits_for_morning(reader.role, group)
        mail.created_at, mail.next_try_at, mail.held = now, since, key_of_hold
        mail.calendar = calendar
        session.add(mail)
    session.flush()


def drop_waiting_mails(session: Session, recipient: str) -> None:
    """Throw away what an address has not been sent yet: its owner was suspended."""
    session.exec(_unsent(col(OutboxMessage.recipient) == recipient))
    mail_nothing_more(session, recipient)


def drop_news_about(session: Session, thing: str) -> None:
    """Throw away what is not sent and not read yet about something that is no longer true, such as `application:12`."""
    session.exec(_unsent(col(OutboxMessage.about) == thing))
    forget_notices_about(session, thing)


def next_daily_mail_after(session: Session, now: datetime) -> datetime:
    """Return when the next daily mail leaves."""
    return daily_mail_after(session, now)


def _unsent(which: Any) -> Any:
    waiting = (col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.given_up_at).is_(None))
    return delete(OutboxMessage).where(which, *waiting)


def drop_held_letters(session: Session, key: str, recipient: str = "") -> None:
    """Throw away the letters of something that was taken back, to one address or all; what was sent stays sent."""
    mine = _unsent(and_(col(OutboxMessage.held) == key, col(OutboxMessage.tries) == 0))
    session.exec(mine.where(col(OutboxMessage.recipient) == recipient) if recipient else mine)
    forget_held_notices(session, key, recipient)


def send_due_mails(deliver: Deliver, *, now: datetime, on: Engine | None = None) -> SendReport:
    """Send what waits, oldest first; a failed mail is tried again after a pause, and given up after the last one.

    In the quiet hours what may wait for the morning does.
    The pause is written before the try: a process that dies while sending cannot send the same mail in a loop.
    """
    with reading(on) as session:
        waiting = select(OutboxMessage).where(col(OutboxMessage.sent_at).is_(None))
        waiting = waiting.where(col(OutboxMessage.given_up_at).is_(None), col(OutboxMessage.next_try_at) <= now)
        if is_quiet(session, now):
            waiting = waiting.where(col(OutboxMessage.waits_for_morning).is_(False))
        due = session.exec(waiting.order_by(col(OutboxMessage.id)).limit(MOST_AT_ONCE)).all()
    outcomes = [_try_once(mail, deliver, now, on) for mail in due if _claimed(mail, now, on)]
    return SendReport(sent=outcomes.count(True), failed=outcomes.count(False))


def _claimed(mail: OutboxMessage, now: datetime, on: Engine | None) -> bool:
    pause = PAUSES[min(mail.tries, len(PAUSES) - 1)]
    untouched = update(OutboxMessage).where(col(OutboxMessage.id) == mail.id, col(OutboxMessage.tries) == mail.tries)
    with transaction(on) as session:
        claimed = session.exec(untouched.values(tries=mail.tries + 1, next_try_at=now + pause))
        return bool(claimed.rowcount)


def note_bounce(message: bytes, *, now: datetime, on: Engine | None = None) -> str:
    """Read a mail that came back and mark the address it could not reach; from the terminal.

    Returns the address, empty when the message is no report about a mail of ours that failed for good.
    """
    mail_id = mail_that_failed(message)
    with transaction(on) as session:
        mail = session.get(OutboxMessage, mail_id)
        if mail is None:
            return ""
        if mail.refused_at is None:
            mail.refused_at, mail.refusal = now, refusal_reported(message)
        _mark_unreachable(session, mail.recipient, now)
        return mail.recipient


def _mark_unreachable(session: Session, email: str, now: datetime) -> None:
    person = session.exec(select(Person).where(Person.email == email)).first()
    if person is not None and person.unreachable_since is None:
        person.unreachable_since = now
        note_deed(session, "email.unreachable", by=None, to=person.id, now=now)


def _try_once(mail: OutboxMessage, deliver: Deliver, now: datetime, on: Engine | None) -> bool:
    outcome: dict[str, object] = {"sent_at": now, "last_error": ""} | _without_secrets(mail)
    refusal = ""
    try:
        deliver(mail)
    except (OSError, ValueError) as error:
        refusal = refusal_of(error)
        is_last = bool(refusal) or mail.tries >= len(PAUSES)
        outcome = {"last_error": f"{type(error).__name__}: {error}"[:300], "given_up_at": now if is_last else None}
        outcome |= {"refused_at": now, "refusal": refusal} if refusal else {}
    with transaction(on) as session:
        session.exec(update(OutboxMessage).where(col(OutboxMessage.id) == mail.id).values(**outcome))
        if refusal:
            _mark_unreachable(session, mail.recipient, now)
    return "sent_at" in outcome


def _without_secrets(mail: OutboxMessage) -> dict[str, object]:
    """Empty a sent mail that holds a link which opens something, and let its calendar go: neither is needed again."""
    if settings().demo:
        return {}
    opens = {"text": "", "html": ""} if PATH in mail.text else {}
    return {"calendar": "", **opens}
