"""The same three learners and two offers in a real database, moved by the real use cases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ANSWERABLE, ApplicationStatus, RefusalReason
from stageplus.domain.errors import DomainError
from stageplus.domain.introductions import FailureReason
from stageplus.domain.offers import ClosingReason, OfferStatus
from stageplus.models import Application, HeldAnswer, Interview, InterviewSlot, Introduction, Learner, Offer, Parameter
from stageplus.services.answers import actions as answers
from stageplus.services.answers.schemas import Answered, PromiseInput, SeveralRefusalInput
from stageplus.services.applications import actions as applications
from stageplus.services.applications.schemas import ApplicationInput, RefusalInput
from stageplus.services.followup import actions as followup
from stageplus.services.followup.schemas import FailureInput, FirstDayInput
from stageplus.services.interviews.actions import remind_of_interviews, take_slot
from stageplus.services.placements import actions as placements
from stageplus.services.placements.schemas import FarewellInput, WithdrawalInput
from stageplus.services.postings import actions as postings
from stageplus.services.postings.schemas import ClosingInput
from stageplus.services.silences.actions import nudge_company
from tests import factories
from tests.factories import NOW
from tests.services.interviews.conftest import proposal
from tests.services.lockstep.rows import LEARNERS, PLACES

REFUSAL = RefusalInput(reason=RefusalReason.OTHER_PROFILE, words="Merci pour votre candidature.")
FOR_ALL = {"reason_for_all": "autre profil", "words_for_all": "Merci à vous."}
BYE = FarewellInput(words="J’ai trouvé une place. Merci à vous.")
FAILED = FailureInput(reason=FailureReason.CONDITIONS)
FOR_LONG = NOW.date() + timedelta(days=3000)
UNLIMITED = {"answer_undo_seconds": "10", "applications_week_max": "999"}
MOVING = (
    postings.expire_offers,
    answers.tell_answers,
    applications.give_up_waiting,
    applications.remind_companies,
    remind_of_interviews,
)
"""The timed work that moves an application or writes about one, in the order of the clock."""


class World:
    """One database; whatever earlier worlds left in it has ended."""

    def __init__(self, database: Engine) -> None:
        self.on = database
        self.now = NOW
        self.sent: list[int] = []
        self.keys: list[str] = [""]
        with transaction(database) as session:
            if session.exec(select(Parameter)).first() is None:
                factories.minimal_reference(session)
                for name, value in UNLIMITED.items():
                    session.exec(update(Parameter).where(col(Parameter.name) == name).values(value=value))
            operator, company = factories.an_operator(session), factories.a_company(session)
            ends = {"ends_on": NOW.date() + timedelta(days=45), "starts_until": FOR_LONG}
            self.offers = []
            for places in PLACES:
                house = factories.an_establishment(session, company)
                factories.an_approval(session, house)
                self.offers.append(factories.an_offer(session, house, places=places, **ends).id or 0)
            mine = [factories.a_learner(session, operator) for _number in range(LEARNERS)]
            self.learners = [factories.actor_of_learner(each) for each in mine]
            self.company = factories.a_member(session, company.id or 0)
            self.staff = factories.a_staff_member(session, operator.id or 0)

    def does(self, act: str, *given: Any) -> str:
        """Do it in earnest; return « ok », how many were done and left, or the refusal's name."""
        try:
            done = getattr(self, f"_{act}")(*given)
        except DomainError as refusal:
            return type(refusal).__name__
        return f"{done.done}/{done.left}" if isinstance(done, Answered) else "ok"

    def note_press(self, number: int) -> None:
        """Remember the key of the answer that was given last, by an application that it answered."""
        with reading(self.on) as session:
            held = select(HeldAnswer.key).where(HeldAnswer.application_id == self.sent[number])
            self.keys.append(session.exec(held).one())

    def seen(self) -> dict[str, list[Any]]:
        """Read what has to be the same everywhere."""
        with reading(self.on) as session:
            found: Any = select(Application.status, Introduction.status, Interview.state, HeldAnswer.key)
            found = found.select_from(Application)
            for table in (Introduction, Interview, HeldAnswer):
                found = found.join(table, table.application_id == Application.id, isouter=True)
            rows = session.exec(found.where(col(Application.id).in_(self.sent)).order_by(Application.id)).all()
            offers = select(Offer.status, Offer.places_taken).where(col(Offer.id).in_(self.offers)).order_by(Offer.id)
            placed = select(Learner.has_place).where(col(Learner.id).in_([each.learner_id for each in self.learners]))
            return {
                "applications": [(*states, key is not None) for *states, key in rows],
                "offers": [tuple(row) for row in session.exec(offers)],
                "placed": list(session.exec(placed.order_by(Learner.id))),
            }

    def end(self) -> None:
        """Leave nothing that the timed work of the next world would find."""
        with transaction(self.on) as session:
            mine = update(Application).where(col(Application.id).in_(self.sent))
            session.exec(mine.values(status=ApplicationStatus.WITHDRAWN))
            theirs = update(Offer).where(col(Offer.id).in_(self.offers))
            session.exec(theirs.values(status=OfferStatus.CLOSED))
            for held in session.exec(select(HeldAnswer)):
                session.delete(held)

    def _apply(self, learner: int, offer: int) -> None:
        words = ApplicationInput(form_key=f"{self.company.person_id:08x}{self._turn():024x}", motivation="Le pain.")
        act = applications.send_application
        self.sent.append(self._by(act, self.learners[learner], self.offers[offer], words).application_id)

    def _see(self, number: int) -> None:
        self._by(applications.see_application, self.company, self.sent[number])

    def _propose(self, number: int) -> None:
        moment = proposal(self.now + timedelta(days=2))
        self._by(applications.propose_interview, self.company, self.sent[number], moment)

    def _take_slot(self, number: int) -> None:
        with reading(self.on) as session:
            offered = select(InterviewSlot.id).join(Interview).where(Interview.application_id == self.sent[number])
            slot = session.exec(offered).first() or 0
        self._by(take_slot, self._learner_of(number), self.sent[number], slot)

    def _phone(self, number: int) -> None:
        self._by(answers.answer_by_phone, self.company, self.sent[number])

    def _promise(self, number: int) -> Any:
        data = PromiseInput(ids=(self.sent[number],), before=self.now.date() + timedelta(days=3))
        return self._by(answers.promise_answers, self.company, data)

    def _refuse(self, number: int) -> None:
        self._by(applications.refuse_application, self.company, self.sent[number], REFUSAL)

    def _refuse_all(self, offer: int) -> Any:
        data = SeveralRefusalInput.read(FOR_ALL | {"ids": self._sent_to(offer)})
        return self._by(answers.refuse_several, self.company, data)

    def _accept(self, number: int) -> None:
        self._by(applications.accept_application, self.company, self.sent[number])

    def _reconsider(self, number: int) -> None:
        self._by(answers.reconsider_refusal, self.company, self.sent[number])

    def _take_back(self, press: int) -> None:
        self._by(answers.take_back_answer, self.company, self.keys[press])

    def _withdraw(self, number: int) -> None:
        self._by(applications.withdraw_application, self._learner_of(number), self.sent[number])

    def _nudge(self, number: int) -> None:
        self._by(nudge_company, self._learner_of(number), self.sent[number])

    def _find_elsewhere(self, learner: int) -> None:
        self._by(placements.find_elsewhere, self.learners[learner], BYE)

    def _search_again(self, learner: int) -> None:
        self._by(placements.search_again, self.learners[learner])

    def _withdraw_others(self, learner: int) -> None:
        with reading(self.on) as session:
            mine = select(Application.id).where(Application.learner_id == self.learners[learner].learner_id)
            chosen = tuple(session.exec(mine.where(col(Application.status).in_(ANSWERABLE))))
        self._by(
            placements.withdraw_others, self.learners[learner], WithdrawalInput(applications=chosen, words="Merci.")
        )

    def _take_over(self, number: int) -> None:
        self._by(followup.take_over, self.staff, self._introduction(number))

    def _start(self, number: int) -> None:
        self._by(followup.confirm_start, self.staff, self._introduction(number), FirstDayInput(day=self.now.date()))

    def _fail(self, number: int) -> None:
        self._by(followup.fail_introduction, self.staff, self._introduction(number), FAILED)

    def _close(self, offer: int, is_filled: bool) -> None:
        reason = ClosingReason.FILLED_ELSEWHERE if is_filled else ClosingReason.OTHER
        data = ClosingInput(reason=reason, words="Merci à vous.", shown=tuple(self._sent_to(offer)))
        self._by(postings.close_offer, self.company, self.offers[offer], data)

    def _suspend(self, offer: int) -> None:
        self._by(postings.suspend_offer, self.company, self.offers[offer])

    def _resume(self, offer: int) -> None:
        self._by(postings.resume_offer, self.company, self.offers[offer])

    def _renew(self, offer: int) -> None:
        self._by(postings.renew_offer, self.company, self.offers[offer])

    def _jobs(self) -> None:
        for job in MOVING:
            job(now=self.now, on=self.on)

    def _by(self, act: Callable[..., Any], who: Any, *given: Any) -> Any:
        return act(who, *given, now=self.now, on=self.on)

    def _turn(self) -> int:
        return int((self.now - NOW).total_seconds())

    def _sent_to(self, offer: int) -> list[int]:
        with reading(self.on) as session:
            there = select(Application.id).where(Application.offer_id == self.offers[offer])
            return [number or 0 for number in session.exec(there.order_by(col(Application.id)))]

    def _learner_of(self, number: int) -> Any:
        with reading(self.on) as session:
            whose = session.get_one(Application, self.sent[number]).learner_id
        return next(each for each in self.learners if each.learner_id == whose)

    def _introduction(self, number: int) -> int:
        with reading(self.on) as session:
            here = select(Introduction.id).where(Introduction.application_id == self.sent[number])
            return session.exec(here).first() or 0
