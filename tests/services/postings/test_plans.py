"""How the database finds a company's rows: by an index on the company, never by reading those of everybody.

With a hundred thousand offers on the site, a list that scans them all takes most of a second for a baker with three.
"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event

from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxSearch
from stageplus.services.postings.queries import my_offer, my_offers, offers_to_tend
from stageplus.services.postings.schemas import PostingSearch
from tests.factories import NOW
from tests.services.postings.conftest import House

READS: dict[str, Callable[[House, int], Any]] = {
    "inbox": lambda house, _offer: inbox(house.member, InboxSearch(), now=NOW, on=house.database),
    "my_offers": lambda house, _offer: my_offers(house.member, PostingSearch(), now=NOW, on=house.database),
    "offers_to_tend": lambda house, _offer: offers_to_tend(house.member, now=NOW, on=house.database),
    "my_offer": lambda house, offer: my_offer(house.member, offer, now=NOW, on=house.database),
}


@pytest.fixture
def database(sqlite_database: Engine) -> Engine:
    """Give SQLite only: its plans are words."""
    return sqlite_database


@pytest.mark.parametrize("read", READS)
def test_a_read_of_one_company_scans_no_table_of_all(read: str, house: House) -> None:
    said: list[tuple[str, Any]] = []
    offer = house.publish()
    event.listen(house.database, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
    READS[read](house, offer)
    statements = [each for each in said if each[0].startswith("SELECT")]
    with house.database.connect() as connection:
        plans = [
            str(line[3])
            for statement, values in statements
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert plans
    assert [line for line in plans if line.startswith(("SCAN offer", "SCAN application", "SCAN establishment"))] == []
