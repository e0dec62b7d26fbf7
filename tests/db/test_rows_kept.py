"""Rows from before applications had drafts, interviews, conversations and introductions stay, on both databases."""

from datetime import date, datetime, timedelta
from typing import Any

from alembic import command
from sqlalchemy import Date, Engine, column, insert, table
from sqlmodel import Session, select

from stageplus.db.engine import open_engine, reading, transaction
from stageplus.db.revisions import _config, differences_from_models, migrate
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.interviews import InterviewKind, InterviewState
from stageplus.domain.introductions import IntroductionStatus
from stageplus.models import Application, ApplicationChange, Interview, InterviewSlot, Introduction, OutboxMessage
from stageplus.models.columns import Moment
from tests import factories
from tests.factories import NOW

OLDEST = "0032"
AT = NOW + timedelta(days=7, hours=4, minutes=30)
ROWS = (
    ("en contact", AT, "À l’atelier"),
    ("refusée", AT, "Ici"),
    ("envoyée", None, ""),
    ("retenue", AT, "Là"),
    ("retenue", None, ""),
)
"""What five applications said at that revision: status, interview, place."""


def put(connection: Any, name: str, **values: Any) -> None:
    """Insert a row as it was then, whatever the models say now."""
    columns = [column(each, type_of(value)) for each, value in values.items()]
    connection.execute(insert(table(name, *columns)).values(**values))


def type_of(value: object) -> Any:
    """Return how both databases keep moments and days; the rest needs no saying."""
    return Moment() if isinstance(value, datetime) else Date() if isinstance(value, date) else None


def filled(database: Engine) -> None:
    """Bring a database back to that revision, and put a few rows of each table that changed since."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer, operator = factories.an_offer(session, places=3), factories.an_operator(session)
        learners = [factories.a_learner(session, operator).id for _row in ROWS]
        offer_id, operator_id = offer.id, operator.id
    go(database, OLDEST)
    with database.begin() as connection:
        for number, (status, at, place) in enumerate(ROWS, 1):
            whose = {
                "id": number,
                "form_key": f"{number}" * 32,
                "offer_id": offer_id,
                "learner_id": learners[number - 1],
            }
            words = {"motivation": f"Motivation {number}", "experience": "", "journey": "", "phone": ""}
            days = {"sent_at": NOW, "changed_at": NOW, "answer_due_on": NOW.date()}
            met = {"interview_at": at, "interview_place": place, "company_words": "Merci."}
            put(connection, "application", **whose, **words, **days, **met, status=status)
            change = {"application_id": number, "step": "send", "status": "envoyée", "role": "learner", "at": NOW}
            put(connection, "application_change", **change)
        for number, taken in ((4, NOW), (5, None)):
            introduced = {"application_id": number, "operator_id": operator_id, "created_at": NOW}
            put(connection, "introduction", **introduced, taken_over_at=taken)
        written = {
            "key": "vieux",
            "kind": "x",
            "recipient": "a@demo.test",
            "subject": "Bonjour",
            "text": "a",
            "html": "a",
        }
        put(connection, "outbox_message", **written, created_at=NOW, next_try_at=NOW, tries=0, last_error="")


def go(database: Engine, back_to: str) -> None:
    with database.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, back_to)


def found(session: Session, what: Any) -> list[Any]:
    return list(session.exec(select(what).order_by(what.id)))


def test_rows_of_before_are_kept_and_say_the_same(database: Engine) -> None:
    filled(database)
    again = open_engine(database.url.render_as_string(hide_password=False))
    migrate(again)
    assert differences_from_models(again) == []
    with reading(again) as session:
        kept = found(session, Application)
        assert [each.status.value for each in kept] == [status for status, _at, _place in ROWS]
        assert [each.motivation for each in kept] == [f"Motivation {number}" for number in range(1, 6)]
        assert {(each.company_words, each.promised_on, each.nudged_at, each.sent_at) for each in kept} == {
            ("Merci.", None, None, NOW)
        }
        interviews = found(session, Interview)
        assert [(each.application_id, each.state, each.starts_at, each.place) for each in interviews] == [
            (1, InterviewState.AGREED, AT, "À l’atelier"),
            (2, InterviewState.CANCELLED, AT, "Ici"),
            (4, InterviewState.AGREED, AT, "Là"),
        ]
        assert {(each.kind, each.minutes, each.sequence) for each in interviews} == {(InterviewKind.ON_SITE, 45, 0)}
        assert [(each.by, each.at) for each in found(session, InterviewSlot)] == [(Role.COMPANY, AT)] * 3
        assert [(each.application_id, each.status, each.settled_at) for each in found(session, Introduction)] == [
            (4, IntroductionStatus.TAKEN_OVER, None),
            (5, IntroductionStatus.WAITING, None),
        ]
        assert len(found(session, ApplicationChange)) == len(ROWS)
        [mail] = found(session, OutboxMessage)
        assert (mail.key, mail.held, mail.about, mail.calendar, mail.waits_for_morning) == ("vieux", "", "", "", False)
    again.dispose()


def test_the_rows_kept_go_on_living(database: Engine) -> None:
    """What was moved is numbered on, and whoever fell through may apply again, which the old index forbade."""
    filled(database)
    again = open_engine(database.url.render_as_string(hide_password=False))
    migrate(again)
    with transaction(again) as session:
        accepted = session.get_one(Application, 4)
        accepted.status = ApplicationStatus.FELL_THROUGH
        session.flush()
        session.exec(select(Interview).where(Interview.application_id == 4)).one().state = InterviewState.CANCELLED
        learner = session.get_one(factories.Learner, accepted.learner_id)
        fresh = factories.an_application(session, session.get_one(factories.Offer, accepted.offer_id), learner, id=6)
        factories.an_interview(session, fresh, starts_at=AT)
    with reading(again) as session:
        assert [each.application_id for each in found(session, Interview)] == [1, 2, 4, 6]
    again.dispose()
