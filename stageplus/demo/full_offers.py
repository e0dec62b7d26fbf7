"""Offers of the large world: when each was published, how long it lived, and how it ended."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

from stageplus.demo import words
from stageplus.demo.cast import CEFA_DAYS, IFAPME_DAYS
from stageplus.demo.crowd import tasks_of
from stageplus.demo.full_ground import Stage
from stageplus.demo.full_houses import Granted, Town
from stageplus.domain.actors import Role
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.texts.formats import BRUSSELS, day_in_brussels

LIFE = 60
"""Days for which an offer is on line; one tap renews them."""
DRAFTS, CLOSED_EARLY, PAUSED = 0.015, 0.2, 0.04
FORM_KEYS = 1 << 64
"""Above those of the small world."""
TASKS = {code: tasks for code, _name, tasks in words.TRADES}
REASONS = (*[ClosingReason.FILLED_ELSEWHERE] * 3, ClosingReason.NO_LONGER_NEEDED, ClosingReason.OTHER)
ENDED_AS = {ClosingReason.FILLED_ELSEWHERE: OfferStatus.FILLED}
DEMO_TRADES = {code: house for code, house, _tasks in words.TRADES}


@dataclass(slots=True)
class Plan:
    """An offer: `over` is when it ended, if it has; `filled` when applications took all its places."""

    number: int
    approval: Granted
    places: int
    begun: datetime
    ends_on: date
    status: OfferStatus
    over: datetime | None = None
    reason: ClosingReason | None = None
    wanted: int = 0
    taken: int = 0
    filled: bool = False

    @property
    def takes_until(self) -> datetime:
        """Until when it is on line: what is sent comes before."""
        last = datetime.combine(self.ends_on, time(20), BRUSSELS)
        return min(last, self.over) if self.over else last


def plan_offers(stage: Stage, town: Town, first: int) -> list[Plan]:
    """Plan offers on the agréments that have any, in the order in which they were published."""
    standing = [each for each in town.approvals if each.takes_offers(stage) and stage.chance.random() < 0.88]
    weights = list(accumulate(stage.chance.expovariate(1) for _each in standing))
    chosen = stage.chance.choices(standing, cum_weights=weights, k=stage.size.offers)
    begun = stage.days_of_the_past(stage.size.offers)
    plans = [_plan(stage, *each) for each in zip(range(first, first + len(chosen)), chosen, begun, strict=True)]
    _share_out(stage, plans)
    for plan in plans:
        if plan.status in {OfferStatus.PUBLISHED, OfferStatus.SUSPENDED}:
            plan.approval.house.promised += plan.places
    return plans


def _plan(stage: Stage, number: int, approval: Granted, begun: datetime) -> Plan:
    chance = stage.chance
    places = chance.choice((1, 1, 1, 1, 2, 2, 3, 4))
    life = timedelta(days=LIFE * chance.choice((1, 1, 1, 2, 2, 3)))
    ends_on = day_in_brussels(begun + life)
    if chance.random() < DRAFTS:
        return Plan(number, approval, places, stage.now - stage.minutes(0, 20), stage.today + life, OfferStatus.DRAFT)
    closed = begun + life * chance.uniform(0.15, 0.9)
    if chance.random() < CLOSED_EARLY and closed < stage.now:
        reason = chance.choice(REASONS)
        status = ENDED_AS.get(reason, OfferStatus.CLOSED)
        return Plan(number, approval, places, begun, ends_on, status, closed, reason)
    if ends_on < stage.today:
        night = datetime.combine(ends_on + timedelta(days=1), time(0, 10), BRUSSELS)
        return Plan(number, approval, places, begun, ends_on, OfferStatus.EXPIRED, night)
    status = OfferStatus.SUSPENDED if chance.random() < PAUSED else OfferStatus.PUBLISHED
    return Plan(number, approval, places, begun, ends_on, status)


def _share_out(stage: Stage, plans: list[Plan]) -> None:
    """Say how many applications each offer would have: some many, one in eight none, recent ones fewer."""
    weights = []
    for plan in plans:
        silent = plan.status is OfferStatus.DRAFT or stage.chance.random() < 0.12
        age = (stage.now - plan.begun) / timedelta(days=20)
        weights.append(0.0 if silent else stage.chance.expovariate(1) * min(1.0, age))
    wanted = Counter(stage.chance.choices(plans_range := range(len(plans)), weights, k=stage.size.applications))
    for number in plans_range:
        plans[number].wanted = wanted[number]


OFFER = (
    "id", "form_key", "company_id", "establishment_id", "trade_code", "sector_code", "scheme_code", "municipality_ins",
    "status", "places", "places_taken", "starts_from", "starts_until", "company_days", "day_starts_at", "day_ends_at",
    "weekly_hours", "tasks", "first_day", "tutor_first_name", "tutor_function", "transport", "licence_needed",
    "equipment", "accessibility", "ends_on", "closing_reason", "created_at", "updated_at", "published_at",
)  # fmt: skip
CHANGE = ("offer_id", "step", "status", "role", "person_id", "at")


def offer_row(stage: Stage, plan: Plan, last_touched: datetime) -> tuple[Any, ...]:
    """Return the row of an offer whose story is told."""
    chance, house, trade = stage.chance, plan.approval.house, plan.approval.trade
    begins = day_in_brussels(plan.begun) + timedelta(days=chance.randrange(5, 30))
    ends = max(begins, plan.ends_on) + timedelta(days=chance.randrange(20, 60))
    where = (house.company_id, house.number, trade.code, trade.sector_code, "alternance-secondaire", house.town.ins)
    when = (begins, ends, CEFA_DAYS if plan.number % 3 == 0 else IFAPME_DAYS, time(8), time(16, 30))
    tasks = f"{TASKS.get(trade.code, 'Apprendre le métier avec l’équipe.')} {tasks_of(chance)}"
    tutor = (chance.choice(words.FIRST_NAMES), "Responsable d’atelier")
    told = (words.TRANSPORT, plan.number % 9 == 0, words.EQUIPMENT, words.ACCESSIBILITY, plan.ends_on)
    published = None if plan.status is OfferStatus.DRAFT else plan.begun
    counts = (plan.status, plan.places, plan.taken)
    texts = (24 + plan.number % 10, tasks, words.FIRST_DAY, *tutor)
    moments = (plan.begun, last_touched, published)
    return (
        plan.number,
        f"{FORM_KEYS + plan.number:032x}",
        *where,
        *counts,
        *when,
        *texts,
        *told,
        plan.reason,
        *moments,
    )


def offer_story(stage: Stage, plan: Plan) -> Iterator[tuple[str, OfferStatus, Role | None, datetime]]:
    """Tell the steps of an offer in their order; a draft has none."""
    if plan.status is OfferStatus.DRAFT:
        return
    at, until = plan.begun, plan.over or stage.now
    yield "publish", OfferStatus.PUBLISHED, Role.COMPANY, at
    again = timedelta(days=LIFE - 2)
    while (plan.ends_on - day_in_brussels(at)).days > LIFE and at + again < until:
        at += again
        yield "renew", OfferStatus.PUBLISHED, Role.COMPANY, at
    if plan.status is OfferStatus.SUSPENDED:
        paused = max(at, plan.begun + (stage.now - plan.begun) * 0.9)
        yield "suspend", OfferStatus.SUSPENDED, Role.COMPANY, paused
    if plan.over:
        step = {OfferStatus.FILLED: "fill", OfferStatus.CLOSED: "close"}.get(plan.status, "expire")
        yield step, plan.status, None if step == "expire" else Role.COMPANY, plan.over
