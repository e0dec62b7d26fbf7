"""Columns that repeat other rows stay true, whoever writes those rows."""

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import select

from stageplus.db.engine import open_engine, reading, transaction
from stageplus.db.revisions import _config, migrate
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Company, Introduction, Learner, Person
from tests import factories


def learner_named(database: Engine, **names: str) -> int:
    with transaction(database) as session:
        factories.minimal_reference(session)
        person = factories.a_person(session, Role.LEARNER, **names)
        return factories.a_learner(session, person_id=person.id).id or 0


def kept(database: Engine, learner_id: int) -> Learner:
    with reading(database) as session:
        return session.get_one(Learner, learner_id)


def test_a_learner_is_sorted_by_the_last_name(database: Engine) -> None:
    learner_id = learner_named(database, first_name="Zoé", last_name="D’Hondt")
    assert kept(database, learner_id).plain_name == "d hondt zoe"


def test_a_learner_who_changes_name_is_found_by_the_new_one(database: Engine) -> None:
    learner_id = learner_named(database, first_name="Lou", last_name="Avant")
    with transaction(database) as session:
        person = session.get_one(Person, session.get_one(Learner, learner_id).person_id)
        person.last_name = "Après"
    assert kept(database, learner_id).plain_name == "apres lou"


def test_the_longest_names_fit(database: Engine) -> None:
    learner_id = learner_named(database, first_name="ß" * 80, last_name="ﬃ" * 80)
    assert len(kept(database, learner_id).plain_name) == 170


def test_an_introduction_gives_a_place(database: Engine) -> None:
    learner_id, other = learner_named(database), 0
    with transaction(database) as session:
        learner = session.get_one(Learner, learner_id)
        other = factories.a_learner(session).id or 0
        status = ApplicationStatus.ACCEPTED
        accepted = factories.an_application(session, factories.an_offer(session), learner, status=status)
        session.add(
            Introduction(application_id=accepted.id or 0, operator_id=learner.operator_id, created_at=datetime.now(UTC))
        )
    assert (kept(database, learner_id).has_place, kept(database, other).has_place) == (True, False)


def test_a_company_is_found_by_its_name_as_it_is_now(database: Engine) -> None:
    with transaction(database) as session:
        company_id = factories.a_company(session, name="L’Épi d’Or").id
    with transaction(database) as session:
        company = session.get_one(Company, company_id)
        assert company.plain_name == "l epi d or"
        company.name = "Boulangerie Ça va"
    with reading(database) as session:
        assert session.exec(select(Company.plain_name)).one() == "boulangerie ca va"


def test_an_enrolment_and_an_establishment_are_sorted_by_their_names_as_they_are_now(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        enrolment = factories.an_enrolment(session, first_name="Élodie", last_name="Özgür-Łukasz")
        house = factories.an_establishment(session, name="Atelier de l’Église")
        assert (enrolment.plain_name, house.plain_name) == ("ozgur lukasz elodie", "atelier de l eglise")
        enrolment.last_name, house.name = "Évrard", "Atelier d’Été"
        session.flush()
        assert (enrolment.plain_name, house.plain_name) == ("evrard elodie", "atelier d ete")


def test_people_enrolments_and_establishments_from_before_get_their_plain_names(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        factories.an_enrolment(session, first_name="Élodie", last_name="Özgür")
        factories.a_person(session, Role.COACH, first_name="Zoé", last_name="Ångström")
        factories.an_establishment(session, name="L’Église")
    with database.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0017")
    again = open_engine(database.url.render_as_string(hide_password=False))
    migrate(again)
    with again.connect() as connection:
        tables = ("enrolment", "person", "establishment")
        names = [connection.execute(text(f"SELECT plain_name FROM {table}")).scalar_one() for table in tables]
    again.dispose()
    assert names == ["ozgur elodie", "angstrom zoe", "l eglise"]


def test_rows_from_before_get_their_columns_when_the_database_is_migrated(database: Engine) -> None:
    learner_id = learner_named(database, first_name="Zoé", last_name="Ångström")
    with transaction(database) as session:
        learner = session.get_one(Learner, learner_id)
        accepted = factories.an_application(session, factories.an_offer(session), learner)
        session.add(
            Introduction(application_id=accepted.id or 0, operator_id=learner.operator_id, created_at=datetime.now(UTC))
        )
        factories.a_learner(session)
    with database.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0012")
    again = open_engine(database.url.render_as_string(hide_password=False))
    migrate(again)
    with again.connect() as connection:
        rows = connection.execute(text("SELECT plain_name, has_place FROM learner ORDER BY id")).all()
        companies = connection.execute(text("SELECT plain_name FROM company WHERE plain_name = ''")).all()
    again.dispose()
    assert [(rows[0][0], bool(rows[0][1])), bool(rows[1][1])] == [("angstrom zoe", True), False]
    assert companies == []
