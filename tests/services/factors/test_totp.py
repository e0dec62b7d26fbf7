"""An application of codes counts once it gave a code; each code is good once, for one person, for a moment."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role, Stage
from stageplus.domain.errors import AlreadyDone, Denied, FreshFactorNeeded, InvalidInput
from stageplus.domain.refusals import LastFactor
from stageplus.models import TotpSecret
from stageplus.services.accounts.actions import recognise
from stageplus.services.factors.actions import confirm_totp, prove_by_totp, remove_totp
from stageplus.services.factors.queries import my_factors, my_ways, totp_setup
from stageplus.services.factors.schemas import Proof, TotpInput
from tests.factories import NOW
from tests.services.factors.authenticator import Device
from tests.services.factors.conftest import (
    TOKEN,
    SignIn,
    deeds,
    how_many_succeed,
    open_session,
    seen,
    subjects,
    with_passkey,
    with_totp,
)

STEP = timedelta(seconds=30)
LATER = NOW + timedelta(minutes=5)


def code_of(secret: str, at: object) -> Proof:
    return Proof(pyotp.TOTP(secret).at(at))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_that_needs_one_is_let_on_by_registering(database: Engine, sign_in: SignIn, role: Role) -> None:
    actor = sign_in(role)
    assert actor.stage is (Stage.COMPLETE if role is Role.LEARNER else Stage.FACTOR_MISSING)
    _secret, fresh = with_totp(database, actor)
    found = seen(database, fresh)
    assert (found.stage, found.factor_at, found.proved_at) == (Stage.COMPLETE, NOW, NOW)
    assert recognise(TOKEN, NOW, database) is None
    assert (deeds(database), subjects(database)) == (["factor.registered"], ["Un moyen de connexion a été ajouté"])


def test_setting_up_saves_nothing_before_a_code(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    setup = totp_setup(actor, now=NOW, on=database)
    for code in ("000000", "abcdef", "", "1" * 20):
        with pytest.raises(InvalidInput):
            confirm_totp(actor, TOKEN, TotpInput.read({"pending": setup.pending, "code": code}), now=NOW, on=database)
    with reading(database) as session:
        assert session.get(TotpSecret, actor.person_id) is None
    assert seen(database, TOKEN).stage is Stage.FACTOR_MISSING


def test_a_set_up_is_for_one_person_and_a_quarter_of_an_hour(
    database: Engine, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, stranger = sign_in(Role.COACH), sign_in(Role.COACH, token="autre")
    setup = totp_setup(actor, now=NOW, on=database)
    typed = TotpInput(pending=setup.pending, code=code_of(setup.secret.replace(" ", ""), NOW).given)
    with pytest.raises(InvalidInput):
        confirm_totp(stranger, "autre", typed, now=NOW, on=database)
    with pytest.raises(InvalidInput):
        confirm_totp(actor, TOKEN, typed.model_copy(update={"pending": f"A{setup.pending}"}), now=NOW, on=database)
    monkeypatch.setattr("stageplus.services.factors.totp.SETUP_LASTS", -1)
    with pytest.raises(InvalidInput):
        confirm_totp(actor, TOKEN, typed, now=NOW, on=database)


def test_the_secret_is_encrypted_at_rest(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    secret, _fresh = with_totp(database, actor)
    with reading(database) as session:
        kept = session.get_one(TotpSecret, actor.person_id)
    assert secret not in repr(kept)
    assert len(secret) == 32 and kept.secret.startswith("gAAAA")


def test_the_drawing_and_the_groups_hold_the_same_secret(database: Engine, sign_in: SignIn) -> None:
    setup = totp_setup(sign_in(Role.LEARNER), now=NOW, on=database)
    assert setup.drawing.startswith("data:image/svg+xml")
    read = pyotp.parse_uri(setup.address)
    assert (read.secret, read.issuer) == (setup.secret.replace(" ", ""), "Stage+")
    assert [len(group) for group in setup.secret.split()] == [4] * 8
    assert setup.secret not in repr(setup)


def test_signing_in_asks_for_a_code_and_each_is_good_once(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    secret, _fresh = with_totp(database, actor)
    with transaction(database) as session:
        open_session(session, actor.person_id, "deux")
        open_session(session, actor.person_id, "trois")
    half = seen(database, "deux", LATER)
    assert half.stage is Stage.FACTOR_DUE
    assert my_ways(half, now=LATER, on=database).totp
    entered = prove_by_totp(half, "deux", code_of(secret, LATER), now=LATER, on=database)
    assert seen(database, entered, LATER).stage is Stage.COMPLETE
    with pytest.raises(InvalidInput):
        prove_by_totp(half, "trois", code_of(secret, LATER), now=LATER, on=database)
    assert seen(database, "trois", LATER).stage is Stage.FACTOR_DUE


def test_the_code_of_the_registration_does_not_sign_in(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    secret, fresh = with_totp(database, actor)
    with pytest.raises(InvalidInput):
        prove_by_totp(actor, fresh, code_of(secret, NOW), now=NOW, on=database)


@pytest.mark.parametrize(("off", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_be_half_a_minute_off(database: Engine, sign_in: SignIn, off: int, right: bool) -> None:
    actor = sign_in(Role.COACH)
    secret, fresh = with_totp(database, actor)
    proof = code_of(secret, LATER + off * STEP)
    if right:
        assert prove_by_totp(actor, fresh, proof, now=LATER, on=database)
        return
    with pytest.raises(InvalidInput):
        prove_by_totp(actor, fresh, proof, now=LATER, on=database)


def test_after_a_later_code_an_earlier_one_is_refused(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    secret, fresh = with_totp(database, actor)
    fresh = prove_by_totp(actor, fresh, code_of(secret, LATER + STEP), now=LATER, on=database)
    with pytest.raises(InvalidInput):
        prove_by_totp(actor, fresh, code_of(secret, LATER), now=LATER, on=database)


@pytest.mark.parametrize("given", ["", "000000 ", "é\u202e", "\ud800", "1" * 1000])
def test_what_is_no_code_is_refused(database: Engine, sign_in: SignIn, given: str) -> None:
    actor = sign_in(Role.COACH)
    _secret, fresh = with_totp(database, actor)
    with pytest.raises(InvalidInput):
        prove_by_totp(actor, fresh, Proof(given), now=LATER, on=database)


def test_the_code_of_somebody_else_is_refused(database: Engine, sign_in: SignIn) -> None:
    actor, stranger = sign_in(Role.COACH), sign_in(Role.COACH, token="autre")
    secret, _fresh = with_totp(database, actor)
    _other, theirs = with_totp(database, stranger, "autre")
    with pytest.raises(InvalidInput):
        prove_by_totp(stranger, theirs, code_of(secret, LATER), now=LATER, on=database)


def test_a_code_without_an_application_is_refused(database: Engine, sign_in: SignIn) -> None:
    with pytest.raises(InvalidInput):
        prove_by_totp(sign_in(Role.LEARNER), TOKEN, Proof("123456"), now=NOW, on=database)


def test_of_twenty_who_give_one_code_at_once_one_comes_in(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    secret, _fresh = with_totp(database, actor)
    tokens = [f"jeton {number}" for number in range(20)]
    with transaction(database) as session:
        for token in tokens:
            open_session(session, actor.person_id, token)
    waiting = iter(tokens)
    proof = code_of(secret, LATER)
    assert how_many_succeed(lambda: prove_by_totp(actor, next(waiting), proof, now=LATER, on=database)) == 1


def test_a_second_registration_replaces_the_first(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    old, fresh = with_totp(database, actor)
    new, fresh = with_totp(database, seen(database, fresh), fresh, NOW + STEP)
    with pytest.raises(InvalidInput):
        prove_by_totp(actor, fresh, code_of(old, LATER), now=LATER, on=database)
    assert prove_by_totp(actor, fresh, code_of(new, LATER), now=LATER, on=database)


def test_registering_asks_it_of_the_other_sessions_too(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.LEARNER)
    with transaction(database) as session:
        open_session(session, actor.person_id, "ailleurs", factor_at=NOW - timedelta(minutes=1))
    with_totp(database, actor)
    assert seen(database, "ailleurs").stage is Stage.FACTOR_DUE


@pytest.mark.parametrize("stage", [Stage.COMPLETE, Stage.FACTOR_MISSING])
def test_an_old_session_proves_who_acts_before_it_registers(database: Engine, sign_in: SignIn, stage: Stage) -> None:
    sign_in(Role.LEARNER if stage is Stage.COMPLETE else Role.COACH)
    late = NOW + timedelta(minutes=11)
    actor = seen(database, TOKEN, late)
    assert actor.stage is stage
    with pytest.raises(FreshFactorNeeded):
        totp_setup(actor, now=late, on=database)
    assert my_ways(actor, now=late, on=database).password


def test_whose_factor_is_due_can_neither_see_nor_register(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    with_totp(database, actor)
    with transaction(database) as session:
        open_session(session, actor.person_id, "deux")
    half = seen(database, "deux")
    with pytest.raises(FreshFactorNeeded):
        my_factors(half, now=NOW, on=database)
    for act in (
        lambda: totp_setup(half, now=NOW, on=database),
        lambda: remove_totp(half, "deux", now=NOW, on=database),
    ):
        with pytest.raises(Denied):
            act()


def test_the_only_factor_of_a_role_that_needs_one_stays(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.OFFA)
    _secret, fresh = with_totp(database, actor)
    actor = seen(database, fresh)
    with pytest.raises(LastFactor):
        remove_totp(actor, fresh, now=NOW, on=database)
    fresh = with_passkey(database, actor, Device(), fresh)
    shown = remove_totp(seen(database, fresh), fresh, now=NOW, on=database)
    assert (shown.totp_since, len(shown.passkeys), shown.needed) == ("", 1, True)
    with pytest.raises(AlreadyDone):
        remove_totp(seen(database, fresh), fresh, now=NOW, on=database)


def test_a_learner_may_go_back_to_a_password_alone(database: Engine, sign_in: SignIn) -> None:
    actor: Actor = sign_in(Role.LEARNER)
    _secret, fresh = with_totp(database, actor)
    shown = remove_totp(seen(database, fresh), fresh, now=NOW, on=database)
    assert (shown.has_any, shown.needed) == (False, False)
    assert deeds(database) == ["factor.registered", "factor.removed"]
    assert subjects(database)[-1] == "Un moyen de connexion a été retiré"
    assert seen(database, fresh).stage is Stage.COMPLETE


def test_removing_asks_for_a_recent_proof(database: Engine, sign_in: SignIn) -> None:
    _secret, fresh = with_totp(database, sign_in(Role.LEARNER))
    late = NOW + timedelta(minutes=10)
    with pytest.raises(FreshFactorNeeded):
        remove_totp(seen(database, fresh, late), fresh, now=late, on=database)
