"""A conversation as rows, built for whoever reads it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.titles import place_title
from stageplus.models import ConversationSide, Message, MessageReport, Person
from stageplus.services.conversations.schemas import FEWEST_SHOWN, MOST_SHOWN, MessageRow, Thread
from stageplus.services.conversations.scope import Talk
from stageplus.services.conversations.wording import closed_words, number_words, sent_words

Said = tuple[Message, Person | None, int | None]


def thread_in(session: Session, actor: Actor, talk: Talk, most: int, now: datetime) -> Thread:
    """Build what one side reads: the latest messages, and what it may do."""
    shown = min(max(most, FEWEST_SHOWN), MOST_SHOWN)
    found = _latest(session, actor, [talk.application_id], shown + 1) if talk.conversation else []
    latest = found[:shown][::-1]
    party, conversation = talk.party, talk.conversation
    can_write = talk.may_write(actor.role)
    is_learner = actor.role is Role.LEARNER
    mine = talk.sides.get(actor.role)
    return Thread(
        application_id=talk.application_id,
        title=place_title(party.trade.name_f, party.trade.name_m),
        other=party.company.name if is_learner else f"{party.person.first_name} {party.person.last_name}",
        messages=rows_of(latest, actor.role, actor.person_id, party.company.name, talk.sides, now),
        has_older=len(found) > shown,
        unread=mine.unread if mine else 0,
        last_id=latest[-1][0].id or 0 if latest else 0,
        can_write=can_write,
        closed_words="" if can_write else _closed(talk, actor.role),
        my_number=number_words(party.application.phone or party.learner.phone or "") if is_learner else "",
        operator=party.operator.name if is_learner and conversation else "",
        shown=is_learner and conversation is not None and conversation.shown_to == party.learner.operator_id,
    )


def rows_of(
    said: Iterable[Said],
    role: Role,
    reader: int,
    company: str,
    sides: dict[Role, ConversationSide],
    now: datetime,
) -> list[MessageRow]:
    """Build the lines of messages as somebody who reads from one side, or over a learner's shoulder, sees them."""
    read_until = {each: side.read_until for each, side in sides.items()}
    theirs = Role.COMPANY if role is Role.LEARNER else Role.LEARNER
    return [
        MessageRow(
            message_id=message.id or 0,
            mine=message.role is role,
            author="" if person is not None and person.id == reader else author_words(message, person, role, company),
            words="" if message.hidden_at else message.words,
            when=sent_words(message.sent_at, now),
            read=message.role is role and (message.id or 0) <= read_until.get(theirs, 0),
            hidden=message.hidden_at is not None,
            is_number=message.is_number and message.hidden_at is None,
            reported=report is not None,
            can_report=message.role is not role and message.hidden_at is None and report is None,
        )
        for message, person, report in said
    ]


def author_words(message: Message, person: Person | None, reader: Role, company: str) -> str:
    """Name who wrote a message; a learner reads first name and company, an account that is gone leaves its side."""
    if message.role is Role.COMPANY and reader is Role.LEARNER:
        return f"{person.first_name}, {company}" if person else company
    return f"{person.first_name} {person.last_name}" if person else company


def messages_of(session: Session, actor: Actor, application_ids: list[int], most: int) -> list[Said]:
    """Read the latest messages of some conversations, in their order."""
    return _latest(session, actor, application_ids, most)[::-1]


def _latest(session: Session, actor: Actor, application_ids: list[int], most: int) -> list[Said]:
    by_me = and_(col(MessageReport.message_id) == Message.id, col(MessageReport.person_id) == actor.person_id)
    said: Any = select(Message, Person, MessageReport.id).join(
        Person, col(Message.person_id) == Person.id, isouter=True
    )
    said = said.join(MessageReport, by_me, isouter=True).where(col(Message.application_id).in_(application_ids))
    return [tuple(row) for row in session.exec(said.order_by(col(Message.id).desc()).limit(most))]


def _closed(talk: Talk, role: Role) -> str:
    ended = talk.conversation is not None and talk.conversation.closed_at is not None
    suspended = role is Role.COMPANY and talk.party.person.suspended_at is not None
    return closed_words(role, talk.status, closed=ended, suspended=suspended)
