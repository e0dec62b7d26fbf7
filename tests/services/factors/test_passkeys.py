"""A passkey signs one challenge of one browser, for our address, by its owner: everything else is refused alike."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role, Stage
from stageplus.domain.errors import AlreadyDone, FreshFactorNeeded, InvalidInput, NotFound
from stageplus.domain.refusals import LastFactor
from stageplus.models import Passkey, PasskeyChallenge
from stageplus.services.accounts.actions import recognise
from stageplus.services.factors.actions import (
    passkey_to_prove,
    passkey_to_register,
    passkey_to_sign_in,
    prove_by_passkey,
    register_passkey,
    remove_passkey,
    rename_passkey,
    sign_in_with_passkey,
)
from stageplus.services.factors.passkeys import claimed_challenge, counted, handle_of, registered
from stageplus.services.factors.queries import my_factors, my_ways
from stageplus.services.factors.schemas import PasskeyInput, PasskeyNameInput, Proof
from tests.factories import NOW
from tests.services.factors.authenticator import PRESENT, Device, challenge_in
from tests.services.factors.conftest import (
    TOKEN,
    SignIn,
    deeds,
    how_many_succeed,
    open_session,
    seen,
    subjects,
    with_passkey,
)

LATER = NOW + timedelta(minutes=5)
VISIT = "visite"


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def owner(database: Engine, sign_in: SignIn, device: Device) -> Actor:
    """Somebody who registered the device."""
    fresh = with_passkey(database, sign_in(Role.COACH), device)
    return seen(database, fresh)


def half_signed_in(database: Engine, person_id: int, token: str = "deux") -> Actor:
    with transaction(database) as session:
        open_session(session, person_id, token)
    return seen(database, token)


def asked(database: Engine, token: str = VISIT) -> str:
    return passkey_to_sign_in(None, token, now=NOW, on=database)


def signed_in(database: Engine, credential: str, token: str = VISIT, **later: float) -> str:
    return sign_in_with_passkey(token, Proof(credential), NOW + timedelta(**later), database).token


def test_registering_lets_a_role_on_that_needs_a_factor(database: Engine, sign_in: SignIn, device: Device) -> None:
    actor = sign_in(Role.OFFA)
    assert actor.stage is Stage.FACTOR_MISSING
    fresh = with_passkey(database, actor, device, name="Ordinateur du bureau")
    assert seen(database, fresh).stage is Stage.COMPLETE
    assert recognise(TOKEN, NOW, database) is None
    [row] = my_factors(seen(database, fresh), now=NOW, on=database).passkeys
    assert (row.name, row.last_used) == ("Ordinateur du bureau", "Pas encore utilisée")
    assert (deeds(database), subjects(database)) == (["factor.registered"], ["Un moyen de connexion a été ajouté"])


def test_a_passkey_without_a_name_gets_one(database: Engine, sign_in: SignIn, device: Device) -> None:
    fresh = with_passkey(database, sign_in(Role.COACH), device, name="")
    assert my_factors(seen(database, fresh), now=NOW, on=database).passkeys[0].name == "Clé d’accès"


def test_the_authenticator_learns_a_name_that_tells_nothing(database: Engine, owner: Actor, device: Device) -> None:
    assert len(handle_of(owner.person_id)) == 32
    assert handle_of(owner.person_id) != handle_of(owner.person_id + 1)
    options = json.loads(passkey_to_register(owner, TOKEN, now=NOW, on=database))
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["rp"] == {"name": "Stage+", "id": "localhost"}
    assert options["user"]["id"] == device.handle
    assert len(options["excludeCredentials"]) == 1


def test_it_is_a_second_factor(database: Engine, owner: Actor, device: Device) -> None:
    half = half_signed_in(database, owner.person_id)
    assert half.stage is Stage.FACTOR_DUE
    assert my_ways(half, now=NOW, on=database).passkey
    answer = device.sign(passkey_to_prove(half, "deux", now=NOW, on=database))
    fresh = prove_by_passkey(half, "deux", Proof(answer), now=LATER - timedelta(seconds=1), on=database)
    assert seen(database, fresh, LATER).stage is Stage.COMPLETE
    assert recognise("deux", NOW, database) is None


def test_it_is_enough_alone_to_sign_in(database: Engine, owner: Actor, device: Device) -> None:
    token = signed_in(database, device.sign(asked(database)))
    found = seen(database, token)
    assert (found, found.stage, found.proved_at) == (owner, Stage.COMPLETE, NOW)
    [row] = my_factors(owner, now=NOW, on=database).passkeys
    assert row.last_used.startswith("Utilisée le")


ATTACKS = {
    "another origin": lambda device, options: (
        setattr(device, "origin", "https://stageplus.example"),
        device.sign(options),
    ),
    "another site": lambda device, options: (setattr(device, "name", "stageplus.example"), device.sign(options)),
    "owner not recognised": lambda device, options: (setattr(device, "flags", PRESENT), device.sign(options)),
    "counter that does not move": lambda device, options: (None, device.sign(options, count=device.count)),
    "counter that goes back": lambda device, options: (None, device.sign(options, count=0)),
    "challenge of nobody": lambda device, options: (None, device.sign(options, challenge="QUJDRA")),
    "handle of somebody else": lambda device, options: (None, device.sign(options, handle="QUJDRA")),
    "no handle": lambda device, options: (None, device.sign(options, handle="")),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_wrong_answer_signs_nobody_in(database: Engine, owner: Actor, device: Device, attack: str) -> None:
    signed_in(database, device.sign(asked(database, "avant"), count=7), "avant")
    _changed, answer = ATTACKS[attack](device, asked(database))
    with pytest.raises(InvalidInput):
        signed_in(database, answer)
    with reading(database) as session:
        assert session.exec(select(Passkey.sign_count)).one() == 7


def test_an_answer_signed_by_another_key_is_refused(database: Engine, owner: Actor, device: Device) -> None:
    forged = Device()
    forged.identifier, forged.handle = device.identifier, device.handle
    with pytest.raises(InvalidInput):
        signed_in(database, forged.sign(asked(database)))
    with pytest.raises(InvalidInput):
        signed_in(database, Device().sign(asked(database)))


def test_a_challenge_is_good_once_even_after_a_wrong_answer(database: Engine, owner: Actor, device: Device) -> None:
    options = asked(database)
    answer = device.sign(options)
    signed_in(database, answer)
    for again in (answer, device.sign(options)):
        with pytest.raises(InvalidInput):
            signed_in(database, again)
    options = asked(database)
    with pytest.raises(InvalidInput):
        signed_in(database, Device().sign(options))
    with pytest.raises(InvalidInput):
        signed_in(database, device.sign(options))


def test_a_challenge_is_for_one_browser_one_use_and_five_minutes(
    database: Engine, owner: Actor, device: Device
) -> None:
    with pytest.raises(InvalidInput):
        signed_in(database, device.sign(asked(database)), "un autre navigateur")
    half = half_signed_in(database, owner.person_id)
    for_proof = passkey_to_prove(half, "deux", now=NOW, on=database)
    with pytest.raises(InvalidInput):
        signed_in(database, device.sign(for_proof), "deux")
    with pytest.raises(InvalidInput):
        prove_by_passkey(half, "deux", Proof(device.sign(asked(database, "deux"))), now=NOW, on=database)
    with pytest.raises(InvalidInput):
        signed_in(database, device.sign(asked(database)), minutes=5)


def test_challenges_whose_time_is_over_go(database: Engine, owner: Actor) -> None:
    asked(database)
    passkey_to_sign_in(None, "plus tard", now=NOW + timedelta(minutes=6), on=database)
    with reading(database) as session:
        assert len(session.exec(select(PasskeyChallenge)).all()) == 1


def test_of_twenty_who_send_one_answer_at_once_one_comes_in(database: Engine, owner: Actor, device: Device) -> None:
    answer = device.sign(asked(database))
    assert how_many_succeed(lambda: signed_in(database, answer)) == 1


def test_the_passkey_of_somebody_else_is_no_second_factor(
    database: Engine, sign_in: SignIn, owner: Actor, device: Device
) -> None:
    theirs = Device()
    stranger = seen(database, with_passkey(database, sign_in(Role.COACH, token="autre"), theirs, "autre"))
    half = half_signed_in(database, stranger.person_id)
    answer = device.sign(passkey_to_prove(half, "deux", now=NOW, on=database))
    with pytest.raises(InvalidInput):
        prove_by_passkey(half, "deux", Proof(answer), now=NOW, on=database)
    assert seen(database, "deux").stage is Stage.FACTOR_DUE


REGISTRATIONS = {
    "another origin": Device(origin="http://127.0.0.1:8000"),
    "another site": Device(name="stageplus.example"),
    "owner not recognised": Device(flags=PRESENT),
}


@pytest.mark.parametrize("attack", REGISTRATIONS)
def test_a_wrong_registration_registers_nothing(database: Engine, sign_in: SignIn, attack: str) -> None:
    actor = sign_in(Role.COACH)
    with pytest.raises(InvalidInput):
        with_passkey(database, actor, REGISTRATIONS[attack])
    assert seen(database, TOKEN).stage is Stage.FACTOR_MISSING


def test_a_registration_is_good_once_and_for_its_session(database: Engine, sign_in: SignIn, device: Device) -> None:
    actor = sign_in(Role.COACH)
    stranger = sign_in(Role.COACH, token="autre")
    options = passkey_to_register(actor, TOKEN, now=NOW, on=database)
    made = PasskeyInput(name="Clé", preuve=device.register(options))
    with pytest.raises(InvalidInput):
        register_passkey(stranger, "autre", made, now=NOW, on=database)
    fresh = register_passkey(actor, TOKEN, made, now=NOW, on=database)
    with pytest.raises(InvalidInput):
        register_passkey(seen(database, fresh), fresh, made, now=NOW, on=database)


def test_a_device_belongs_to_one_person(database: Engine, sign_in: SignIn, owner: Actor, device: Device) -> None:
    stranger = sign_in(Role.COACH, token="autre")
    with pytest.raises(AlreadyDone):
        with_passkey(database, stranger, device, "autre")


def test_registering_asks_for_a_recent_proof(database: Engine, owner: Actor) -> None:
    late = NOW + timedelta(minutes=10)
    with pytest.raises(FreshFactorNeeded):
        passkey_to_register(owner, TOKEN, now=late, on=database)
    with pytest.raises(FreshFactorNeeded):
        register_passkey(owner, TOKEN, PasskeyInput(name="x", preuve="{}"), now=late, on=database)


def test_several_are_named_renamed_and_removed(database: Engine, sign_in: SignIn, device: Device) -> None:
    fresh = with_passkey(database, sign_in(Role.COACH), device, name="Téléphone")
    fresh = with_passkey(database, seen(database, fresh), Device(), fresh, name="Ordinateur")
    actor = seen(database, fresh)
    first, second = my_factors(actor, now=NOW, on=database).passkeys
    shown = rename_passkey(actor, second.passkey_id, PasskeyNameInput(name="Bureau"), now=NOW, on=database)
    assert [row.name for row in shown.passkeys] == ["Téléphone", "Bureau"]
    shown = remove_passkey(actor, fresh, first.passkey_id, now=NOW, on=database)
    assert [row.name for row in shown.passkeys] == ["Bureau"]
    with pytest.raises(LastFactor):
        remove_passkey(actor, fresh, second.passkey_id, now=NOW, on=database)
    with pytest.raises(InvalidInput):
        signed_in(database, device.sign(asked(database)))


def test_of_two_factors_removed_at_once_one_stays(database: Engine, sign_in: SignIn, device: Device) -> None:
    fresh = with_passkey(database, sign_in(Role.COACH), device)
    fresh = with_passkey(database, seen(database, fresh), Device(), fresh)
    actor = seen(database, fresh)
    waiting = iter([row.passkey_id for row in my_factors(actor, now=NOW, on=database).passkeys])
    assert how_many_succeed(lambda: remove_passkey(actor, fresh, next(waiting), now=NOW, on=database), crowd=2) == 1


def test_nobody_touches_the_passkey_of_somebody_else(database: Engine, sign_in: SignIn, owner: Actor) -> None:
    stranger = sign_in(Role.LEARNER, token="autre")
    [row] = my_factors(owner, now=NOW, on=database).passkeys
    with pytest.raises(NotFound):
        rename_passkey(stranger, row.passkey_id, PasskeyNameInput(name="À moi"), now=NOW, on=database)
    with pytest.raises(NotFound):
        remove_passkey(stranger, "autre", row.passkey_id, now=NOW, on=database)
    with pytest.raises(NotFound):
        passkey_to_prove(stranger, "autre", now=NOW, on=database)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "rawId", "response", "type"]), inner),
)
PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(JSON | st.fixed_dictionaries({"response": st.dictionaries(st.sampled_from(PARTS), JSON), "id": st.text()}))
def test_whatever_a_browser_sends_is_a_refusal_and_not_a_fault(sent: object) -> None:
    text = json.dumps(sent)
    assert isinstance(claimed_challenge(text), str)
    assert registered(text, b"x") is None
    assert counted(text, b"x", Passkey(person_id=1, credential_id="x", public_key="x", name="x")) is None


def test_a_real_answer_cut_anywhere_is_a_refusal() -> None:
    device = Device()
    options = json.dumps({"challenge": "QUJDRA", "user": {"id": "QUJD"}})
    whole = device.register(options)
    assert registered(whole, challenge_in(options)) is not None
    assert all(registered(whole[:length], challenge_in(options)) is None for length in range(0, len(whole), 7))
