"""Fifty people act on one offer at the same moment, round after round.

Places are never taken twice nor given back twice, every application has an end once the offer is over, and whoever
withdrew is written to by nobody. In full: `pytest tests/services/applications/test_fifty_at_once.py --at-length`.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import Random
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ANSWERABLE, ApplicationStatus, RefusalReason
from stageplus.domain.errors import DomainError
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.models import Application, HeldAnswer, Introduction, Notice, Offer, OutboxMessage, Parameter, Person
from stageplus.services.answers.actions import reconsider_refusal, refuse_several, take_back_answer, tell_answers
from stageplus.services.answers.schemas import SeveralRefusalInput
from stageplus.services.applications.actions import (
    accept_application,
    give_up_waiting,
    refuse_application,
    send_application,
    withdraw_application,
)
from stageplus.services.applications.schemas import ApplicationInput, RefusalInput
from stageplus.services.placements.actions import find_elsewhere
from stageplus.services.placements.schemas import FarewellInput
from stageplus.services.postings.actions import close_offer
from stageplus.services.postings.schemas import ClosingInput
from tests import factories
from tests.factories import NOW

ROUNDS, ALL_ROUNDS = 2, 200
APPLICANTS, PLACES = 30, 3
SOON = NOW + timedelta(seconds=5)
S = ApplicationStatus
REFUSAL = RefusalInput(reason=RefusalReason.OTHER_PROFILE, words="Merci.")
MEMBERS_READ = {"application-withdrawn", "interview-cancelled"}
Act = Callable[[], object]


class Round:
    """An offer of three places and thirty who wait for it, some in contact, some refused a moment ago."""

    def __init__(self, database: Engine, number: int) -> None:
        self.on, self.number, self.random = database, number, Random(number)
        with transaction(database) as session:
            house = factories.an_establishment(session)
            factories.an_approval(session, house)
            offer = factories.an_offer(session, house, places=PLACES)
            self.offer = offer.id or 0
            self.company, self.colleague = (factories.a_member(session, offer.company_id) for _turn in range(2))
            self.learners = [
                factories.actor_of_learner(factories.a_learner(session)) for _turn in range(APPLICANTS + 2)
            ]
            self.applications = [self._applied(session, offer, turn) for turn in range(APPLICANTS)]
        for turn in (2, 3):
            refuse_application(self.company, self.applications[turn], REFUSAL, now=NOW, on=database)
        with reading(database) as session:
            held = select(HeldAnswer.key).where(col(HeldAnswer.application_id).in_(self.applications))
            self.keys = list(session.exec(held))

    def _applied(self, session: Session, offer: Offer, turn: int) -> int:
        learner = session.get_one(factories.Learner, self.learners[turn].learner_id)
        application = factories.an_application(session, offer, learner)
        if turn < 2:
            application.status, application.refusal_reason = S.REFUSED, RefusalReason.OTHER
        elif turn < 8:
            factories.an_interview(session, application, starts_at=NOW + timedelta(days=2))
        return application.id or 0

    def acts(self) -> list[tuple[str, Act]]:
        """Return what fifty people do, in any order: nineteen accept, sixteen withdraw, five close."""
        chosen = self.random.sample(range(4, APPLICANTS), 19)
        leaving = self.random.sample(range(2, APPLICANTS), 16)
        acts: list[tuple[str, Act]] = [
            *[("accept", self._by(accept_application, self._member(turn), self.applications[turn])) for turn in chosen],
            *[("withdraw", self._by(withdraw_application, *self._own(turn))) for turn in leaving[:13]],
            *[("found elsewhere", self._by(find_elsewhere, self._own(turn)[0], _bye())) for turn in leaving[13:]],
            *[("close", self._by(close_offer, self._member(turn), self.offer, self._closing())) for turn in range(5)],
            *[("reconsider", self._by(reconsider_refusal, self.company, self.applications[turn])) for turn in range(2)],
            *[("take back", self._by(take_back_answer, self.company, key)) for key in self.keys],
            *[("send", self._by(send_application, *self._sending(turn))) for turn in (APPLICANTS, APPLICANTS + 1)],
            *[("refuse several", self._by(refuse_several, self._member(turn), self._refusals())) for turn in range(2)],
            ("clock", lambda: (tell_answers(now=SOON, on=self.on), give_up_waiting(now=SOON, on=self.on))),
            ("clock", lambda: tell_answers(now=SOON + timedelta(seconds=6), on=self.on)),
        ]
        self.random.shuffle(acts)
        return acts

    def run(self) -> Counter[str]:
        """Let all fifty begin together; return how each act went. What is no refusal of a rule goes on up."""
        acts = self.acts()
        together = Barrier(len(acts))
        # An offer closes as well while most are still at it as once they are nearly through.
        late = self.random.choice((0, 0.1, 0.3))

        def one(named: tuple[str, Act]) -> str:
            together.wait()
            sleep(late if named[0] == "close" else 0)
            try:
                named[1]()
            except DomainError as refusal:
                return f"{named[0]}: {type(refusal).__name__}"
            except OperationalError as error:
                if "database is locked" not in str(error):  # SQLite, of a machine too slow for fifty in ten seconds
                    raise
                return f"{named[0]}: waited in vain"
            return f"{named[0]}: done"

        with ThreadPoolExecutor(len(acts)) as crowd:
            return Counter(crowd.map(one, acts))

    def check(self) -> None:
        """Look at places, introductions, ends and mails as they are, then once more after one last closing."""
        self._check_places()
        with suppress(DomainError):
            self._by(close_offer, self.company, self.offer, self._closing())()
        offer = self._check_places()
        assert offer.status in (OfferStatus.FILLED, OfferStatus.CLOSED)
        with reading(self.on) as session:
            found = session.exec(select(Application).where(Application.offer_id == self.offer)).all()
            assert [each.id for each in found if each.status in ANSWERABLE] == []
            for each in found:
                if each.status is S.WITHDRAWN:
                    self._check_silence(session, each)

    def _check_places(self) -> Offer:
        with reading(self.on) as session:
            offer = session.get_one(Offer, self.offer)
            here = select(Application.status, Introduction.id).join(Introduction, isouter=True)
            rows = session.exec(here.where(Application.offer_id == self.offer)).all()
            assert 0 <= offer.places_taken <= offer.places
            assert offer.places_taken == sum(status is S.ACCEPTED for status, _introduced in rows)
            assert all((status is S.ACCEPTED) is (introduced is not None) for status, introduced in rows)
            return offer

    def _check_silence(self, session: Session, application: Application) -> None:
        """Nothing had been mailed before: what is there was written after the withdrawal, which drops all the rest."""
        learner = next(each for each in self.learners if each.learner_id == application.learner_id)
        email = session.get_one(Person, learner.person_id).email
        assert session.exec(select(OutboxMessage.kind).where(OutboxMessage.recipient == email)).all() == []
        assert session.exec(select(Notice.letter).where(Notice.person_id == learner.person_id)).all() == []
        about = select(OutboxMessage.kind).where(OutboxMessage.about == f"application:{application.id}")
        assert set(session.exec(about)) <= MEMBERS_READ

    def _member(self, turn: int) -> Actor:
        return self.colleague if turn % 2 else self.company

    def _own(self, turn: int) -> tuple[Actor, int]:
        return self.learners[turn], self.applications[turn]

    def _sending(self, turn: int) -> tuple[Actor, int, ApplicationInput]:
        key = f"{self.number:016x}{turn:016x}"
        return self.learners[turn], self.offer, ApplicationInput(form_key=key, motivation="Le pain.")

    def _refusals(self) -> SeveralRefusalInput:
        chosen = self.random.sample(self.applications, 6)
        return SeveralRefusalInput.read({"ids": chosen, "reason_for_all": "autre profil", "words_for_all": "Merci."})

    def _closing(self) -> ClosingInput:
        with reading(self.on) as session:
            there = select(Application.id).where(Application.offer_id == self.offer)
            shown = tuple(number or 0 for number in session.exec(there))
        return ClosingInput(reason=ClosingReason.OTHER, words="Merci à vous.", shown=shown)

    def _by(self, act: Callable[..., object], *given: Any) -> Act:
        return lambda: act(*given, now=SOON, on=self.on)


def _bye() -> FarewellInput:
    return FarewellInput(words="J’ai trouvé une place. Merci.")


def test_no_place_is_lost_no_application_forgotten_and_nobody_who_left_is_written_to(
    database: Engine, at_length: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        session.exec(update(Parameter).where(col(Parameter.name) == "answer_undo_seconds").values(value="10"))
    done: Counter[str] = Counter()
    for number in range(ALL_ROUNDS if at_length else ROUNDS):
        here = Round(database, number)
        went = here.run()
        assert sum(went.values()) == 50
        done += went
        here.check()
    if at_length:
        with capsys.disabled():
            print(f"\n{database.dialect.name}, {ALL_ROUNDS} rounds of fifty:", dict(sorted(done.items())))
