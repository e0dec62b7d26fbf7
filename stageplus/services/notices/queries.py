"""Reads of what happened, and of what somebody chose about mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, distinct, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.letters import CHOICES, USUAL
from stageplus.models import MailChoice, Notice
from stageplus.services.notices.schemas import ChoiceRow, MailChoices, NoticeRow, Notices
from stageplus.services.notices.wording import GROUP_WORDS, always_words, path_of, title_of, words_of
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, moment_words

MOST_LETTERS = 300
"""How many letters the list reads, those not read first; their lines are fewer."""


def my_notices(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Notices:
    """List what happened to somebody on the site in the days in force, one line for each bundle."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        return notices_in(session, actor, now)


def notices_in(session: Session, actor: Actor, now: datetime) -> Notices:
    """Build the list, within a session."""
    is_read = col(Notice.read_at).is_not(None)
    mine = select(Notice).where(Notice.person_id == actor.person_id, Notice.at <= now)
    found = session.exec(mine.order_by(is_read, col(Notice.at).desc(), col(Notice.id).desc()).limit(MOST_LETTERS)).all()
    days = parameters_in_force(session, day_in_brussels(now))["notice_days"]
    return Notices(
        fresh=[_row(each) for each in bundles(each for each in found if each.read_at is None)],
        read=[_row(each) for each in bundles(each for each in found if each.read_at is not None)],
        latest=max((notice.id or 0 for notice in found), default=0),
        kept_words=_("Chaque notification est gardée {n} jours, puis effacée.").format(n=days),
    )


def bundles(notices: Iterable[Notice]) -> list[list[Notice]]:
    """Put letters of the same bundle together, in the order of the first of each."""
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        found.setdefault(notice.bundle, []).append(notice)
    return list(found.values())


def unread_notices(actor: Actor, now: datetime) -> Any:
    """Select, inside another statement, how many lines somebody has not read."""
    mine = select(func.count(distinct(Notice.bundle))).where(Notice.person_id == actor.person_id, Notice.at <= now)
    return mine.where(col(Notice.read_at).is_(None)).scalar_subquery()


def my_mail_choices(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> MailChoices:
    """Show how often somebody is mailed each group of letters of their role, and what leaves in any case."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        return choices_in(session, actor, now)


def choices_in(session: Session, actor: Actor, now: datetime) -> MailChoices:
    """Build the choices, within a session."""
    chosen = {
        choice.of_group: choice.pace
        for choice in session.exec(select(MailChoice).where(MailChoice.person_id == actor.person_id))
    }
    known = parameters_in_force(session, day_in_brussels(now))
    quiet = _("De {start} h à {end} h, aucun e-mail ne part : il attend le matin, sauf pour la sécurité.")
    return MailChoices(
        rows=[ChoiceRow(group, *GROUP_WORDS[group], chosen.get(group, USUAL)) for group in CHOICES[actor.role]],
        always=always_words(actor.role),
        daily_words=_("« Une fois par jour » : un seul e-mail vers {n} h, rien quand il ne s’est rien passé.").format(
            n=known["daily_mail_hour"]
        ),
        quiet_words=quiet.format(start=known["quiet_from"], end=known["quiet_to"]) if _sleeps(actor) else "",
    )


def _sleeps(actor: Actor) -> bool:
    return actor.role is Role.LEARNER


def _row(notices: Sequence[Notice]) -> NoticeRow:
    latest = notices[0]
    return NoticeRow(
        notice_id=latest.id or 0,
        title=title_of(notices),
        words=words_of(notices),
        when=moment_words(latest.at),
        path=path_of(notices),
        is_new=latest.read_at is None,
    )
