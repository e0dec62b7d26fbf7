"""What the database is really asked for a coach: no table of learners, and of applications only what counts need."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event
from sqlmodel import SQLModel

from tests.matrix.conftest import World
from tests.matrix.table import TABLE, WHO
from tests.matrix.test_services import outcome

COLUMN = WHO.index("coach")
AREAS = {"coaching", "company_contacts", "saved_views"}
LOOKS = {"circulars.circular_desk", "circulars.preview_circular"}
SENDS = "circulars.send_circular"
USE_CASES = [name for name in TABLE if name.split(".")[0] in AREAS or name in {*LOOKS, SENDS}]
TABLES = {
    "answer_rate",
    "application",
    "application_change",
    "approval",
    "circular",
    "company",
    "company_contact",
    "company_follow_up",
    "establishment",
    "municipality",
    "offer",
    "offer_change",
    "parameter",
    "person",
    "saved_view",
    "sector",
    "trade",
}
WRITTEN_TO = {"circular_stop", "company_member", "member_establishment"}
"""Who acts for a company: asked whether there is anybody, and, when a message leaves, at which address."""
ADDRESS = {"email", "suspended_at", "unreachable_since"}
"""Of whoever acts for a company, and of the coach, whose own address stands in the mail."""
MAILS = {"mail_choice", "notice", "outbox_message", "single_use_link"}
COLUMNS = {
    "application": {"id", "offer_id", "status", "sent_at"},
    "application_change": {"application_id", "step", "at"},
    "person": {"id", "first_name", "last_name", "role"},
}


@contextmanager
def everything_said(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_there_is_something_to_watch() -> None:
    assert {"coaching.my_desk", "coaching.companies_file", "company_contacts.note_contact"} <= set(USE_CASES)
    assert {TABLE[name].split()[COLUMN] for name in USE_CASES} == {"A"}


@pytest.mark.parametrize("use_case", USE_CASES)
def test_nothing_of_a_learner_is_asked(use_case: str, world: World, copy: Engine) -> None:
    with everything_said(copy) as said:
        letter, shown = outcome(use_case, world, "coach", copy)
        read = b"".join(shown) if isinstance(shown, Iterator) else shown
    assert letter == "A" and read is not None and said
    known = set(SQLModel.metadata.tables)
    for statement in said:
        named = set(re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE|,)\s+\"?(\w+)", statement)) & known
        columns = re.findall(r"\b(\w+)\.(\w+)", statement)
        tables = (
            TABLES | (WRITTEN_TO if use_case in {*LOOKS, SENDS} else set()) | (MAILS if use_case == SENDS else set())
        )
        assert named | {table for table, _column in columns} & known <= tables, statement
        if use_case == SENDS:
            continue  # the outbox reads whom it mails: those whom the looks find, by their number
        for table, allowed in COLUMNS.items():
            more = ADDRESS if table == "person" and use_case in LOOKS else set()
            assert {column for where, column in columns if where == table} <= allowed | more, statement
        if "person" in named and "company_member" not in named:
            assert re.search(r"person\.role = ", statement), "only the name of somebody who is a coach"
