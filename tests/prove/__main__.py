"""Kills the server and the timed work at random moments, and counts what is lost and what happened twice: `make prove`.

Prints one line of JSON, and on standard error a sentence for each thing that is wrong; ends with 1 when anything is.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from secrets import token_hex
from threading import Event
from time import monotonic
from typing import Any

import click
from aiosmtpd.controller import Controller
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.bench.search import empty_database
from stageplus.config import LEAST_BCRYPT_COST, settings
from stageplus.db.engine import reading
from stageplus.demo.world import fill_demo_world
from stageplus.jobs.clock import run_due
from stageplus.models import OutboxMessage
from stageplus.services.registers.actions import import_reference
from stageplus.web.server import free_port
from tests.e2e.mortal import MortalSite
from tests.prove.audit import Act, Story, Tally, audit, look_before
from tests.prove.journey import Walker
from tests.prove.killing import BETWEEN_LIVES, Mailbox, kill_servers, kill_work
from tests.prove.people import People

WALKERS = 3
SHARE_OF_SERVERS = 0.3
"""Of all kills: the server takes longer to come back than the timed work."""
MOST_HOURS = 200
"""Until every mail has left: the quiet hours of a night, and the pauses after tries that were cut."""
SECONDS_TO_ARRIVE = 180


@click.command()
@click.option("--kills", default=100, show_default=True, type=click.IntRange(2), help="Du serveur et des tâches.")
@click.option(
    "--database", default="sqlite", show_default=True, help="sqlite, postgresql ou l'adresse d'une base vide."
)
def main(kills: int, database: str) -> None:
    """Prouve que rien ne se perd ni ne se double quand tout meurt."""
    figures, tally = prove(kills, database)
    for sentence in (*tally.lost, *tally.doubled, *tally.halves):
        click.echo(sentence, err=True)
    click.echo(json.dumps(figures))
    is_right = not (figures["lost"] or figures["doubled"] or figures["halves"])
    sys.exit(0 if is_right and figures["acts"] and figures["mails"] else 1)


def prove(kills: int, database: str) -> tuple[dict[str, Any], Tally]:
    """Fill a world, let people walk through it while everything dies, and count once every mail has left."""
    started, mailbox = monotonic(), Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with empty_database(database) as on:
            environment = _installation(on, controller.port)
            import_reference(on=on)
            fill_demo_world(now=datetime.now(UTC), on=on)
            before = look_before(on)
            servers = round(SHARE_OF_SERVERS * kills)
            walkers, cut = _live_and_die(on, environment, servers, kills - servers)
            _let_mails_leave(on, datetime.now(UTC) + (kills - servers) * BETWEEN_LIVES)
            story = Story(
                [key for walker in walkers for key in walker.seen.form_keys],
                [act for walker in walkers for act in walker.seen.acts],
                list(mailbox.mails),
            )
            tally = audit(on, story, before)
    finally:
        controller.stop()
    figures = {
        "kills": kills,
        "servers": servers,
        "jobs": kills - servers,
        "lost": len(tally.lost),
        "doubled": len(tally.doubled),
        "halves": len(tally.halves),
        "acts": len(story.acts),
        "introductions": _count(story.acts, "accept"),
        "fell_through": _count(story.acts, "fall-through"),
        "acts_cut": sum(walker.seen.cut for walker in walkers),
        "jobs_cut": cut,
        "faults": sum(walker.seen.faults for walker in walkers),
        "mails": len({mail.name for mail in story.mails}),
        "mails_repeated": len(story.mails) - len({mail.name for mail in story.mails}),
        "database": on.dialect.name,
        "seconds": round(monotonic() - started),
    }
    return figures, tally


def _installation(on: Engine, smtp_port: int) -> dict[str, str]:
    """Describe a real installation, here and for the processes that die: the demonstration sends no mail."""
    os.environ.pop("STAGEPLUS_DEMO", None)
    os.environ |= {
        "STAGEPLUS_DATABASE_URL": on.url.render_as_string(hide_password=False),
        "STAGEPLUS_SECRET_KEY": token_hex(32),
        "STAGEPLUS_BCRYPT_COST": str(LEAST_BCRYPT_COST),
        "STAGEPLUS_SMTP_HOST": "127.0.0.1",
        "STAGEPLUS_SMTP_PORT": str(smtp_port),
    }
    settings.cache_clear()
    return dict(os.environ)


def _live_and_die(on: Engine, environment: dict[str, str], servers: int, works: int) -> tuple[list[Walker], int]:
    over, site, people = Event(), MortalSite(environment), People(on)
    walkers = [Walker(site.address, people, on, Random(), over) for _ in range(WALKERS)]
    try:
        for walker in walkers:
            walker.start()
        with ThreadPoolExecutor(2) as deaths:
            of_site = deaths.submit(
                kill_servers, site, servers, Random(), lambda: sum(len(each.seen.acts) for each in walkers)
            )
            of_work = deaths.submit(kill_work, environment, works, Random(), on)
        of_site.result()
    finally:
        over.set()
        for walker in walkers:
            walker.join(SECONDS_TO_ARRIVE)
        site.die()
    failed = next((walker.failure for walker in walkers if walker.failure), None)
    if failed or any(walker.is_alive() for walker in walkers):
        raise RuntimeError("somebody did not arrive") from failed
    return walkers, of_work.result()


def _let_mails_leave(on: Engine, moment: datetime) -> None:
    waiting = select(OutboxMessage.id).where(col(OutboxMessage.sent_at).is_(None)).limit(1)
    for hour in range(MOST_HOURS):
        run_due(now=moment + timedelta(hours=hour), on=on)
        with reading(on) as session:
            if session.exec(waiting).first() is None:
                return


def _count(acts: list[Act], step: str) -> int:
    return sum(act.step == step for act in acts)


if __name__ == "__main__":
    main()
