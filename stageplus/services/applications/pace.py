"""How many applications a learner may send: a limit so high that only haste meets it, with a way on."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from stageplus.domain.refusals import TooManyThisWeek
from stageplus.models import Application
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels

WEEK = timedelta(days=7)


def check_week(session: Session, learner_id: int, now: datetime) -> None:
    """Refuse one more than the number in force within seven days, withdrawn ones included.

    Raises `TooManyThisWeek`, which knows when there is room again. The caller holds the learner: two at once are
    counted one after the other.
    """
    most = int(parameter_in_force(session, "applications_week_max", day_in_brussels(now)))
    mine = select(Application.sent_at).where(Application.learner_id == learner_id, Application.sent_at > now - WEEK)
    sent = session.exec(mine.order_by(col(Application.sent_at).desc()).limit(most)).all()
    if len(sent) >= most:
        raise TooManyThisWeek(most, sent[-1] + WEEK)
