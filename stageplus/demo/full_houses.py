"""Companies of the large world with their people, establishments and agréments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from stageplus.db.bulk import next_number, write_rows
from stageplus.demo import words
from stageplus.demo.cast import demo_hash
from stageplus.demo.full_ground import MAILBOXES, Stage
from stageplus.domain.actors import Role
from stageplus.domain.identifiers import with_check_digits
from stageplus.models import (
    Approval,
    ApprovalChange,
    ApprovalRecord,
    ApprovalState,
    Company,
    CompanyMember,
    Establishment,
    Municipality,
    Operator,
    Person,
    Trade,
    plain_name,
)

ENTERPRISES, HOUSES = 6_000_000, 40_000_000
"""Where the numbers of this world begin, before their check digits."""
STATES = (*[ApprovalState.GRANTED] * 47, ApprovalState.SUSPENDED, ApprovalState.WITHDRAWN, ApprovalState.REQUESTED)
KINDS = {code: name for code, name, _tasks in words.TRADES}
HISTORY = timedelta(days=1000)
"""Older than the first offer: most agréments were there before."""


@dataclass(slots=True)
class House:
    """An establishment; `promised` is how many places its offers on line promise."""

    number: int
    company_id: int
    name: str
    town: Municipality
    person_id: int
    workers: int
    promised: int = 0


@dataclass(slots=True)
class Granted:
    """An agrément of a house for a trade; new ones have no offer yet."""

    house: House
    trade: Trade
    state: ApprovalState
    since: date

    def takes_offers(self, stage: Stage) -> bool:
        """Say whether offers of the past stand on it."""
        return self.state is ApprovalState.GRANTED and self.since < (stage.now - HISTORY).date()


@dataclass
class Town:
    """The companies of the world, before anything of them is written."""

    companies: list[tuple[int, str]] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    approvals: list[Granted] = field(default_factory=list)


def found_companies(session: Session, stage: Stage) -> Town:
    """Invent companies with one to three establishments, each with agréments of one sector."""
    first, person, house = (next_number(session, table) for table in (Company, Person, Establishment))
    made = Town()
    for number in range(stage.size.companies):
        trade = stage.trade()
        whim = words.WHIMS[number % len(words.WHIMS)]
        name = f"{KINDS.get(trade.code, 'Maison')} {whim} {number + 1}"
        made.companies.append((first + number, name))
        for _each in range(stage.chance.choice((1, 1, 1, 1, 2, 2, 3))):
            town = stage.town()
            called = f"{name}, {town.name}"[:160]
            workers = stage.chance.choice((0, 1, 2, 3, 5, 8, 13, 30))
            made.houses.append(House(house, first + number, called, town, person + number, workers))
            made.approvals += _approvals(stage, made.houses[-1], trade)
            house += 1
    return made


def _approvals(stage: Stage, house: House, trade: Trade) -> Iterator[Granted]:
    others = [each for each in stage.of_sector[trade.sector_code] if each is not trade]
    more = stage.chance.sample(others, min(len(others), stage.chance.choice((0, 1, 1, 2))))
    for each in (trade, *more):
        is_new = stage.chance.random() < 0.03
        since = stage.today - timedelta(
            days=stage.chance.randrange(55) if is_new else stage.chance.randrange(1001, 2500)
        )
        yield Granted(house, each, stage.chance.choice(STATES), since)


def write_companies(session: Session, stage: Stage, town: Town, operators: dict[str, Operator]) -> None:
    """Write them; a house has workers enough for what its offers promise, and the operator of its basin decided."""
    numbers = range(stage.size.companies)
    people = [town.houses[0].person_id + number for number in numbers]
    write_rows(session, Person, PERSON, (_person(stage, each, number) for number, each in enumerate(people)))
    companies = [
        (company_id, with_check_digits(ENTERPRISES + number), name, plain_name(name))
        for number, (company_id, name) in enumerate(town.companies)
    ]
    write_rows(session, Company, ("id", "enterprise_number", "name", "plain_name"), companies)
    members = [(person, company[0], True) for person, company in zip(people, town.companies, strict=True)]
    write_rows(session, CompanyMember, ("person_id", "company_id", "is_admin"), members)
    columns = ("id", "company_id", "number", "name", "plain_name", "postal_code", "municipality_ins", "workers")
    write_rows(session, Establishment, columns, (_house(stage, each) for each in town.houses))
    _write_approvals(session, stage, town, operators)


PERSON = ("id", "email", "first_name", "last_name", "role", "password_hash", "created_at", "plain_name")


def _person(stage: Stage, person_id: int, number: int) -> tuple[Any, ...]:
    first, last = stage.chance.choice(words.FIRST_NAMES), stage.last_name()
    since = stage.now - timedelta(days=800)
    email = f"entreprise-{number + 1}@{MAILBOXES}"
    return (person_id, email, first, last, Role.COMPANY, demo_hash(), since, plain_name(last, first))


def _house(stage: Stage, house: House) -> tuple[Any, ...]:
    number, ins = with_check_digits(HOUSES + house.number), house.town.ins
    name, workers = house.name, max(house.workers, house.promised)
    return (house.number, house.company_id, number, name, plain_name(name), stage.postal_codes[ins], ins, workers)


def _write_approvals(session: Session, stage: Stage, town: Town, operators: dict[str, Operator]) -> None:
    first, rows, records, history = next_number(session, Approval), [], [], []
    for number, each in enumerate(town.approvals, first):
        operator_id = operators[each.house.town.basin_code or ""].id
        noted = stage.now - timedelta(days=(stage.today - each.since).days)
        rows.append((number, each.house.number, each.trade.code, each.state, operator_id, each.since))
        records.append((number, operator_id, each.state, each.since, noted))
        history.append((number, operator_id, each.state, each.since, each.state, Role.OPERATOR, noted))
    write_rows(session, Approval, ("id", "establishment_id", "trade_code", "state", "operator_id", "since"), rows)
    write_rows(session, ApprovalRecord, ("approval_id", "operator_id", "state", "since", "noted_at"), records)
    told = ("approval_id", "operator_id", "state", "since", "effect", "role", "at")
    write_rows(session, ApprovalChange, told, history)
