"""A crowd that waits for a password to be checked takes no thread from anybody else."""

import asyncio
from contextvars import ContextVar
from threading import Event

import pytest

from stageplus.services.accounts.actions import change_password, reset_password, sign_in
from stageplus.services.federation.actions import (
    leave_to_link,
    leave_to_sign_in,
    link_identity,
    sign_in_with_provider,
)
from stageplus.services.threads import ABROAD, AT_THE_DOOR, abroad, costly, run

said: ContextVar[str] = ContextVar("said", default="")


async def test_a_page_answers_while_a_crowd_waits_at_the_door() -> None:
    full, opened, inside = Event(), Event(), []

    @costly
    def come_in(number: int) -> None:
        inside.append(number)
        if len(inside) == AT_THE_DOOR:
            full.set()
        opened.wait(10)

    crowd = [asyncio.create_task(run(come_in, number)) for number in range(200)]
    assert await asyncio.to_thread(full.wait, 10)
    assert await asyncio.wait_for(run(lambda: "page"), 5) == "page"
    assert len(inside) == AT_THE_DOOR
    opened.set()
    await asyncio.gather(*crowd)
    assert sorted(inside) == list(range(200))


async def test_what_is_said_to_the_caller_is_said_in_the_thread() -> None:
    said.set("bonjour")
    assert await run(said.get) == "bonjour"
    assert await run(costly(lambda: said.get())) == "bonjour"


async def test_arguments_and_refusals_pass_through() -> None:
    assert await run(lambda first, *, last: (first, last), 1, last=2) == (1, 2)
    with pytest.raises(KeyError, match="nothing"):
        await run(lambda: {}["nothing"])


def test_whatever_checks_or_makes_a_password_is_marked() -> None:
    assert all(use_case.is_costly for use_case in (sign_in, change_password, reset_password))  # type: ignore[attr-defined]


async def test_whoever_waits_for_another_site_holds_no_thread_of_pages_or_passwords() -> None:
    full, opened, inside = Event(), Event(), []

    @abroad
    def ask(number: int) -> None:
        inside.append(number)
        if len(inside) == ABROAD:
            full.set()
        opened.wait(10)

    crowd = [asyncio.create_task(run(ask, number)) for number in range(60)]
    assert await asyncio.to_thread(full.wait, 10)
    answers = [await asyncio.wait_for(run(use_case), 5) for use_case in (lambda: "page", costly(lambda: "password"))]
    assert (answers, len(inside)) == (["page", "password"], ABROAD)
    opened.set()
    await asyncio.gather(*crowd)


def test_whatever_asks_the_identity_provider_is_marked() -> None:
    use_cases = (leave_to_sign_in, leave_to_link, sign_in_with_provider, link_identity)
    assert all(use_case.is_abroad for use_case in use_cases)  # type: ignore[attr-defined]
