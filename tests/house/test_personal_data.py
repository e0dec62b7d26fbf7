"""Whatever table leads to a person is in the file of their own data, or says here why not.

A right to see one's data that forgets a table is no right. A column leads to a person when it is a foreign key to one,
or to a row that leads to one itself, or holds an address. Mend a failure in `stageplus/services/privacy/`: read the
column in a section and name it in its `columns`; or write here what keeps it out.
"""

from collections import Counter

from sqlalchemy import Column
from sqlmodel import SQLModel

from stageplus.services.privacy.actions import SECTIONS

BY_NAME = {"email", "recipient", "person_id", "claim_id", "holder"}
WITHOUT = {
    "roster_change.import_id": "the enrolment leads to the person whom the change is about",
    "operator.contact_email": "public, of an organization",
    "passkey_challenge.holder": "a digest of a cookie, forgotten within minutes",
    "provider_attempt.holder": "a digest of a cookie, forgotten within minutes",
    "held_answer.application_id": "what an answer changed, forgotten within a minute",
    "held_answer.person_id": "who may take an answer back, forgotten within a minute",
    "job_lease.holder": "a process",
}


def leading_to_people() -> set[str]:
    tables = SQLModel.metadata.tables.values()
    about, before = {"person"}, 0
    while len(about) > before:
        before = len(about)
        about |= {table.name for table in tables if any(parents(column) & about for column in table.columns)}
    return {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if parents(column) & about or column.name in BY_NAME or column.name.endswith("email")
    }


def parents(column: Column[object]) -> set[str]:
    return {key.target_fullname.split(".")[0] for key in column.foreign_keys}


def test_every_column_that_leads_to_a_person_is_in_their_file_or_says_why_not() -> None:
    shown = {column for section in SECTIONS.values() for column in section.columns}
    assert leading_to_people() - shown - set(WITHOUT) == set()
    assert (shown | set(WITHOUT)) - leading_to_people() == set(), "a column that is gone leaves the lists"
    assert shown & set(WITHOUT) == set()


def test_a_new_table_is_noticed() -> None:
    found = leading_to_people()
    assert {"person.email", "learner.person_id", "favourite.learner_id", "invited_sector.invitation_id"} <= found
    assert not any(column.startswith(("trade.", "municipality.", "establishment.")) for column in found)


def test_names_are_used_once() -> None:
    counted = Counter(column for section in SECTIONS.values() for column in section.columns)
    assert {column for column, times in counted.items() if times > 1} == set()
