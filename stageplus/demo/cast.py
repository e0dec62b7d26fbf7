"""Makes the people and companies of the demonstration."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlmodel import Session, select

from stageplus.demo import words
from stageplus.domain.actors import Role
from stageplus.domain.identifiers import with_check_digits
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Approval,
    ApprovalChange,
    ApprovalRecord,
    ApprovalState,
    Company,
    CompanyMember,
    Establishment,
    Learner,
    Municipality,
    Offer,
    OfferChange,
    Operator,
    Person,
    Place,
    TotpSecret,
    Trade,
)
from stageplus.services.accounts.passwords import hash_password
from stageplus.services.accounts.schemas import DEMO_PASSWORD
from stageplus.services.factors.keys import encrypted
from stageplus.texts.formats import day_in_brussels

IFAPME_DAYS, CEFA_DAYS = 0b01111, 0b00111
WEEKEND_DAYS, LATE_TRADES = 0b0111100, ("cuisinier", "commis-de-salle")


@dataclass
class Cast:
    """The session in which the world is made, the moment it is, and its dice."""

    session: Session
    now: datetime
    random: Random
    count: int = 0
    interviews: int = 0
    towns: dict[str, Municipality] = field(default_factory=dict)

    def kept(self, row: Any) -> Any:
        """Save a row and give it back with its identifier."""
        self.session.add(row)
        self.session.flush()
        return row

    def next(self) -> int:
        """Return a number that was not used yet."""
        self.count += 1
        return self.count

    def town(self, name: str) -> Municipality:
        """Return a real municipality by its name."""
        if name not in self.towns:
            self.towns[name] = self.session.exec(select(Municipality).where(Municipality.name == name)).one()
        return self.towns[name]


MOST_PLACES = 3
"""Of an offer of the demonstration; its establishment has workers enough for all its offers."""


@cache
def demo_hash() -> str:
    """Hash the public password of the demonstration once: bcrypt is slow on purpose."""
    return hash_password(DEMO_PASSWORD)


def a_person(cast: Cast, role: Role, email: str, first_name: str, last_name: str) -> Person:
    """Make somebody who signs in with the password of the demonstration."""
    person = Person(
        email=email,
        first_name=first_name,
        last_name=last_name,
        role=role,
        password_hash=demo_hash(),
        created_at=cast.now - timedelta(days=60),
    )
    made: Person = cast.kept(person)
    return made


def a_company(
    cast: Cast, name: str, town: Municipality, trade: tuple[str, str, str], statuses: list[OfferStatus]
) -> list[Offer]:
    """Make a company with one approved establishment and an offer per status."""
    number = cast.next()
    known = cast.session.exec(select(Company).where(Company.name == "Boulangerie du Nuage")).first()
    if name == "Pâtisserie du Nuage" and known:
        company = known
    else:
        company = cast.kept(Company(name=name, enterprise_number=with_check_digits(4_000_000 + number * 37)))
    place = cast.session.exec(select(Place).where(Place.municipality_ins == town.ins)).first()
    assert place is not None
    establishment = cast.kept(
        Establishment(
            company_id=company.id or 0,
            number=with_check_digits(20_000_000 + number * 41),
            name=f"{name}, {town.name}",
            postal_code=place.postal_code,
            municipality_ins=town.ins,
            workers=3 + number % 9 + MOST_PLACES * len(statuses),
        )
    )
    operator = cast.session.exec(select(Operator)).first()
    assert operator is not None
    an_approval(cast, establishment, trade[0], operator, date(2024, 1, 1 + number % 28))
    return [an_offer(cast, establishment, trade, status) for status in statuses]


def an_approval(cast: Cast, establishment: Establishment, trade: str, operator: Operator, since: date) -> Approval:
    """Record an agrément that an operator granted."""
    noted_at, state, operator_id = cast.now - timedelta(days=50), ApprovalState.GRANTED, operator.id or 0
    approval: Approval = cast.kept(
        Approval(
            establishment_id=establishment.id or 0, trade_code=trade, state=state, operator_id=operator_id, since=since
        )
    )
    approval_id = approval.id or 0
    cast.kept(
        ApprovalRecord(approval_id=approval_id, operator_id=operator_id, state=state, since=since, noted_at=noted_at)
    )
    change = ApprovalChange(
        approval_id=approval_id, operator_id=operator_id, state=state, since=since, effect=state, at=noted_at
    )
    change.role = Role.OPERATOR
    cast.kept(change)
    return approval


def an_offer(cast: Cast, establishment: Establishment, trade: tuple[str, str, str], status: OfferStatus) -> Offer:
    """Make an offer whose dates fit its status."""
    number, today = cast.next(), day_in_brussels(cast.now)
    published = None if status is OfferStatus.DRAFT else cast.now - timedelta(days=number % 25, hours=number % 7)
    early, late = number % 4 == 0, trade[0] in LATE_TRADES and number % 2 == 0
    offer: Offer = cast.kept(
        Offer(
            form_key=f"{number:032x}",
            company_id=establishment.company_id,
            establishment_id=establishment.id or 0,
            trade_code=trade[0],
            sector_code=cast.session.get_one(Trade, trade[0]).sector_code,
            scheme_code="alternance-secondaire",
            municipality_ins=establishment.municipality_ins,
            status=status,
            places=1 + number % MOST_PLACES,
            starts_from=today + timedelta(days=5 + number % 20),
            starts_until=today + timedelta(days=60 + number % 30),
            company_days=WEEKEND_DAYS if late else IFAPME_DAYS if number % 3 else CEFA_DAYS,
            day_starts_at=time(5 if early and trade[0] == "boulanger" else 8),
            day_ends_at=time(21 if late else 13 if early and trade[0] == "boulanger" else 16, 30),
            language="néerlandais" if number % 17 == 0 else "français",
            weekly_hours=24 + number % 10,
            tasks=trade[2],
            first_day=words.FIRST_DAY,
            tutor_first_name=words.FIRST_NAMES[number % len(words.FIRST_NAMES)],
            tutor_function="Responsable d’atelier",
            transport=words.TRANSPORT,
            licence_needed=number % 11 == 0,
            equipment=words.EQUIPMENT,
            accessibility=words.ACCESSIBILITY,
            ends_on=today + timedelta(days=-2 if status is OfferStatus.EXPIRED else 20 + number % 40),
            created_at=published or cast.now,
            updated_at=published or cast.now,
            published_at=published,
        )
    )
    if published:
        cast.kept(OfferChange(offer_id=offer.id or 0, step="publish", status=status, role=Role.COMPANY, at=published))
    return offer


def people_of(cast: Cast, offer: Offer, email: str) -> None:
    """Give a company somebody who answers for it."""
    number = cast.next()
    person = a_person(cast, Role.COMPANY, email, words.FIRST_NAMES[number % 24], words.LAST_NAMES[number % 12])
    cast.kept(CompanyMember(person_id=person.id or 0, company_id=offer.company_id, is_admin=True))


def a_learner(
    cast: Cast, operator: Operator, email: str, name: tuple[str, str], trade: str, town: Municipality
) -> Learner:
    """Make an apprenant of an operator, who lives in a town."""
    number = cast.next()
    place = cast.session.exec(select(Place).where(Place.municipality_ins == town.ins)).first()
    assert place is not None
    person = a_person(cast, Role.LEARNER, email, *name)
    learner: Learner = cast.kept(
        Learner(
            person_id=person.id or 0,
            operator_id=operator.id or 0,
            operator_reference=f"DEMO-{number}",
            trade_code=trade,
            year=1 + number % 3,
            company_days=CEFA_DAYS if operator.kind == "cefa" else IFAPME_DAYS,
            birth_year=cast.now.year - 16 - number % 6,
            postal_code=place.postal_code,
            municipality_ins=town.ins,
        )
    )
    return learner


def lost_phone(cast: Cast, learner: Learner) -> None:
    """Give a learner an application of codes that nobody has any more: the operator's staff may reset it."""
    secret = encrypted("A" * 32)
    cast.kept(TotpSecret(person_id=learner.person_id, secret=secret, created_at=cast.now, confirmed_at=cast.now))


def lost_mailbox(cast: Cast, learner: Learner) -> None:
    """Let mail to a learner come back: the learner and the operator's staff see it."""
    cast.session.get_one(Person, learner.person_id).unreachable_since = cast.now


def mark(session: Session, offer: Offer) -> str:
    """Return the name under which search finds who offers."""
    return session.get_one(Establishment, offer.establishment_id).name
