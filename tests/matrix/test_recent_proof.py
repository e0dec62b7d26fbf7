"""An open session that somebody finds changes nobody's access: each act of the table, with a proof that is too old."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from stageplus.domain.errors import DomainError, FreshFactorNeeded
from tests.factories import NOW
from tests.house.test_use_cases import acts
from tests.matrix.conftest import World
from tests.matrix.proofs import ASKED, OTHERWISE
from tests.matrix.table import TABLE, WHO
from tests.matrix.test_services import perform

ADMITTED = [
    (use_case, who)
    for use_case, line in TABLE.items()
    for who, cell in zip(WHO, line.split(), strict=True)
    if cell in "AE"
]
ONE_EACH = dict(ADMITTED[::-1])


def asks(use_case: str, who: str, world: World, copy: Engine, minutes: int | None) -> bool:
    """Say whether somebody whose last proof is so many minutes old, or who gave none, is asked for another."""
    actor = world.actors[who]
    assert actor is not None
    proved_at = None if minutes is None else NOW - timedelta(minutes=minutes)
    try:
        perform(use_case, world, replace(actor, proved_at=proved_at), copy)
    except FreshFactorNeeded:
        return True
    except DomainError:
        pass
    return False


@pytest.mark.parametrize(("use_case", "who"), [cell for cell in ADMITTED if cell[0] in ASKED])
def test_a_stale_proof_is_refused_whoever_acts(use_case: str, who: str, world: World, copy: Engine) -> None:
    assert asks(use_case, who, world, copy, minutes=10)


@pytest.mark.parametrize("use_case", sorted(ASKED))
def test_no_proof_is_refused_and_a_recent_one_is_not(use_case: str, world: World, copy: Engine) -> None:
    assert asks(use_case, ONE_EACH[use_case], world, copy, minutes=None)
    assert not asks(use_case, ONE_EACH[use_case], world, copy, minutes=9)


@pytest.mark.parametrize("use_case", sorted(set(TABLE) - ASKED))
def test_nothing_else_asks_for_one(use_case: str, world: World, copy: Engine) -> None:
    who = ONE_EACH.get(use_case)
    if who and who != "anonymous":
        assert not asks(use_case, who, world, copy, minutes=None)


def test_every_act_says_whether_it_asks() -> None:
    placed = [*ASKED, *[name for names in OTHERWISE.values() for name in names]]
    assert len(placed) == len(set(placed)), "an act is in one table only"
    missing = {name for name in acts() if name in TABLE} - set(placed)
    assert missing == set(), "add the act to ASKED in tests/matrix/proofs.py, or say there why it needs no proof"
    assert set(placed) <= set(TABLE), "an act that is gone leaves the tables"
