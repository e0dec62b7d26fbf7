"""The database knows how much its tables hold, by which it chooses how to answer."""

import pytest
from sqlalchemy import Engine, text

from stageplus.db.engine import reading, refresh_statistics, transaction
from tests import factories

COUNTED = {
    "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'offer' AND idx = 'ix_offer_place'",
    "postgresql": "SELECT count(*) FROM pg_stats WHERE tablename = 'offer' AND attname = 'municipality_ins'",
}


def test_every_index_of_offers_is_counted(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        house = factories.an_establishment(session)
        for _number in range(3):
            factories.an_offer(session, house)
    refresh_statistics(database)
    with reading(database) as session:
        assert session.execute(text(COUNTED[database.dialect.name])).scalar_one() == 1


def test_a_radius_is_planned_with_few_of_them(database: Engine) -> None:
    if database.dialect.name != "postgresql":
        pytest.skip("SQLite keeps no list of common values")
    kept = "attname = 'municipality_ins' AND attstattarget = 10"
    asked = f"SELECT attrelid::regclass::text FROM pg_attribute WHERE {kept}"
    with reading(database) as session:
        assert set(session.execute(text(asked)).scalars()) == {"offer", "offer_word"}
