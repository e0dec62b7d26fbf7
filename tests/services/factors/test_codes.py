"""Ten recovery codes, shown once, each good once; they replace a lost phone, and never a password."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Role, Stage
from stageplus.domain.errors import FreshFactorNeeded, InvalidInput, NotPossible
from stageplus.models import RecoveryCode
from stageplus.services.factors.actions import prove_by_code, remove_totp, renew_codes
from stageplus.services.factors.codes import LETTERS
from stageplus.services.factors.queries import my_factors, my_ways
from stageplus.services.factors.schemas import Proof
from tests.factories import NOW
from tests.services.factors.conftest import (
    TOKEN,
    SignIn,
    deeds,
    how_many_succeed,
    open_session,
    seen,
    subjects,
    with_totp,
)


def test_ten_codes_are_shown_once_and_kept_as_digests(database: Engine, sign_in: SignIn) -> None:
    _secret, fresh = with_totp(database, sign_in(Role.COACH))
    made = renew_codes(seen(database, fresh), now=NOW, on=database)
    assert len(set(made.codes)) == 10
    assert all(len(code) == 11 and set(code) <= {*LETTERS, "-"} for code in made.codes)
    assert all(code in made.file for code in made.codes) and made.file.startswith("data:text/plain")
    with reading(database) as session:
        kept = repr(session.exec(select(RecoveryCode)).all())
    assert not any(code in kept or code in repr(made) for code in made.codes)
    assert my_factors(seen(database, fresh), now=NOW, on=database).codes_left == 10


def test_a_code_comes_in_once_and_the_person_is_told(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    _secret, fresh = with_totp(database, actor)
    code = renew_codes(seen(database, fresh), now=NOW, on=database).codes[0]
    with transaction(database) as session:
        open_session(session, actor.person_id, "deux")
        open_session(session, actor.person_id, "trois")
    half = seen(database, "deux")
    assert my_ways(half, now=NOW, on=database).codes
    entered = prove_by_code(half, "deux", Proof(code), now=NOW, on=database)
    assert seen(database, entered).stage is Stage.COMPLETE
    with pytest.raises(InvalidInput):
        prove_by_code(half, "trois", Proof(code), now=NOW, on=database)
    assert deeds(database)[-1] == "factor.code_used"
    assert subjects(database)[-1] == "Un code de secours a servi"
    assert my_factors(seen(database, entered), now=NOW, on=database).codes_words == "Il reste 9 codes."


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}", "{spaced}"])
def test_case_and_spaces_do_not_matter(database: Engine, sign_in: SignIn, typed: str) -> None:
    _secret, fresh = with_totp(database, sign_in(Role.COACH))
    actor = seen(database, fresh)
    code = renew_codes(actor, now=NOW, on=database).codes[3]
    bare = code.replace("-", "")
    given = typed.format(code, lower=code.lower(), bare=bare, spaced=" ".join(bare))
    assert prove_by_code(actor, fresh, Proof(given), now=NOW, on=database)


@pytest.mark.parametrize("given", ["", "-", "AAAAA-AAAAA", "é\u202e", "\ud800", "' OR 1=1", "A" * 1000])
def test_what_is_no_code_is_refused(database: Engine, sign_in: SignIn, given: str) -> None:
    _secret, fresh = with_totp(database, sign_in(Role.COACH))
    actor = seen(database, fresh)
    renew_codes(actor, now=NOW, on=database)
    with pytest.raises(InvalidInput):
        prove_by_code(actor, fresh, Proof(given), now=NOW, on=database)


def test_the_code_of_somebody_else_is_refused(database: Engine, sign_in: SignIn) -> None:
    actor, stranger = sign_in(Role.COACH), sign_in(Role.COACH, token="autre")
    _secret, fresh = with_totp(database, actor)
    _other, theirs = with_totp(database, stranger, "autre")
    code = renew_codes(seen(database, fresh), now=NOW, on=database).codes[0]
    renew_codes(seen(database, theirs), now=NOW, on=database)
    with pytest.raises(InvalidInput):
        prove_by_code(stranger, theirs, Proof(code), now=NOW, on=database)


def test_of_twenty_who_give_one_code_at_once_one_comes_in(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.COACH)
    _secret, fresh = with_totp(database, actor)
    code = renew_codes(seen(database, fresh), now=NOW, on=database).codes[0]
    tokens = [f"jeton {number}" for number in range(20)]
    with transaction(database) as session:
        for token in tokens:
            open_session(session, actor.person_id, token)
    waiting = iter(tokens)
    assert how_many_succeed(lambda: prove_by_code(actor, next(waiting), Proof(code), now=NOW, on=database)) == 1


def test_new_codes_end_the_old_ones(database: Engine, sign_in: SignIn) -> None:
    _secret, fresh = with_totp(database, sign_in(Role.COACH))
    actor = seen(database, fresh)
    old = renew_codes(actor, now=NOW, on=database).codes[0]
    renew_codes(actor, now=NOW + timedelta(minutes=1), on=database)
    with pytest.raises(InvalidInput):
        prove_by_code(actor, fresh, Proof(old), now=NOW, on=database)
    assert subjects(database).count("Nouveaux codes de secours") == 2


def test_few_codes_left_are_pointed_out(database: Engine, sign_in: SignIn) -> None:
    _secret, fresh = with_totp(database, sign_in(Role.COACH))
    codes = renew_codes(seen(database, fresh), now=NOW, on=database).codes
    for code in codes[:6]:
        fresh = prove_by_code(seen(database, fresh), fresh, Proof(code), now=NOW, on=database)
    assert not my_factors(seen(database, fresh), now=NOW, on=database).few_codes
    fresh = prove_by_code(seen(database, fresh), fresh, Proof(codes[6]), now=NOW, on=database)
    assert my_factors(seen(database, fresh), now=NOW, on=database).few_codes


def test_there_are_none_without_a_second_factor(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.LEARNER)
    with pytest.raises(NotPossible):
        renew_codes(actor, now=NOW, on=database)
    _secret, fresh = with_totp(database, actor)
    renew_codes(seen(database, fresh), now=NOW, on=database)
    remove_totp(seen(database, fresh), fresh, now=NOW, on=database)
    assert my_factors(seen(database, fresh), now=NOW, on=database).codes_left == 0


def test_making_them_asks_for_a_recent_proof(database: Engine, sign_in: SignIn) -> None:
    _secret, fresh = with_totp(database, sign_in(Role.LEARNER))
    late = NOW + timedelta(minutes=10)
    with pytest.raises(FreshFactorNeeded):
        renew_codes(seen(database, fresh, late), now=late, on=database)


def test_a_code_alone_without_the_session_of_its_person_opens_nothing(database: Engine, sign_in: SignIn) -> None:
    actor = sign_in(Role.LEARNER)
    with pytest.raises(InvalidInput):
        prove_by_code(actor, TOKEN, Proof("K7WQM-R2XBD"), now=NOW, on=database)
