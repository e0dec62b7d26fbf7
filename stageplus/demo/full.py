"""Fills the world at its full size beside the small one: what the site is planned for, to try it and to measure it.

Rows go to the database by the ten thousand and past the session, so that what `models/kept_up.py` keeps is written
here. Deterministic but for `now`; every name is invented and every address ends in demo.test.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.db.bulk import go_on_counting, next_number, write_rows, writing_many
from stageplus.db.engine import reading, refresh_statistics, transaction
from stageplus.db.words import remember_words
from stageplus.demo.crowd import word_rows
from stageplus.demo.full_ground import Size, Stage, the_stage
from stageplus.demo.full_houses import found_companies, write_companies
from stageplus.demo.full_learners import Seekers, deciding, enrol_learners, open_centres
from stageplus.demo.full_offers import CHANGE, OFFER, Plan, offer_row, offer_story, plan_offers
from stageplus.demo.full_stories import APPLICATION, APPLICATION_CHANGE, INTRODUCTION, Teller, Told
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    Approval,
    Company,
    Establishment,
    Introduction,
    JobLease,
    Learner,
    Offer,
    OfferChange,
    OfferDay,
    OfferWord,
    Person,
)
from stageplus.services.facts.actions import count_facts
from stageplus.services.leases import DEMO_MARK
from stageplus.services.offers.actions import count_answers
from stageplus.services.statistics.actions import publish_months
from stageplus.texts.formats import day_in_brussels, number

BEGUN, FILLED = "grand monde commencé", "grand monde inventé"
OFFERS_AT_ONCE = 4_000
COUNTED_AT_ONCE = 100
"""Days of figures a transaction: nobody else writes yet."""


class HalfFilled(Exception):
    """A full world was begun here and never ended."""


def fill_full_world(
    size: Size, *, now: datetime, on: Engine, progress: Callable[[str], None] = lambda _step: None
) -> None:
    """Fill it once, beside the small world, which has to be there; a second call adds nothing.

    Raises `HalfFilled` where a run was interrupted: such a database is begun anew.
    """
    if not _begin(on):
        return
    plans, teller, names = _people_and_houses(size, now, on, progress)
    known: set[str] = set()
    for start in range(0, len(plans), OFFERS_AT_ONCE):
        with writing_many(on) as session:
            _write_offers(session, teller, plans[start : start + OFFERS_AT_ONCE], names, known)
        if start // OFFERS_AT_ONCE % 5 == 4:
            progress(f"{number(start + OFFERS_AT_ONCE)} offres, {number(teller.number)} candidatures")
    with writing_many(on) as session:
        _note_places(session, plans)
        go_on_counting(session, (Person, Company, Establishment, Approval, Learner, Offer, Application))
    refresh_statistics(on)
    progress("Chiffres de deux ans, comptés à partir des journaux")
    count_answers(now=now, on=on)
    count_facts(now=now, on=on, at_once=COUNTED_AT_ONCE)
    publish_months(now=now, on=on)
    refresh_statistics(on)
    on.dispose()
    _mark(on, FILLED)


def _begin(on: Engine) -> bool:
    with reading(on) as session:
        found = session.get_one(JobLease, DEMO_MARK).last_result
    if found == BEGUN:
        raise HalfFilled
    if found != FILLED:
        _mark(on, BEGUN)
    return found != FILLED


def _mark(on: Engine, words: str) -> None:
    with transaction(on) as session:
        session.get_one(JobLease, DEMO_MARK).last_result = words


def _people_and_houses(
    size: Size, now: datetime, on: Engine, progress: Callable[[str], None]
) -> tuple[list[Plan], Teller, dict[int, str]]:
    with writing_many(on) as session:
        stage = the_stage(session, size, now)
        progress(f"{number(size.companies)} entreprises")
        centres = open_centres(session, stage)
        town = found_companies(session, stage)
        plans = plan_offers(stage, town, next_number(session, Offer))
        write_companies(session, stage, town, deciding(stage, centres))
        progress(f"{number(size.learners)} apprenants")
        seekers = enrol_learners(session, stage, centres)
        teller = Teller(stage, Seekers(stage, seekers), next_number(session, Application))
    return plans, teller, {house.number: house.name for house in town.houses}


def _write_offers(session: Session, teller: Teller, plans: list[Plan], names: dict[int, str], known: set[str]) -> None:
    """Tell the stories of some offers and write everything that they are made of."""
    teller.told = told = Told()
    for plan in plans:
        teller.tell(plan)
    stage = teller.stage
    stories = [(plan, list(offer_story(stage, plan))) for plan in plans]
    offers = [offer_row(stage, plan, story[-1][3] if story else plan.begun) for plan, story in stories]
    write_rows(session, Offer, OFFER, offers)
    steps = (
        (plan.number, step, status, role, _by(plan, role), at)
        for plan, story in stories
        for step, status, role, at in story
    )
    write_rows(session, OfferChange, CHANGE, steps)
    write_rows(session, OfferDay, ("offer_id", "day", "seen"), (row for plan in plans for row in _seen(stage, plan)))
    _write_words(session, [offer for plan, offer in zip(plans, offers, strict=True) if _is_open(plan)], names, known)
    write_rows(session, Application, APPLICATION, told.applications)
    write_rows(session, ApplicationChange, APPLICATION_CHANGE, told.changes)
    write_rows(session, Introduction, INTRODUCTION, told.introductions)


def _by(plan: Plan, role: object) -> int | None:
    return plan.approval.house.person_id if role else None


def _is_open(plan: Plan) -> bool:
    return plan.status is OfferStatus.PUBLISHED


def _seen(stage: Stage, plan: Plan) -> Iterator[tuple[int, Any, int]]:
    """Say how many learners opened an offer on some of its days."""
    if plan.status is OfferStatus.DRAFT:
        return
    first, last = day_in_brussels(plan.begun), min(day_in_brussels(plan.takes_until), stage.today - timedelta(days=1))
    step = max(1, (last - first).days // 4)
    for day in range(0, (last - first).days, step):
        yield plan.number, first + timedelta(days=day), 1 + plan.wanted // 4 + stage.chance.randrange(4)


def _write_words(session: Session, offers: list[tuple[Any, ...]], names: dict[int, str], known: set[str]) -> None:
    house, town, tasks = OFFER.index("establishment_id"), OFFER.index("municipality_ins"), OFFER.index("tasks")
    found = [row for each in offers for row in word_rows(each[0], each[town], f"{each[tasks]} {names[each[house]]}")]
    columns = ("word", "municipality_ins", "offer_id")
    write_rows(session, OfferWord, columns, (tuple(row.values()) for row in found))
    new = {row["word"] for row in found} - known
    remember_words(session, new)
    known |= new


def _note_places(session: Session, plans: list[Plan]) -> None:
    """Let every learner who was kept have a place, as long as it did not come to nothing."""
    first = min(plan.number for plan in plans)
    kept = select(Application.learner_id).where(
        Application.status == ApplicationStatus.ACCEPTED, Application.offer_id >= first
    )
    session.execute(update(Learner).where(col(Learner.id).in_(kept)).values(has_place=True))
