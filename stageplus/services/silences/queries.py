"""The rule of silence: so many applications in a row without an answer pause a company's new offers (our own rule)."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.answering import silences_in_a_row
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, Learner, Offer, Person
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.silences.schemas import Silence
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels

SETTLED = (
    ApplicationStatus.IN_CONTACT,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.REFUSED,
    ApplicationStatus.UNANSWERED,
)
"""What was answered, or never was; what the company may still answer in time counts for nothing yet."""


def my_silence(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Silence:
    """Say how many applications in a row one's company left without an answer, and what the rule is."""
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with reading(on) as session:
        most = _most(session, now)
        count = _in_a_row(session, actor.company_id or 0, most)
    return Silence(count, count >= most, _words(count), _rule(most))


def must_answer_first(session: Session, company_id: int, now: datetime) -> bool:
    """Say whether a company publishes nothing new before it has answered; its offers on line stay as they are."""
    most = _most(session, now)
    return _in_a_row(session, company_id, most) >= most


def _in_a_row(session: Session, company_id: int, most: int) -> int:
    settled = (
        select(Application.status)
        .join(Offer, col(Application.offer_id) == Offer.id)
        .join(Learner, col(Application.learner_id) == Learner.id)
        .join(Person, col(Learner.person_id) == Person.id)
        .where(Offer.company_id == company_id, col(Application.status).in_(SETTLED))
        .where(col(Person.suspended_at).is_(None))  # nobody can answer them
        .order_by(col(Application.sent_at).desc(), col(Application.id).desc())
    )
    latest = session.exec(settled.limit(most)).all()
    return silences_in_a_row(status is ApplicationStatus.UNANSWERED for status in latest)


def _most(session: Session, now: datetime) -> int:
    return int(parameter_in_force(session, "unanswered_in_a_row", day_in_brussels(now)))


def _words(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "Votre dernière candidature arrivée à son terme est restée sans réponse.",
        "Vos {n} dernières candidatures arrivées à leur terme sont restées sans réponse.",
        count,
    )
    return words.format(n=count)


def _rule(most: int) -> str:
    words = _(
        "Après {n} candidatures de suite sans réponse, vous ne publiez plus de nouvelle offre avant d’avoir répondu à "
        "l’une d’elles. Un mot suffit, même négatif ou tardif ; vos offres en ligne restent en ligne."
    )
    return words.format(n=most)
