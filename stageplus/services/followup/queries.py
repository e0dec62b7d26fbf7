"""What an operator's staff reads: introductions to take over, learners without a place first."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import NotFound
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Application,
    ApplicationChange,
    Company,
    Introduction,
    Learner,
    Municipality,
    Offer,
    Trade,
)
from stageplus.services.applications.schemas import STATUS_WORDS
from stageplus.services.followup import conditions as meant
from stageplus.services.followup import introductions as parties
from stageplus.services.followup import rows, scope
from stageplus.services.followup import search as search_of
from stageplus.services.followup.introductions import introductions_of, rows_of
from stageplus.services.followup.rows import NONE, learner_row, year_words
from stageplus.services.followup.schemas import (
    DatedStep,
    FollowedApplication,
    FollowedLearner,
    IntroductionLists,
    IntroductionSearch,
    LearnerPage,
    LearnerSearch,
)
from stageplus.services.followup.scope import my_introductions_only
from stageplus.services.followup.search import (
    counted,
    learners_with,
    live_applications,
    trades_learned,
)
from stageplus.services.paging import page_of
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_words, number, short_date

enrolled_with, meaning = meant.enrolled_with, meant.meaning
conditions, patience_in = meant.conditions, meant.patience_in
rows_of_learners, ordered_learners = rows.learner_rows, search_of.ordered_learners
read_learners, read_introductions = search_of.learners_with, parties.with_everybody
count_live = search_of.live_applications
learners_of, my_introductions = scope.my_learners_only, scope.my_introductions_only
only_implantation, this_learner = scope.only_implantation, scope.this_learner
Patience = meant.Patience
MOST_APPLICATIONS = 200


def introductions(
    actor: Actor | None, search: IntroductionSearch, *, now: datetime, on: Engine | None = None
) -> IntroductionLists:
    """List the introductions of one's operator: to take over, the oldest first; the others, the latest first."""
    actor = require(actor, Permission.INTRODUCTION_TAKE_OVER)
    id_, taken_at, settled_at = col(Introduction.id), col(Introduction.taken_over_at), col(Introduction.settled_at)
    with reading(on) as session:
        mine = select(Introduction.id).where(*my_introductions_only(actor))
        oldest = mine.where(Introduction.status == IntroductionStatus.WAITING)
        latest = mine.where(Introduction.status == IntroductionStatus.TAKEN_OVER)
        over = mine.where(settled_at.is_not(None))
        waiting = page_of(session, oldest.order_by(col(Introduction.created_at), id_), search.waiting)
        taken = page_of(session, latest.order_by(taken_at.desc(), id_.desc()), search.taken)
        settled = page_of(session, over.order_by(settled_at.desc(), id_.desc()), search.settled)
        found = {row.introduction_id: row for row in rows_of(session, [*waiting.ids, *taken.ids, *settled.ids], now)}
        return IntroductionLists(
            waiting=[found[each] for each in waiting.ids],
            waiting_words=_waiting_words(waiting.total),
            waiting_page=waiting.page,
            waiting_pages=waiting.pages,
            taken=[found[each] for each in taken.ids],
            taken_words=_("{n} en tout").format(n=number(taken.total)),
            taken_page=taken.page,
            taken_pages=taken.pages,
            settled=[found[each] for each in settled.ids],
            settled_words=_("{n} en tout").format(n=number(settled.total)),
            settled_page=settled.page,
            settled_pages=settled.pages,
        )


def introductions_to_take_over(actor: Actor) -> Any:
    """Select, inside another statement, how many introductions of the actor's learners nobody has taken over."""
    mine = select(func.count(col(Introduction.id))).where(*my_introductions_only(actor))
    return mine.where(Introduction.status == IntroductionStatus.WAITING).scalar_subquery()


def my_learners(actor: Actor | None, search: LearnerSearch, *, now: datetime, on: Engine | None = None) -> LearnerPage:
    """List one page of the learners of one's operator, those without a place first unless sorted by name."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with reading(on) as session:
        found = search_of.found_learners(session, actor, search, now, _patience(session, search, now))
        listed = rows.learner_rows(session, found.ids, now)
        everybody, waiting, years = counted(session, actor, day_in_brussels(now))
        trades = trades_learned(session, actor)
    return LearnerPage(
        rows=listed,
        found_words=_found_words(found.total),
        all_words=_all_words(everybody, waiting),
        page=found.page,
        pages=found.pages,
        trades=trades,
        years=[(str(year), _("{year} année").format(year=year_words(year))) for year in range(1, years + 1)],
    )


def _patience(session: Session, search: LearnerSearch, now: datetime) -> Patience:
    """Read the days that a search speaks of, if it does."""
    return meant.patience_in(session, now) if search.waiting or search.answer else Patience(0, 0, 0)


def followed_learner(
    actor: Actor | None, learner_id: int, *, now: datetime, on: Engine | None = None
) -> FollowedLearner:
    """Show one learner of one's operator and the steps of their applications.

    Raises `NotFound` for another operator's.
    """
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with reading(on) as session:
        return followed_in(session, actor, learner_id, now)


def followed_in(session: Session, actor: Actor, learner_id: int, now: datetime) -> FollowedLearner:
    """Build a learner's sheet, within a session."""
    mine = learners_with(now).where(*scope.this_learner(actor, learner_id))
    found = session.exec(mine).first()
    if found is None:
        raise NotFound
    applications = _applications(session, learner_id)
    live = live_applications(session, [learner_id]).get(learner_id, NONE)
    places = [each.company for each in applications if each.status == ApplicationStatus.ACCEPTED]
    person = found[1]
    return FollowedLearner(
        row=learner_row(found, live, now),
        name=f"{person.first_name} {person.last_name}",
        email=person.email,
        place_words=" · ".join(places),
        ended_words=_ended_words(found[0]),
        reference=found[0].operator_reference,
        days=days_words(found[0].company_days),
        applications=applications,
        introductions=introductions_of(session, actor, learner_id, now),
    )


def _applications(session: Session, learner_id: int) -> list[FollowedApplication]:
    sent = (
        select(Application, Trade, Company, Municipality)
        .join(Offer, col(Application.offer_id) == Offer.id)
        .join(Trade, col(Offer.trade_code) == Trade.code)
        .join(Company, col(Offer.company_id) == Company.id)
        .join(Municipality, col(Offer.municipality_ins) == Municipality.ins)
        .where(Application.learner_id == learner_id, Application.status != ApplicationStatus.DRAFT)
    )
    latest = session.exec(sent.order_by(col(Application.changed_at).desc()).limit(MOST_APPLICATIONS)).all()
    steps = _steps(session, [application.id or 0 for application, *_rest in latest])
    return [_followed(*each, steps[each[0].id or 0]) for each in latest]


def _steps(session: Session, application_ids: list[int]) -> dict[int, list[DatedStep]]:
    told = select(ApplicationChange).where(col(ApplicationChange.application_id).in_(application_ids))
    found: dict[int, list[DatedStep]] = defaultdict(list)
    for change in session.exec(told.order_by(col(ApplicationChange.id))):
        step = DatedStep(STATUS_WORDS[change.status], short_date(day_in_brussels(change.at)))
        before = found[change.application_id]
        before += [] if before and before[-1].words == step.words else [step]
    return found


def _followed(
    application: Application, trade: Trade, company: Company, town: Municipality, steps: list[DatedStep]
) -> FollowedApplication:
    return FollowedApplication(
        title=both_genders(trade.name_f, trade.name_m),
        company=company.name,
        municipality=town.name,
        status=application.status.value,
        status_words=STATUS_WORDS[application.status],
        steps=steps,
    )


def _ended_words(learner: Learner) -> str:
    if learner.enrolment_ended_on is None:
        return ""
    return _("Inscription terminée le {day}").format(day=short_date(learner.enrolment_ended_on))


def _waiting_words(total: int) -> str:
    if not total:
        return _("Tout est repris")
    return ngettext("{n} mise en relation à reprendre", "{n} mises en relation à reprendre", total).format(
        n=number(total)
    )


def _found_words(total: int) -> str:
    return ngettext("{n} apprenant", "{n} apprenants", total).format(n=number(total))


def _all_words(everybody: int, waiting: int) -> str:
    return _("{waiting} sans lieu de stage, sur {everybody}").format(
        waiting=number(waiting), everybody=_found_words(everybody)
    )
