"""One step of an application's life: the rule, the conditional write, the story, and who is told."""

from typing import Any

from sqlmodel import Session, col, update

from stageplus.domain.applications import APPLICATION_LIFE
from stageplus.domain.errors import NotPossible
from stageplus.models import Application, ApplicationChange
from stageplus.services.applications.schemas import Took
from stageplus.services.applications.scope import Parties
from stageplus.services.notifications.live import tell


def take_step(session: Session, parties: Parties, took: Took, **changed: Any) -> None:
    """Take a step if nobody was faster; raises `NotPossible` when the status has changed meanwhile."""
    application = parties.application
    before = application.status
    after = APPLICATION_LIFE.after(took.step, before, took.role)
    mine = update(Application).where(col(Application.id) == application.id, col(Application.status) == before)
    done = session.exec(mine.values(status=after, changed_at=took.at, **changed))
    if done.rowcount != 1:
        raise NotPossible(took.step, before)
    session.refresh(application)
    record(session, parties, took)


def record(session: Session, parties: Parties, took: Took) -> None:
    """Write the step in the application's story and tell whoever looks at it."""
    application = parties.application
    change = ApplicationChange(
        application_id=application.id or 0,
        step=took.step,
        status=application.status,
        role=took.role,
        person_id=took.person_id,
        at=took.at,
    )
    session.add(change)
    session.flush()
    tell(
        session,
        f"learner:{application.learner_id}",
        f"company:{parties.offer.company_id}",
        f"operator:{parties.learner.operator_id}",
        f"offer:{parties.offer.id}",
        f"sector:{parties.offer.sector_code}",
        "site",
    )
