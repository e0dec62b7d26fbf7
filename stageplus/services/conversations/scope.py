"""A conversation within what the actor may read, and held while somebody writes in it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import HIDDEN_FROM_COMPANY, ApplicationStatus
from stageplus.domain.conversations import SIDES, may_write
from stageplus.domain.errors import NotFound
from stageplus.models import Conversation, ConversationSide, HeldAnswer
from stageplus.services.applications.queries import Parties, application_of_company, application_of_learner
from stageplus.services.notifications.live import tell


@dataclass
class Talk:
    """An application, its conversation and both sides of it; without a conversation nothing has been said yet.

    `held_as` is the status that its learner still reads, as long as the company may take an answer back.
    """

    party: Parties
    conversation: Conversation | None
    sides: dict[Role, ConversationSide]
    held_as: ApplicationStatus | None = None

    @property
    def application_id(self) -> int:
        """Return which application it is about."""
        return self.party.application.id or 0

    @property
    def status(self) -> ApplicationStatus:
        """Return the status that counts for whoever reads."""
        return self.held_as or self.party.application.status

    def may_write(self, role: Role) -> bool:
        """Say whether a side may write at this moment; nobody writes to somebody whose account is suspended."""
        talk = self.conversation
        if role is Role.COMPANY and self.party.person.suspended_at is not None:
            return False
        closed = talk is not None and talk.closed_at is not None
        return may_write(role, self.status, begun=talk is not None, closed=closed)


def talk_of(session: Session, actor: Actor, application_id: int, now: datetime) -> Talk:
    """Find a conversation of the actor's own side; raises `NotFound` for anybody else's, or after a withdrawal."""
    find = application_of_learner if actor.role is Role.LEARNER else application_of_company
    talk = talk_about(session, find(session, actor, application_id))
    if actor.role is Role.LEARNER:
        held = select(HeldAnswer.status).where(HeldAnswer.application_id == application_id)
        shown = session.exec(held.where(col(HeldAnswer.until) > now)).first()
        talk.held_as = ApplicationStatus(shown) if shown else None
    return talk


def held_talk(session: Session, actor: Actor, application_id: int, now: datetime) -> Talk:
    """Find a conversation and hold its application: whoever withdraws, reads or writes at once waits."""
    talk = talk_of(session, actor, application_id, now)
    session.refresh(talk.party.application, with_for_update={"key_share": True})
    if actor.role is Role.COMPANY and talk.party.application.status in HIDDEN_FROM_COMPANY:
        raise NotFound
    return replace(talk_about(session, talk.party), held_as=talk.held_as)


def talk_about(session: Session, party: Parties) -> Talk:
    """Read the conversation of an application."""
    both = select(Conversation, ConversationSide).join(ConversationSide)
    read = both.where(Conversation.application_id == party.application.id).execution_options(populate_existing=True)
    rows = session.exec(read).all()
    return Talk(party, rows[0][0] if rows else None, {side.role: side for _talk, side in rows})


def begin(session: Session, talk: Talk) -> None:
    """Make the conversation of a held application, unless it is there."""
    if talk.conversation is None:
        talk.conversation = Conversation(application_id=talk.application_id)
        session.add(talk.conversation)
        session.flush()
        talk.sides = {role: ConversationSide(application_id=talk.application_id, role=role) for role in SIDES}
        session.add_all(talk.sides.values())
        session.flush()


def tell_both(session: Session, talk: Talk) -> None:
    """Tell whoever may have the conversation on screen: topics only, each reads again with their own rights."""
    topics = [f"learner:{talk.party.learner.id}", f"company:{talk.party.offer.company_id}"]
    if talk.conversation is not None and talk.conversation.shown_to is not None:
        topics.append(f"operator:{talk.conversation.shown_to}")
    tell(session, *topics)


def waiting_sides(until: datetime, most: int) -> Any:
    """Select, for the clock, the sides whom messages wait for since a moment and who were written no mail of it."""
    due = select(ConversationSide).where(col(ConversationSide.mailed).is_(False))
    due = due.where(col(ConversationSide.waiting_since) <= until).order_by(col(ConversationSide.waiting_since))
    return due.limit(most).with_for_update(skip_locked=True)
