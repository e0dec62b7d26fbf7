"""OFFA, an operator and its learner, and a dispositif as one types it."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.services.schemes.actions import save_scheme
from stageplus.services.schemes.queries import scheme_detail
from stageplus.services.schemes.schemas import SchemeDetail, SchemeInput
from tests import factories
from tests.factories import NOW

HIGHER = {
    "name": "Alternance en enseignement supérieur",
    "min_age": "18",
    "min_age_with_two_years": "18",
    "max_age_contract": "30",
    "kinds": ["ifapme"],
    "pay_rates": "50 60",
    "effective_from": "2026-09-01",
    "why": "Décret",
}
SECONDARY = {
    "code": "alternance-secondaire",
    "name": "Formation en alternance",
    "min_age": "16",
    "min_age_with_two_years": "15",
    "max_age_contract": "25",
    "kinds": ["cefa", "ifapme", "efp"],
    "effective_from": "2027-01-01",
    "why": "Décret",
}


@dataclass(frozen=True)
class Desk:
    """OFFA and the database it changes."""

    database: Engine
    offa: Actor

    def saves(self, typed: dict[str, Any], **changed: Any) -> str:
        """Save a dispositif as somebody types it."""
        return save_scheme(self.offa, SchemeInput.read(typed | changed), now=NOW, on=self.database)

    def reads(self, code: str = "alternance-secondaire") -> SchemeDetail:
        """Read a dispositif."""
        return scheme_detail(self.offa, code, now=NOW, on=self.database)


@pytest.fixture
def desk(database: Engine) -> Desk:
    with transaction(database) as session:
        factories.minimal_reference(session)
        factories.an_offer(session)
        operator = factories.an_operator(session)
        for year in (2008, 1999):
            factories.a_learner(session, operator, birth_year=year)
        return Desk(database, factories.an_offa_member(session))
