"""What an attacker may bring back: nothing of it opens a session or links an account."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import reading
from stageplus.domain.actors import Role
from stageplus.domain.errors import Denied, DomainError
from stageplus.domain.refusals import AnswerNotBelieved, AttemptOver, ProviderDown, ProviderRefused
from stageplus.models import LinkedIdentity, SignInSession
from stageplus.services.federation.actions import leave_to_link, link_identity, sign_in_with_provider
from stageplus.services.federation.schemas import Answer
from tests.factories import NOW
from tests.services.federation.conftest import TOKEN, VISIT, VISITOR, Join, There, come_back, leave, link

SECOND = int(NOW.timestamp())
LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "0" * 64}},
    "no nonce": {"claims": {"nonce": None}},
    "for another site": {"claims": {"aud": "autre"}},
    "for nobody": {"claims": {"aud": None}},
    "for several, asked by another": {"claims": {"aud": ["stageplus", "autre"], "azp": "autre"}},
    "for several, asked by nobody": {"claims": {"aud": ["stageplus", "autre"]}},
    "expired": {"claims": {"exp": SECOND - 61}},
    "without an end": {"claims": {"exp": None}},
    "with an end that is none": {"claims": {"exp": "demain"}},
    "issued in the future": {"claims": {"iat": SECOND + 61}},
    "not yet": {"claims": {"nbf": SECOND + 61}},
    "of another issuer": {"claims": {"iss": "https://autre.example"}},
    "of nobody": {"claims": {"iss": None}},
    "without a subject": {"claims": {"sub": None}},
    "with an empty subject": {"claims": {"sub": ""}},
    "with a subject that is none": {"claims": {"sub": 7}},
    "with an endless subject": {"claims": {"sub": "x" * 256}},
    "of somebody who signed in there long ago": {"claims": {"auth_time": SECOND - 661}},
    "of somebody who signed in there at no time": {"claims": {"auth_time": None}},
    "unsigned": {"alg": "none"},
    "signed with the shared secret": {"alg": "HS256"},
    "signed with another key": {"stranger": True},
}


def opened(database: Engine) -> int:
    with reading(database) as session:
        return len(session.exec(select(SignInSession)).all())


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_that_is_not_right_opens_nothing(database: Engine, there: There, join: Join, lie: str) -> None:
    link(database, there, join())
    there.lie(**LIES[lie])
    with pytest.raises(AnswerNotBelieved):
        come_back(database, there.enter(leave(database)))
    assert opened(database) == 1


TWISTS: dict[str, Callable[[Answer], Answer]] = {
    "a state that we never gave": lambda answer: replace(answer, state="c." + "A" * 43),
    "no state": lambda answer: replace(answer, state=""),
    "a state for the other use": lambda answer: replace(answer, state="l" + answer.state[1:]),
    "a state of great length": lambda answer: replace(answer, state=answer.state + "é\udcff" * 1000),
}


@pytest.mark.parametrize("twist", TWISTS)
def test_a_wrong_state_opens_nothing_and_costs_the_right_one_nothing(
    database: Engine, there: There, join: Join, twist: str
) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))
    with pytest.raises(AttemptOver):
        come_back(database, TWISTS[twist](answer))
    assert come_back(database, answer).role is Role.LEARNER


def test_the_way_back_is_good_once(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))
    come_back(database, answer)
    with pytest.raises(AttemptOver):
        come_back(database, answer)


def test_of_twenty_who_come_back_at_once_one_comes_in(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))

    def outcome(_number: int) -> type[DomainError] | None:
        try:
            come_back(database, answer)
        except DomainError as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(outcome, range(20)), key=str).count(None) == 1


def test_a_code_that_was_used_is_not_believed_with_a_new_state(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    first = there.enter(leave(database))
    come_back(database, first)
    second = there.enter(leave(database))
    with pytest.raises(AnswerNotBelieved):
        come_back(database, replace(second, code=first.code))


def test_a_code_given_to_another_browser_is_not_believed(database: Engine, there: There, join: Join) -> None:
    """Injected into the attacker's own attempt, a stolen code lacks the verifier of the attempt that asked for it."""
    link(database, there, join())
    stolen, mine = there.enter(leave(database)), there.enter(leave(database, visit="pirate"), sub="pirate")
    with pytest.raises(AnswerNotBelieved):
        come_back(database, replace(mine, code=stolen.code), "pirate")


def test_another_browser_does_not_come_back(database: Engine, there: There, join: Join) -> None:
    """Whoever is made to follow the way back of an attacker would be signed in as that attacker."""
    link(database, there, join())
    answer = there.enter(leave(database))
    for visit in ("autre navigateur", ""):
        with pytest.raises(AttemptOver):
            come_back(database, answer, visit)


def test_after_ten_minutes_the_way_back_is_closed(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))
    with pytest.raises(AttemptOver):
        sign_in_with_provider(VISIT, answer, NOW + timedelta(minutes=10), database, visitor=VISITOR)


@pytest.mark.parametrize("issuer", ["https://autre.example", "", "x" * 2000])
def test_an_answer_of_another_provider_is_not_handed_in(
    database: Engine, there: There, join: Join, issuer: str
) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))
    there.lie()
    with pytest.raises(AnswerNotBelieved):
        come_back(database, replace(answer, issuer=issuer))
    assert there.lie() == [], "the code went nowhere"


@pytest.mark.parametrize(
    ("error", "refusal"),
    [("access_denied", ProviderRefused), ("server_error", ProviderDown), ("<script>", ProviderDown)],
)
def test_an_error_opens_nothing_and_spends_the_attempt(
    database: Engine, there: There, join: Join, error: str, refusal: type[DomainError]
) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))
    with pytest.raises(refusal):
        come_back(database, replace(answer, error=error))
    with pytest.raises(AttemptOver):
        come_back(database, answer)


def test_neither_code_nor_error_is_no_answer(database: Engine, there: There, join: Join) -> None:
    link(database, there, join())
    answer = there.enter(leave(database))
    with pytest.raises(AnswerNotBelieved):
        come_back(database, replace(answer, code=""))


def test_the_way_back_of_a_sign_in_links_nothing(database: Engine, there: There, join: Join) -> None:
    actor = join()
    answer = there.enter(leave(database, visit=TOKEN))
    with pytest.raises(AttemptOver):
        link_identity(actor, TOKEN, answer, VISITOR, now=NOW, on=database)
    with reading(database) as session:
        assert session.exec(select(LinkedIdentity)).all() == []


def test_the_way_back_of_a_link_signs_nobody_in(database: Engine, there: There, join: Join) -> None:
    answer = there.enter(leave_to_link(join(), TOKEN, VISITOR, now=NOW, on=database))
    with pytest.raises(AttemptOver):
        come_back(database, answer, TOKEN)


def test_nobody_links_while_signed_out(database: Engine, there: There, join: Join) -> None:
    answer = there.enter(leave_to_link(join(), TOKEN, VISITOR, now=NOW, on=database))
    with pytest.raises(Denied):
        leave_to_link(None, VISIT, VISITOR, now=NOW, on=database)
    with pytest.raises(Denied):
        link_identity(None, TOKEN, answer, VISITOR, now=NOW, on=database)
