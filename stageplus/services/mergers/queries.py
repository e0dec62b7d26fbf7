"""What OFFA reads of companies that may be one: pairs that look alike, and what joining two of them would move."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.companies import likeness_key
from stageplus.domain.errors import NotFound
from stageplus.models import Approval, Company, CompanyInvitation, CompanyMember, Establishment, Offer
from stageplus.services.inputs import identifier
from stageplus.services.mergers.schemas import HouseRow, MergerDesk, MovedRow, PairRow, PairSearch
from stageplus.services.numbers import enterprise_digits, shown
from stageplus.texts import _
from stageplus.texts.formats import number

MOST_PAIRS = 40
Counts = dict[str, dict[int, int]]


def merger_desk(actor: Actor | None, search: PairSearch, *, now: datetime, on: Engine | None = None) -> MergerDesk:
    """List the pairs of companies that look alike, and compare the two that were asked for; for OFFA alone."""
    actor = require(actor, Permission.PEOPLE_MANAGE)
    with reading(on) as session:
        pairs = _pairs(session)
        if not search.keep and not search.gone:
            return MergerDesk(pairs)
        keep, gone = (_asked(session, typed) for typed in (search.keep, search.gone))
        if keep is None or gone is None or keep.id == gone.id:
            return MergerDesk(pairs, error=_("Choisissez deux entreprises différentes, par leur numéro d’entreprise."))
        rows = _houses(session, [keep, gone])
        pair = PairRow(rows[0], rows[1], ", ".join(_reasons(session, keep, gone)))
        return MergerDesk(pairs, pair, moved_rows(session, keep.id or 0, gone.id or 0))


def moved_rows(session: Session, keep_id: int, gone_id: int) -> list[MovedRow]:
    """Say what joining would move, and whose rights would meet."""
    both = select(CompanyMember.person_id).where(CompanyMember.company_id == keep_id)
    mine = _count(session, CompanyMember.company_id, gone_id)
    shared = _count(session, CompanyMember.company_id, gone_id, col(CompanyMember.person_id).in_(both))
    admins = _count(session, CompanyMember.company_id, gone_id, col(CompanyMember.is_admin).is_(True))
    counted = [
        (_("Unités d’établissement"), _count(session, Establishment.company_id, gone_id)),
        (_("Agréments, avec leur historique"), _approvals(session, gone_id)),
        (_("Offres, avec leurs candidatures"), _count(session, Offer.company_id, gone_id)),
        (_("Personnes qui agissent pour elle"), mine),
        (_("… dont déjà dans l’entreprise qui reste : leurs droits s’ajoutent"), shared),
        (_("… dont administratrices : elles le deviennent de l’ensemble"), admins),
        (_("Invitations dans son équipe"), _count(session, CompanyInvitation.company_id, gone_id)),
    ]
    return [MovedRow(what, number(count)) for what, count in counted]


def _pairs(session: Session) -> list[PairRow]:
    alike: dict[str, list[int]] = defaultdict(list)
    for company_id, name in session.exec(select(Company.id, Company.name).order_by(col(Company.id))):
        if key := likeness_key(name):
            alike[key].append(company_id or 0)
    pairs = [pair for ids in alike.values() for pair in combinations(ids, 2)][:MOST_PAIRS]
    known = _by_id(session, {each for pair in pairs for each in pair})
    return [_pair(session, known[first], known[second]) for first, second in pairs]


def _pair(session: Session, first: Company, second: Company) -> PairRow:
    rows = _houses(session, [first, second])
    return PairRow(rows[0], rows[1], ", ".join(_reasons(session, first, second)))


def _by_id(session: Session, ids: Collection[int]) -> dict[int, Company]:
    return {each.id or 0: each for each in session.exec(select(Company).where(col(Company.id).in_(ids)))}


def _asked(session: Session, typed: str) -> Company | None:
    if found := session.get(Company, identifier(typed)):
        return found
    try:
        digits = enterprise_digits(typed)
    except ValueError:
        return None
    return session.exec(select(Company).where(Company.enterprise_number == digits)).first()


def _reasons(session: Session, first: Company, second: Company) -> list[str]:
    reasons = [_("même nom")] if likeness_key(first.name) == likeness_key(second.name) != "" else []
    here, there = aliased(Establishment), aliased(Establishment)
    near = select(here.id).join(there, col(here.postal_code) == there.postal_code)
    if session.exec(near.where(here.company_id == first.id, there.company_id == second.id).limit(1)).first():
        reasons.append(_("même code postal"))
    one, other = aliased(CompanyMember), aliased(CompanyMember)
    same = select(one.person_id).join(other, col(one.person_id) == other.person_id)
    if session.exec(same.where(one.company_id == first.id, other.company_id == second.id).limit(1)).first():
        reasons.append(_("même personne"))
    return reasons


def _houses(session: Session, companies: Sequence[Company]) -> list[HouseRow]:
    return [
        HouseRow(
            company_id=each.id or 0,
            name=each.name,
            number=shown(each.enterprise_number),
            establishments=number(_count(session, Establishment.company_id, each.id or 0)),
            approvals=number(_approvals(session, each.id or 0)),
            offers=number(_count(session, Offer.company_id, each.id or 0)),
            members=number(_count(session, CompanyMember.company_id, each.id or 0)),
        )
        for each in companies
    ]


def _count(session: Session, column: Any, company_id: int, *conditions: Any) -> int:
    return session.exec(select(func.count()).where(col(column) == company_id, *conditions)).one()


def _approvals(session: Session, company_id: int) -> int:
    counted = select(func.count(col(Approval.id))).join(Establishment)
    return session.exec(counted.where(Establishment.company_id == company_id)).one()


def both_held(session: Session, keep_id: int, gone_id: int) -> tuple[Company, Company]:
    """Load two different companies for a change that nobody else makes meanwhile; raises `NotFound`."""
    wanted = select(Company).where(col(Company.id).in_([keep_id, gone_id])).order_by(col(Company.id))
    known = {each.id: each for each in session.exec(wanted.with_for_update())}
    if keep_id == gone_id or len(known) != 2:
        raise NotFound
    return known[keep_id], known[gone_id]
