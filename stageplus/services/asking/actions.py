"""A learner who finds nothing asks the staff of their own operator for help."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, or_, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.refusals import AskedAlready, NotEnrolled
from stageplus.models import HelpRequest, Learner, OperatorMember, Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.live import tell
from stageplus.services.offers.schemas import OfferSearch, search_words
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

LONGEST_SEARCH = 400


def ask_for_help(actor: Actor | None, data: OfferSearch, *, now: datetime, on: Engine | None = None) -> bool:
    """Send a search that led to no place to the staff who follows the learner: by mail, and on the learner's sheet.

    Raises `NotEnrolled` once the enrolment has ended, `AskedAlready` within the hours in force after the last time.
    """
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        # Two taps at once wait for each other here.
        mine = select(Learner).where(Learner.id == actor.learner_id).with_for_update()
        learner = session.exec(mine).one()
        if learner.enrolment_ended_on is not None:
            raise NotEnrolled
        _check_patience(session, learner, now)
        search = search_words(data)[:LONGEST_SEARCH]
        until = now + timedelta(days=float(parameter_in_force(session, "help_request_days", day_in_brussels(now))))
        asked = HelpRequest(learner_id=learner.id or 0, search=search, asked_at=now, shown_until=until)
        session.exec(delete(HelpRequest).where(col(HelpRequest.learner_id) == learner.id))
        session.add(asked)
        session.flush()
        _write(session, learner, asked, now)
        tell(session, f"operator:{learner.operator_id}")
    return True


def _check_patience(session: Session, learner: Learner, now: datetime) -> None:
    last = session.exec(select(func.max(HelpRequest.asked_at)).where(HelpRequest.learner_id == learner.id)).one()
    hours = float(parameter_in_force(session, "help_request_hours", day_in_brussels(now)))
    if last is not None and now - last < timedelta(hours=hours):
        raise AskedAlready


def _write(session: Session, learner: Learner, asked: HelpRequest, now: datetime) -> None:
    person = session.get_one(Person, learner.person_id)
    name = f"{person.first_name} {person.last_name}"
    for colleague in _staff(session, learner, now):
        queue_mail(
            session,
            key=f"help:{learner.id}:{int(now.timestamp())}:{colleague.id}",
            kind="help",
            recipient=colleague.email,
            subject=_("{name} cherche une place et n’en trouve pas").format(name=name),
            sentences=[
                _("{name} a cherché « {search} » sur Stage+ sans trouver de place.").format(
                    name=name, search=asked.search
                ),
                _("Votre aide est demandée. Pour répondre : {email}").format(email=person.email),
            ],
            link=(f"/operateur/apprenants/{learner.id}", _("Voir où en sont ses candidatures")),
            now=now,
        )


def _staff(session: Session, learner: Learner, now: datetime) -> list[Person]:
    """Return who is written to: the staff of the learner's implantation first, then that of the whole operator."""
    most = int(parameter_in_force(session, "help_request_mails_max", day_in_brussels(now)))
    only = col(OperatorMember.implantation_id)
    theirs = select(Person).join(OperatorMember).where(OperatorMember.operator_id == learner.operator_id)
    following = theirs.where(or_(only.is_(None), only == learner.implantation_id), col(Person.suspended_at).is_(None))
    return list(session.exec(following.order_by(only.is_(None), col(Person.id)).limit(most)).all())
