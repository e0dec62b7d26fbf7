"""Counts for OFFA and everybody."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, distinct, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import HIDDEN_FROM_COMPANY, IN_ANSWER, ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, Establishment, Introduction, Learner, Offer
from stageplus.services.applications.schemas import STATUS_WORDS
from stageplus.services.registers.queries import parameter_in_force, parameters_in_force
from stageplus.services.reporting.health import GOES_WELL, jobs_of
from stageplus.services.reporting.keeping import due_rows, storage_figures
from stageplus.services.reporting.mails import mail_figures, refused_mails
from stageplus.services.reporting.schemas import (
    Figure,
    Keeping,
    PublicTotals,
    RetentionPeriods,
    SiteTotals,
)
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, day_in_brussels, number


def site_totals(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> SiteTotals:
    """Count what OFFA watches, and say how the site's timed work and its mail go."""
    actor = require(actor, Permission.SITE_WATCH)
    with reading(on) as session:
        grouped = select(col(Application.status), func.count()).group_by(col(Application.status))
        by_status = {ApplicationStatus(status): count for status, count in session.exec(grouped)}
        mails, all_sent = mail_figures(session, now)
        refused, refused_more = refused_mails(session, now)
        jobs = jobs_of(session, now)
        return SiteTotals(
            figures=[*_figures(session, by_status), *_today(session, now)],
            applications=_shares(by_status),
            mails=mails,
            refused=refused,
            refused_more=refused_more,
            jobs=jobs,
            is_healthy=all_sent and all(job.state in GOES_WELL for job in jobs),
        )


def site_keeping(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Keeping:
    """Tell OFFA how much is stored, and what is due for erasure by the periods in force."""
    actor = require(actor, Permission.SITE_WATCH)
    with reading(on) as session:
        return Keeping(storage_figures(session), due_rows(session, now))


def public_totals(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> PublicTotals:
    """Count the open offers, their trades and their municipalities, for everybody."""
    with reading(on) as session:
        counted = select(
            func.count(),
            func.count(distinct(col(Offer.trade_code))),
            func.count(distinct(col(Offer.municipality_ins))),
        )
        found = session.exec(counted.where(Offer.status == OfferStatus.PUBLISHED)).one()
    return PublicTotals(*[number(value) for value in found])


def retention_periods(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> RetentionPeriods:
    """Tell everybody how long personal data are kept today, from the dated parameters that the site itself obeys."""
    with reading(on) as session:
        known = parameters_in_force(session, day_in_brussels(now))
    return RetentionPeriods(
        ended_application=_months(known["retention_ended_application_months"]),
        inactive_warning=_months(known["retention_inactive_learner_warning_months"]),
        inactive_account=_months(known["retention_inactive_learner_months"]),
        after_registration=_months(known["retention_after_registration_end_months"]),
        unused_invitation=_months(known["retention_invitation_months"]),
        notices=ngettext("{n} jour", "{n} jours", int(known["notice_days"])).format(n=known["notice_days"]),
        logs=_months(known["log_retention_months"]),
    )


def _figures(session: Session, by_status: dict[ApplicationStatus, int]) -> list[Figure]:
    published = Offer.status == OfferStatus.PUBLISHED
    left = func.sum(col(Offer.places) - col(Offer.places_taken))
    enrolled = select(func.count(col(Learner.id))).where(col(Learner.enrolment_ended_on).is_(None))
    learners, waiting, houses, offers, places, introduced = _counts(
        session,
        enrolled,
        enrolled.where(col(Learner.has_place).is_(False)),
        select(func.count(col(Establishment.id))),
        select(func.count(col(Offer.id))).where(published),
        select(left).where(published),
        select(func.count(col(Introduction.id))),
    )
    sent = sum(found for status, found in by_status.items() if status not in HIDDEN_FROM_COMPANY)
    return [
        Figure(_("Apprenants"), number(learners)),
        Figure(_("Sans lieu de stage"), number(waiting)),
        Figure(_("Établissements"), number(houses)),
        Figure(_("Offres ouvertes"), number(offers)),
        Figure(_("Places libres"), number(places)),
        Figure(_("Candidatures"), number(sent)),
        Figure(_("Mises en relation"), number(introduced)),
    ]


def _shares(by_status: dict[ApplicationStatus, int]) -> list[Figure]:
    """List the statuses that an application in the site may have, each with its part of them all."""
    shown = [status for status in ApplicationStatus if status is not ApplicationStatus.DRAFT]
    whole = max(1, sum(by_status.get(status, 0) for status in shown))
    counts = [(status, by_status.get(status, 0)) for status in shown]
    return [Figure(STATUS_WORDS[status], number(count), round(100 * count / whole)) for status, count in counts]


def _today(session: Session, now: datetime) -> list[Figure]:
    today = day_in_brussels(now)
    days = _days(session, "answer_reminder_days_2", now)
    published, silent = _counts(
        session,
        select(func.count(col(Offer.id))).where(
            col(Offer.status).in_([status for status in OfferStatus if status is not OfferStatus.DRAFT]),
            col(Offer.published_at) >= datetime.combine(today, time(), BRUSSELS),
        ),
        select(func.count(col(Application.id))).where(
            col(Application.status).in_(IN_ANSWER), Application.sent_at < now - timedelta(days=days)
        ),
    )
    return [
        Figure(_("Offres publiées aujourd’hui"), number(published)),
        Figure(_("Sans réponse depuis plus de {n} jours").format(n=days), number(silent)),
    ]


def _counts(session: Session, *statements: Any) -> list[int]:
    """Run several counts as one statement."""
    together: Any = select(*[statement.scalar_subquery() for statement in statements])
    return [int(found or 0) for found in session.execute(together).one()]


def _days(session: Session, parameter: str, now: datetime) -> int:
    return int(parameter_in_force(session, parameter, day_in_brussels(now)))


def _months(value: str) -> str:
    return ngettext("{n} mois", "{n} mois", int(value)).format(n=value)
