"""How much is stored, and what is due for erasure by each period: what its job has not done yet is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, SQLModel, col, func, select

from stageplus.db.engine import database_bytes
from stageplus.models import (
    Application,
    ApplicationDraft,
    Consultation,
    Document,
    Enrolment,
    JobLease,
    JournalEntry,
    Learner,
    Notice,
    OutboxMessage,
    SignInSession,
)
from stageplus.services.erasure import queries as due
from stageplus.services.leases import job_leases
from stageplus.services.registers.queries import parameters_in_force
from stageplus.services.reporting.schemas import DueRow, Figure
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, moment_near, number

GRACE = timedelta(days=2)
"""Jobs that erase run once a day: what was due before that is overdue."""


@dataclass(frozen=True)
class Rule:
    """What is erased, by which dated parameter (months or days) and job, and which rows are due at a moment."""

    words: str
    period: str
    job: str
    table: type[SQLModel]
    which: Callable[[Session, datetime], Any]


ENDED, LEFT, SLEEPS = (
    "retention_ended_application_months",
    "retention_after_registration_end_months",
    "retention_inactive_learner_months",
)
LOGS, CONTENTS, ACCOUNTS = "log_retention_months", "candidatures terminées", "comptes qui dorment"
RULES = (
    Rule(_("Contenu des candidatures terminées"), ENDED, CONTENTS, Application, due.ended_applications),
    Rule(_("CV"), ENDED, "brouillons et CV", Document, due.old_documents),
    Rule(_("Brouillons de candidature"), "draft_keep_days", "brouillons et CV", ApplicationDraft, due.old_drafts),
    Rule(_("Comptes d’apprenants qui dorment"), SLEEPS, ACCOUNTS, Learner, due.sleeping_learners),
    Rule(_("Comptes après la fin d’inscription"), LEFT, ACCOUNTS, Learner, due.learners_who_left),
    Rule(_("Inscriptions terminées"), LEFT, ACCOUNTS, Enrolment, due.ended_enrolments),
    Rule(_("Notifications"), "notice_days", "notifications", Notice, due.old_notices),
    Rule(_("Journal des consultations"), LOGS, "journal des consultations", Consultation, due.old_consultations),
    Rule(_("Journal des gestes"), LOGS, "journaux", JournalEntry, due.old_deeds),
    Rule(_("Sessions"), LOGS, "journaux", SignInSession, due.old_sessions),
    Rule(_("Courriers envoyés"), LOGS, "journaux", OutboxMessage, due.old_mails),
)


def storage_figures(session: Session) -> list[Figure]:
    """Measure the database, the CVs in it, and the mails that it keeps."""
    counted = select(func.count(col(Document.id)), func.coalesce(func.sum(col(Document.size)), 0))
    documents, size = session.exec(counted).one()
    mails = session.exec(select(func.count(col(OutboxMessage.id)))).one()
    return [
        Figure(_("Base de données"), _size(database_bytes(session))),
        Figure(ngettext("CV gardé", "CV gardés", documents), number(documents)),
        Figure(_("Poids des CV"), _size(size)),
        Figure(_("Courriers gardés"), number(mails)),
    ]


def due_rows(session: Session, now: datetime) -> list[DueRow]:
    """Count what is due by each rule, and say since when its job has not run where it is overdue."""
    known = parameters_in_force(session, day_in_brussels(now))
    leases = {lease.name: lease for lease in job_leases(session)}
    return [_row(session, rule, known[rule.period], leases.get(rule.job), now) for rule in RULES]


def _row(session: Session, rule: Rule, period: str, lease: JobLease | None, now: datetime) -> DueRow:
    waiting = _count(session, rule, now)
    late = _count(session, rule, now - GRACE) if waiting else 0
    ran = lease.last_run_at if lease else None
    state = _("{n} en retard").format(n=number(late)) if late else _("À jour") if not waiting else _("Cette nuit")
    return DueRow(
        what=rule.words,
        period=_period(rule.period, period),
        waiting=number(waiting),
        last_run=moment_near(ran, now) if ran else _("jamais"),
        state=state,
        tone="danger" if late else "success" if not waiting else "neutral",
    )


def _count(session: Session, rule: Rule, at: datetime) -> int:
    return session.exec(select(func.count()).select_from(rule.table).where(rule.which(session, at))).one()


def _period(name: str, value: str) -> str:
    if name.endswith("_months"):
        return ngettext("{n} mois", "{n} mois", int(value)).format(n=value)
    return ngettext("{n} jour", "{n} jours", int(value)).format(n=value)


def _size(octets: int) -> str:
    for unit, words in ((1_000_000_000, _("{n} Go")), (1_000_000, _("{n} Mo")), (1_000, _("{n} Ko"))):
        if octets >= unit:
            return words.format(n=number(round(octets / unit, 1)))
    return _("{n} octets").format(n=number(octets))
