"""Proving again who one is: by the password when there is no second factor, under a fresh token."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import Denied, FreshFactorNeeded, InvalidInput, NotPossible
from stageplus.models import Passkey, TotpSecret
from stageplus.services.accounts.actions import recognise
from stageplus.services.factors.actions import prove_by_password
from stageplus.services.factors.queries import my_ways, require_recent_proof
from stageplus.services.factors.schemas import Proof
from tests.factories import NOW
from tests.services.factors.conftest import PASSWORD, TOKEN, SignIn

LATER = NOW + timedelta(minutes=20)


def seen(database: Engine, token: str, now: object = LATER) -> Actor | None:
    return recognise(token, now, database)  # type: ignore[arg-type]


def test_signing_in_is_a_proof_for_some_minutes(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.LEARNER)
    with reading(database) as session:
        require_recent_proof(session, actor, NOW + timedelta(minutes=9))
        with pytest.raises(FreshFactorNeeded):
            require_recent_proof(session, actor, NOW + timedelta(minutes=10))


def test_the_password_again_renews_the_proof_and_the_token(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.LEARNER)
    fresh = prove_by_password(actor, TOKEN, Proof(PASSWORD), now=LATER, on=database)
    assert seen(database, TOKEN) is None
    found = seen(database, fresh)
    assert found == actor
    assert found.proved_at == LATER


def test_a_wrong_password_proves_nothing(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COMPANY)
    with pytest.raises(InvalidInput):
        prove_by_password(actor, TOKEN, Proof("faux"), now=LATER, on=database)
    found = seen(database, TOKEN)
    assert found is not None and found.proved_at == NOW


def test_a_session_of_somebody_else_or_over_is_not_renewed(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.LEARNER)
    stranger = sign_in(Role.LEARNER, token="un autre")
    for token in ("un autre", "inconnu"):
        with pytest.raises(Denied):
            prove_by_password(actor, token, Proof(PASSWORD), now=LATER, on=database)
    assert seen(database, "un autre") == stranger


@pytest.mark.parametrize("kind", ["totp", "passkey"])
def test_whoever_has_a_second_factor_proves_by_it(database: Engine, sign_in: SignIn, kind: str) -> None:
    actor = sign_in(Role.LEARNER)
    ways = my_ways(actor, now=NOW, on=database)
    assert (ways.password, ways.totp, ways.passkey, ways.codes, ways.again) == (True, False, False, False, True)
    with transaction(database) as session:
        if kind == "totp":
            session.add(TotpSecret(person_id=actor.person_id, secret="x", created_at=NOW, confirmed_at=NOW))
        else:
            key = {"credential_id": "c", "public_key": "k", "name": "Téléphone", "created_at": NOW}
            session.add(Passkey(person_id=actor.person_id, **key))
    assert not my_ways(actor, now=NOW, on=database).password
    with pytest.raises(NotPossible):
        prove_by_password(actor, TOKEN, Proof(PASSWORD), now=LATER, on=database)
    found = seen(database, TOKEN)
    assert found is not None and found.proved_at is None


def test_an_authenticator_that_was_never_confirmed_changes_nothing(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.LEARNER)
    with transaction(database) as session:
        session.add(TotpSecret(person_id=actor.person_id, secret="x", created_at=NOW))
    assert my_ways(actor, now=NOW, on=database).password
