"""OFFA's figures are what a slow, plain look at every row says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import median_low
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.introductions import IntroductionStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    Enrolment,
    Introduction,
    Learner,
    Municipality,
    Offer,
    OfferDay,
)
from stageplus.services.facts.actions import count_facts
from stageplus.services.statistics.queries import followed_figures
from stageplus.services.statistics.schemas import PERIODS, FiguresSearch
from stageplus.texts.formats import day_in_brussels, short_month
from tests import factories
from tests.factories import NOW
from tests.services.facts.generated import a_generated_place, events

OFFA = Actor(1, Role.OFFA)
ANSWERS = {"contact", "phone", "accept", "refuse", "reconsider"}
ENDS = {
    "Refusées": ApplicationStatus.REFUSED,
    "Retirées": ApplicationStatus.WITHDRAWN,
    "Sans réponse": ApplicationStatus.UNANSWERED,
    "Caduques": ApplicationStatus.LAPSED,
    "Non abouties": ApplicationStatus.FELL_THROUGH,
}
SEARCHES: tuple[dict[str, str], ...] = (
    {"period": "tout"},
    {"period": "30-jours"},
    {"period": "3-mois", "sector": "alimentation"},
    {"period": "12-mois", "basin": "liege"},
    {"period": "tout", "operator": "1"},
    {"period": "tout", "operator": "2", "sector": "soins", "basin": "namur"},
    {"period": "tout", "scheme": "alternance-secondaire"},
    {"period": "tout", "scheme": "autre"},
)


@dataclass
class Plain:
    """An application as its rows say, looked at one by one."""

    sent: date
    last: ApplicationStatus
    seen: date | None
    answered: date | None
    introduced: date | None
    started: date | None


def first(moments: Iterator[Any]) -> date | None:
    return min((day_in_brussels(at) for at in moments), default=None)


def plain(session: Session, search: FiguresSearch) -> list[Plain]:
    found = []
    for application in session.exec(select(Application)):
        offer = session.get_one(Offer, application.offer_id)
        basin = session.get_one(Municipality, offer.municipality_ins).basin_code
        operator = str(operator_of(session, application))
        asked = {"sector": offer.sector_code, "basin": basin, "operator": operator, "scheme": offer.scheme_code}
        if any(getattr(search, name) not in ("", value) for name, value in asked.items()):
            continue
        story = session.exec(select(ApplicationChange).where(ApplicationChange.application_id == application.id)).all()
        mine = select(Introduction).where(Introduction.application_id == application.id)
        begun = session.exec(mine.where(Introduction.status == IntroductionStatus.STARTED)).all()
        by_company = [change for change in story if change.role is Role.COMPANY and change.step != "lapse"]
        found.append(
            Plain(
                sent=day_in_brussels(application.sent_at),
                last=application.status,
                seen=first(change.at for change in by_company),
                answered=first(change.at for change in by_company if change.step in ANSWERS),
                introduced=first(change.at for change in story if change.status is ApplicationStatus.ACCEPTED),
                started=first(each.settled_at for each in begun),
            )
        )
    return found


def operator_of(session: Session, application: Application) -> int:
    theirs = session.exec(select(Enrolment).where(Enrolment.learner_id == application.learner_id)).all()
    before = [each for each in theirs if each.activated_at and each.activated_at <= application.sent_at]
    if before:
        return max(before, key=lambda each: each.activated_at or NOW).operator_id
    return session.get_one(Learner, application.learner_id).operator_id


def count(words: str) -> int:
    return int("".join(letter for letter in words if letter.isdigit()) or 0)


@pytest.fixture(params=[11, 12])
def world(request: pytest.FixtureRequest, database: Engine) -> Engine:
    random = Random(request.param)
    with transaction(database) as session:
        for _at, happen in events(random, *a_generated_place(session, random), 90):
            happen(session)
    count_facts(now=NOW, on=database)
    return database


def test_every_figure_is_what_the_rows_say(world: Engine) -> None:
    for asked in SEARCHES:
        search = FiguresSearch.read(asked)
        shown = followed_figures(OFFA, search, now=NOW, on=world)
        days, today = PERIODS.get(search.period), day_in_brussels(NOW)
        begins = today - timedelta(days=days - 1) if days else date.min
        with reading(world) as session:
            everything = plain(session, search)
        sent = [each for each in everything if each.sent >= begins]
        steps = {"Envoyées": len(sent)} | {
            label: sum(getattr(each, name) is not None for each in sent)
            for label, name in (("Vues", "seen"), ("Répondues", "answered"), ("Retenues", "introduced"))
        }
        funnel = {row.label: count(row.value) for row in shown.funnel}
        assert {label: funnel[label] for label in steps} == steps, asked
        assert funnel["Commencées"] == sum(each.started is not None for each in sent)
        waited = [(each.answered - each.sent).days for each in sent if each.answered]
        assert shown.answer_days == ("—" if not waited else shown.answer_days)
        assert not waited or count(shown.answer_days) == median_low(waited)
        assert {row.label: count(row.value) for row in shown.endings} == {
            label: sum(each.last is status for each in sent) for label, status in ENDS.items()
        }
        for column in ("sent", "answered", "introduced", "started"):
            happened = [getattr(each, column) for each in everything]
            months = Counter(short_month(day.replace(day=1)) for day in happened if day and day >= begins)
            assert {
                row.month: count(getattr(row, column)) for row in shown.months if count(getattr(row, column))
            } == months


def test_offers_opened_lead_the_funnel_unless_an_operator_is_chosen(world: Engine) -> None:
    with reading(world) as session:
        seen = sum(row.seen for row in session.exec(select(OfferDay).where(col(OfferDay.day) <= NOW.date())))
    everything = followed_figures(OFFA, FiguresSearch(period="tout"), now=NOW, on=world)
    assert (everything.funnel[0].label, count(everything.funnel[0].value)) == ("Consultées", seen)
    of_one = followed_figures(OFFA, FiguresSearch(period="tout", operator="1"), now=NOW, on=world)
    assert of_one.funnel[0].label == "Envoyées"


def test_charts_say_the_same_as_the_tables(world: Engine) -> None:
    shown = followed_figures(OFFA, FiguresSearch(period="tout"), now=NOW, on=world)
    drawn = {bar.label: bar.words for bar in shown.funnel_chart.bars}
    assert drawn == {row.label: row.value for row in shown.funnel[1:]}
    for chart, column in ((shown.sent_chart, "sent"), (shown.introduced_chart, "introduced")):
        assert {bar.label: bar.words for bar in chart.bars} == {row.month: getattr(row, column) for row in shown.months}


def test_it_says_until_when_it_is_counted(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
    before = followed_figures(OFFA, FiguresSearch(), now=NOW, on=database)
    assert (before.answer_rate, before.answer_days, before.counted[:16]) == ("—", "—", "Pas encore compt")
    count_facts(now=NOW, on=database)
    after = followed_figures(OFFA, FiguresSearch(), now=NOW, on=database)
    assert after.counted == "Compté jusqu’au mardi 24 novembre 2026 à 10\u00a0h."
    assert after.choices.sectors == [(code, code.capitalize()) for code in ("alimentation", "mobilite", "soins")]
    assert after.choices.schemes == [("alternance-secondaire", "Formation en alternance")]
