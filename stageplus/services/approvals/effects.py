"""Carries out what follows when the effect of agréments changes: offers halt or come back, everybody concerned is told.

However many agréments a file changes, only those that carry an offer, or whose company has people, cost statements of
their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import tuple_
from sqlmodel import Session, and_, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.offers import OfferStatus
from stageplus.models import Approval, ApprovalChange, Establishment, Offer, Operator, Person, Trade
from stageplus.services.approvals.establishments import portions
from stageplus.services.approvals.letters import News
from stageplus.services.approvals.post import Post
from stageplus.services.offers.actions import halt_offers, restore_offers
from stageplus.services.teams.queries import people_at, with_people

Place = tuple[int, str]
"""An establishment and a trade."""


@dataclass(frozen=True)
class Move:
    """An agrément with its new effect, the state it was in before, and the entry of its history that says why."""

    approval: Approval
    before: ApprovalState
    change: ApprovalChange

    @property
    def place(self) -> Place:
        """Say what it is about."""
        return self.approval.establishment_id, self.approval.trade_code

    @property
    def was_granted(self) -> bool:
        """Say whether offers could be published before."""
        return self.before is ApprovalState.GRANTED

    @property
    def is_granted(self) -> bool:
        """Say whether offers can be published now."""
        return self.approval.state is ApprovalState.GRANTED


class People:
    """Who acts for some establishments, read once for each that belongs to a company with people."""

    def __init__(self, session: Session, establishment_ids: Sequence[int]) -> None:
        self._session = session
        self._peopled = with_people(session, establishment_ids)
        self._known: dict[int, list[Person]] = {}
        # Kept, so that each letter finds what it names in the session instead of reading it again.
        self._named = [*session.exec(select(Trade)), *session.exec(select(Operator))] if self._peopled else []
        for some in portions(sorted(self._peopled)):
            self._named += session.exec(select(Establishment).where(col(Establishment.id).in_(some)))

    def at(self, approval: Approval) -> list[Person]:
        """Return who acts for an agrément's establishment."""
        number = approval.establishment_id
        if number in self._peopled and number not in self._known:
            self._known[number] = people_at(self._session, self._session.get_one(Establishment, number))
        return self._known.get(number, [])


def carry_out_effects(session: Session, actor: Actor, moves: Sequence[Move], post: Post, now: datetime) -> None:
    """Halt the offers of agréments that no longer hold, bring back those of agréments that do again, and tell why.

    The agréments are locked: what is published meanwhile waits for the end of the transaction.
    """
    lost = [move for move in moves if move.was_granted and not move.is_granted]
    regained = [move for move in moves if move.is_granted and not move.was_granted]
    refused = [
        move
        for move in moves
        if move.approval.state is ApprovalState.REFUSED and move.before is ApprovalState.REQUESTED
    ]
    people = People(session, [move.approval.establishment_id for move in (*lost, *regained, *refused)])
    published = with_offers(session, [move.place for move in lost], OfferStatus.PUBLISHED)
    for move in lost:
        halted = halt_offers(session, actor, _on(move), move.change.reason, now) if move.place in published else []
        news = News(move.approval, move.change, is_lost=True, paused=len(halted))
        post.to_company(people.at(move.approval), news)
        post.paused += halted
    suspended = with_offers(session, [move.place for move in regained], OfferStatus.SUSPENDED)
    for move in regained:
        back = restore_offers(session, actor, _on(move), move.change.reason, now) if move.place in suspended else []
        post.to_company(people.at(move.approval), News(move.approval, move.change, restored=len(back)))
        post.restored += back
    for move in refused:
        post.to_company(people.at(move.approval), News(move.approval, move.change))


def with_offers(session: Session, places: Sequence[Place], *statuses: OfferStatus) -> set[Place]:
    """Return those of some establishments and trades that have an offer in one of these statuses."""
    found: set[Place] = set()
    for some in portions(places):
        here = tuple_(col(Offer.establishment_id), col(Offer.trade_code)).in_(some)
        known = select(Offer.establishment_id, Offer.trade_code).where(here, col(Offer.status).in_(statuses))
        found |= set(session.exec(known.distinct()))
    return found


def _on(move: Move) -> object:
    establishment_id, trade_code = move.place
    return and_(Offer.establishment_id == establishment_id, Offer.trade_code == trade_code)
