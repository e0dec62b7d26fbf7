"""Leaves of an account a row that says nothing: figures are counted from applications, and these need somebody."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, select, update

from stageplus.models import Application, Conversation, Enrolment, Interview, Learner, Operator, OutboxMessage, Person
from stageplus.texts.formats import day_in_brussels

NOBODY = ("Compte", "effacé")
EMPTIED: dict[str, Any] = {
    "motivation": "",
    "experience": "",
    "journey": "",
    "phone": "",
    "company_words": "",
}


def empty_applications(session: Session, which: Any, now: datetime) -> int:
    """Erase what both sides wrote in some applications, with their conversations and interviews; the row stays."""
    wanted = select(Application.id).where(which).order_by(col(Application.id))
    named = [each or 0 for each in session.exec(wanted)]
    for table in (Conversation, Interview):
        session.exec(delete(table).where(col(table.application_id).in_(named)))
    session.exec(update(Application).where(col(Application.id).in_(named)).values(erased_at=now, **EMPTIED))
    return len(named)


def empty_account(session: Session, learner: Learner, now: datetime) -> None:
    """Erase all that leads to a learner, whichever table holds it; what they were is no longer told from the rows."""
    person = session.get_one(Person, learner.person_id)
    session.exec(delete(OutboxMessage).where(col(OutboxMessage.recipient) == person.email))
    _drop_all_of("learner", learner.id or 0, session)
    _drop_all_of("person", person.id or 0, session, spared="learner")
    theirs = update(Enrolment).where(col(Enrolment.learner_id) == learner.id)
    session.exec(theirs.values(learner_id=None, activated_at=None))
    person.first_name, person.last_name = NOBODY
    person.email, person.password_hash = f"efface-{person.id}@efface.invalid", ""
    person.suspended_at, person.unreachable_since = now, None
    session.add(person)
    session.flush()
    learner.operator_reference = f"efface-{learner.id}"
    learner.municipality_ins = session.get_one(Operator, learner.operator_id).municipality_ins
    learner.birth_year, learner.company_days, learner.postal_code = 0, 0, ""
    learner.phone = learner.implantation_id = None
    learner.enrolment_ended_on = learner.enrolment_ended_on or day_in_brussels(now)
    learner.erased_at = now
    session.add(learner)


def _drop_all_of(owner: str, number: int, session: Session, spared: str = "") -> None:
    """Delete the rows that go with their owner, also of tables that are still to come: the foreign key says so."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.target_fullname == f"{owner}.id" and key.ondelete == "CASCADE" and table.name != spared:
                session.execute(table.delete().where(key.parent == number))
