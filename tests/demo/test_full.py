"""The world at full size keeps what the house keeps: checked, small, against a plain look at each of its rows."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, func, select

from stageplus import cli
from stageplus.db import engine as databases
from stageplus.db.engine import reading, transaction
from stageplus.demo.full import BEGUN, HalfFilled, fill_full_world
from stageplus.demo.full_ground import Size, size_of
from stageplus.domain.actors import Role
from stageplus.domain.applications import ANSWERED, APPLICATION_LIFE, TO_ANSWER, ApplicationStatus, Facts
from stageplus.domain.happenings import START, Measure, Taken, happenings
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OFFER_LIFE, OfferStatus
from stageplus.models import (
    AnswerRate,
    Application,
    ApplicationChange,
    Approval,
    ApprovalRecord,
    ApprovalState,
    Company,
    CompanyMember,
    Enrolment,
    Establishment,
    FactDay,
    Introduction,
    JobLease,
    Learner,
    Offer,
    OfferChange,
    OfferWord,
    OpenFigure,
    Operator,
    Person,
    plain_name,
)
from stageplus.services.facts.actions import rebuild_facts
from stageplus.services.leases import DEMO_MARK
from stageplus.services.offers.actions import words_for
from stageplus.services.registers.actions import import_reference
from stageplus.texts.formats import day_in_brussels

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SIZE = size_of(2_500)


@pytest.fixture
def world(database: Engine) -> Engine:
    import_reference(on=database)
    with transaction(database) as session:
        session.add(JobLease(name=DEMO_MARK, until=NOW, last_run_at=NOW, last_result="monde inventé"))
    fill_full_world(SIZE, now=NOW, on=database)
    return database


def rows(session: Session, table: Any) -> list[Any]:
    key = [col(getattr(table, column.name)) for column in table.__table__.primary_key]
    return list(session.exec(select(table).order_by(*key)))


def stories(session: Session) -> dict[int, list[ApplicationChange]]:
    told: dict[int, list[ApplicationChange]] = defaultdict(list)
    for change in rows(session, ApplicationChange):
        told[change.application_id].append(change)
    return told


def everybody_is_named_and_placed(session: Session) -> None:
    people = {person.id: person for person in rows(session, Person)}
    assert all(person.email.endswith(".demo.test") for person in people.values())
    for named in [*people.values(), *rows(session, Enrolment)]:
        assert named.plain_name == plain_name(named.last_name, named.first_name)
    for named in [*rows(session, Company), *rows(session, Establishment)]:
        assert named.plain_name == plain_name(named.name)
    kept = {
        application.learner_id
        for application in rows(session, Application)
        if application.status is ApplicationStatus.ACCEPTED
    }
    learners = rows(session, Learner)
    enrolled = {enrolment.learner_id: enrolment for enrolment in rows(session, Enrolment)}
    for learner in learners:
        assert learner.plain_name == people[learner.person_id].plain_name
        assert learner.has_place is (learner.id in kept)
        assert enrolled[learner.id].operator_id == learner.operator_id
        assert enrolled[learner.id].ended_on == learner.enrolment_ended_on
    assert 0 < sum(not learner.has_place for learner in learners) < len(learners)
    assert Counter(operator.kind for operator in rows(session, Operator)) == {"ifapme": 15, "cefa": 43, "efp": 1}


def offers_follow_their_life(session: Session) -> None:
    steps: dict[int, list[OfferChange]] = defaultdict(list)
    for change in rows(session, OfferChange):
        steps[change.offer_id].append(change)
    taken = Counter(
        application.offer_id
        for application in rows(session, Application)
        if application.status is ApplicationStatus.ACCEPTED
    )
    granted = {
        (each.establishment_id, each.trade_code)
        for each in rows(session, Approval)
        if each.state is ApprovalState.GRANTED
    }
    houses = {house.id: house for house in rows(session, Establishment)}
    promised: Counter[int] = Counter()
    offers = rows(session, Offer)
    for offer in offers:
        status = OfferStatus.DRAFT
        for change in steps[offer.id]:
            status = OFFER_LIFE.after(change.step, status, change.role, None)
            assert change.status is status
            assert offer.published_at <= change.at <= NOW
        assert [each.at for each in steps[offer.id]] == sorted(each.at for each in steps[offer.id])
        assert offer.status is status
        assert offer.places_taken == taken[offer.id]
        is_full = offer.status is OfferStatus.FILLED and offer.closing_reason is None
        assert is_full == (offer.places_taken == offer.places)
        assert (offer.establishment_id, offer.trade_code) in granted
        house = houses[offer.establishment_id]
        assert (offer.company_id, offer.municipality_ins) == (house.company_id, house.municipality_ins)
        if status in {OfferStatus.PUBLISHED, OfferStatus.SUSPENDED}:
            promised[house.id] += offer.places
            assert offer.ends_on >= day_in_brussels(NOW)
    assert all(places <= houses[house].workers for house, places in promised.items())
    assert {offer.status for offer in offers} == set(OfferStatus)
    assert {member.company_id for member in rows(session, CompanyMember)} == {
        each.id for each in rows(session, Company)
    }
    assert session.exec(select(func.count(col(ApprovalRecord.id)))).one() == len(rows(session, Approval))


def applications_follow_their_life(session: Session) -> None:
    told, introduced = stories(session), {each.application_id: each for each in rows(session, Introduction)}
    offers = {offer.id: offer for offer in rows(session, Offer)}
    learners = {learner.id: learner for learner in rows(session, Learner)}
    people = {person.id: person for person in rows(session, Person)}
    applications = rows(session, Application)
    for application in applications:
        story, status = told[application.id or 0], ApplicationStatus.DRAFT
        for change in story:
            status = APPLICATION_LIFE.after(change.step, status, change.role, Facts())
            assert change.status is status
        assert application.status is status
        assert [change.at for change in story] == sorted(change.at for change in story)
        assert (application.sent_at, application.changed_at) == (story[0].at, story[-1].at)
        offer, learner = offers[application.offer_id], learners[application.learner_id]
        assert offer.published_at <= application.sent_at <= application.changed_at <= NOW
        assert people[learner.person_id].created_at <= application.sent_at
        left = learner.enrolment_ended_on
        assert left is None or day_in_brussels(application.sent_at) <= left
        assert (application.refusal_reason is not None) is (status is ApplicationStatus.REFUSED)
        assert (application.id in introduced) is any(change.step == "accept" for change in story)
        if introduction := introduced.get(application.id):
            failed = introduction.status is IntroductionStatus.FAILED
            assert failed is (status is ApplicationStatus.FELL_THROUGH)
            assert introduction.operator_id == learner.operator_id
            assert introduction.settled_at is None or introduction.settled_at <= NOW
        if offer.status is OfferStatus.FILLED and offer.closing_reason is None:
            assert status not in TO_ANSWER | {ApplicationStatus.IN_CONTACT}
    pairs = [(each.learner_id, each.offer_id) for each in applications]
    assert len(set(pairs)) == len(pairs) == SIZE.applications
    assert {each.status for each in applications} == set(ApplicationStatus) - {ApplicationStatus.DRAFT}


def copies_say_what_their_rows_say(session: Session) -> None:
    offers, houses = rows(session, Offer), {house.id: house for house in rows(session, Establishment)}
    words = {(each.word, each.municipality_ins, each.offer_id) for each in rows(session, OfferWord)}
    assert words == {
        (each.word, each.municipality_ins, each.offer_id)
        for offer in offers
        if offer.status is OfferStatus.PUBLISHED
        for each in words_for(offer, houses[offer.establishment_id].name)
    }
    company = {offer.id: offer.company_id for offer in offers}
    since = NOW.replace(year=NOW.year - 1)
    received: dict[int, list[bool]] = defaultdict(list)
    for application in rows(session, Application):
        late = application.status in TO_ANSWER and application.answer_due_on < day_in_brussels(NOW)
        if application.sent_at >= since and (application.status in ANSWERED or late):
            received[company[application.offer_id]].append(application.status in ANSWERED)
    rates = {each.company_id: (each.received, each.answered) for each in rows(session, AnswerRate)}
    assert rates == {company_id: (len(all_of), sum(all_of)) for company_id, all_of in received.items()}


def facts_are_counted_from_the_logs(session: Session) -> None:
    counted: Counter[Measure] = Counter()
    begun = {each.application_id: each.settled_at for each in rows(session, Introduction) if each.started_on}
    for number, story in stories(session).items():
        taken = [Taken(each.step, each.status, each.role, day_in_brussels(each.at)) for each in story]
        if number in begun:
            taken.append(Taken(START, ApplicationStatus.ACCEPTED, None, day_in_brussels(begun[number])))
        for each in happenings(taken):
            counted[each.measure] += each.times
    of_offers = {Measure.PUBLISHED, Measure.OPENED}
    known: Counter[Measure] = Counter()
    for fact in rows(session, FactDay):
        if fact.measure not in of_offers:
            known[fact.measure] += fact.count
    assert known == counted
    assert len({figure.month for figure in rows(session, OpenFigure)}) >= 23


CHECKS: tuple[Callable[[Session], None], ...] = (
    everybody_is_named_and_placed,
    offers_follow_their_life,
    applications_follow_their_life,
    copies_say_what_their_rows_say,
    facts_are_counted_from_the_logs,
)


def test_what_the_house_keeps_holds(world: Engine) -> None:
    for check in CHECKS:
        with reading(world) as session:
            check(session)


def test_counting_again_and_filling_again_change_nothing(world: Engine) -> None:
    def facts() -> list[dict[str, Any]]:
        with reading(world) as session:
            return [row.model_dump() for row in rows(session, FactDay)]

    before = facts()
    fill_full_world(SIZE, now=NOW + timedelta(days=1), on=world)
    assert facts() == before
    rebuild_facts(now=NOW, on=world)
    assert facts() == before


def test_rows_that_come_later_are_numbered_after_the_world(world: Engine) -> None:
    for table in (Person, Company, Learner, Offer, Application):
        with transaction(world) as session:
            last = rows(session, table)[-1]
            staff = session.exec(select(Person.id).where(Person.role == Role.OPERATOR)).first()
            copy = last.model_dump(exclude={"id"}) | FRESH[table] | ({"person_id": staff} if table is Learner else {})
            made = table(**copy)
            session.add(made)
            session.flush()
            assert (made.id or 0) > (last.id or 0)
            session.rollback()


FRESH: dict[type[SQLModel], dict[str, Any]] = {
    Person: {"email": "nouveau@demo.test"},
    Company: {"enterprise_number": "0000000097"},
    Learner: {"operator_reference": "nouveau"},
    Offer: {"form_key": "nouveau", "day_starts_at": time(8)},
    Application: {"form_key": "nouveau", "status": ApplicationStatus.LAPSED},
}


def test_a_world_that_was_interrupted_says_so(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction(sqlite_database) as session:
        session.add(JobLease(name=DEMO_MARK, until=NOW, last_run_at=NOW, last_result=BEGUN))
    with pytest.raises(HalfFilled):
        fill_full_world(SIZE, now=NOW, on=sqlite_database)
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    monkeypatch.setattr(cli, "_require_free_port", lambda *_address: None)
    monkeypatch.setattr(cli, "_build_when_needed", lambda: None)
    monkeypatch.setattr(cli, "_prepare_demo", lambda: None)
    told = CliRunner().invoke(cli.main, ["demo", "--size", "full"])
    assert told.exit_code == 1
    assert "effacez cette base" in told.output


def test_sizes_are_in_proportion() -> None:
    assert size_of(1_000_000) == Size(35_000, 10_000, 100_000, 1_000_000)
    assert size_of(100_000) == Size(3_500, 1_000, 10_000, 100_000)
    assert size_of(10) == Size(20, 20, 20, 10)
