"""An application with everything around it, found within what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from stageplus.domain.actors import Actor
from stageplus.domain.applications import ANSWERABLE, HIDDEN_FROM_COMPANY, LIVE, ApplicationStatus
from stageplus.domain.errors import NotFound
from stageplus.models import (
    Application,
    Company,
    Document,
    Establishment,
    HeldAnswer,
    Interview,
    Learner,
    Municipality,
    Offer,
    Operator,
    Person,
    Trade,
)
from stageplus.services.teams.queries import acts_at


@dataclass
class Parties:
    """An application, its offer and the people and organizations around it, read in one statement."""

    application: Application
    offer: Offer
    learner: Learner
    person: Person
    trade: Trade
    company: Company
    establishment: Establishment
    municipality: Municipality
    operator: Operator
    interview: Interview | None
    held: HeldAnswer | None
    document: Document | None

    @property
    def thing(self) -> str:
        """Name the application for the letters about it: those not read yet go away when it is withdrawn."""
        return f"application:{self.application.id}"


def for_learner(session: Session, actor: Actor, application_id: int) -> Parties:
    """Return the learner's own application; raises `NotFound` for anybody else's."""
    return _only(
        session, _everything().where(Application.id == application_id, Application.learner_id == actor.learner_id)
    )


def for_company(session: Session, actor: Actor, application_id: int) -> Parties:
    """Return an application to the actor's company, or establishment; raises `NotFound` for any other."""
    return _only(session, of_company(actor).where(Application.id == application_id))


def application_in(session: Session, application_id: int) -> Parties:
    """Return an application to whoever has found it already, or to the clock."""
    return _only(session, _everything().where(Application.id == application_id))


def of_company(actor: Actor) -> Any:
    """Select what a member of a company may see: one establishment when the membership names it."""
    return _everything().where(*visible_to(actor))


def count_of_company(actor: Actor, statuses: Iterable[ApplicationStatus]) -> Any:
    """Select how much a member of a company may see in some statuses, of learners whose account is not suspended."""
    counted = select(func.count(col(Application.id))).join(Offer).where(*visible_to(actor), learner_is_there())
    return counted.where(col(Application.status).in_(statuses))


def visible_to(actor: Actor) -> list[Any]:
    """Return the conditions under which a member of a company sees an application joined to its offer."""
    is_shown = col(Application.status).not_in(HIDDEN_FROM_COMPANY)
    return [is_shown, col(Application.erased_at).is_(None), acts_at(actor, Offer.company_id, Offer.establishment_id)]


def of_learner(session: Session, actor: Actor) -> list[Parties]:
    """List the learner's applications, the latest news first."""
    mine = _everything().where(Application.learner_id == actor.learner_id)
    return _all(session, mine.order_by(col(Application.changed_at).desc()))


def of_offer(session: Session, offer_id: int) -> list[Parties]:
    """List every application to an offer, the first one first."""
    return _all(session, _everything().where(Application.offer_id == offer_id).order_by(col(Application.id)))


def hold_answerable(session: Session, offer_id: int) -> None:
    """Hold whoever still waits for an offer that fills or closes, in the same order for everybody who answers several.

    Withdrawn or answered at this very moment, they are seen so by the statements after.
    """
    waiting = select(Application.id).where(Application.offer_id == offer_id, col(Application.status).in_(ANSWERABLE))
    session.exec(waiting.order_by(col(Application.id)).with_for_update(key_share=True)).all()


def owed_an_answer(session: Session, offer_id: int) -> list[Parties]:
    """List the applications to an offer that still need a company's last word and whose learner would read it."""
    waiting = _everything().where(Application.offer_id == offer_id, col(Application.status).in_(ANSWERABLE))
    return _all(session, waiting.where(col(Person.suspended_at).is_(None)).order_by(col(Application.sent_at)))


def of_person(session: Session, person_id: int) -> list[Parties]:
    """List the live applications of somebody."""
    return _all(session, _everything().where(Person.id == person_id, col(Application.status).in_(LIVE)))


def learner_is_there() -> Any:
    """Return the condition under which an application's learner reads an answer: the account is not suspended."""
    person = select(Person.id).join(Learner).where(Learner.id == Application.learner_id)
    return person.where(col(Person.suspended_at).is_(None)).exists()


def _everything() -> Any:
    return (
        select(  # type: ignore[call-overload]
            Application,
            Offer,
            Learner,
            Person,
            Trade,
            Company,
            Establishment,
            Municipality,
            Operator,
            Interview,
            HeldAnswer,
            Document,
        )
        .join(Offer, Application.offer_id == Offer.id)
        .join(Learner, Application.learner_id == Learner.id)
        .join(Person, Learner.person_id == Person.id)
        .join(Trade, Offer.trade_code == Trade.code)
        .join(Company, Offer.company_id == Company.id)
        .join(Establishment, Offer.establishment_id == Establishment.id)
        .join(Municipality, Offer.municipality_ins == Municipality.ins)
        .join(Operator, Learner.operator_id == Operator.id)
        .outerjoin(Interview, Interview.application_id == Application.id)
        .outerjoin(HeldAnswer, HeldAnswer.application_id == Application.id)
        .outerjoin(Document, Document.application_id == Application.id)
        .options(defer(Document.sealed))  # type: ignore[arg-type]
    )


def _all(session: Session, statement: Any) -> list[Parties]:
    return [Parties(*row) for row in session.exec(statement).all()]


def _only(session: Session, statement: Any) -> Parties:
    found = _all(session, statement)
    if not found:
        raise NotFound
    return found[0]


def waiting_since(session: Session, until: datetime) -> list[Parties]:
    """Return, for the clock, what no company has answered and was sent up to a moment.

    Left out is what nobody can answer, as the learner's account is suspended.
    """
    unanswered = (ApplicationStatus.SENT, ApplicationStatus.SEEN)
    wanted = _everything().where(col(Application.status).in_(unanswered), Application.sent_at <= until)
    wanted = wanted.where(col(Person.suspended_at).is_(None))
    # By offer, as whoever answers several at once does: both then never wait for each other crosswise.
    return _all(session, wanted.order_by(col(Application.offer_id), col(Application.id)))
