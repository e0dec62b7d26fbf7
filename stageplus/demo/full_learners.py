"""Operators, their staff and their learners in the large world, and who of them applies where."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from stageplus.db.bulk import next_number, write_rows
from stageplus.demo import words
from stageplus.demo.cast import CEFA_DAYS, IFAPME_DAYS, demo_hash
from stageplus.demo.crowd import few_hold_most
from stageplus.demo.full_ground import DAYS, MAILBOXES, Stage
from stageplus.domain.actors import Role
from stageplus.domain.guidance import Situation
from stageplus.models import (
    Enrolment,
    EnrolmentState,
    FollowUp,
    Implantation,
    Learner,
    LearnerAssignment,
    Municipality,
    Operator,
    OperatorKind,
    OperatorMember,
    Person,
    plain_name,
)
from stageplus.texts.formats import day_in_brussels

CENTRES = {OperatorKind.IFAPME: 15, OperatorKind.CEFA: 43, OperatorKind.EFP: 1}
LEARNERS_OF = {OperatorKind.IFAPME: 0.56, OperatorKind.CEFA: 0.26, OperatorKind.EFP: 0.18}
"""As the field has them: IFAPME 18,400, CEFA 8,500, EFP 5,800."""
LEAVERS, LEAVING = 0.1, 150
"""Whose enrolment has ended, at most so many days ago."""
UNLUCKY = 0.17
"""Without a place all along: 12 to 23 % have none at a given time."""
BEFORE, SINCE = timedelta(days=DAYS + 200), timedelta(days=DAYS)


@dataclass(slots=True)
class Centre:
    """An operator with somebody of its staff and its implantations."""

    operator: Operator
    staff_id: int
    basin: str
    parts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Seeker:
    """A learner as applications need them; `placed` once they were kept somewhere, or when they never are."""

    number: int
    person_id: int
    centre: Centre
    trade: str
    town: Municipality
    created_at: datetime
    ended_on: date | None
    placed: bool


@dataclass
class Pool:
    """Learners by when their account was made."""

    since: list[datetime] = field(default_factory=list)
    seekers: list[Seeker] = field(default_factory=list)

    def add(self, seeker: Seeker) -> None:
        """Add a learner whose account is newer than those that are there."""
        self.since.append(seeker.created_at)
        self.seekers.append(seeker)


class Seekers:
    """Everybody who applies, found by trade and basin; whoever leaves applies to no offer that lasts until then."""

    def __init__(self, stage: Stage, everybody: Sequence[Seeker]) -> None:
        """Sort them into pools."""
        self.stage, self.pools = stage, defaultdict[Any, Pool](Pool)
        self.leaving = stage.now - timedelta(days=LEAVING)
        for seeker in everybody:
            for stays in {False, seeker.ended_on is None}:
                for key in ((seeker.trade, seeker.town.basin_code), seeker.trade, ""):
                    self.pools[key, stays].add(seeker)

    def some(self, trade: str, basin: str | None, begun: datetime, until: datetime, count: int) -> list[Seeker]:
        """Choose so many learners for an offer: of the trade and near by if there are enough."""
        stays = until > self.leaving
        for key in ((trade, basin), trade, ""):
            pool = self.pools[key, stays]
            known = bisect(pool.since, begun)
            if known >= 2 * count or not key:
                chosen = self.stage.chance.sample(range(known), min(count, known))
                return [pool.seekers[each] for each in chosen]
        return []


def open_centres(session: Session, stage: Stage) -> list[Centre]:
    """Add operators to those of the small world until each network has as many as the field, each with staff."""
    known = list(session.exec(select(Operator).order_by(col(Operator.id))))
    made = []
    for kind, wanted in CENTRES.items():
        there = sum(operator.kind == kind for operator in known)
        for number in range(there, wanted):
            town = stage.town()
            name = f"{kind.upper()} de démonstration n° {number + 1}, {town.name}"
            made.append(Operator(kind=kind, name=name, municipality_ins=town.ins))
    session.add_all(made)
    session.flush()
    for number, operator in enumerate(made, 1):
        _hire(session, stage, operator, number)
    parts = defaultdict(list)
    for part in session.exec(select(Implantation).order_by(col(Implantation.id))):
        parts[part.operator_id].append(part.id or 0)
    return [_centre(session, operator, parts[operator.id or 0]) for operator in [*known, *made]]


def _hire(session: Session, stage: Stage, operator: Operator, number: int) -> None:
    person = Person(
        email=f"referent-{number}@{MAILBOXES}",
        first_name=stage.chance.choice(words.FIRST_NAMES),
        last_name=stage.last_name(),
        role=Role.OPERATOR,
        password_hash=demo_hash(),
        created_at=stage.now - BEFORE,
    )
    session.add(person)
    session.add_all(
        Implantation(operator_id=operator.id or 0, name=name) for name in ("Implantation A", "Implantation B")
    )
    session.flush()
    session.add(OperatorMember(person_id=person.id or 0, operator_id=operator.id or 0))
    session.flush()


def _centre(session: Session, operator: Operator, parts: list[int]) -> Centre:
    staff = select(OperatorMember.person_id).where(OperatorMember.operator_id == operator.id)
    town = session.get_one(Municipality, operator.municipality_ins)
    return Centre(
        operator, session.exec(staff.order_by(col(OperatorMember.person_id))).first() or 0, town.basin_code or "", parts
    )


def deciding(stage: Stage, centres: Sequence[Centre]) -> dict[str, Operator]:
    """Name for each basin the operator that decides agréments there."""
    found = {centre.basin: centre.operator for centre in reversed(centres)}
    return {basin: found.get(basin, centres[0].operator) for basin in stage.of_basin}


def enrol_learners(session: Session, stage: Stage, centres: Sequence[Centre]) -> list[Seeker]:
    """Invent the learners and write them with their accounts, their enrolments and how they are followed."""
    seekers = list(_seekers(session, stage, centres))
    names = [(stage.chance.choice(words.FIRST_NAMES), stage.last_name()) for _each in seekers]
    both = list(zip(seekers, names, strict=True))
    write_rows(session, Person, PERSON, (_person(*each) for each in both))
    kept = [_kept(stage, *each) for each in both]
    write_rows(session, Learner, LEARNER, (learner for learner, _enrolment in kept))
    write_rows(session, Enrolment, ENROLMENT, (enrolment for _learner, enrolment in kept))
    _follow(session, stage, seekers)
    return seekers


def _seekers(session: Session, stage: Stage, centres: Sequence[Centre]) -> Iterator[Seeker]:
    person, learner = next_number(session, Person), next_number(session, Learner)
    shares = _shares(centres)
    chosen = stage.chance.choices(centres, shares, k=stage.size.learners)
    reach = {basin: few_hold_most(len(towns)) for basin, towns in stage.of_basin.items()}
    new = len(chosen) // 3
    accounts = [stage.now - BEFORE + stage.minutes(0, 199) for _each in range(len(chosen) - new)]
    for number, created_at in enumerate(sorted(accounts) + stage.days_of_the_past(new)):
        centre = chosen[number]
        town = (
            stage.chance.choices(stage.of_basin[centre.basin], reach[centre.basin])[0] if centre.basin else stage.town()
        )
        left = created_at < stage.now - timedelta(days=400) and stage.chance.random() < LEAVERS
        ended = stage.today - timedelta(days=stage.chance.randrange(LEAVING - 5)) if left else None
        unlucky = stage.chance.random() < UNLUCKY
        yield Seeker(learner + number, person + number, centre, stage.trade().code, town, created_at, ended, unlucky)


def _shares(centres: Sequence[Centre]) -> list[float]:
    shares, ranks = [], dict.fromkeys(CENTRES, 0)
    whole = {kind: sum(few_hold_most(count)) for kind, count in CENTRES.items()}
    for centre in centres:
        kind = OperatorKind(centre.operator.kind)
        ranks[kind] += 1
        shares.append(LEARNERS_OF[kind] * few_hold_most(ranks[kind])[-1] / whole[kind])
    return shares


PERSON = ("id", "email", "first_name", "last_name", "role", "password_hash", "created_at", "plain_name")
LEARNER = (
    "id", "person_id", "operator_id", "operator_reference", "trade_code", "year", "company_days", "birth_year",
    "postal_code", "municipality_ins", "implantation_id", "enrolment_ended_on", "plain_name",
)  # fmt: skip
ENROLMENT = (
    "operator_id", "implantation_id", "reference", "first_name", "last_name", "birth_date", "email", "postal_code",
    "municipality_ins", "trade_code", "year", "company_days", "state", "ended_on", "learner_id", "activated_at",
    "created_at", "updated_at", "plain_name",
)  # fmt: skip


def _person(seeker: Seeker, name: tuple[str, str]) -> tuple[Any, ...]:
    first, last = name
    email = _email(seeker)
    return (seeker.person_id, email, first, last, Role.LEARNER, demo_hash(), seeker.created_at, plain_name(last, first))


def _email(seeker: Seeker) -> str:
    return f"apprenant-{seeker.number}@{MAILBOXES}"


def _kept(stage: Stage, seeker: Seeker, name: tuple[str, str]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the rows of a learner and of the enrolment that it follows."""
    (first, last), operator = name, seeker.centre.operator
    days = CEFA_DAYS if operator.kind == OperatorKind.CEFA else IFAPME_DAYS
    year, born = stage.chance.choice((1, 2, 3)), date(stage.now.year - stage.chance.choice((16, 17, 18, 19, 21)), 6, 15)
    part = stage.chance.choice(seeker.centre.parts) if seeker.centre.parts else None
    reference, ins, named = f"G{seeker.number:06}", seeker.town.ins, plain_name(last, first)
    live = (seeker.trade, year, days)
    home = (stage.postal_codes[ins], ins)
    learner = (
        seeker.number,
        seeker.person_id,
        operator.id,
        reference,
        *live,
        born.year,
        *home,
        part,
        seeker.ended_on,
        named,
    )
    since, state = seeker.created_at, EnrolmentState.ENDED if seeker.ended_on else EnrolmentState.ACTIVE
    told = (operator.id, part, reference, first, last, born, _email(seeker), *home, *live, state, seeker.ended_on)
    return learner, (*told, seeker.number, since, since, since, named)


def _follow(session: Session, stage: Stage, seekers: Sequence[Seeker]) -> None:
    """Let staff follow two learners in five, and look after half of them."""
    followed, assigned = [], []
    for seeker in seekers:
        at, by = max(seeker.created_at, stage.now - stage.minutes(1, 90)), seeker.centre.staff_id
        if stage.chance.random() < 0.4:
            planned = day_in_brussels(stage.now + stage.minutes(-6, 40)) if stage.chance.random() < 0.6 else None
            followed.append((seeker.number, stage.chance.choice(list(Situation)), planned, at, by))
        if stage.chance.random() < 0.5:
            assigned.append((seeker.number, seeker.centre.operator.id, by, by, at))
    columns = ("learner_id", "situation", "next_contact_on", "changed_at", "changed_by")
    write_rows(session, FollowUp, columns, followed)
    columns = ("learner_id", "operator_id", "person_id", "assigned_by", "at")
    write_rows(session, LearnerAssignment, columns, assigned)
