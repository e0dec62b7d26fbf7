"""The mailbox of the demonstration, and what a letter looks like before it is written."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.models import OutboxMessage
from stageplus.services.notifications.schemas import CALENDAR_FILE, MailRow
from stageplus.services.notifications.wording import text_of
from stageplus.texts.formats import moment_words

MOST_MAILS = 100


def demo_mails(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[MailRow]:
    """List the latest mails, in demo mode only: elsewhere a mail belongs to whom it is for, so `NotFound`."""
    if not settings().demo:
        raise NotFound
    with reading(on) as session:
        latest = select(OutboxMessage).order_by(col(OutboxMessage.id).desc()).limit(MOST_MAILS)
        return [_row(mail) for mail in session.exec(latest)]


def letter_text(sentences: Sequence[str], link: tuple[str, str], also: tuple[str, str] | None = None) -> str:
    """Write the plain text of a letter whose rhythm nobody chooses, just as `queue_mail` would."""
    return text_of(sentences, link, also)


def _row(mail: OutboxMessage) -> MailRow:
    links = [word for word in mail.text.split() if word.startswith(settings().site)]
    path = urlsplit(links[0]).path if links else "/"
    attached = CALENDAR_FILE if mail.calendar else ""
    return MailRow(mail.id or 0, mail.recipient, mail.subject, mail.text, moment_words(mail.created_at), path, attached)
