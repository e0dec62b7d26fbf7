"""What follows when somebody is suspended or comes back, or a team changes: nothing waits for an answer from nobody.

An offer needs somebody who can answer: a member of its company who acts for its establishment and whose account is
open. When the last one goes, the published offers are suspended at once; they come back by themselves with the first
one who can answer, if their agrément still holds and their time is not over. Applications stay as they are. Their
learners, and the operators that recorded the agréments, are told both ways.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, select

from stageplus.domain.actors import Actor, Role
from stageplus.models import Company, CompanyMember, Offer, Person
from stageplus.services.absences import letters
from stageplus.services.applications.actions import tell_of_absence, tell_of_pause, tell_of_return
from stageplus.services.notifications.actions import drop_waiting_mails
from stageplus.services.offers.actions import halt_offers, restore_offers
from stageplus.services.teams.queries import somebody_acts
from stageplus.texts import _

NOBODY_ANSWERS = _("personne ne peut y répondre dans l’entreprise")


def take_away(session: Session, actor: Actor, person: Person, now: datetime) -> int:
    """Carry out what follows for others when a person is suspended, and say how many offers are paused."""
    drop_waiting_mails(session, person.email)
    if person.role is Role.LEARNER:
        tell_of_absence(session, person.id or 0, now, is_over=False)
    return sum(keep_offers_answered(session, actor, number, now) for number in _companies_of(session, person))


def bring_back(session: Session, actor: Actor, person: Person, now: datetime) -> None:
    """Carry out what follows for others when a person's account is open again."""
    if person.role is Role.LEARNER:
        tell_of_absence(session, person.id or 0, now, is_over=True)
    for number in _companies_of(session, person):
        keep_offers_answered(session, actor, number, now)


def keep_offers_answered(session: Session, actor: Actor | None, company_id: int, now: datetime) -> int:
    """Pause the offers of a company that nobody can answer any more, bring back those that somebody can again.

    Returns how many are paused. Without an actor, it follows from what a team did itself.
    """
    mine = col(Offer.company_id) == company_id
    deserted = and_(mine, ~somebody_acts(Offer.company_id, Offer.establishment_id))
    halted = halt_offers(session, actor, deserted, NOBODY_ANSWERS, now)
    restored = restore_offers(session, actor, mine, _("quelqu’un peut de nouveau y répondre"), now)
    cause = f"answer-{int(now.timestamp())}"
    tell_of_pause(session, halted, cause, now, why=NOBODY_ANSWERS)
    tell_of_return(session, restored, cause, now)
    if halted or restored:
        letters.to_operators(session, session.get_one(Company, company_id), halted, restored, now)
    return len(halted)


def _companies_of(session: Session, person: Person) -> Sequence[int]:
    """Return somebody's companies, whose teams nobody else changes until the transaction ends."""
    theirs = select(CompanyMember.company_id).where(CompanyMember.person_id == person.id)
    companies = select(Company.id).where(col(Company.id).in_(theirs)).order_by(col(Company.id)).with_for_update()
    return [number for number in session.exec(companies) if number]
