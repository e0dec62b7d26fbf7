"""What OFFA reads of reported messages: the queue, and one message among the few around it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.conversations import MESSAGE_MODERATION, MessageStanding
from stageplus.domain.errors import NotFound
from stageplus.domain.titles import place_title
from stageplus.models import (
    Application,
    Company,
    Message,
    MessageCase,
    MessageDecision,
    MessageReport,
    Offer,
    Person,
    Trade,
)
from stageplus.services.conversations.queries import author_words
from stageplus.services.conversations.schemas import MessageRow
from stageplus.services.message_reports.schemas import (
    CONCERNS,
    DECISIONS,
    STANDINGS,
    ReportedMessage,
    ReportedPage,
    ReportedRow,
    ReportGroup,
    ReportRow,
    ReportSearch,
)
from stageplus.services.paging import page_of
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _, ngettext
from stageplus.texts.formats import moment_words, number

AROUND = 5
"""How many messages before and after the reported one OFFA reads: enough to understand it, no more."""
GROUPS: dict[ReportGroup, Any] = {
    "": col(MessageCase.waiting_since).is_not(None),
    "masques": MessageCase.standing != MessageStanding.VISIBLE,
    "tout": col(MessageCase.message_id).is_not(None),
}


def reports_waiting() -> Any:
    """Count the reported messages that wait for OFFA, as part of a statement."""
    waiting = col(MessageCase.waiting_since).is_not(None)
    return select(func.count()).select_from(MessageCase).where(waiting).scalar_subquery()


def reported_messages(
    actor: Actor | None, search: ReportSearch, *, now: datetime, on: Engine | None = None
) -> ReportedPage:
    """List the reported messages, those that wait longest first, without their words; for OFFA alone."""
    actor = require(actor, Permission.MESSAGE_MODERATE)
    oldest = (col(MessageCase.waiting_since).is_(None), col(MessageCase.waiting_since))
    wanted = select(MessageCase.message_id).where(GROUPS[search.group])
    with reading(on) as session:
        ordered = wanted.order_by(*oldest, col(MessageCase.changed_at).desc(), col(MessageCase.message_id))
        found = page_of(session, ordered, search.page)
        rows = {each.message_id: each for each in _rows(session, col(MessageCase.message_id).in_(found.ids))}
    words = ngettext("{n} message", "{n} messages", found.total).format(n=number(found.total))
    return ReportedPage([rows[each] for each in found.ids], words, found.page, found.pages)


def reported_message(
    actor: Actor | None, message_id: int, *, now: datetime, on: Engine | None = None
) -> ReportedMessage:
    """Show what there is to decide about one message; raises `NotFound` for one that nobody reported."""
    actor = require(actor, Permission.MESSAGE_MODERATE)
    with reading(on) as session:
        return case_in(session, message_id)


def case_in(session: Session, message_id: int) -> ReportedMessage:
    """Build everything that OFFA needs to decide about a message, within a session."""
    row = next(iter(_rows(session, MessageCase.message_id == message_id)), None)
    if row is None:
        raise NotFound
    return ReportedMessage(
        row=row,
        around=_around(session, message_id),
        reports=_reports(session, message_id),
        history=_history(session, message_id),
        decisions=sorted(MESSAGE_MODERATION.possible(MessageStanding(row.standing), Role.OFFA)),
    )


def _rows(session: Session, which: Any) -> list[ReportedRow]:
    last = select(func.max(MessageReport.id)).where(MessageReport.message_id == MessageCase.message_id)
    found: Any = select(MessageCase, Message, Person, Company.name, Trade, MessageReport.reason)  # type: ignore[call-overload]
    found = found.join(Message, MessageCase.message_id == Message.id)
    found = found.join(Application, Message.application_id == Application.id)
    found = found.join(Offer, Application.offer_id == Offer.id).join(Company, Offer.company_id == Company.id)
    found = found.join(Trade, Offer.trade_code == Trade.code)
    found = found.join(MessageReport, MessageReport.id == last.correlate(MessageCase).scalar_subquery())
    found = found.join(Person, Message.person_id == Person.id, isouter=True).where(which)
    return [_row(*each) for each in session.exec(found)]


def _row(
    case: MessageCase, message: Message, author: Person | None, company: str, trade: Trade, reason: Any
) -> ReportedRow:
    waits = case.waiting_since is not None
    return ReportedRow(
        message_id=case.message_id,
        author=author_words(message, author, Role.OFFA, company),
        about=_("{title}, {company}").format(title=place_title(trade.name_f, trade.name_m), company=company),
        why=CONCERNS[reason],
        since=moment_words(case.waiting_since or case.changed_at),
        standing=case.standing.value,
        standing_words=_("À examiner") if waits else STANDINGS[case.standing],
        waits=waits,
    )


def _around(session: Session, message_id: int) -> list[MessageRow]:
    of_talk = select(Message.application_id).where(Message.id == message_id).scalar_subquery()
    said: Any = select(Message, Person, Company.name)
    said = said.join(Application, Message.application_id == Application.id)
    said = said.join(Offer, Application.offer_id == Offer.id).join(Company, Offer.company_id == Company.id)
    said = said.join(Person, Message.person_id == Person.id, isouter=True).where(Message.application_id == of_talk)
    before = said.where(col(Message.id) <= message_id).order_by(col(Message.id).desc()).limit(AROUND + 1)
    after = said.where(col(Message.id) > message_id).order_by(col(Message.id)).limit(AROUND)
    rows = [*session.exec(before).all()[::-1], *session.exec(after).all()]
    return [
        MessageRow(
            message_id=message.id or 0,
            mine=message.id == message_id,
            author=author_words(message, person, Role.OFFA, company),
            words=message.words,
            when=moment_words(message.sent_at),
            hidden=message.hidden_at is not None,
        )
        for message, person, company in rows
    ]


def _reports(session: Session, message_id: int) -> list[ReportRow]:
    found = select(MessageReport, Person).join(Person, col(MessageReport.person_id) == Person.id, isouter=True)
    found = found.where(MessageReport.message_id == message_id).order_by(col(MessageReport.id).desc())
    return [
        ReportRow(CONCERNS[report.reason], report.words, _name(person), moment_words(report.at))
        for report, person in session.exec(found)
    ]


def _history(session: Session, message_id: int) -> list[TimelineStep]:
    found = select(MessageDecision, Person).join(Person, col(MessageDecision.person_id) == Person.id, isouter=True)
    found = found.where(MessageDecision.message_id == message_id).order_by(col(MessageDecision.id))
    return [
        TimelineStep(
            DECISIONS[decision.decision],
            " · ".join(filter(None, [moment_words(decision.at), _name(person)])),
            decision.words,
        )
        for decision, person in session.exec(found)
    ]


def _name(person: Person | None) -> str:
    return f"{person.first_name} {person.last_name}" if person else ""
