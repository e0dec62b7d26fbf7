"""Use cases of reported messages: one side brings a message to OFFA, which leaves it, hides it or ends the talk."""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.conversations import MESSAGE_MODERATION, MessageStanding
from stageplus.domain.errors import AlreadyDone, NotFound, NotPossible
from stageplus.models import Application, Conversation, Message, MessageCase, MessageDecision, MessageReport
from stageplus.services.applications.queries import application_in
from stageplus.services.conversations.queries import talk_about, talk_for, tell_both
from stageplus.services.journal.actions import note_deed
from stageplus.services.message_reports import letters
from stageplus.services.message_reports.queries import case_in
from stageplus.services.message_reports.schemas import MessageDecisionInput, MessageReportInput, ReportedMessage
from stageplus.services.notifications.live import tell
from stageplus.services.throttle import Limit, throttle

REPORTS = Limit("message reports", 10, 60)
QUEUE = "moderation"
"""The topic that open pages of moderation listen to."""
_DEEDS = {
    "leave": "moderation.message-left",
    "hide": "moderation.message-hidden",
    "close": "moderation.message-closed",
    "lift": "moderation.message-lifted",
}


def report_message(
    actor: Actor | None, message_id: int, data: MessageReportInput, *, now: datetime, on: Engine | None = None
) -> None:
    """Bring a message of the other side to OFFA, who alone learns of whom the report is.

    A person reports a message once, another time raises `AlreadyDone`; a few an hour, more raise `TooManyTries`. Raises
    `NotFound` for a message that the actor cannot read, `NotPossible` for one's own side's, or one that is hidden.
    """
    actor = require(actor, Permission.CONVERSATION_JOIN)
    throttle().admit(REPORTS, str(actor.person_id))
    report = MessageReport(
        message_id=message_id, person_id=actor.person_id, reason=data.concern, words=data.details, at=now
    )
    try:
        with transaction(on) as session:
            message = _held(session, message_id)
            talk_for(session, actor, message.application_id, now)
            if message.role is actor.role or message.hidden_at is not None:
                raise NotPossible("report", message.role)
            session.add(report)
            case = session.get(MessageCase, message_id) or MessageCase(
                message_id=message_id, standing=MessageStanding.VISIBLE, changed_at=now
            )
            case.waiting_since = case.waiting_since or now
            session.add(case)
            session.flush()
            note_deed(session, "moderation.message-reported", by=actor, to=None, now=now)
            tell(session, QUEUE, f"{actor.role}:{actor.learner_id or actor.company_id}")
    except IntegrityError:
        raise AlreadyDone from None


def decide_report(
    actor: Actor | None, message_id: int, data: MessageDecisionInput, *, now: datetime, on: Engine | None = None
) -> ReportedMessage:
    """Leave a reported message, hide it, end its conversation too, or show it again; for OFFA alone.

    Its author is written to whenever something changes or is said, and never learns who reported it. Raises `NotFound`
    for a message that nobody reported, `NotPossible` when somebody else decided meanwhile.
    """
    actor = require(actor, Permission.MESSAGE_MODERATE)
    with transaction(on) as session:
        message = _held(session, message_id)
        case = session.get(MessageCase, message_id)
        if case is None:
            raise NotFound
        case.standing = MESSAGE_MODERATION.after(data.decision, case.standing, actor.role)
        case.waiting_since, case.changed_at = None, now
        message.hidden_at = None if case.standing is MessageStanding.VISIBLE else now
        decision = MessageDecision(
            message_id=message_id, decision=data.decision, person_id=actor.person_id, at=now, words=data.words
        )
        session.add_all([case, message, decision])
        session.flush()
        _close_or_open(session, message.application_id, now)
        party = application_in(session, message.application_id)
        note_deed(session, _DEEDS[data.decision], by=actor, to=message.person_id, now=now, detail=data.words)
        if data.words or data.decision != "leave":
            letters.decided(session, party, message, data.decision, data.words, now)
        tell_both(session, talk_about(session, party))
        tell(session, QUEUE)
        return case_in(session, message_id)


def _held(session: Session, message_id: int) -> Message:
    """Find a message and hold its application, as whoever writes or withdraws does."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound
    session.get(Application, message.application_id, with_for_update={"key_share": True})
    session.refresh(message)
    return message


def _close_or_open(session: Session, application_id: int, now: datetime) -> None:
    """End the conversation as long as one of its messages ended it."""
    ended = select(MessageCase.message_id).join(Message).where(Message.application_id == application_id)
    ends = session.exec(ended.where(MessageCase.standing == MessageStanding.CLOSED).limit(1)).first() is not None
    conversation = session.get_one(Conversation, application_id)
    conversation.closed_at = (conversation.closed_at or now) if ends else None
    session.add(conversation)
    session.flush()
