"""Use cases of conversations: write, share one's number, read, show it to one's operator or no longer."""

from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.applications import HIDDEN_FROM_COMPANY
from stageplus.domain.conversations import SIDES
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotPossible
from stageplus.domain.refusals import ConversationClosed, TooManyMessages
from stageplus.models import ConversationSide, Message
from stageplus.services.applications.queries import application_in
from stageplus.services.conversations import letters
from stageplus.services.conversations.schemas import (
    FEWEST_SHOWN,
    WITH_NUMBER,
    MessageInput,
    NumberInput,
    Thread,
)
from stageplus.services.conversations.scope import Talk, begin, held_talk, tell_both, waiting_sides
from stageplus.services.conversations.threads import thread_in
from stageplus.services.conversations.wording import number_words, numbers_in, question_about
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels

HOUR = timedelta(hours=1)
MOST_MAILED = 200
"""Sides of which one run of the clock writes a mail; the next run goes on."""


def send_message(
    actor: Actor | None, application_id: int, data: MessageInput, *, now: datetime, on: Engine | None = None
) -> Thread:
    """Write to the other side of an application, once per form and words.

    Raises `NotFound` for somebody else's application, `ConversationClosed` while nobody may write there,
    `TooManyMessages` beyond the number per person, application and hour in force, `InvalidInput` with `number` for a
    telephone number that its author was not asked about, `AlreadyDone` when the form is somebody else's.
    """
    actor = require(actor, Permission.CONVERSATION_JOIN)
    if data.intent != WITH_NUMBER and (numbers := numbers_in(data.text)):
        raise InvalidInput({"number": question_about(actor.role, numbers)})
    return _write(actor, application_id, data.form_key, data.text, now=now, on=on)


def share_number(
    actor: Actor | None, application_id: int, data: NumberInput, *, now: datetime, on: Engine | None = None
) -> Thread:
    """Give the other side one's own telephone number, as a message of its own; refused as `send_message` is."""
    actor = require(actor, Permission.CONVERSATION_JOIN)
    words = number_words(data.number)
    return _write(actor, application_id, data.form_key, words, now=now, on=on, is_number=True)


def mark_read(
    actor: Actor | None, application_id: int, last_id: int, *, now: datetime, on: Engine | None = None
) -> None:
    """Note that the actor's side has read up to a message that it was shown; what came since stays unread."""
    actor = require(actor, Permission.CONVERSATION_JOIN)
    with transaction(on) as session:
        talk = held_talk(session, actor, application_id, now)
        mine = talk.sides.get(actor.role)
        theirs = [Message.application_id == application_id, Message.role != actor.role]
        shown = session.exec(select(func.max(Message.id)).where(*theirs, col(Message.id) <= last_id)).one()
        if mine is None or not shown or shown <= mine.read_until:
            return
        later = select(func.count(col(Message.id)), func.min(Message.sent_at)).where(*theirs, col(Message.id) > shown)
        mine.unread, mine.waiting_since = session.exec(later).one()
        mine.read_until, mine.mailed = shown, False
        session.add(mine)
        tell_both(session, talk)


def show_to_operator(actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None) -> Thread:
    """Let the staff of one's own operator who may follow one read a conversation, until one takes it back.

    For its learner alone. Raises `NotPossible` while nothing was written.
    """
    return _show(actor, application_id, now, on, shown=True)


def hide_from_operator(actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None) -> Thread:
    """Let nobody of one's operator read a conversation any longer; for its learner alone."""
    return _show(actor, application_id, now, on, shown=False)


def mail_of_messages(*, now: datetime, on: Engine | None = None) -> int:
    """Write to whom messages wait for since the minutes in force: one mail until they have read; say to how many sides.

    Nothing is written to anybody about an application that was withdrawn.
    """
    with transaction(on) as session:
        minutes = float(parameter_in_force(session, "message_mail_minutes", day_in_brussels(now)))
        due = session.exec(waiting_sides(now - timedelta(minutes=minutes), MOST_MAILED)).all()
        return sum(_mail(session, side, now) for side in due)


def _write(
    actor: Actor,
    application_id: int,
    key: str,
    words: str,
    *,
    now: datetime,
    on: Engine | None,
    is_number: bool = False,
) -> Thread:
    # The words are part of the key: a second text from the same form is a second message, and never lost.
    digest = sha256(f"{key}:{words}".encode()).hexdigest()
    message = Message(
        application_id=application_id,
        form_key=digest,
        role=actor.role,
        person_id=actor.person_id,
        words=words,
        is_number=is_number,
        sent_at=now,
    )
    try:
        with transaction(on) as session:
            talk = held_talk(session, actor, application_id, now)
            if not _sent_before(session, message):
                _add(session, talk, message, now)
            return thread_in(session, actor, talk, FEWEST_SHOWN, now)
    except IntegrityError:
        raise AlreadyDone from None


def _sent_before(session: Session, message: Message) -> bool:
    found = session.exec(select(Message).where(Message.form_key == message.form_key)).first()
    if found is None:
        return False
    if (found.application_id, found.person_id) != (message.application_id, message.person_id):
        raise AlreadyDone
    return True


def _add(session: Session, talk: Talk, message: Message, now: datetime) -> None:
    if not talk.may_write(message.role):
        raise ConversationClosed
    _check_pace(session, message, now)
    begin(session, talk)
    session.add(message)
    session.flush()
    other = next(side for role, side in talk.sides.items() if role is not message.role)
    other.unread += 1
    other.waiting_since = other.waiting_since or now
    session.add(other)
    tell_both(session, talk)


def _check_pace(session: Session, message: Message, now: datetime) -> None:
    most = int(parameter_in_force(session, "messages_per_hour_max", day_in_brussels(now)))
    mine = select(Message.sent_at).where(Message.application_id == message.application_id)
    mine = mine.where(Message.person_id == message.person_id, col(Message.sent_at) > now - HOUR)
    sent = session.exec(mine.order_by(col(Message.id).desc()).limit(most)).all()
    if len(sent) >= most:
        raise TooManyMessages(max(1, ceil((sent[-1] + HOUR - now) / timedelta(minutes=1))))


def _show(actor: Actor | None, application_id: int, now: datetime, on: Engine | None, *, shown: bool) -> Thread:
    actor = require(actor, Permission.APPLICATION_SEND)
    with transaction(on) as session:
        talk = held_talk(session, actor, application_id, now)
        if talk.conversation is None:
            raise NotPossible("show", talk.party.application.status)
        operators = {talk.conversation.shown_to, talk.party.learner.operator_id} - {None}
        talk.conversation.shown_to = talk.party.learner.operator_id if shown else None
        talk.conversation.shown_at = now if shown else None
        session.add(talk.conversation)
        tell(session, f"learner:{talk.party.learner.id}", *(f"operator:{each}" for each in operators))
        return thread_in(session, actor, talk, FEWEST_SHOWN, now)


def _mail(session: Session, side: ConversationSide, now: datetime) -> bool:
    """Write the mail of one side; the key holds the first unread message, so that one stretch is told once."""
    party = application_in(session, side.application_id)
    side.mailed = True
    session.add(side)
    if party.application.status in HIDDEN_FROM_COMPANY:
        return False
    other = next(role for role in SIDES if role is not side.role)
    unread = select(func.min(Message.id)).where(Message.application_id == side.application_id, Message.role == other)
    first = session.exec(unread.where(col(Message.id) > side.read_until)).one()
    write = letters.waits_for_learner if side.role is Role.LEARNER else letters.waits_for_company
    write(session, party, f"{side.application_id}:{first}", now)
    return True
