"""What dies: the server that people speak to, and the timed work that sends their mails."""

import asyncio
import signal
import sys
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from random import Random
from subprocess import PIPE, Popen
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading
from stageplus.jobs.clock import LONGEST_RUN
from stageplus.models import JobLease
from stageplus.web.build import ROOT
from tests.e2e.mortal import MortalSite
from tests.prove.audit import Mail
from tests.prove.timed_work import AT_WORK

MOST_ACTS_OF_LIFE, LAST_MOMENTS = 25, 0.2
LONGEST_LIFE_OF_SERVER, LONGEST_LIFE_OF_WORK = 30.0, 1.5
BETWEEN_LIVES = 2 * LONGEST_RUN
"""How much later each life of the timed work begins: what the dead one held has run out by then."""
SECONDS_TO_TAKE_A_MAIL = 0.02


class Mailbox:
    """A mail server that takes its time, so that senders die before and after it has taken a mail."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        read = message_from_bytes(envelope.content, EmailMessage, policy=policy.default)
        plain = read.get_body(("plain",))
        self.mails.append(Mail(str(read["Message-ID"]), str(read["To"]), plain.get_content() if plain else ""))
        await asyncio.sleep(SECONDS_TO_TAKE_A_MAIL)
        return "250 OK"


def kill_servers(site: MortalSite, times: int, chance: Random, acts: Callable[[], int]) -> None:
    """Kill the server and its worker so many times, each time some acts and some moments after it has come back."""
    for _life in range(times):
        enough, until = acts() + chance.randrange(MOST_ACTS_OF_LIFE), monotonic() + LONGEST_LIFE_OF_SERVER
        while acts() < enough and monotonic() < until:
            sleep(0.002)
        sleep(chance.uniform(0, LAST_MOMENTS))
        site.die()
        site.come_back()


def kill_work(environment: Mapping[str, str], times: int, chance: Random, on: Engine) -> int:
    """Kill the timed work so many times; say how many tasks were cut in the middle, those of a dead server as well."""
    cut: set[str] = set()
    for life in range(times):
        minutes = life * BETWEEN_LIVES.total_seconds() / 60
        command = [sys.executable, "-m", "tests.prove.timed_work", str(minutes)]
        with Popen(command, cwd=ROOT, env=dict(environment), stdout=PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == AT_WORK
            sleep(chance.uniform(0, LONGEST_LIFE_OF_WORK))
            process.send_signal(signal.SIGKILL)
        with reading(on) as session:
            cut |= set(session.exec(select(JobLease.holder).where(col(JobLease.holder) != "")))
    return len(cut)
