"""Who takes part in the proof: learners who apply, whoever answers for the companies, staff who take over."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from secrets import token_hex
from threading import Lock

from sqlalchemy import Engine
from sqlmodel import col, func, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, CompanyMember, Learner, Offer, OperatorMember, Person
from stageplus.services.accounts.browser import SESSION_COOKIE
from tests.factories import a_session

CROWDED = 12
"""Of how many open offers one is chosen: few, so that people meet at the same place."""


@dataclass(frozen=True)
class Posting:
    """An open offer and somebody who answers for it."""

    offer_id: int
    person_id: int


@dataclass(frozen=True)
class Part:
    """A learner, the staff who follows them, and the offers that they have never applied to."""

    learner_id: int
    person_id: int
    staff_id: int
    postings: list[Posting]


class People:
    """Everybody of a world; several walk at once, each with another learner."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._lock = Lock()
        self._cookies: dict[int, str] = {}
        with reading(database) as session:
            self._met = set(session.exec(select(Application.learner_id, Application.offer_id)).all())
            members = select(CompanyMember.person_id, func.min(CompanyMember.company_id)).join(Person)
            members = members.where(col(Person.suspended_at).is_(None), col(CompanyMember.is_admin).is_(True))
            alone = members.group_by(col(CompanyMember.person_id)).having(func.count() == 1)
            self._members = {company: person for person, company in session.exec(alone)}
            follows = col(OperatorMember.operator_id) == col(Learner.operator_id)
            free = select(Learner.id, Learner.person_id, OperatorMember.person_id).join(OperatorMember, follows)
            free = free.join(Person, col(Person.id) == col(Learner.person_id)).where(
                col(Person.suspended_at).is_(None),
                col(Learner.enrolment_ended_on).is_(None),
                col(Learner.has_place).is_(False),
            )
            self._free = list({learner: (learner, own, staff) for learner, own, staff in session.exec(free)}.values())

    def take(self, chance: Random, offers: int) -> Part:
        """Choose a learner whom nobody else walks with, and so many offers."""
        with self._lock:
            learner_id, person_id, staff_id = self._free.pop(chance.randrange(len(self._free)))
            found = [each for each in self._open() if (learner_id, each.offer_id) not in self._met][:CROWDED]
            postings = chance.sample(found, offers)
            self._met |= {(learner_id, each.offer_id) for each in postings}
        return Part(learner_id, person_id, staff_id, postings)

    def give_back(self, part: Part) -> None:
        """Let somebody walk with this learner again."""
        with self._lock:
            self._free.append((part.learner_id, part.person_id, part.staff_id))

    def cookie_of(self, person_id: int) -> str:
        """Return the Cookie header of somebody's browser, identified to the last step."""
        with self._lock:
            if person_id not in self._cookies:
                token, now = token_hex(16), datetime.now(UTC)
                with transaction(self._database) as session:
                    a_session(session, person_id, token, created_at=now, last_seen_at=now, factor_at=now)
                self._cookies[person_id] = f"{SESSION_COOKIE}={token}"
            return self._cookies[person_id]

    def _open(self) -> list[Posting]:
        wanted = select(Offer.id, Offer.company_id).where(
            Offer.status == OfferStatus.PUBLISHED,
            Offer.places_taken < Offer.places,
            col(Offer.at_cap).is_(False),
            col(Offer.intake_paused).is_(False),
        )
        with reading(self._database) as session:
            rows = session.exec(wanted.order_by(col(Offer.id))).all()
        return [
            Posting(offer_id or 0, self._members[company]) for offer_id, company in rows if company in self._members
        ]
