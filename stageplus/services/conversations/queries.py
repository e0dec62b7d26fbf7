"""What learners, companies and, where a learner lets them, an operator's staff read of conversations."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.errors import NotFound
from stageplus.domain.titles import place_title
from stageplus.models import Application, Company, Conversation, ConversationSide, Learner, Message, Offer, Trade
from stageplus.services.applications.queries import Parties, all_of_learner, as_its_learner_sees
from stageplus.services.conversations import scope, threads
from stageplus.services.conversations.schemas import FEWEST_SHOWN, ConversationCard, ShownConversation, Thread
from stageplus.services.conversations.scope import Talk, talk_of
from stageplus.services.conversations.threads import Said, messages_of, rows_of, thread_in
from stageplus.services.conversations.wording import sent_words, unread_words
from stageplus.services.followup.queries import enrolled_with
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, short_date

talk_about, talk_for, tell_both = scope.talk_about, scope.talk_of, scope.tell_both
author_words = threads.author_words
LINE = 90
"""Letters of a message that a list shows."""
MOST_FOR_STAFF = 300


def my_conversations(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[ConversationCard]:
    """List the learner's conversations, the latest message first, then those that may begin."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with reading(on) as session:
        mine = all_of_learner(session, actor)
        as_its_learner_sees(session, mine, now)
        parties = {party.application.id or 0: party for party in mine}
        talks = _talks(session, parties)
        last = _last_messages(session, list(parties))
    known = [each for each in parties if each in last or talks[each].may_write(Role.LEARNER)]
    ordered = sorted(known, key=lambda each: last[each].id or 0 if each in last else 0, reverse=True)
    return [_card(talks[each], last.get(each), now) for each in ordered]


def conversation(
    actor: Actor | None, application_id: int, most: int = FEWEST_SHOWN, *, now: datetime, on: Engine | None = None
) -> Thread:
    """Show one side the latest `most` messages; nothing is marked as read by it.

    Raises `NotFound` for somebody else's application, and for the company once it was withdrawn.
    """
    actor = require(actor, Permission.CONVERSATION_JOIN)
    with reading(on) as session:
        return thread_in(session, actor, talk_of(session, actor, application_id, now), most, now)


def shown_conversations(
    actor: Actor | None, learner_id: int, *, now: datetime, on: Engine | None = None
) -> list[ShownConversation]:
    """Show the staff who follow a learner the conversations that the learner shows to their operator, and no other.

    Raises `NotFound` for a learner of somebody else.
    """
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with reading(on) as session:
        mine = select(Learner).where(*enrolled_with(actor), Learner.id == learner_id)
        learner = session.exec(mine).first()
        if learner is None:
            raise NotFound
        found = session.exec(_shown(actor, learner_id)).all()
        said = messages_of(session, actor, [talk.application_id for talk, _trade, _company in found], MOST_FOR_STAFF)
    by_talk: dict[int, list[Said]] = defaultdict(list)
    for each in said:
        by_talk[each[0].application_id].append(each)
    return [_shown_row(each, by_talk[each[0].application_id], learner, now) for each in found]


def unread_messages(actor: Actor) -> Any:
    """Select, inside another statement, how many messages to a learner wait unread."""
    mine = select(func.coalesce(func.sum(ConversationSide.unread), 0)).select_from(ConversationSide)
    mine = mine.join(Application, col(Application.id) == ConversationSide.application_id)
    return mine.where(
        Application.learner_id == actor.learner_id, ConversationSide.role == Role.LEARNER
    ).scalar_subquery()


def _talks(session: Session, parties: dict[int, Parties]) -> dict[int, Talk]:
    talks = {number: Talk(party, None, {}) for number, party in parties.items()}
    both = select(Conversation, ConversationSide).join(ConversationSide)
    for found, side in session.exec(both.where(col(Conversation.application_id).in_(list(parties)))):
        talks[found.application_id].conversation = found
        talks[found.application_id].sides[side.role] = side
    return talks


def _last_messages(session: Session, application_ids: list[int]) -> dict[int, Message]:
    last = select(func.max(Message.id)).where(col(Message.application_id).in_(application_ids))
    found = session.exec(select(Message).where(col(Message.id).in_(last.group_by(col(Message.application_id)))))
    return {message.application_id: message for message in found}


def _card(talk: Talk, last: Message | None, now: datetime) -> ConversationCard:
    party, mine = talk.party, talk.sides.get(Role.LEARNER)
    return ConversationCard(
        application_id=talk.application_id,
        title=place_title(party.trade.name_f, party.trade.name_m),
        company=party.company.name,
        last=_line(last),
        when=sent_words(last.sent_at, now) if last else "",
        unread=mine.unread if mine else 0,
        unread_words=unread_words(mine.unread if mine else 0),
        can_write=talk.may_write(Role.LEARNER),
    )


def _line(last: Message | None) -> str:
    if last is None:
        return _("Rien d’écrit pour l’instant : tu peux poser une question.")
    if last.hidden_at is not None:
        return _("Message masqué par OFFA.")
    words = " ".join(last.words.split())
    words = words if len(words) <= LINE else words[:LINE].rstrip() + "…"
    return _("Toi : {words}").format(words=words) if last.role is Role.LEARNER else words


def _shown(actor: Actor, learner_id: int) -> Any:
    shown = select(Conversation, Trade, Company).join(Application).join(Offer)
    shown = shown.join(Trade, col(Offer.trade_code) == Trade.code).join(Company, col(Offer.company_id) == Company.id)
    shown = shown.where(Application.learner_id == learner_id, Conversation.shown_to == actor.operator_id)
    return shown.order_by(col(Conversation.shown_at).desc())


def _shown_row(
    found: tuple[Conversation, Trade, Company], said: list[Said], learner: Learner, now: datetime
) -> ShownConversation:
    talk, trade, company = found
    since = short_date(day_in_brussels(talk.shown_at)) if talk.shown_at else ""
    return ShownConversation(
        application_id=talk.application_id,
        title=place_title(trade.name_f, trade.name_m),
        company=company.name,
        since=_("Montrée depuis le {day}").format(day=since),
        messages=rows_of(said, Role.LEARNER, 0, company.name, {}, now),
    )
