"""What the privacy page promises is done: contents, accounts and logs go when their time is over, and not before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, func, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import NotFound
from stageplus.models import (
    Application,
    ApplicationChange,
    Conversation,
    Enrolment,
    EnrolmentState,
    FactDay,
    Favourite,
    Interview,
    JournalEntry,
    Learner,
    LearnerNote,
    Notice,
    Offer,
    Operator,
    OutboxMessage,
    Person,
    SignInSession,
)
from stageplus.services.applications.queries import inbox_detail, my_application
from stageplus.services.erasure.actions import erase_applications, forget_logs, tidy_accounts
from stageplus.services.facts.actions import rebuild_facts
from stageplus.services.followup.queries import followed_learner
from stageplus.services.people.queries import people
from stageplus.services.people.schemas import PeopleSearch
from tests import factories
from tests.factories import NOW

MONTH, DAY = timedelta(days=30.5), timedelta(days=1)
SECRET = "J’aime la pâte à choux"


@dataclass
class Site:
    """A learner who applied in good time, the company and the staff around them."""

    database: Engine
    learner: int
    person: int
    application: int
    actor: Actor
    company: Actor
    staff: Actor

    def row(self, table: type[Any], number: int) -> Any:
        """Read a row."""
        with reading(self.database) as session:
            return session.get(table, number)

    def change(self, table: type[Any], number: int, **fields: object) -> None:
        """Change a row."""
        with transaction(self.database) as session:
            session.get_one(table, number).sqlmodel_update(fields)

    def ended(self, at: datetime, status: ApplicationStatus = ApplicationStatus.REFUSED) -> None:
        """Let the application have ended."""
        self.change(Application, self.application, status=status, changed_at=at)

    def came(self, at: datetime) -> None:
        """Let the learner have come."""
        with transaction(self.database) as session:
            factories.a_session(session, self.person, token=f"jeton {at}", last_seen_at=at)


@pytest.fixture
def site(database: Engine) -> Site:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        learner = factories.a_learner(session, operator)
        offer = factories.an_offer(session)
        words = {"motivation": SECRET, "experience": SECRET, "phone": "0470123456", "company_words": SECRET}
        application = factories.an_application(session, offer, learner, **words)
        factories.a_talk(session, application)
        factories.an_interview(session, application, NOW, place=SECRET)
        told = {"application_id": application.id, "step": "send", "status": ApplicationStatus.SENT}
        session.add(ApplicationChange(role=Role.LEARNER, at=NOW - 5 * MONTH, **told))
        session.get_one(Person, learner.person_id).created_at = NOW - 40 * MONTH
        return Site(
            database,
            learner.id or 0,
            learner.person_id,
            application.id or 0,
            factories.actor_of_learner(learner),
            factories.a_member(session, offer.company_id),
            factories.a_staff_member(session, operator.id or 0),
        )


def counts(database: Engine, *tables: type[SQLModel]) -> list[int]:
    with reading(database) as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def mails(database: Engine) -> list[OutboxMessage]:
    with reading(database) as session:
        return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))


def erase(site: Site, at: datetime = NOW) -> int:
    return erase_applications(now=at, on=site.database)


def tidy(site: Site, at: datetime = NOW) -> int:
    return tidy_accounts(now=at, on=site.database)


def test_an_application_is_emptied_after_its_months_and_its_row_stays(site: Site) -> None:
    site.ended(NOW - 3 * MONTH + DAY)
    assert erase(site) == 0 and site.row(Application, site.application).motivation == SECRET
    assert [erase(site, NOW + 2 * DAY), erase(site, NOW + 3 * DAY)] == [1, 0]
    left = site.row(Application, site.application)
    assert SECRET not in repr(left) and (left.phone, left.erased_at) == ("", NOW + 2 * DAY)
    assert left.status is ApplicationStatus.REFUSED
    assert counts(site.database, Conversation, Interview) == [0, 0]


def test_the_company_no_longer_sees_whom_it_met_and_the_learner_reads_why_it_is_empty(site: Site) -> None:
    site.ended(NOW - 4 * MONTH)
    assert inbox_detail(site.company, site.application, now=NOW, on=site.database).motivation == SECRET
    erase(site)
    with pytest.raises(NotFound):
        inbox_detail(site.company, site.application, now=NOW, on=site.database)
    assert "Vie privée" in my_application(site.actor, site.application, now=NOW, on=site.database).motivation


def test_what_still_waits_for_an_answer_is_left(site: Site) -> None:
    site.ended(NOW - 20 * MONTH, ApplicationStatus.SEEN)
    assert erase(site) == 0


def test_words_that_came_after_the_erasure_go_in_their_turn(site: Site) -> None:
    site.ended(NOW - 4 * MONTH, ApplicationStatus.UNANSWERED)
    erase(site)
    site.change(
        Application, site.application, company_words=SECRET, changed_at=NOW + DAY, status=ApplicationStatus.REFUSED
    )
    assert erase(site, NOW + 2 * MONTH) == 0
    assert erase(site, NOW + 4 * MONTH) == 1
    assert site.row(Application, site.application).company_words == ""


def test_who_sleeps_is_warned_once_and_erased_a_month_later(site: Site) -> None:
    site.came(NOW - 11 * MONTH)
    assert tidy(site, NOW - DAY) == 0
    assert [tidy(site, NOW + each * DAY) for each in (1, 2, 20)] == [1, 0, 0]
    [mail] = mails(site.database)
    assert "Garder mon compte" in mail.text and "décembre 2026" in mail.text
    assert site.row(Learner, site.learner).erased_at is None
    assert tidy(site, NOW + MONTH + 2 * DAY) == 1
    assert site.row(Learner, site.learner).erased_at is not None


def test_one_visit_keeps_the_account_and_the_next_sleep_is_warned_of_anew(site: Site) -> None:
    site.came(NOW - 11 * MONTH - DAY)
    tidy(site)
    site.came(NOW + 5 * DAY)
    assert [tidy(site, NOW + each * MONTH) for each in (2, 6, 10)] == [0, 0, 0]
    assert tidy(site, NOW + 11 * MONTH + 6 * DAY) == 1
    assert len(mails(site.database)) == 2


def test_nobody_is_erased_for_sleeping_before_a_month_of_warning(site: Site) -> None:
    assert [tidy(site), tidy(site, NOW + 30 * DAY), tidy(site, NOW + 31 * DAY)] == [1, 0, 1]


def test_a_new_account_that_nobody_has_opened_yet_is_left(site: Site) -> None:
    site.change(Person, site.person, created_at=NOW - DAY)
    assert tidy(site) == 0


def test_an_erased_account_leaves_a_row_that_says_nothing(site: Site) -> None:
    before = site.row(Person, site.person)
    with transaction(site.database) as session:
        session.add(Favourite(learner_id=site.learner, offer_id=session.exec(select(Offer.id)).one(), kept_at=NOW))
        factories.a_notice(session, site.person, words=SECRET)
        note = {"operator_id": site.staff.operator_id, "person_id": site.staff.person_id, "words": SECRET, "at": NOW}
        session.add(LearnerNote(learner_id=site.learner, **note))
        enrolled = factories.an_enrolment(session, session.get_one(Operator, site.staff.operator_id))
        enrolled.learner_id, enrolled.activated_at = site.learner, NOW
        session.add(enrolled)
    site.came(NOW - DAY)
    site.change(Learner, site.learner, enrolment_ended_on=(NOW - 3 * MONTH - 2 * DAY).date())
    rebuild_facts(now=NOW, on=site.database)
    with reading(site.database) as session:
        figures = session.exec(select(func.sum(FactDay.count))).one()
    assert tidy(site) == 1
    person, learner = site.row(Person, site.person), site.row(Learner, site.learner)
    told = f"{person!r} {learner!r}"
    assert not any(each in told for each in (before.first_name, before.last_name, before.email, SECRET))
    assert (learner.phone, learner.birth_year, learner.postal_code, person.password_hash) == (None, 0, "", "")
    assert counts(site.database, Favourite, Notice, LearnerNote, SignInSession) == [0, 0, 0, 0]
    with reading(site.database) as session:
        assert session.exec(select(Enrolment.activated_at)).one() is None
    left = site.row(Application, site.application)
    assert (left.status, left.motivation) == (ApplicationStatus.WITHDRAWN, "")
    with pytest.raises(NotFound):
        followed_learner(site.staff, site.learner, now=NOW, on=site.database)
    rebuild_facts(now=NOW, on=site.database)
    with reading(site.database) as session:
        assert session.exec(select(func.sum(FactDay.count))).one() >= figures > 0
    assert tidy(site, NOW + DAY) == 0


def test_offa_does_not_find_who_was_erased(site: Site) -> None:
    with transaction(site.database) as session:
        offa = factories.an_offa_member(session)
    everybody = people(offa, PeopleSearch(), now=NOW, on=site.database).rows
    site.change(Learner, site.learner, enrolment_ended_on=(NOW - 4 * MONTH).date())
    tidy(site)
    left = people(offa, PeopleSearch(), now=NOW, on=site.database).rows
    assert len(everybody) - len(left) == 1 and site.person not in {row.person_id for row in left}


@pytest.mark.parametrize(("days", "left"), [(-2, 1), (2, 0)])
def test_a_line_of_a_roster_goes_three_months_after_its_end(site: Site, days: int, left: int) -> None:
    with transaction(site.database) as session:
        ended = {"state": EnrolmentState.ENDED, "ended_on": (NOW - 3 * MONTH - days * DAY).date()}
        factories.an_enrolment(session, **ended)
    site.came(NOW)
    assert tidy(site) == 1 - left
    assert counts(site.database, Enrolment) == [left]


def a_mail(session: Session, key: str, at: datetime, sent_at: datetime | None) -> None:
    words = {"recipient": "a@demo.test", "kind": "account", "subject": SECRET, "text": "", "html": ""}
    session.add(OutboxMessage(key=key, created_at=at, next_try_at=at, sent_at=sent_at, **words))


def test_logs_are_kept_twelve_months(site: Site) -> None:
    old, recent = NOW - 12 * MONTH - DAY, NOW - 12 * MONTH + DAY
    with transaction(site.database) as session:
        for number, at in enumerate((old, recent)):
            session.add(JournalEntry(at=at, action="session.opened", subject_id=site.person))
            factories.a_session(session, site.person, token=str(number), last_seen_at=at)
            a_mail(session, f"parti {number}", at, at)
        a_mail(session, "attend", old, None)
    assert forget_logs(now=NOW, on=site.database) == 3
    assert counts(site.database, JournalEntry, SignInSession) == [1, 1]
    assert [mail.key for mail in mails(site.database)] == ["parti 1", "attend"]
    assert site.row(Person, site.person).role is Role.LEARNER
