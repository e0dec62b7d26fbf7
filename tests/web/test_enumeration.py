"""Who has an account, a code or a company shows at no door: same answer, same time, for what exists and what does not.

Times are medians of tries in turn. Where a door only does its work, what counts is this process's own time, which a
busy machine does not change; where a door waits before it answers, what counts is the wait, which hides the work.
"""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import transaction
from stageplus.domain.activation import new_code
from stageplus.domain.actors import Role
from stageplus.domain.identifiers import with_check_digits
from stageplus.services.accounts import passwords
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.throttle import throttle
from stageplus.states import company_claim, password_reset
from stageplus.states.activation import ActivationState
from stageplus.states.audience import current_actor
from stageplus.states.company_claim import RegisterCompanyState
from stageplus.states.password_reset import ForgottenPasswordState
from stageplus.web.app import compose_site
from stageplus.web.auth import AUTH_ROUTES
from stageplus.web.pages_index import PagesIndex
from tests import factories

COST = 9
WAIT = 0.3
NOW = datetime.now(UTC)
VISIT, ORIGIN = "v" * 43, "http://testserver"
KNOWN, UNKNOWN = "connue@demo.test", "inconnue@demo.test"
Ask = Callable[[str], Awaitable[Any]]
Times = dict[str, float]


@pytest.fixture
def world(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give a database with accounts of every sort, a bakery and learners with codes."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    cheap = passwords.settings().model_copy(update={"bcrypt_cost": COST})
    monkeypatch.setattr(passwords, "settings", lambda: cheap)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        hashes = {
            "connue": passwords.hash_password("phrase"),
            "ancien-cout": passwords.hash_password("phrase", COST - 3),
            "sans-mot-de-passe": "",
        }
        for name, hashed in hashes.items():
            factories.a_person(session, Role.LEARNER, email=f"{name}@demo.test", password_hash=hashed)
        factories.a_person(
            session, Role.COMPANY, email="suspendu@demo.test", password_hash=hashes["connue"], suspended_at=NOW
        )
    current_actor.set(None)
    return sqlite_database


async def measured(kinds: list[str], ask: Ask, clock: Callable[[], float], rounds: int) -> tuple[list[Any], Times]:
    """Ask for each kind in turn; return the different answers, and the median time of each kind."""
    answers: list[Any] = []
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for turn in range(rounds + 1):
        for kind in kinds:
            throttle().forget_everything()
            begun = clock()
            answer = await ask(kind)
            if turn:  # the first time, modules and statements are made ready
                times[kind].append(clock() - begun)
            answers += [] if answer in answers else [answer]
    return answers, {kind: median(each) for kind, each in times.items()}


def same(times: Times, ratio: float = 1.25, slack: float = 0.002) -> bool:
    """Say whether what exists and what does not take as long, within noise."""
    return max(times.values()) < ratio * min(times.values()) + slack


def hidden(times: Times) -> bool:
    """Say whether every answer came at the end of the wait, which is longer than any work."""
    return min(times.values()) >= WAIT and same(times, ratio=1.25, slack=0.05)


async def handled(kind: Any, handler: str, typed: dict[str, str]) -> dict[str, Any]:
    """Send a form to a page's handler; return what the browser is told, but for what it typed itself."""
    state = kind(_reflex_internal_init=True)
    await getattr(kind, handler).fn(state, typed)
    assert not state.fault
    return {name: getattr(state, name) for name in kind.vars if name not in {*typed, "router"}}


@pytest.fixture
def door(world: Engine) -> Iterator[TestClient]:
    pages = PagesIndex({}, lambda _path: False)
    site = compose_site(lambda *_: None, pages, AUTH_ROUTES, [ORIGIN], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened:
        yield opened


async def test_signing_in(door: TestClient) -> None:
    async def ask(name: str) -> Any:
        form = {"email": f"{name}@demo.test", "password": "pas le bon", "csrf": form_token(VISIT)}
        door.cookies.clear()
        headers = {"origin": ORIGIN, "cookie": f"{SESSION_COOKIE}={VISIT}"}
        answer = door.post("/auth/connexion", data=form, headers=headers)
        return answer.status_code, dict(answer.headers), answer.content

    kinds = ["connue", "ancien-cout", "sans-mot-de-passe", "suspendu", "inconnue"]
    answers, times = await measured(kinds, ask, process_time, 9)
    assert [headers["location"] for _status, headers, _content in answers] == ["/connexion?erreur=identifiants"]
    assert same(times), times


async def test_asking_for_a_new_password(world: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_reset, "ANSWER_AFTER_SECONDS", WAIT)

    async def ask(email: str) -> Any:
        return await handled(ForgottenPasswordState, "ask", {"email": email})

    answers, times = await measured([KNOWN, UNKNOWN, "suspendu@demo.test"], ask, perf_counter, 5)
    assert [answer["asked"] for answer in answers] == [True]
    assert hidden(times), times


async def test_claiming_a_company(world: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company_claim, "ANSWER_AFTER_SECONDS", WAIT)
    numbers = {"enterprise_number": with_check_digits(4_000_001), "establishment_number": with_check_digits(20_000_001)}
    with transaction(world) as session:
        company = factories.a_company(session, enterprise_number=numbers["enterprise_number"])
        factories.an_establishment(session, company, number=numbers["establishment_number"])
    elsewhere = {"enterprise_number": "0400000284", "establishment_number": "2000000240"}
    typed = {"company_name": "Maison d’essai", "postal_code": "5000", "function": "Gérante"}
    typed |= {"first_name": "Ada", "last_name": "Essai", "email": UNKNOWN}
    kinds: dict[str, dict[str, str]] = {
        "a company of the register": numbers,
        "an unknown company": elsewhere,
        "a learner’s address": numbers | {"email": KNOWN},
        "a company’s address": elsewhere | {"email": "suspendu@demo.test"},
    }

    async def ask(kind: str) -> Any:
        return await handled(RegisterCompanyState, "ask", typed | kinds[kind])

    answers, times = await measured(list(kinds), ask, perf_counter, 5)
    assert [answer["asked"] for answer in answers] == [True]
    assert hidden(times), times


@pytest.fixture
def codes(world: Engine) -> dict[str, str]:
    """Give a code that works, one that was used, one that is too old, and one that nobody has."""
    with transaction(world) as session:
        operator = factories.an_operator(session)
        made = {"works": {"expires_at": NOW + timedelta(days=1)}, "used": {"used_at": NOW}, "old": {"expires_at": NOW}}
        return {
            name: factories.an_activation_code(session, factories.an_enrolment(session, operator), **fields)
            for name, fields in made.items()
        } | {"unknown": new_code(Random(7).choice)}


async def test_looking_at_an_activation_code(codes: dict[str, str]) -> None:
    async def ask(name: str) -> Any:
        return await handled(ActivationState, "look", {"code": codes[name]})

    answers, times = await measured(["used", "old", "unknown"], ask, process_time, 25)
    assert [list(answer["errors"]) for answer in answers] == [["code"]]
    assert same(times), times


async def test_starting_an_activation_with_an_address(codes: dict[str, str]) -> None:
    async def ask(email: str) -> Any:
        return await handled(ActivationState, "start", {"code": codes["works"], "email": email})

    answers, times = await measured([KNOWN, UNKNOWN, "suspendu@demo.test"], ask, process_time, 25)
    assert [answer["step"] for answer in answers] == ["mail"]
    assert same(times), times
