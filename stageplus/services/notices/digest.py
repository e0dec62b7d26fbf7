"""The daily mail: what happened since the last one and is not read yet, in one mail with one link."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role
from stageplus.models import Notice, OutboxMessage, Person
from stageplus.services.notices.queries import bundles
from stageplus.services.notices.wording import line_of
from stageplus.services.notifications.actions import next_daily_mail_after, queue_mail
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels

MOST_LINES = 12
KIND = "digest"


def send_digests(now: datetime, on: Engine | None) -> int:
    """Write the mails that are due, one person a transaction; a stop in between writes nothing twice."""
    with reading(on) as session:
        due = select(Notice.person_id).join(Person).where(col(Notice.mail_at) <= now)
        people = session.exec(due.where(col(Person.suspended_at).is_(None)).distinct()).all()
    mails = 0
    for number in sorted(people):
        with transaction(on) as session:
            mails += _mail(session, number, now)
    return mails


def _mail(session: Session, person_id: int, now: datetime) -> int:
    # Whoever else is at it, or has just suspended the person, is waited for here.
    open_account = select(Person).where(Person.id == person_id, col(Person.suspended_at).is_(None)).with_for_update()
    person = session.exec(open_account).first()
    if person is None:
        return 0
    key = f"{KIND}:{person_id}:{day_in_brussels(now).isoformat()}"
    due = (col(Notice.person_id) == person_id, col(Notice.mail_at) <= now)
    if session.exec(select(OutboxMessage.id).where(OutboxMessage.key == key)).first():
        session.exec(update(Notice).where(*due).values(mail_at=next_daily_mail_after(session, now)))
        return 0
    waiting = select(Notice).where(*due, col(Notice.read_at).is_(None))
    told = session.exec(waiting.order_by(col(Notice.id).desc())).all()
    session.exec(update(Notice).where(*due).values(mail_at=None))
    if told:
        _write(session, person, key, [line_of(each) for each in bundles(told)], now)
    return bool(told)


def _write(session: Session, person: Person, key: str, lines: Sequence[str], now: datetime) -> None:
    count, is_learner = len(lines), person.role is Role.LEARNER
    left = count - MOST_LINES
    rest = ngettext("Et {n} autre, à lire sur Stage+.", "Et {n} autres, à lire sur Stage+.", left).format(n=left)
    tu = ngettext("Ton résumé du jour : {n} nouvelle", "Ton résumé du jour : {n} nouvelles", count)
    vous = ngettext("Votre résumé du jour : {n} nouvelle", "Votre résumé du jour : {n} nouvelles", count)
    queue_mail(
        session,
        key=key,
        kind=KIND,
        recipient=person.email,
        subject=(tu if is_learner else vous).format(n=count),
        sentences=[
            _("Bonjour {name},").format(name=person.first_name),
            _("Voici ce qui s’est passé sur Stage+ :"),
            *(f"• {line}" for line in lines[:MOST_LINES]),
            *([rest] if left > 0 else []),
        ],
        link=("/notifications", _("Voir mes notifications") if is_learner else _("Voir les notifications")),
        now=now,
    )
