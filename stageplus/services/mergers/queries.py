"""What OFFA reads of companies that may be one: pairs that look alike, and what joining two of them would move."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import Engine
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
        pair = _pair(_read(session, [keep.id or 0, gone.id or 0]), keep, gone)
        return MergerDesk(pairs, pair, moved_rows(session, keep.id or 0, gone.id or 0))


def moved_rows(session: Session, keep_id: int, gone_id: int) -> list[MovedRow]:
    """Say what joining would move, and whose rights would meet."""
    both = select(CompanyMember.person_id).where(CompanyMember.company_id == keep_id)
    member = CompanyMember.company_id
    counted = {
        _("Unités d’établissement"): _count(Establishment.company_id, gone_id),
        _("Agréments, avec leur historique"): _approvals(gone_id),
        _("Offres, avec leurs candidatures"): _count(Offer.company_id, gone_id),
        _("Personnes qui agissent pour elle"): _count(member, gone_id),
        _("… dont déjà dans l’entreprise qui reste : leurs droits s’ajoutent"): _count(
            member, gone_id, col(CompanyMember.person_id).in_(both)
        ),
        _("… dont administratrices : elles le deviennent de l’ensemble"): _count(
            member, gone_id, col(CompanyMember.is_admin).is_(True)
        ),
        _("Invitations dans son équipe"): _count(CompanyInvitation.company_id, gone_id),
    }
    together: Any = select(*counted.values())
    found = session.execute(together).one()
    return [MovedRow(what, number(count)) for what, count in zip(counted, found, strict=True)]


def _pairs(session: Session) -> list[PairRow]:
    alike: dict[str, list[int]] = defaultdict(list)
    for company_id, name in session.exec(select(Company.id, Company.name).order_by(col(Company.id))):
        if key := likeness_key(name):
            alike[key].append(company_id or 0)
    pairs = [pair for ids in alike.values() for pair in combinations(ids, 2)][:MOST_PAIRS]
    wanted = select(Company).where(col(Company.id).in_({each for pair in pairs for each in pair}))
    known = {each.id or 0: each for each in session.exec(wanted)}
    what = _read(session, list(known))
    return [_pair(what, known[first], known[second]) for first, second in pairs]


def _asked(session: Session, typed: str) -> Company | None:
    if found := session.get(Company, identifier(typed)):
        return found
    try:
        digits = enterprise_digits(typed)
    except ValueError:
        return None
    return session.exec(select(Company).where(Company.enterprise_number == digits)).first()


@dataclass(frozen=True)
class _Belongings:
    """What some companies have, read together: postal codes and people by company, counts of the rest."""

    postal_codes: dict[int, list[str]]
    people: dict[int, list[int]]
    approvals: dict[int, int]
    offers: dict[int, int]


def _read(session: Session, ids: Sequence[int]) -> _Belongings:
    house, granted = col(Establishment.company_id), func.count(col(Approval.id))
    approvals: Any = select(house, granted).join(Approval).where(house.in_(ids)).group_by(house)
    offers: Any = (
        select(Offer.company_id, func.count()).where(col(Offer.company_id).in_(ids)).group_by(col(Offer.company_id))
    )
    return _Belongings(
        postal_codes=_listed(session, Establishment.company_id, Establishment.postal_code, ids),
        people=_listed(session, CompanyMember.company_id, CompanyMember.person_id, ids),
        approvals={each: count for each, count in session.execute(approvals)},  # noqa: C416 — rows are no pairs for the types
        offers={each: count for each, count in session.execute(offers)},  # noqa: C416
    )


def _listed(session: Session, company: Any, value: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {each: [] for each in ids}
    for company_id, each in session.execute(select(company, value).where(col(company).in_(ids))):
        found[company_id].append(each)
    return found


def _pair(what: _Belongings, first: Company, second: Company) -> PairRow:
    one, other = first.id or 0, second.id or 0
    said = (
        (_("même nom"), likeness_key(first.name) == likeness_key(second.name) != ""),
        (_("même code postal"), set(what.postal_codes[one]) & set(what.postal_codes[other])),
        (_("même personne"), set(what.people[one]) & set(what.people[other])),
    )
    reasons = ", ".join(words for words, is_so in said if is_so)
    return PairRow(_house(what, first), _house(what, second), reasons)


def _house(what: _Belongings, company: Company) -> HouseRow:
    company_id = company.id or 0
    return HouseRow(
        company_id=company_id,
        name=company.name,
        number=shown(company.enterprise_number),
        establishments=number(len(what.postal_codes[company_id])),
        approvals=number(what.approvals.get(company_id, 0)),
        offers=number(what.offers.get(company_id, 0)),
        members=number(len(what.people[company_id])),
    )


def _count(column: Any, company_id: int, *conditions: Any) -> Any:
    return select(func.count()).where(col(column) == company_id, *conditions).scalar_subquery()


def _approvals(company_id: int) -> Any:
    counted = select(func.count(col(Approval.id))).join(Establishment)
    return counted.where(Establishment.company_id == company_id).scalar_subquery()


def both_held(session: Session, keep_id: int, gone_id: int) -> tuple[Company, Company]:
    """Load two different companies for a change that nobody else makes meanwhile; raises `NotFound`."""
    wanted = select(Company).where(col(Company.id).in_([keep_id, gone_id])).order_by(col(Company.id))
    known = {each.id: each for each in session.exec(wanted.with_for_update())}
    if keep_id == gone_id or len(known) != 2:
        raise NotFound
    return known[keep_id], known[gone_id]
