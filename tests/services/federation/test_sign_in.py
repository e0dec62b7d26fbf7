"""Signing in by the provider: only whom linked it, only as far as the password would, and nothing else is kept."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role, Stage
from stageplus.domain.errors import NotFound
from stageplus.domain.refusals import AccountSuspended, IdentityUnknown, ProviderDown, ProviderRefused, TooManyTries
from stageplus.models import LinkedIdentity, OutboxMessage, Person, ProviderAttempt, TotpSecret
from stageplus.services.federation import actions
from stageplus.services.federation.actions import PER_ADDRESS, leave_to_sign_in
from stageplus.services.federation.provider import provider
from stageplus.services.federation.queries import my_identity, provider_here
from tests.factories import NOW
from tests.services.federation.conftest import TOKEN, VISIT, VISITOR, Join, There, come_back, leave, link, seen


def test_whoever_linked_it_signs_in_and_goes_on_to_where_they_were_heading(
    database: Engine, there: There, join: Join
) -> None:
    actor = join()
    link(database, there, actor)
    arrived = come_back(database, there.enter(leave(database, "/offres/12")))
    assert (arrived.role, arrived.heading) == (Role.LEARNER, "/offres/12")
    found = seen(database, arrived.token)
    assert (found.person_id, found.stage) == (actor.person_id, Stage.COMPLETE)
    assert found.factor_at is None, "the provider is no second factor"


@pytest.mark.parametrize("role", [Role.COMPANY, Role.OPERATOR, Role.COACH, Role.OFFA])
def test_a_role_that_needs_a_second_factor_still_needs_it(
    database: Engine, there: There, join: Join, role: Role
) -> None:
    link(database, there, join(role))
    arrived = come_back(database, there.enter(leave(database)))
    assert seen(database, arrived.token).stage is Stage.FACTOR_MISSING


def test_whoever_has_a_second_factor_is_asked_for_it(database: Engine, there: There, join: Join) -> None:
    actor = join()
    link(database, there, actor)
    with transaction(database) as session:
        session.add(TotpSecret(person_id=actor.person_id, secret="x", created_at=NOW, confirmed_at=NOW))
    arrived = come_back(database, there.enter(leave(database)))
    assert seen(database, arrived.token).stage is Stage.FACTOR_DUE


def test_an_identity_that_nobody_linked_opens_nothing_and_makes_no_account(
    database: Engine, there: There, join: Join
) -> None:
    join(email="citoyen@ville.test")  # the address that the provider gives for everybody
    with pytest.raises(IdentityUnknown):
        come_back(database, there.enter(leave(database)))
    with reading(database) as session:
        assert len(session.exec(select(Person)).all()) == 1
        assert session.exec(select(LinkedIdentity)).all() == []


def test_only_a_digest_of_the_identifier_is_kept(database: Engine, there: There, join: Join) -> None:
    link(database, there, join(), sub="00.00.00-000.00")
    come_back(database, there.enter(leave(database), sub="00.00.00-000.00"))
    with database.connect() as connection:
        rows = [
            str(connection.execute(text(f'SELECT * FROM "{table}"')).all())
            for table in inspect(database).get_table_names()
        ]
    everything = "".join(rows)
    assert "00.00.00-000.00" not in everything and "citoyen" not in everything


def test_the_provider_is_asked_for_an_identifier_only_with_proof_of_who_asks(database: Engine, there: There) -> None:
    address = leave(database)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["scope"], asked["response_type"], asked["code_challenge_method"]) == ("openid", "code", "S256")
    assert (asked["prompt"], asked["max_age"]) == ("login", "600")
    assert {len(asked[name]) for name in ("nonce", "code_challenge", "state")} == {64, 43, 45}
    there.enter(address)
    assert "code_verifier" not in there.lie()[0]


def test_the_row_of_an_attempt_holds_no_secret_and_goes_when_it_is_over(database: Engine, there: There) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leave(database)).query).items()}
    with reading(database) as session:
        row = session.exec(select(ProviderAttempt)).one()
    kept = repr(row.model_dump())
    assert not [name for name in ("state", "nonce", "code_challenge") if asked[name] in kept] and VISIT not in kept
    leave_to_sign_in(None, VISIT, VISITOR, "", now=NOW + timedelta(minutes=11), on=database)
    with reading(database) as session:
        assert len(session.exec(select(ProviderAttempt)).all()) == 1


def test_giving_up_there_is_no_fault(database: Engine, there: There, join: Join) -> None:
    join()
    with pytest.raises(ProviderRefused):
        come_back(database, there.enter(leave(database), choix="non"))


@pytest.mark.parametrize("lie", [{"down": True}, {"metadata": {"issuer": "https://autre.example"}}])
def test_a_provider_that_is_down_or_another_one_is_not_left_for(database: Engine, there: There, lie: dict) -> None:  # type: ignore[type-arg]
    there.lie(**lie)
    with pytest.raises(ProviderDown):
        leave(database)
    with reading(database) as session:
        assert session.exec(select(ProviderAttempt)).all() == []


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:9/x", "file:///etc/passwd", "", None, 3])
def test_nothing_is_asked_of_another_site(database: Engine, there: There, name: str, elsewhere: object) -> None:
    there.lie(metadata={name: elsewhere})
    with pytest.raises(ProviderDown):
        leave(database)


def test_an_answer_is_that_of_the_issuer_even_while_its_token_service_fails(
    database: Engine, there: There, join: Join
) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))
    there.lie(token_status=500)
    with pytest.raises(ProviderDown):
        come_back(database, answer)


def test_new_keys_of_the_provider_are_learned(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    there.lie(renew=True)
    known = provider()._known
    assert known is not None
    object.__setattr__(known, "at", known.at - 61)
    assert come_back(database, there.enter(leave(database))).role is Role.LEARNER


def test_a_signature_by_its_elliptic_key_is_as_good(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    there.lie(alg="ES256")
    assert come_back(database, there.enter(leave(database))).role is Role.LEARNER


def test_too_many_departures_from_one_address_have_to_wait(
    database: Engine, there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(PER_ADDRESS, times=3)
    monkeypatch.setattr(actions, "PER_ADDRESS", few)
    for _time in range(few.times):
        leave(database)
    with pytest.raises(TooManyTries) as refusal:
        leave(database)
    assert refusal.value.minutes <= few.minutes


def test_a_new_kind_of_device_is_told_by_mail(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    come_back(database, there.enter(leave(database)))
    with reading(database) as session:
        subjects = session.exec(select(OutboxMessage.subject).order_by(col(OutboxMessage.id))).all()
    assert len(subjects) == 2 and subjects[0] == "Connexion par Clé de ville ajoutée"


def test_without_a_provider_there_is_nothing(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    provider.cache_clear()
    assert provider_here(None, now=NOW, on=database).name == ""
    with pytest.raises(NotFound):
        leave(database)


def test_the_account_shows_since_when_and_the_last_use(database: Engine, there: There, join: Join) -> None:
    actor = join()
    assert my_identity(actor, now=NOW, on=database).linked is False
    link(database, there, actor)
    shown = my_identity(actor, now=NOW, on=database)
    assert (shown.linked, shown.since, shown.last_used) == (
        True,
        "Relié le mardi 24 novembre 2026",
        "Pas encore utilisé",
    )
    come_back(database, there.enter(leave(database)))
    assert my_identity(seen(database, TOKEN), now=NOW, on=database).last_used == "Utilisé le mardi 24 novembre 2026"


def test_a_suspended_account_stays_closed(database: Engine, there: There, join: Join) -> None:
    actor = join()
    link(database, there, actor)
    with transaction(database) as session:
        session.get_one(Person, actor.person_id).suspended_at = NOW
    with pytest.raises(AccountSuspended):
        come_back(database, there.enter(leave(database)))
