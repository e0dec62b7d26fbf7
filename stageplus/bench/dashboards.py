"""Times what every page of the desks reads, and the open figures, in a temporary world of full size."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.bench.desks import COMPANIES, FAMILIES, OFFERS
from stageplus.bench.search import empty_database
from stageplus.bench.timing import Reading, timed
from stageplus.db.engine import reading
from stageplus.demo.full import fill_full_world
from stageplus.demo.full_ground import size_of
from stageplus.demo.world import fill_demo_world
from stageplus.domain.actors import Actor, Role
from stageplus.models import Application, Company, FactDay, Learner, Offer, OperatorMember, Person
from stageplus.services.caseload.queries import choices
from stageplus.services.caseload.queries import my_desk as operators_desk
from stageplus.services.coaching.queries import companies_of_my_sectors, company_sheet, my_desk, offers_of_my_sectors
from stageplus.services.coaching.schemas import CompanySearch, FollowedSearch
from stageplus.services.followup.queries import followed_learner, introductions, my_learners
from stageplus.services.followup.schemas import IntroductionSearch, LearnerSearch
from stageplus.services.guidance.queries import guidance
from stageplus.services.people.queries import people
from stageplus.services.people.schemas import PeopleSearch
from stageplus.services.registers.actions import import_reference
from stageplus.services.reporting.queries import site_totals
from stageplus.services.statistics.queries import followed_figures, open_data, open_figures
from stageplus.services.statistics.schemas import SETS, FiguresSearch, MonthSearch
from stageplus.services.suspicions.queries import suspects
from stageplus.services.territories.queries import territory
from stageplus.services.territories.schemas import TerritorySearch

ROUNDS = 10
COACHED = frozenset({"alimentation", "construction"})
SHEETS = 12
"""Companies with most offers, and learners with most applications, whose sheets are opened."""
MID_MONTH = timedelta(days=14)
"""Some days ago, periods begin amid a month and read the most days one by one."""
DEEP_OFFERS: list[dict[str, Any]] = [
    {"state": "toutes", "page": 200},
    {"state": "toutes", "sort": "candidatures"},
    {"state": "expirees", "sort": "recentes"},
    {"state": "pourvues", "sort": "entreprise", "page": 40},
]
FIGURES: list[dict[str, Any]] = [
    {},
    {"period": "tout"},
    {"period": "30-jours"},
    {"period": "3-mois", "sector": "construction"},
    {"basin": "liege"},
    {"period": "tout", "operator": "3"},
    {"period": "tout", "sector": "alimentation", "basin": "namur"},
    {"period": "tout", "scheme": "alternance-secondaire"},
]
PEOPLE: list[dict[str, Any]] = [
    {},
    {"page": 500},
    {"text": "balo"},
    {"text": "boulangerie"},
    {"text": "exemple lina"},
    {"text": "apprenant-100"},
    {"role": "company", "text": "fictif"},
    {"role": "learner", "page": 300},
    {"state": "injoignable"},
]
Families = dict[str, list[Reading]]


def measure_dashboards(
    applications: int, database: str = "sqlite", progress: Callable[[str], None] = lambda _step: None
) -> dict[str, Any]:
    """Fill a world with so many applications, the rest in proportion, and time its pages; raises `NoDatabase`.

    `seconds_to_fill` is for the world of full size alone, the small one and the reference data are there before.
    """
    now = datetime.now(UTC)
    with empty_database(database) as engine:
        import_reference(on=engine)
        fill_demo_world(now=now, on=engine)
        began = datetime.now(UTC)
        fill_full_world(size_of(applications), now=now, on=engine, progress=progress)
        took = (datetime.now(UTC) - began).total_seconds()
        progress("Mesures")
        return {
            "database": engine.dialect.name,
            **counted(engine),
            "seconds_to_fill": round(took),
            "families": measure_pages(engine, now),
        }


def measure_pages(engine: Engine, now: datetime) -> dict[str, dict[str, float]]:
    """Return the median and 95th percentile of what each page reads, in milliseconds."""
    with reading(engine) as session:
        families = {**_coach(session, engine, now), **_operator(session, engine, now), **_offa(session, engine, now)}
    return {name: timed(readings, ROUNDS) for name, readings in families.items()}


def counted(engine: Engine) -> dict[str, int]:
    """Say how large the world is."""
    tables = {"learners": Learner, "companies": Company, "offers": Offer, "applications": Application, "facts": FactDay}
    with reading(engine) as session:
        return {name: session.exec(select(func.count()).select_from(table)).one() for name, table in tables.items()}


def _coach(session: Session, engine: Engine, now: datetime) -> Families:
    coach = Actor(_person(session, "coach@demo.test"), Role.COACH, sectors=COACHED)
    busiest = select(Offer.company_id).where(col(Offer.sector_code).in_(COACHED)).group_by(col(Offer.company_id))
    companies = session.exec(busiest.order_by(func.count().desc(), col(Offer.company_id)).limit(SHEETS)).all()
    ask = _asking(coach, engine, now)
    areas = [TerritorySearch(), TerritorySearch(sector="alimentation", trade="boulanger")]
    return {
        "coach: home": [ask(my_desk)],
        "coach: offers": [ask(offers_of_my_sectors, FollowedSearch.read(each)) for each in [*OFFERS, *DEEP_OFFERS]],
        "coach: companies": [ask(companies_of_my_sectors, CompanySearch.read(each)) for each in COMPANIES],
        "coach: company sheet": [ask(company_sheet, each) for each in companies],
        "coach: territory": [ask(territory, each) for each in areas],
    }


def _operator(session: Session, engine: Engine, now: datetime) -> Families:
    """Ask as staff of the operator that has most learners."""
    largest = select(Learner.operator_id).group_by(col(Learner.operator_id)).order_by(func.count().desc())
    operator_id = session.exec(largest.limit(1)).one()
    staff = session.exec(select(OperatorMember.person_id).where(OperatorMember.operator_id == operator_id)).first()
    ask = _asking(Actor(staff or 0, Role.OPERATOR, operator_id=operator_id), engine, now)
    busiest = select(Application.learner_id).join(Learner).where(Learner.operator_id == operator_id)
    busiest = busiest.group_by(col(Application.learner_id)).order_by(func.count().desc(), col(Application.learner_id))
    learners = session.exec(busiest.limit(SHEETS)).all()
    searches = [LearnerSearch.read(typed) for family in FAMILIES.values() for typed in family]
    pages = [IntroductionSearch(waiting=page, taken=page, settled=page * 10) for page in (1, 5)]
    return {
        "operator: home": [_both(ask(operators_desk), ask(choices))],
        "operator: learners": [ask(my_learners, each) for each in searches],
        "operator: introductions": [ask(introductions, each) for each in pages],
        "operator: learner sheet": [_both(ask(followed_learner, each), ask(guidance, each)) for each in learners],
    }


def _offa(session: Session, engine: Engine, now: datetime) -> Families:
    offa = Actor(_person(session, "offa@demo.test"), Role.OFFA)
    ask, earlier = _asking(offa, engine, now), _asking(offa, engine, now - MID_MONTH)
    figures = [FiguresSearch.read(each) for each in FIGURES]
    anybody = _asking(None, engine, now)
    return {
        "offa: home": [_both(ask(site_totals), ask(followed_figures, FiguresSearch()))],
        "offa: accounts": [ask(people, PeopleSearch.read(each)) for each in PEOPLE],
        "offa: suspicions": [ask(suspects)],
        "offa: statistics": [asks(followed_figures, each) for asks in (ask, earlier) for each in figures],
        "open figures": [anybody(open_figures, MonthSearch())],
        "open files": [anybody(open_data, name) for name in SETS],
    }


def _asking(actor: Actor | None, engine: Engine, now: datetime) -> Callable[..., Reading]:
    def asks(use_case: Callable[..., object], *what: object) -> Reading:
        return lambda: use_case(actor, *what, now=now, on=engine)

    return asks


def _both(first: Reading, second: Reading) -> Reading:
    """Read as a page does that shows the two together."""
    return lambda: (first(), second())


def _person(session: Session, email: str) -> int:
    return session.exec(select(Person.id).where(Person.email == email)).one() or 0
