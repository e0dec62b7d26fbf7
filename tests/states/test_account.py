"""One's own account: each handler hands over what was typed and shows what came back."""

from collections.abc import Callable
from typing import Any

import pytest
from reflex.istate.data import ReflexURL, RouterData

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import FreshFactorNeeded, NotFound
from stageplus.domain.refusals import AddressTaken, LinkSpent
from stageplus.services.accounts.schemas import AccountDetail, SessionRow
from stageplus.states import account, email_change
from stageplus.states.account import AccountState
from stageplus.states.audience import current_actor
from stageplus.states.email_change import EmailChangeState

ME = Actor(1, Role.LEARNER, learner_id=3)
HERE = SessionRow(1, "Chrome sur Android", "hier", "hier", True)
THERE = SessionRow(2, "Firefox sur Windows", "hier", "hier", False)
Called = list[tuple[Any, ...]]


@pytest.fixture
def state() -> Any:
    current_actor.set(ME)
    return AccountState(_reflex_internal_init=True)  # type: ignore[call-arg]


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    def replaced(name: str, answer: Any, where: Any = account) -> Called:
        calls: Called = []

        def use_case(actor: Actor | None, *args: Any, now: Any) -> Any:
            calls.append(args)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(where, name, use_case)
        return calls

    return replaced


async def act(state: Any, name: str, *args: Any) -> None:
    await getattr(type(state), name).fn(state, *args)


async def test_opening_reads_account_and_sessions(state: Any, pretend: Callable[..., Called]) -> None:
    pretend("my_account", AccountDetail("a@demo.test", "Ada", "Essai", "Apprenant"))
    pretend("my_sessions", [HERE, THERE])
    await act(state, "load")
    assert (state.account.email, len(state.sessions), state.loading) == ("a@demo.test", 2, False)


@pytest.mark.parametrize(
    ("asked", "ready", "problem"),
    [
        ("", False, ""),
        ("?donnees=pretes", True, ""),
        ("?erreur=donnees-formulaire", False, "ouverte depuis trop longtemps"),
        ("?erreur=donnees-essais&minutes=12", False, "12 minutes"),
        ("?erreur=donnees-essais&minutes=99999", False, "24 heures"),
        ("?erreur=%3Cscript%3E&donnees=x", False, ""),
    ],
)
async def test_opening_says_what_came_of_the_file(
    state: Any, pretend: Callable[..., Called], asked: str, ready: bool, problem: str
) -> None:
    pretend("my_account", AccountDetail())
    pretend("my_sessions", [HERE])
    state.router = RouterData(url=ReflexURL(f"http://stageplus.test/compte{asked}"))
    await act(state, "load")
    assert (state.file_ready, bool(state.file_problem)) == (ready, bool(problem))
    assert problem in state.file_problem


async def test_a_new_password_leaves_this_session_only(state: Any, pretend: Callable[..., Called]) -> None:
    pretend("change_password", AccountDetail())
    state.sessions = [HERE, THERE]
    await act(state, "change_password", {"old": "ancienne phrase", "new": "une autre phrase assez longue"})
    assert state.sessions == [HERE]
    assert "changé" in state.notice


@pytest.mark.parametrize("new", ["court", "x" * 201, None, 5])
async def test_a_password_of_the_wrong_length_goes_nowhere(
    state: Any, pretend: Callable[..., Called], new: object
) -> None:
    calls = pretend("change_password", AccountDetail())
    await act(state, "change_password", {"old": "ancienne phrase", "new": new})
    assert (calls, list(state.errors)) == ([], ["new"])


async def test_a_new_address_is_read_in_lower_case_and_announced(state: Any, pretend: Callable[..., Called]) -> None:
    calls = pretend("ask_for_email_change", AccountDetail("a@demo.test"))
    await act(state, "change_email", {"email": " Nouvelle@Demo.test "})
    assert calls[0][0].email == "nouvelle@demo.test"
    assert "nouvelle adresse" in state.notice


@pytest.mark.parametrize("email", ["", "a", "a@b", "a b@c.be", "a@b.be, c@d.be", "a@b.be\r\nBcc: c@d.be", None, []])
async def test_what_is_no_address_is_refused_beside_its_field(
    state: Any, pretend: Callable[..., Called], email: object
) -> None:
    calls = pretend("ask_for_email_change", AccountDetail())
    await act(state, "change_email", {"email": email})
    assert (calls, list(state.errors), state.notice) == ([], ["email"], "")


async def test_a_recent_proof_is_asked_with_the_way_back(state: Any, pretend: Callable[..., Called]) -> None:
    pretend("ask_for_email_change", FreshFactorNeeded())
    await act(state, "change_email", {"email": "nouvelle@demo.test"})
    assert state.prove.startswith("/connexion/second-facteur?suite=")
    assert state.notice == ""


async def test_ending_a_session_shows_those_that_go_on(state: Any, pretend: Callable[..., Called]) -> None:
    calls = pretend("end_session", [HERE])
    state.sessions = [HERE, THERE]
    await act(state, "end_session", 2)
    assert (calls[0][1], state.sessions) == (2, [HERE])


@pytest.mark.parametrize("claimed", ["2 OR 1=1", None, -1, 10**30, {}])
async def test_a_session_that_is_not_ones_own_is_not_found(
    state: Any, pretend: Callable[..., Called], claimed: object
) -> None:
    calls = pretend("end_session", NotFound())
    state.sessions = [HERE, THERE]
    await act(state, "end_session", claimed)
    assert (calls[0][1], state.missing, len(state.sessions)) == (0, True, 2)


async def test_all_others_are_ended(state: Any, pretend: Callable[..., Called]) -> None:
    pretend("end_other_sessions", [HERE])
    state.sessions = [HERE, THERE]
    await act(state, "end_others")
    assert state.sessions == [HERE]


@pytest.mark.parametrize(("answer", "done"), [(True, True), (LinkSpent(), False), (AddressTaken(), False)])
async def test_the_button_of_the_link_confirms_the_address(
    pretend: Callable[..., Called], answer: object, done: bool
) -> None:
    current_actor.set(None)
    calls = pretend("confirm_email_change", answer, email_change)
    state = EmailChangeState(_reflex_internal_init=True)  # type: ignore[call-arg]
    await act(state, "confirm", {"token": "jeton"})
    assert (calls, state.done, bool(state.errors)) == ([("jeton",)], done, not done)
