"""The team that these tests are about."""

import pytest
from sqlalchemy import Engine

from tests.services.caseload.team import Team, a_team


@pytest.fixture
def team(database: Engine) -> Team:
    return a_team(database)
