"""Mail: written in the transaction that causes it, sent afterwards."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from stageplus.models import OutboxMessage
from stageplus.services.notifications.wording import html_of, text_of


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
) -> None:
    """Write a mail in the outbox; a key that is there already is left as it is, so the same news goes out once.

    `link` is a path of our own and its label.
    """
    if session.exec(select(OutboxMessage.id).where(OutboxMessage.key == key)).first() is not None:
        return
    mail = OutboxMessage(
        key=key,
        kind=kind,
        recipient=recipient,
        subject=" ".join(subject.split())[:200],
        text=text_of(sentences, link),
        html=html_of(subject, sentences, link),
        created_at=now,
        next_try_at=now,
    )
    session.add(mail)
    session.flush()
