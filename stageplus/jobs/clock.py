"""The timed work: what is run how often, one process at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from time import monotonic

from sqlalchemy import Engine

from stageplus.db.engine import database_is_ready, refresh_statistics
from stageplus.domain.errors import AlreadyDone, NotFound
from stageplus.domain.plain_text import plain
from stageplus.services.alerts.actions import watch_offers
from stageplus.services.answers.actions import tell_answers
from stageplus.services.applications.actions import give_up_waiting, remind_companies
from stageplus.services.claims.actions import tidy_claims
from stageplus.services.consultations.actions import forget_consultations
from stageplus.services.conversations.actions import mail_of_messages
from stageplus.services.documents.actions import examine_documents, forget_documents
from stageplus.services.drafts.actions import forget_drafts
from stageplus.services.enrolment.actions import forget_rosters
from stageplus.services.erasure.actions import erase_applications, forget_logs, tidy_accounts
from stageplus.services.facts.actions import count_facts
from stageplus.services.faults import noted
from stageplus.services.figures.actions import fold_sights
from stageplus.services.interviews.actions import remind_of_interviews
from stageplus.services.leases import end_lease, take_lease
from stageplus.services.notices.actions import forget_notices, mail_digests
from stageplus.services.notifications.actions import send_due_mails
from stageplus.services.notifications.delivery import configured_delivery
from stageplus.services.notifications.schemas import SendReport
from stageplus.services.offers.actions import count_answers, forget_fruitless_searches
from stageplus.services.people import actions as people
from stageplus.services.postings.actions import expire_offers
from stageplus.services.renewals.actions import remind_of_endings
from stageplus.services.statistics.actions import publish_months
from stageplus.services.teams import actions as teams
from stageplus.texts import _

FAILURE = "erreur "
"""How the result of a run that failed begins."""
LONGEST_RUN = timedelta(minutes=15)
"""A job that has not ended by then is taken for dead, and another process may run it."""
SECONDS_BETWEEN_LOOKS = 5.0


@dataclass(frozen=True)
class Job:
    """A job: `work` takes `now` and `on`, does what is due, again harmless, and says what it did."""

    name: str
    every: timedelta
    work: Callable[..., object]


def send_mail(*, now: datetime, on: Engine | None = None) -> object:
    """Send the mail that waits; without a server it keeps waiting."""
    deliver = configured_delivery()
    return send_due_mails(deliver, now=now, on=on) if deliver else _("aucun serveur de courrier")


def forget_invitations(*, now: datetime, on: Engine | None = None) -> int:
    """Forget the invitations of OFFA and of companies that nobody accepted."""
    return people.forget_invitations(now=now, on=on) + teams.forget_invitations(now=now, on=on)


def forget_prepared(*, now: datetime, on: Engine | None = None) -> int:
    """Forget old drafts, and the CVs that nobody needs any more."""
    return forget_drafts(now=now, on=on) + forget_documents(now=now, on=on)


def count_figures(*, now: datetime, on: Engine | None = None) -> int:
    """Bring the figures of each day up, then publish the months that are over."""
    return count_facts(now=now, on=on) + publish_months(now=now, on=on)


def count_tables(*, now: datetime, on: Engine | None = None) -> str:  # noqa: ARG001 — every job is told the time
    """Let the database count its rows, by which it chooses how to answer."""
    refresh_statistics(on)
    return _("à jour")


JOBS = (
    Job("courrier", timedelta(seconds=5), send_mail),
    Job("e-mails du jour", timedelta(minutes=10), mail_digests),
    Job("examen des CV", timedelta(seconds=5), examine_documents),
    Job("offres échues", timedelta(minutes=10), expire_offers),
    Job("fins d’offres", timedelta(minutes=30), remind_of_endings),
    Job("réponses des entreprises", timedelta(seconds=5), tell_answers),
    Job("alertes", timedelta(minutes=1), watch_offers),
    Job("messages non lus", timedelta(minutes=1), mail_of_messages),
    Job("rappels aux entreprises", timedelta(minutes=30), remind_companies),
    Job("rappels d’entretiens", timedelta(minutes=10), remind_of_interviews),
    Job("consultations", timedelta(hours=1), fold_sights),
    Job("chiffres", timedelta(minutes=10), count_figures),
    Job("journal des consultations", timedelta(days=1), forget_consultations),
    Job("demandes d’accès", timedelta(hours=1), tidy_claims),
    Job("candidatures sans réponse", timedelta(minutes=30), give_up_waiting),
    Job("listes importées", timedelta(hours=1), forget_rosters),
    Job("invitations", timedelta(days=1), forget_invitations),
    Job("notifications", timedelta(days=1), forget_notices),
    Job("brouillons et CV", timedelta(days=1), forget_prepared),
    Job("candidatures terminées", timedelta(days=1), erase_applications),
    Job("comptes qui dorment", timedelta(days=1), tidy_accounts),
    Job("journaux", timedelta(days=1), forget_logs),
    Job("taux de réponse", timedelta(days=1), count_answers),
    Job("recherches sans résultat", timedelta(days=1), forget_fruitless_searches),
    Job("statistiques de la base", timedelta(days=1), count_tables),
)


def run_due(
    *, now: datetime, on: Engine | None = None, jobs: tuple[Job, ...] = JOBS, at_once: bool = False
) -> dict[str, str]:
    """Run the jobs whose time has come, in order, and say how each went; one that fails never stops the others.

    `at_once` also runs those whose time has not come, unless another process is at it.
    """
    return {job.name: result for job in jobs if (result := _run(job, now, on, at_once)) is not None}


async def keep_time(seconds: float = SECONDS_BETWEEN_LOOKS) -> None:
    """Run what is due until cancelled, in a thread, once the database is migrated: pages never wait for it."""
    while True:
        now = datetime.now(UTC)
        try:
            if await asyncio.to_thread(database_is_ready):
                await asyncio.to_thread(run_due, now=now)
        except Exception as error:  # noqa: BLE001 — the clock goes on when the database is away for a while
            noted(error, "keep_time")
        await asyncio.sleep(seconds)


def run_one(name: str, *, at: datetime, now: datetime, on: Engine | None = None) -> str:
    """Run the job of this name as if it were `at`, and say how it went; its next time stays counted from `now`.

    Accents and dashes do not matter. Raises `NotFound` for a name that no job has, `AlreadyDone` while another process
    is at it.
    """
    job = next((each for each in JOBS if plain(each.name) == plain(name.replace("-", " "))), None)
    if job is None:
        raise NotFound(name)
    result = _run(job, now, on, at_once=True, at=at)
    if result is None:
        raise AlreadyDone
    return result


def _run(job: Job, now: datetime, on: Engine | None, at_once: bool, at: datetime | None = None) -> str | None:
    holder = token_hex(16)
    if not take_lease(job.name, holder, LONGEST_RUN, now=now, on=on, early=at_once):
        return None
    started = monotonic()
    try:
        done = job.work(now=at or now, on=on)
        result, rows = str(done), rows_of(done)
    except Exception as error:  # noqa: BLE001 — noted with a reference, and tried again next time
        result, rows = f"{FAILURE}{noted(error, job.name)}", None
    taken = round(1000 * (monotonic() - started))
    end_lease(job.name, holder, result, now + job.every, now=now, on=on, milliseconds=taken, rows=rows)
    return result


def rows_of(done: object) -> int:
    """Return how many things a run treated, as far as it counts them."""
    if isinstance(done, SendReport):
        return done.sent + done.failed
    return done if isinstance(done, int) else 0
