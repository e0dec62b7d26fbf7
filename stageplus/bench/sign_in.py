"""What a crowd at the door does to somebody who is inside: searches over the websocket, calm and during a storm."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count, cycle, islice
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from secrets import token_urlsafe
from statistics import quantiles

import httpx

from stageplus.bench.wire import Tab
from stageplus.services.accounts.actions import sign_in
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.accounts.schemas import DEMO_PASSWORD, Credentials
from stageplus.web.build import ROOT
from stageplus.web.server import served

SIGN_INS, SECONDS = 200, 10
CALM_SEARCHES, WARM_UP = 60, 10
PAUSE_SECONDS = 0.15
PATIENCE_SECONDS = 600
POLITENESS = 15
WORDS = ("boulanger", "coiffeur", "maçon", "cuisinier")
Figures = dict[str, float]


def measure_sign_in(environment: Mapping[str, str], account: str, sign_ins: int = SIGN_INS) -> Figures:
    """Serve the demonstration world, and time one person's searches before and while so many others sign in.

    They come twenty a second, however many they are; a small crowd is compared with fewer calm searches.
    """
    with served("stageplus.stageplus:app", ROOT, environment) as address:
        token = sign_in(Credentials(account, DEMO_PASSWORD), datetime.now(UTC)).token
        with Tab(address, f"{SESSION_COOKIE}={token}", "/offres") as tab:
            calm = list(islice(_searches(tab), WARM_UP + min(CALM_SEARCHES, sign_ins)))[WARM_UP:]
            crowd, said = _start_crowd(address, sign_ins)
            said.get()  # the crowd stands before the door
            storm = list(_searches(tab, said.empty))
            waits = said.get()
            crowd.join()
    return {
        "calm_p95_ms": _p95(calm),
        "storm_p95_ms": _p95(storm),
        "ratio": round(_p95(storm) / _p95(calm), 2),
        "signed_in": len(waits),
        "sign_in_p50_ms": round(quantiles(waits, n=100)[49]),
        "sign_in_p95_ms": _p95(waits),
    }


def _searches(tab: Tab, goes_on: Callable[[], bool] = lambda: True) -> Iterator[float]:
    for word in cycle(WORDS):
        if not goes_on():
            return
        yield tab.search(word)
        time.sleep(PAUSE_SECONDS)


def _start_crowd(address: str, sign_ins: int) -> tuple[BaseProcess, "Queue[list[float]]"]:
    spawning = get_context("spawn")
    said: Queue[list[float]] = spawning.Queue()
    crowd = spawning.Process(target=_crowd, args=(address, sign_ins, said))
    crowd.start()
    return crowd, said


def _crowd(address: str, sign_ins: int, said: "Queue[list[float]]") -> None:
    os.nice(POLITENESS)  # it stands for other machines, which take nothing from this one's processor
    said.put([])
    said.put(asyncio.run(_sign_in_all(address, sign_ins)))


async def _sign_in_all(address: str, sign_ins: int) -> list[float]:
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE_SECONDS) as client:
        accounts = islice(cycle(f"apprenant{number}@demo.test" for number in range(90)), sign_ins)
        turns = zip(accounts, count(0, SECONDS / SIGN_INS), strict=False)
        waits = await asyncio.gather(*[_sign_in(client, address, account, wait) for account, wait in turns])
    return [wait for wait in waits if wait]


async def _sign_in(client: httpx.AsyncClient, address: str, account: str, wait: float) -> float:
    """Sign one person in when their turn comes, and return the milliseconds it took; 0 when they stay outside."""
    await asyncio.sleep(wait)
    token, start = token_urlsafe(32), time.perf_counter()
    form = {"email": account, "password": DEMO_PASSWORD, "csrf": form_token(token)}
    headers = {"Origin": address, "Cookie": f"{SESSION_COOKIE}={token}"}
    answer = await client.post("/auth/connexion", data=form, headers=headers)
    is_inside = answer.status_code == 303 and answer.headers["location"] == "/offres"
    return (time.perf_counter() - start) * 1000 if is_inside else 0


def _p95(times: list[float]) -> float:
    return round(quantiles(times, n=100)[94], 1)
