"""Whose identification is not complete gets nothing from any use case but those of identification."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from stageplus.domain.actors import Actor, Stage
from tests.matrix.conftest import World
from tests.matrix.table import TABLE, WHO, expected
from tests.matrix.test_services import outcome

OPEN = {
    Stage.FACTOR_DUE: {
        "factors.my_ways",
        "factors.passkey_to_prove",
        "factors.prove_by_code",
        "factors.prove_by_passkey",
        "factors.prove_by_password",
        "factors.prove_by_totp",
        "factors.my_factors",  # answers that the proof comes first
    },
    Stage.FACTOR_MISSING: {name for name in TABLE if name.startswith("factors.")}
    - {"factors.reset_factor", "factors.access_of_learner"},
}
CLOSED = [name for name in TABLE if expected(name, "anonymous") == "D"]


def halfway(world: World, stage: Stage) -> World:
    actors = {
        who: replace(actor, stage=stage) if isinstance(actor, Actor) else None for who, actor in world.actors.items()
    }
    return replace(world, actors=actors)


@pytest.mark.parametrize("stage", [Stage.FACTOR_DUE, Stage.FACTOR_MISSING])
@pytest.mark.parametrize("use_case", CLOSED)
def test_nothing_else_opens(use_case: str, stage: Stage, world: World, copy: Engine) -> None:
    entitled = next(who for who in WHO if expected(use_case, who) != "D")
    got, _shown = outcome(use_case, halfway(world, stage), entitled, copy)
    assert (got == "D") is (use_case not in OPEN[stage])
