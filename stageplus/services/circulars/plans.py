"""Whom a message reaches: the companies of one sector of its coach that he chose, but for those who are spared."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlmodel import Session, col, func, select

from stageplus.domain.actors import Actor, Role
from stageplus.domain.circulars import Chosen, Spared, shared_out
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import Circular, CircularStop, Company, Person, Sector
from stageplus.services.circulars.addressees import somebody_reads
from stageplus.services.circulars.letters import Author
from stageplus.services.circulars.schemas import Asked, CircularInput, asked_by
from stageplus.services.coaching.queries import companies_meant
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS, day_in_brussels


@dataclass(frozen=True)
class Limits:
    """How many companies one message and one day may reach, how many the coach reached today, and for how long more
    a company is then left in peace; all by the dated parameters."""

    most: int
    daily: int
    today: int
    pause_days: int

    @property
    def room(self) -> int:
        """Return how many companies the next message may reach."""
        return max(0, min(self.most, self.daily - self.today))


@dataclass(frozen=True)
class Plan:
    """A message's sector, author and companies."""

    sector: str
    author: Author
    limits: Limits
    reached: list[Chosen]
    spared: list[tuple[Chosen, Spared]]


def plan_of(session: Session, actor: Actor, data: CircularInput, now: datetime) -> Plan:
    """Say whom a message reaches now.

    Raises `InvalidInput` when the coach of several sectors named none, `NotFound` for a sector or companies of others.
    """
    asked = asked_by(data.query)
    sector = _sector_of(actor, data.sector or asked.search.sector)
    chosen = chosen_in(session, actor, asked, sector, now)
    if not chosen:
        raise NotFound
    limits = limits_of(session, actor, now)
    reached, spared = shared_out(chosen, limits.room)
    return Plan(sector, _author(session, actor, sector), limits, reached, spared)


def chosen_in(session: Session, actor: Actor, asked: Asked, sector: str, now: datetime) -> list[Chosen]:
    """List the companies of a sector that an address means, in the order of their list."""
    search = asked.search.model_copy(update={"sector": sector})
    wanted = companies_meant(session, actor, search, now)
    if asked.ticked:
        wanted = wanted.where(col(Company.id).in_(asked.ticked))
    stopped = select(CircularStop.company_id).where(CircularStop.company_id == Company.id).correlate(Company).exists()
    wanted = wanted.add_columns(stopped, somebody_reads(Company.id, sector))
    return [
        Chosen(number, name, bool(has_stopped), bool(written), bool(reads))
        for number, name, written, has_stopped, reads in session.execute(wanted)
    ]


def limits_of(session: Session, actor: Actor, now: datetime) -> Limits:
    """Read what a coach may still send today."""
    known = parameters_in_force(session, day_in_brussels(now))
    midnight = datetime.combine(day_in_brussels(now), time(), BRUSSELS)
    mine = select(func.coalesce(func.sum(Circular.companies), 0)).where(Circular.person_id == actor.person_id)
    today = session.exec(mine.where(col(Circular.sent_at) >= midnight)).one()
    most, daily, pause = (known[f"circular_{name}"] for name in ("companies_max", "daily_max", "pause_days"))
    return Limits(int(most), int(daily), int(today), int(pause))


def _sector_of(actor: Actor, named: str) -> str:
    if named and named not in actor.sectors:
        raise NotFound
    if not named and len(actor.sectors) != 1:
        raise InvalidInput({"sector": _("Choisissez le secteur pour lequel vous écrivez.")})
    return named or next(iter(actor.sectors))


def _author(session: Session, actor: Actor, sector: str) -> Author:
    name = select(Sector.name).where(Sector.code == sector).scalar_subquery()
    me: Any = select(Person.first_name, Person.last_name, Person.email, name).where(Person.role == Role.COACH)
    first, last, email, of_sector = session.execute(me.where(Person.id == actor.person_id)).one()
    return Author(f"{first} {last}", email, of_sector)
