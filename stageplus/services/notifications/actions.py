"""Mail: written in the transaction that causes it, sent afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select, update

from stageplus.config import settings
from stageplus.db.engine import reading, transaction
from stageplus.models import OutboxMessage, Person
from stageplus.services.journal.actions import note_deed
from stageplus.services.links.actions import PATH
from stageplus.services.notifications.bounces import mail_that_failed, refuses_the_address
from stageplus.services.notifications.delivery import Deliver
from stageplus.services.notifications.schemas import SendReport
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
) -> None:
    """Write a mail in the outbox; a key that is there already is left as it is, so the same news goes out once.

    Nothing is written to somebody suspended but that they are. `link` is a path of our own and its label,
    `also` another one under the message. `held` names what the mail tells of and until when that may be taken back:
    it is not sent before.
    """
    known = select(OutboxMessage.id).where(OutboxMessage.key == key)
    suspended = select(Person.id).where(Person.email == recipient, col(Person.suspended_at).is_not(None))
    is_known, is_suspended = session.execute(select(known.exists(), suspended.exists())).one()
    if is_known or (is_suspended and kind != SUSPENSION):
        return
    mail = OutboxMessage(
        key=key,
        kind=kind,
        recipient=recipient,
        subject=" ".join(subject.split())[:200],
        text=text_of(sentences, link, also),
        html=html_of(subject, sentences, link, also),
        created_at=now,
        next_try_at=held[1] if held else now,
        held=held[0] if held else "",
    )
    session.add(mail)
    session.flush()


def drop_waiting_mails(session: Session, recipient: str) -> None:
    """Throw away what an address has not been sent yet: its owner was suspended."""
    unsent = delete(OutboxMessage).where(col(OutboxMessage.recipient) == recipient)
    session.exec(unsent.where(col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.given_up_at).is_(None)))


def drop_held_mails(session: Session, key: str, recipient: str = "") -> None:
    """Throw away the mails of something that was taken back, to one address or all; what was sent stays sent."""
    mine = delete(OutboxMessage).where(col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.given_up_at).is_(None))
    mine = mine.where(col(OutboxMessage.held) == key, col(OutboxMessage.tries) == 0)
    session.exec(mine.where(col(OutboxMessage.recipient) == recipient) if recipient else mine)


def send_due_mails(deliver: Deliver, *, now: datetime, on: Engine | None = None) -> SendReport:
    """Send what waits, oldest first; a failed mail is tried again after a pause, and given up after the last one.

    The pause is written before the try: a process that dies while sending cannot send the same mail in a loop.
    """
    with reading(on) as session:
        waiting = select(OutboxMessage).where(col(OutboxMessage.sent_at).is_(None))
        waiting = waiting.where(col(OutboxMessage.given_up_at).is_(None), col(OutboxMessage.next_try_at) <= now)
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
        _mark_unreachable(session, mail.recipient, now)
        return mail.recipient


def _mark_unreachable(session: Session, email: str, now: datetime) -> None:
    person = session.exec(select(Person).where(Person.email == email)).first()
    if person is not None and person.unreachable_since is None:
        person.unreachable_since = now
        note_deed(session, "email.unreachable", by=None, to=person.id, now=now)


def _try_once(mail: OutboxMessage, deliver: Deliver, now: datetime, on: Engine | None) -> bool:
    outcome: dict[str, object] = {"sent_at": now, "last_error": ""} | _without_secrets(mail)
    refused = False
    try:
        deliver(mail)
    except (OSError, ValueError) as error:
        refused = refuses_the_address(error)
        is_last = refused or mail.tries >= len(PAUSES)
        outcome = {"last_error": f"{type(error).__name__}: {error}"[:300], "given_up_at": now if is_last else None}
    with transaction(on) as session:
        session.exec(update(OutboxMessage).where(col(OutboxMessage.id) == mail.id).values(**outcome))
        if refused:
            _mark_unreachable(session, mail.recipient, now)
    return "sent_at" in outcome


def _without_secrets(mail: OutboxMessage) -> dict[str, object]:
    """Empty a sent mail that holds a link which opens something: whoever reads the database must not use it."""
    return {} if settings().demo or PATH not in mail.text else {"text": "", "html": ""}
