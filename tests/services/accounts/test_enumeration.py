"""Whether an address has an account shows neither in the answer nor in the time it takes."""

from statistics import median
from time import perf_counter, process_time
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.domain.errors import DomainError
from stageplus.services.accounts import passwords
from stageplus.services.accounts.actions import sign_in
from stageplus.services.accounts.schemas import Credentials
from stageplus.services.throttle import throttle
from stageplus.states import password_reset
from stageplus.states.audience import current_actor
from stageplus.states.password_reset import ForgottenPasswordState
from tests import factories
from tests.factories import NOW

COST, ROUNDS = 9, 11
KINDS = ("today's cost", "an older cost", "no password yet", "unknown")


@pytest.fixture
def accounts(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = passwords.settings().model_copy(update={"bcrypt_cost": COST})
    monkeypatch.setattr(passwords, "settings", lambda: cheap)
    with transaction(database) as session:
        hashes = (passwords.hash_password("phrase"), passwords.hash_password("phrase", COST - 3), "")
        for kind, hashed in zip(KINDS, hashes, strict=False):
            factories.a_person(session, Role.LEARNER, email=f"{kind}@demo.test", password_hash=hashed)


def refused(database: Engine, kind: str) -> tuple[type, str, float]:
    throttle().forget_everything()
    start = process_time()  # what this process spends, however busy the machine is
    with pytest.raises(DomainError) as refusal:
        sign_in(Credentials(f"{kind}@demo.test", "pas le bon"), NOW, database)
    return refusal.type, str(refusal.value), process_time() - start


@pytest.mark.usefixtures("accounts")
def test_signing_in_takes_the_same_time_and_says_the_same(database: Engine) -> None:
    tries = [{kind: refused(database, kind) for kind in KINDS} for _round in range(ROUNDS)]
    assert len({answer[:2] for each in tries for answer in each.values()}) == 1
    times = {kind: median(each[kind][2] for each in tries) for kind in KINDS}
    assert max(times.values()) < 1.25 * min(times.values()), times


async def time_of_asking(monkeypatch: pytest.MonkeyPatch, work: float) -> float:
    def ask(*_args: Any, now: Any) -> None:
        until = perf_counter() + work
        while perf_counter() < until:
            pass

    monkeypatch.setattr(password_reset, "ask_for_reset", ask)
    current_actor.set(None)
    state: Any = ForgottenPasswordState(_reflex_internal_init=True)  # type: ignore[call-arg]
    start = perf_counter()
    await ForgottenPasswordState.ask.fn(state, {"email": "a@demo.test"})  # type: ignore[attr-defined]
    assert state.asked
    return perf_counter() - start


async def test_asking_for_a_link_takes_the_same_time_whatever_there_is_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_reset, "ANSWER_AFTER_SECONDS", 0.5)
    known = [await time_of_asking(monkeypatch, 0.15) for _round in range(3)]
    unknown = [await time_of_asking(monkeypatch, 0) for _round in range(3)]
    assert abs(median(known) - median(unknown)) < 0.1
