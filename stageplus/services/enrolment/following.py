"""A learner's account follows the enrolment it was activated with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from stageplus.models import Enrolment, EnrolmentState, Learner, Person
from stageplus.services.enrolment.schemas import SHARED

AT_ONCE = 400


def learners_of(session: Session, enrolments: Iterable[Enrolment]) -> dict[int, tuple[Learner, Person]]:
    """Read the accounts behind enrolments, a few hundred at once."""
    ids = sorted({enrolment.learner_id for enrolment in enrolments if enrolment.learner_id})
    found: dict[int, tuple[Learner, Person]] = {}
    for start in range(0, len(ids), AT_ONCE):
        wanted = select(Learner, Person).join(Person).where(col(Learner.id).in_(ids[start : start + AT_ONCE]))
        found.update({learner.id or 0: (learner, person) for learner, person in session.exec(wanted)})
    return found


def follow(
    enrolment: Enrolment,
    before: Mapping[str, Any],
    fields: Sequence[str],
    accounts: Mapping[int, tuple[Learner, Person]],
) -> None:
    """Bring an account up to date with the fields that changed; one that moved to another operator stays as it is.

    A name that the person changed since is left alone.
    """
    if (account := accounts.get(enrolment.learner_id or 0)) is None:
        return
    learner, person = account
    if not is_current(enrolment, learner):
        return
    for name in SHARED:
        if name in fields:
            setattr(learner, name, getattr(enrolment, name))
    for name in ("first_name", "last_name"):
        if name in fields and getattr(person, name) == before[name]:
            setattr(person, name, getattr(enrolment, name))
    learner.enrolment_ended_on = ended_on(enrolment)


def is_current(enrolment: Enrolment, learner: Learner) -> bool:
    """Say whether the learner's account follows this enrolment, and not a later one with another operator."""
    mine = learner.operator_id, learner.operator_reference
    return mine == (enrolment.operator_id, enrolment.reference)


def ended_on(enrolment: Enrolment) -> date | None:
    """Return the day on which an enrolment ended; nothing while it lasts."""
    return enrolment.ended_on if enrolment.state is EnrolmentState.ENDED else None
