"""What the site's own list keeps of a letter: written with it, in the same transaction, for whoever has an account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import literal
from sqlmodel import Session, and_, col, delete, select, update

from stageplus.domain.actors import Role
from stageplus.domain.letters import USUAL, Group, MailPace, QuietHours, letter_of, may_choose, next_daily_mail
from stageplus.models import MailChoice, Notice, Person
from stageplus.services.links.actions import PATH
from stageplus.services.notifications.live import tell
from stageplus.services.notifications.schemas import About
from stageplus.services.registers.queries import in_force, parameter_in_force
from stageplus.texts.formats import BRUSSELS, day_in_brussels


@dataclass(frozen=True)
class Reader:
    """Who receives a letter, as far as they have an account, and what they chose for its group."""

    person_id: int = 0
    role: Role | None = None
    is_suspended: bool = False
    chosen: MailPace | None = None

    def chooses(self, group: Group) -> bool:
        """Say whether this reader chooses how often a group is mailed."""
        return self.role is not None and may_choose(self.role, group)

    def pace(self, group: Group) -> MailPace:
        """Say how often this reader is mailed a group: at once, unless they may choose and did."""
        return (self.chosen or USUAL) if self.chooses(group) else MailPace.AT_ONCE


def reader_of(session: Session, recipient: str, person_id: int | None, group: Group) -> Reader:
    """Find who receives a letter: by their account when it is known, or else by their address."""
    whose = col(Person.id) == person_id if person_id else col(Person.email) == recipient
    mine = and_(col(MailChoice.person_id) == Person.id, col(MailChoice.of_group) == group)
    wanted: Any = select(Person, MailChoice).join(MailChoice, mine, isouter=True)
    found = session.exec(wanted.where(whose)).first()
    if found is None:
        return Reader()
    person, choice = found
    return Reader(person.id, person.role, person.suspended_at is not None, choice and choice.pace)


def note_letter(
    session: Session,
    reader: Reader,
    pace: MailPace,
    *,
    key: str,
    kind: str,
    subject: str,
    about: About,
    now: datetime,
    held: str = "",
) -> None:
    """Write the line of a letter, and when the daily mail takes it along if its reader wants that.

    It shows from `now` on, which lies ahead while what it tells of is `held` and may be taken back.

    A link that opens something is never kept, nor what follows a `?`, such as a code.
    """
    path = "" if about.path.startswith(PATH) else about.path.partition("?")[0][:200]
    letter = letter_of(kind)
    bundle = f"{letter}|{about.bundle or f'{path}|{subject}'}|{day_in_brussels(now).isoformat()}"
    line = Notice(
        person_id=reader.person_id,
        key=key,
        letter=letter,
        bundle=bundle[:300],
        about=about.thing,
        subject=subject,
        words=about.words[:200],
        path=path,
        at=now,
        held=held,
        mail_at=daily_mail_after(session, now) if pace is MailPace.DAILY else None,
    )
    session.add(line)
    tell(session, f"person:{reader.person_id}")


def daily_mail_after(session: Session, now: datetime) -> datetime:
    """Return when the next daily mail leaves, at the hour in force."""
    hour = int(parameter_in_force(session, "daily_mail_hour", day_in_brussels(now)))
    return next_daily_mail(now.astimezone(BRUSSELS), hour)


def is_quiet(session: Session, now: datetime) -> bool:
    """Say whether learners get no mail at this moment."""
    names, today = ("quiet_from", "quiet_to"), day_in_brussels(now)
    values = session.execute(select(*[in_force(literal(name), today) for name in names])).one()
    hours = QuietHours.in_force({name: value for name, value in zip(names, values, strict=True) if value})
    return hours.hold(now.astimezone(BRUSSELS))


def forget_notices_about(session: Session, thing: str) -> None:
    """Take away the lines about something that nobody has read and that are no longer true."""
    unread = (col(Notice.about) == thing, col(Notice.read_at).is_(None))
    readers = session.exec(select(Notice.person_id).where(*unread).distinct()).all()
    session.exec(delete(Notice).where(*unread))
    tell(session, *(f"person:{number}" for number in readers))


def forget_held_notices(session: Session, key: str, recipient: str = "") -> None:
    """Take away the lines about something that was taken back before anybody could read them."""
    held = delete(Notice).where(col(Notice.held) == key)
    mine = select(Person.id).where(Person.email == recipient)
    session.exec(held.where(col(Notice.person_id).in_(mine)) if recipient else held)


def mail_nothing_more(session: Session, recipient: str) -> None:
    """Leave what somebody has not been mailed yet out of the daily mail."""
    whose = select(Person.id).where(Person.email == recipient).scalar_subquery()
    session.exec(update(Notice).where(col(Notice.person_id) == whose).values(mail_at=None))
