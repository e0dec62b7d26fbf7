"""People who are signed in, with a password that is known."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.models import Person, SignInSession
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.passwords import hash_password
from stageplus.services.accounts.queries import token_hash
from stageplus.services.registers.actions import import_reference
from tests import factories
from tests.factories import NOW

PASSWORD, TOKEN = "une phrase assez longue", "jeton"
HASHED = hash_password(PASSWORD, cost=4)
SignIn = Callable[..., Actor]


@pytest.fixture
def sign_in(database: Engine) -> SignIn:
    """Give what signs somebody of a role in, for real: `sign_in(Role.LEARNER, token="jeton")`."""
    import_reference(on=database)

    def signed_in(role: Role, token: str = TOKEN, **fields: Any) -> Actor:
        with transaction(database) as session:
            person = factories.a_person(session, role, password_hash=HASHED)
            session.add(
                SignInSession(
                    person_id=person.id, token_hash=token_hash(token), created_at=NOW, last_seen_at=NOW, **fields
                )
            )
        actor = recognise(token, NOW, database)
        assert actor is not None
        return actor

    return signed_in


def person_of(database: Engine, actor: Actor) -> Person:
    """Read somebody's row."""
    with transaction(database) as session:
        return session.get_one(Person, actor.person_id)
