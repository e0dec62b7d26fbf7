"""What an operator's staff reads of how a learner is followed; notes stay within the operator that wrote them."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import TO_ANSWER
from stageplus.domain.errors import NotFound
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Application,
    Company,
    FollowUp,
    Learner,
    LearnerNote,
    Offer,
    OutsidePlace,
    Person,
    StaffNudge,
    Trade,
)
from stageplus.services.followup.queries import this_learner
from stageplus.services.guidance.schemas import SITUATION_WORDS, Guidance, NoteRow, WaitingAnswer
from stageplus.services.placements.queries import place_words
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, days_ago, long_date, moment_words, short_date

MOST_NOTES, MOST_WAITING = 100, 100


def guidance(actor: Actor | None, learner_id: int, *, now: datetime, on: Engine | None = None) -> Guidance:
    """Show how a learner whom one follows is followed; raises `NotFound` for anybody else's."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with reading(on) as session:
        return guidance_in(session, actor, learner_id, now)


def guidance_in(session: Session, actor: Actor, learner_id: int, now: datetime) -> Guidance:
    """Read it, within a session."""
    read = select(Learner, FollowUp, OutsidePlace).where(*this_learner(actor, learner_id))
    read = read.outerjoin(FollowUp, col(FollowUp.learner_id) == Learner.id)
    found = session.exec(read.outerjoin(OutsidePlace, _still_holds())).first()
    if found is None:
        raise NotFound
    learner, follow_up, place = found
    trades = session.exec(select(Trade.code, Trade.name_f, Trade.name_m).order_by(Trade.name_f)).all()
    planned = follow_up.next_contact_on if follow_up else None
    return Guidance(
        learner_id=learner_id,
        situation=follow_up.situation.value if follow_up else "",
        next_contact_on=planned.isoformat() if planned else "",
        planned=_planned_words(follow_up, now),
        place=place_words(place) if place else "",
        can_note_place=not learner.has_place,
        notes=_notes(session, actor, learner_id),
        waiting=_waiting(session, learner_id, now),
        trades=[(code, both_genders(feminine, masculine)) for code, feminine, masculine in trades],
    )


def _still_holds() -> ColumnElement[bool]:
    return and_(col(OutsidePlace.learner_id) == Learner.id, col(OutsidePlace.ended_at).is_(None))


def _planned_words(follow_up: FollowUp | None, now: datetime) -> str:
    if follow_up is None:
        return ""
    words = SITUATION_WORDS[follow_up.situation]
    if follow_up.next_contact_on is None:
        return words
    late = follow_up.next_contact_on < day_in_brussels(now)
    said = _("{situation} · contact prévu le {day}, à faire") if late else _("{situation} · contact prévu le {day}")
    return said.format(situation=words, day=long_date(follow_up.next_contact_on))


def _notes(session: Session, actor: Actor, learner_id: int) -> list[NoteRow]:
    ours = select(LearnerNote, Person).join(Person, col(Person.id) == LearnerNote.person_id, isouter=True)
    ours = ours.where(LearnerNote.learner_id == learner_id, LearnerNote.operator_id == actor.operator_id)
    latest = ours.order_by(col(LearnerNote.at).desc(), col(LearnerNote.id).desc()).limit(MOST_NOTES)
    return [
        NoteRow(
            note_id=note.id or 0,
            words=note.words,
            by=f"{person.first_name} {person.last_name}" if person else _("Un ancien collègue"),
            at=moment_words(note.at),
            mine=note.person_id == actor.person_id,
        )
        for note, person in session.exec(latest)
    ]


def _waiting(session: Session, learner_id: int, now: datetime) -> list[WaitingAnswer]:
    days = float(parameter_in_force(session, "staff_nudge_days", day_in_brussels(now)))
    nudged = select(func.max(StaffNudge.at)).where(StaffNudge.application_id == Application.id).scalar_subquery()
    unanswered = (
        select(Application, Trade, Company, nudged)
        .join(Offer, col(Application.offer_id) == Offer.id)
        .join(Trade, col(Offer.trade_code) == Trade.code)
        .join(Company, col(Offer.company_id) == Company.id)
        .where(Application.learner_id == learner_id, col(Application.status).in_(TO_ANSWER))
    )
    return [
        _answer(application, trade, company, last, now - timedelta(days=days), now)
        for application, trade, company, last in session.exec(
            unanswered.order_by(col(Application.sent_at)).limit(MOST_WAITING)
        )
    ]


def _answer(
    application: Application, trade: Trade, company: Company, last: datetime | None, again: datetime, now: datetime
) -> WaitingAnswer:
    return WaitingAnswer(
        application_id=application.id or 0,
        title=both_genders(trade.name_f, trade.name_m),
        company=company.name,
        since=days_ago(day_in_brussels(application.sent_at), day_in_brussels(now)),
        nudged=_("Relancée le {day}").format(day=short_date(day_in_brussels(last))) if last else "",
        can_nudge=last is None or last <= again,
    )
