"""What people read of their claims, and operators and OFFA of those they decide on; who is near a place."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, case, col, func, select

from stageplus.config import settings
from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.claims import CLAIM_LIFE, OPEN, PENDING, ClaimState
from stageplus.domain.distances import Point, distance_km
from stageplus.models import (
    Company,
    CompanyClaim,
    CompanyMember,
    Establishment,
    Municipality,
    Operator,
    OperatorNetwork,
    Person,
)
from stageplus.services.claims.checks import checks_of
from stageplus.services.claims.schemas import (
    ClaimDetail,
    ClaimList,
    ClaimRow,
    DemoHouse,
    MyClaims,
    NearInput,
    NearOperators,
    OperatorContact,
)
from stageplus.services.claims.scope import claim_for, decided_by, establishment_of
from stageplus.services.claims.wording import claim_row, decided_words
from stageplus.services.numbers import shown
from stageplus.services.offers.queries import municipality_named
from stageplus.texts import _
from stageplus.texts.formats import kilometres

NEAREST, WALLONIA = 5, "Région wallonne"
MOST_CLAIMS = 200


DEMO_HOUSE = "Fournil de l’Aurore"
"""The company of the demonstration that waits for somebody to act for it."""


def demo_house(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> DemoHouse:
    """Name an establishment to ask the access of, in demo mode only, until somebody acts for it."""
    if not settings().demo:
        return DemoHouse()
    with reading(on) as session:
        wanted = select(Company.enterprise_number, Establishment.number, Establishment.postal_code).join(Company)
        taken = select(CompanyMember.person_id).where(col(CompanyMember.company_id) == Company.id).exists()
        found = session.exec(wanted.where(Company.name == DEMO_HOUSE, ~taken)).first()
    return DemoHouse(DEMO_HOUSE, shown(found[0]), shown(found[1]), found[2]) if found else DemoHouse()


def my_claims(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> MyClaims:
    """Show somebody the claims they made, the latest first."""
    actor = require(actor, Permission.CLAIM_MAKE)
    with reading(on) as session:
        return my_claims_in(session, actor)


def my_claims_in(session: Session, actor: Actor) -> MyClaims:
    """Build what somebody sees of their claims, within a session."""
    mine = select(CompanyClaim).where(CompanyClaim.person_id == actor.person_id)
    found = session.exec(mine.order_by(col(CompanyClaim.id).desc())).all()
    waiting = next((claim for claim in found if claim.state in PENDING), None)
    return MyClaims(
        rows=[claim_row(claim) for claim in found],
        waits=waiting is not None,
        is_registered=waiting is not None and establishment_of(session, waiting) is not None,
    )


def claims_to_decide(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> ClaimList:
    """List the claims that the actor decides on or has decided on, open ones first, the oldest first."""
    actor = require(actor, Permission.CLAIM_DECIDE)
    with reading(on) as session:
        is_open = case((col(CompanyClaim.state).in_(_open_to(actor)), 0), else_=1)
        mine = select(CompanyClaim).where(*decided_by(actor)).order_by(is_open, col(CompanyClaim.confirmed_at))
        rows = [_row(actor, claim) for claim in session.exec(mine.limit(MOST_CLAIMS))]
        return ClaimList(rows, session.exec(select(claims_waiting(actor))).one())


def claims_waiting(actor: Actor) -> Any:
    """Select, inside another statement, how many claims wait for the actor's decision."""
    mine = select(func.count(col(CompanyClaim.id))).where(*decided_by(actor))
    return mine.where(col(CompanyClaim.state).in_(_open_to(actor))).scalar_subquery()


def claim_detail(actor: Actor | None, claim_id: int, *, now: datetime, on: Engine | None = None) -> ClaimDetail:
    """Show a claim beside what the register says; raises `NotFound` for a claim that is not the actor's to decide."""
    actor = require(actor, Permission.CLAIM_DECIDE)
    with reading(on) as session:
        return detail_in(session, actor, claim_for(session, actor, claim_id))


def detail_in(session: Session, actor: Actor, claim: CompanyClaim) -> ClaimDetail:
    """Build what whoever decides sees of a claim, within a session."""
    steps = CLAIM_LIFE.possible(claim.state, actor.role)
    decider = session.get(Person, claim.decided_by) if claim.decided_by else None
    checks, matches = checks_of(session, claim)
    return ClaimDetail(
        row=_row(actor, claim),
        email=claim.email,
        enterprise_number=shown(claim.enterprise_number),
        postal_code=claim.postal_code,
        contest_words=claim.contest_words,
        checks=checks,
        may_decide=bool(steps),
        may_accept=bool(steps) and matches,
        decided=decided_words(claim, decider),
    )


def operators_near(actor: Actor | None, data: NearInput, *, now: datetime, on: Engine | None = None) -> NearOperators:
    """List the operators nearest to a commune or postal code, for whoever wants to ask for an agrément."""
    if not data.place:
        return NearOperators()
    with reading(on) as session:
        town = municipality_named(session, data.place)
        if town is None:
            return NearOperators(error=_("Nous ne connaissons pas ce lieu. Essayez un code postal."))
        placed = select(Operator, Municipality).join(Municipality)
        words = {each.code: each.words for each in session.exec(select(OperatorNetwork))}
        here = Point(town.latitude, town.longitude)
        found = [
            (distance_km(here, Point(where.latitude, where.longitude)), operator, where)
            for operator, where in session.exec(placed.where(Municipality.region == town.region))
        ]
    nearest = sorted(found, key=lambda each: (each[0], each[1].name))[:NEAREST]
    return NearOperators(
        asked=town.name,
        rows=[
            OperatorContact(
                name=operator.name,
                kind=words.get(operator.kind, ""),
                town=where.name,
                distance=kilometres(away),
                email=operator.contact_email,
                phone=operator.contact_phone,
            )
            for away, operator, where in nearest
        ],
        needs_coach=town.region == WALLONIA,
    )


def _row(actor: Actor, claim: CompanyClaim) -> ClaimRow:
    return claim_row(claim, is_open=claim.state in _open_to(actor))


def _open_to(actor: Actor) -> frozenset[ClaimState]:
    return OPEN if actor.role is Role.OFFA else frozenset({ClaimState.WAITING})
