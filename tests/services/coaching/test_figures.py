"""Every figure of a coach's desk, and the list that it opens, against a slow count of all rows in worlds of chance."""

from collections.abc import Iterator
from datetime import date, datetime, time
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.coaching import months_earlier
from stageplus.services.coaching.queries import (
    companies_of_my_sectors,
    company_sheet,
    my_desk,
    offers_of_my_sectors,
)
from stageplus.services.coaching.schemas import (
    COMPANY_WORDS,
    OFFER_WORDS,
    OFFERS,
    CompanySearch,
    DeskFigure,
    FollowedSearch,
)
from stageplus.services.inputs import Input
from stageplus.texts.formats import BRUSSELS
from tests import factories
from tests.factories import NOW
from tests.services.coaching.slow import Slow
from tests.services.coaching.worlds import a_world

SECTORS = ("alimentation", "soins")


@pytest.fixture(params=range(3))
def coach(request: pytest.FixtureRequest, database: Engine) -> Actor:
    with transaction(database) as session:
        a_world(session, request.param)
        return factories.a_coach(session, *SECTORS)


@pytest.fixture
def slow(database: Engine, coach: Actor) -> Iterator[Slow]:
    with Session(database) as session:
        yield Slow(session, SECTORS)


def listed(database: Engine, coach: Actor, figure: DeskFigure) -> int:
    """Count the rows of the list that a figure leads to."""
    address = urlsplit(figure.href)
    asked = dict(parse_qsl(address.query))
    if address.path == OFFERS:
        search = read(FollowedSearch, OFFER_WORDS, asked)
        return len(offers_of_my_sectors(coach, search, now=NOW, on=database).rows)
    search = read(CompanySearch, COMPANY_WORDS, asked)
    return len(companies_of_my_sectors(coach, search, now=NOW, on=database).rows)


def read(shape: type[Input], words: object, asked: dict[str, str]) -> Input:
    return shape.read({words[word]: value for word, value in asked.items()})  # type: ignore[index]


def test_the_desk_counts_what_a_slow_count_finds(database: Engine, coach: Actor, slow: Slow) -> None:
    desk = my_desk(coach, now=NOW, on=database)
    assert {each.key: int(each.value) for each in desk.figures} == slow.figures()
    assert desk.figures[0].before == slow.before()
    assert {(row.company_id, row.sector.lower()) for row in desk.calls} == slow.to_call()


def test_each_sector_is_counted_alone(database: Engine, coach: Actor) -> None:
    desk = my_desk(coach, now=NOW, on=database)
    with Session(database) as session:
        wanted = [(code.capitalize(), Slow(session, {code}).figures()) for code in SECTORS]
    assert [(line.sector, {each.key: int(each.value) for each in line.cells}) for line in desk.sectors] == wanted


def test_every_number_is_the_length_of_the_list_it_opens(database: Engine, coach: Actor) -> None:
    desk = my_desk(coach, now=NOW, on=database)
    for figure in [*desk.figures, *[cell for line in desk.sectors for cell in line.cells]]:
        if figure.key != "places":
            assert listed(database, coach, figure) == int(figure.value), figure


def test_the_rows_of_companies_say_the_same(database: Engine, coach: Actor, slow: Slow) -> None:
    rows = companies_of_my_sectors(coach, CompanySearch(), now=NOW, on=database).rows
    assert {row.company_id for row in rows} == slow.followed()
    for row in rows:
        open_now = [offer for offer in slow.of(row.company_id) if offer.status.value == "publiée"]
        assert int(row.approvals) == len(slow.granted(row.company_id))
        assert int(row.open_offers) == len(open_now)
        assert int(row.places_left) == sum(offer.places - offer.places_taken for offer in open_now)
        assert (row.standing == "Silencieuse") == (row.company_id in slow.quiet())
        assert (row.standing == "Jamais publié") == (row.company_id in slow.never())
        assert row.is_due == any(company_id == row.company_id for company_id, _sector in slow.to_call())


def test_a_sheet_says_the_same(database: Engine, coach: Actor, slow: Slow) -> None:
    for company_id in slow.followed():
        sheet = company_sheet(coach, company_id, now=NOW, on=database)
        figures = {each.key: each.value for each in sheet.figures}
        days = slow.days_to_answer(company_id)
        assert figures["delay"] == ("—" if days is None else f"{days} jour{'s' if days > 1 else ''}")
        assert len(sheet.approvals) == sum(mine == company_id for mine, _each in slow.approvals)
        capacities = {row.name: row.capacity for row in sheet.houses}
        for house in {each.establishment_id for mine, each in slow.approvals if mine == company_id}:
            most = max(1, slow.houses[house].workers)
            assert capacities[slow.houses[house].name] == f"{slow.promised(house)} sur {most}"
        for back, row in enumerate(sheet.months):
            first = months_earlier(NOW.date().replace(day=1), back)
            assert int(row.published) == slow.published_in(company_id, first)
            assert int(row.on_line) == slow.on_line_at(last_moment(first), company_id)


def last_moment(first: date) -> datetime:
    return datetime.combine(months_earlier(first, -1), time(), BRUSSELS)
