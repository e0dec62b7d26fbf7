"""The list of notices and the choices about mail: each handler hands on what was tapped and shows what came back."""

from collections.abc import Callable
from typing import Any

import pytest
from reflex.istate.data import ReflexURL, RouterData

from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import NotFound
from stageplus.domain.letters import Group, MailPace
from stageplus.pages.page import Page
from stageplus.pages.registry import PAGES
from stageplus.services.accounts.schemas import NOBODY, Me
from stageplus.services.notices.schemas import ChoiceInput, ChoiceRow, MailChoices, NoticeRow, Notices
from stageplus.states import notices, session
from stageplus.states.audience import Audience, current_actor
from stageplus.states.notices import MailChoicesState, NoticesState
from stageplus.states.session import SessionState

ME = Actor(1, Role.COMPANY, company_id=3)
SHOWN = Notices(fresh=[NoticeRow(7, "Une nouvelle", is_new=True)], latest=7)
READ = Notices(read=[NoticeRow(7, "Une nouvelle")], latest=7)
CHOSEN = MailChoices(rows=[ChoiceRow("rappels", "Rappels", "", "jamais")])
Called = list[tuple[Any, ...]]


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    current_actor.set(ME)
    monkeypatch.setattr(session, "who_am_i", lambda _actor, *, now: Me("Ada", "1", "company", "/", notices="2"))

    def replaced(name: str, answer: Any) -> Called:
        calls: Called = []

        def use_case(actor: Actor | None, *args: Any, now: Any) -> Any:
            calls.append(args)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(notices, name, use_case)
        return calls

    return replaced


@pytest.fixture
def state() -> Any:
    current_actor.set(ME)
    return NoticesState(_reflex_internal_init=True)  # type: ignore[call-arg]


@pytest.fixture
def choices() -> Any:
    current_actor.set(ME)
    return MailChoicesState(_reflex_internal_init=True)  # type: ignore[call-arg]


async def act(state: Any, name: str, *args: Any) -> None:
    current_actor.set(ME)
    await getattr(type(state), name).fn(state, *args)


async def test_opening_reads_the_list(state: Any, pretend: Callable[..., Called]) -> None:
    pretend("my_notices", SHOWN)
    await act(state, "load")
    assert (state.shown, state.loading) == (SHOWN, False)


async def test_reading_a_line_counts_again(state: Any, pretend: Callable[..., Called]) -> None:
    calls = pretend("read_notice", READ)
    await act(state, "read", "7")
    assert (calls, state.shown, state.notices) == ([(7,)], READ, "2")


@pytest.mark.parametrize("claimed", ["x", "-1", "7; DROP", None])
async def test_a_line_that_is_none_is_nobodys(state: Any, pretend: Callable[..., Called], claimed: Any) -> None:
    calls = pretend("read_notice", NotFound())
    state.shown = SHOWN
    await act(state, "read", claimed)
    assert (calls, state.shown) == ([(0,)], SHOWN)


async def test_reading_all_names_the_latest_on_screen(state: Any, pretend: Callable[..., Called]) -> None:
    calls = pretend("read_all_notices", READ)
    await act(state, "read_all", 7)
    assert (calls, state.shown.fresh) == ([(7,)], [])


@pytest.mark.parametrize(("address", "asked"), [("", False), ("?partie=e-mails", True), ("?partie=%3Cb%3E", False)])
async def test_what_was_chosen_is_shown(
    choices: Any, pretend: Callable[..., Called], address: str, asked: bool
) -> None:
    pretend("my_mail_choices", CHOSEN)
    choices.router = RouterData(url=ReflexURL(f"http://stageplus.test/compte{address}"))
    await act(choices, "look")
    assert (choices.choices, choices.asked) == (CHOSEN, asked)


async def test_choosing_hands_on_both(choices: Any, pretend: Callable[..., Called]) -> None:
    calls = pretend("choose_mail", CHOSEN)
    await act(choices, "choose", "rappels", "jamais")
    assert calls == [(ChoiceInput(group=Group.REMINDERS, pace=MailPace.NEVER),)]
    assert (choices.choices, choices.notice) == (CHOSEN, "C’est noté.")


async def test_an_invented_rhythm_changes_nothing(choices: Any, pretend: Callable[..., Called]) -> None:
    calls = pretend("choose_mail", CHOSEN)
    await act(choices, "choose", "rappels", "toutes les minutes")
    assert (calls, choices.choices, choices.errors) == (
        [],
        MailChoices(),
        {"pace": "Un choix de la liste est attendu ici."},
    )


def hears(page: Page) -> bool:
    return any(getattr(each, "handler", each).is_background for each in page.opens)


def test_every_page_of_somebody_signed_in_keeps_the_count_true() -> None:
    private = [page for page in PAGES if page.audience not in {Audience.EVERYONE, Audience.IDENTIFYING}]
    assert [page.route for page in private if not hears(page)] == []
    assert len(private) > 40


def test_a_page_listens_once() -> None:
    listening = {
        page.route: [each for each in page.opens if getattr(each, "handler", each) is SessionState.hear]
        for page in PAGES
    }
    assert listening["/compte"] == [SessionState.hear]
    assert listening["/notifications"] == listening["/"] == []


def test_nobody_has_no_notices() -> None:
    assert NOBODY.notices == ""
