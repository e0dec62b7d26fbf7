"""Builds what companies see of their teams and establishments."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from stageplus.domain.actors import Actor
from stageplus.domain.offers import OfferStatus
from stageplus.domain.plain_text import plain
from stageplus.domain.titles import both_genders
from stageplus.models import (
    Approval,
    Company,
    CompanyInvitation,
    CompanyMember,
    Establishment,
    InvitationEstablishment,
    MemberEstablishment,
    Municipality,
    Offer,
    Person,
    Sector,
    Trade,
    TutorLimit,
)
from stageplus.services.approvals.schemas import STATE_TONES, STATE_WORDS
from stageplus.services.numbers import shown
from stageplus.services.teams.schemas import (
    EstablishmentCard,
    HeldApproval,
    InvitationRow,
    MemberDetail,
    MemberRow,
    Team,
)
from stageplus.texts import _, ngettext
from stageplus.texts.formats import moment_words, short_date

ON_LINE = (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED)


def team_in(session: Session, actor: Actor, company: Company, now: datetime) -> Team:
    """Build the team as the actor sees it: addresses and invitations are for administrators."""
    houses = session.exec(select(Establishment).where(Establishment.company_id == company.id)).all()
    names = {house.id or 0: house.name for house in houses}
    places = select(MemberEstablishment).where(MemberEstablishment.company_id == company.id)
    where = defaultdict(list)
    for each in session.exec(places):
        where[each.person_id].append(names.get(each.establishment_id, ""))
    members = select(CompanyMember, Person).join(Person).where(CompanyMember.company_id == company.id)
    found = session.exec(members.order_by(col(CompanyMember.is_admin).desc(), Person.plain_name)).all()
    may_manage = any(member.is_admin and member.person_id == actor.person_id for member, _person in found)
    return Team(
        company=company.name,
        members=[
            _member(member, person, where[person.id or 0], actor, with_address=may_manage) for member, person in found
        ],
        invitations=_invitations(session, company, names, now) if may_manage else [],
        establishments=[(str(number), name) for number, name in sorted(names.items(), key=lambda each: plain(each[1]))],
        may_manage=may_manage,
    )


def member_in(session: Session, company: Company, member: CompanyMember) -> MemberDetail:
    """Build one person of the team for the form that changes what they may do."""
    person = session.get_one(Person, member.person_id)
    houses = select(Establishment).where(Establishment.company_id == company.id).order_by(Establishment.plain_name)
    mine = select(MemberEstablishment.establishment_id).where(MemberEstablishment.person_id == person.id)
    chosen = session.exec(mine.where(MemberEstablishment.company_id == company.id)).all()
    nobody = Actor(0, person.role)
    return MemberDetail(
        row=_member(member, person, [], nobody, with_address=True),
        everywhere=member.everywhere,
        chosen=[str(number) for number in chosen],
        establishments=[(str(house.id), house.name) for house in session.exec(houses)],
    )


def establishment_cards(session: Session, mine: Sequence[Establishment], today: date) -> list[EstablishmentCard]:
    """Build the establishments with their agréments, how many learners they may train, and who acts for each."""
    ids = [house.id or 0 for house in mine]
    held = _held(session, ids)
    offered = _offered(session, ids)
    people = _people(session, mine)
    limits = _tutor_limits(session, ids, today)
    towns = {town.ins: town.name for town in session.exec(select(Municipality).where(_in_towns(mine)))}
    return [
        EstablishmentCard(
            name=house.name,
            number=shown(house.number),
            town=f"{house.postal_code} {towns.get(house.municipality_ins, '')}",
            capacity=_capacity_words(house),
            used=_used_words(offered[house.id or 0]),
            left=_left_words(house, offered[house.id or 0]),
            tutors=limits[house.id or 0],
            people=", ".join(people[house.id or 0]) or _("Personne en particulier"),
            approvals=held[house.id or 0],
        )
        for house in mine
    ]


def _member(
    member: CompanyMember, person: Person, where: Sequence[str], actor: Actor, *, with_address: bool
) -> MemberRow:
    return MemberRow(
        person_id=person.id or 0,
        name=f"{person.first_name} {person.last_name}",
        email=person.email if with_address else "",
        role_words=_("Administrateur") if member.is_admin else _("Membre"),
        where=_where_words(member.everywhere, where),
        is_admin=member.is_admin,
        is_me=person.id == actor.person_id,
    )


def _where_words(everywhere: bool, where: Sequence[str]) -> str:
    return _("Partout") if everywhere else ", ".join(sorted(where)) or _("Aucun établissement")


def _invitations(session: Session, company: Company, names: dict[int, str], now: datetime) -> list[InvitationRow]:
    waiting = select(CompanyInvitation).where(
        CompanyInvitation.company_id == company.id,
        col(CompanyInvitation.accepted_at).is_(None),
        col(CompanyInvitation.withdrawn_at).is_(None),
        CompanyInvitation.expires_at > now,
    )
    chosen = select(InvitationEstablishment).join(CompanyInvitation).where(CompanyInvitation.company_id == company.id)
    where = defaultdict(list)
    for each in session.exec(chosen):
        where[each.invitation_id].append(names.get(each.establishment_id, ""))
    return [
        InvitationRow(
            invitation_id=invited.id or 0,
            email=invited.email,
            where=_("Administrateur") if invited.is_admin else _where_words(invited.everywhere, where[invited.id or 0]),
            until=_("jusqu’au {moment}").format(moment=moment_words(invited.expires_at)),
        )
        for invited in session.exec(waiting.order_by(col(CompanyInvitation.id).desc()))
    ]


def _held(session: Session, ids: list[int]) -> dict[int, list[HeldApproval]]:
    found: dict[int, list[HeldApproval]] = defaultdict(list)
    rows = session.exec(select(Approval, Trade).join(Trade).where(col(Approval.establishment_id).in_(ids)))
    for approval, trade in sorted(rows, key=lambda row: plain(row[1].name_f)):
        held = HeldApproval(
            trade=both_genders(trade.name_f, trade.name_m),
            state_words=STATE_WORDS[approval.state],
            tone=STATE_TONES[approval.state],
            since=_("depuis le {day}").format(day=short_date(approval.since)),
            disputed=approval.disputed,
        )
        found[approval.establishment_id].append(held)
    return found


def _offered(session: Session, ids: list[int]) -> dict[int, tuple[int, int]]:
    sums = select(Offer.establishment_id, func.sum(Offer.places), func.sum(Offer.places_taken))
    mine = sums.where(col(Offer.establishment_id).in_(ids), col(Offer.status).in_(ON_LINE))
    found = {
        house: (int(places), int(taken))
        for house, places, taken in session.exec(mine.group_by(col(Offer.establishment_id)))
    }
    return defaultdict(lambda: (0, 0), found)


def _people(session: Session, mine: Sequence[Establishment]) -> dict[int, list[str]]:
    companies = {house.company_id for house in mine}
    members = select(CompanyMember, Person).join(Person).where(col(CompanyMember.company_id).in_(companies))
    named = select(MemberEstablishment).where(col(MemberEstablishment.company_id).in_(companies))
    here = {(each.person_id, each.establishment_id) for each in session.exec(named)}
    found = session.exec(members.order_by(Person.plain_name)).all()
    return {
        house.id or 0: [
            f"{person.first_name} {person.last_name}"
            for member, person in found
            if member.company_id == house.company_id and (member.everywhere or (person.id, house.id) in here)
        ]
        for house in mine
    }


def _tutor_limits(session: Session, ids: list[int], today: date) -> dict[int, str]:
    dated = aliased(TutorLimit)
    latest = (
        select(func.max(dated.effective_from))
        .where(dated.sector_code == Sector.code, col(dated.effective_from) <= today)
        .scalar_subquery()
    )
    rows = (
        select(Approval.establishment_id, Sector.name, TutorLimit.learners)
        .join(Trade, col(Trade.code) == Approval.trade_code)
        .join(Sector, col(Sector.code) == Trade.sector_code)
        .join(TutorLimit, col(TutorLimit.sector_code) == Sector.code)
        .where(col(Approval.establishment_id).in_(ids), TutorLimit.effective_from == latest)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for house, sector, learners in session.exec(rows):
        words = ngettext("{n} apprenant à la fois", "{n} apprenants à la fois", learners).format(n=learners)
        found[house].add(f"{sector} : {words}")
    return defaultdict(str, {house: " · ".join(sorted(words)) for house, words in found.items()})


def _in_towns(mine: Sequence[Establishment]) -> ColumnElement[bool]:
    return col(Municipality.ins).in_({house.municipality_ins for house in mine})


def _most(house: Establishment) -> int:
    return max(1, house.workers)


def _capacity_words(house: Establishment) -> str:
    most = ngettext("{n} apprenant au plus", "{n} apprenants au plus", _most(house)).format(n=_most(house))
    workers = ngettext("{n} travailleur sous contrat", "{n} travailleurs sous contrat", house.workers)
    return f"{most} ({workers.format(n=house.workers)})"


def _used_words(offered: tuple[int, int]) -> str:
    places, taken = offered
    words = ngettext("{places} en ligne · {n} déjà prise", "{places} en ligne · {n} déjà prises", taken)
    return words.format(places=places, n=taken)


def _left_words(house: Establishment, offered: tuple[int, int]) -> str:
    return str(max(0, _most(house) - offered[0]))
