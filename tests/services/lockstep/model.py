"""What the rules of applications say, in plain dicts: each act changes them, or names the refusal that is expected."""

from collections.abc import Callable
from datetime import timedelta

from stageplus.domain.applications import ANSWERABLE, IN_ANSWER, TO_ANSWER
from stageplus.domain.applications import ApplicationStatus as Status
from stageplus.domain.interviews import HELD_IN, InterviewState
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OfferStatus
from tests.services.lockstep.rows import Row, Rows, an_application, stands

OPEN = (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED)
OVER = (OfferStatus.FILLED, OfferStatus.CLOSED)


class Model(Rows):
    """Whatever learners, the company, the operator and the clock do."""

    def _apply(self, learner: int, offer: int) -> str | None:
        there = self.offers[offer]
        is_open = there["status"] is OfferStatus.PUBLISHED and there["ends"] >= self.now.date()
        if not is_open or there["taken"] >= there["places"]:
            return "OfferClosed"
        if self._lasting(learner, offer):
            return "AlreadyApplied"
        self.applications.append(an_application(learner, offer, self.now))
        return None

    def _see(self, number: int) -> str | None:
        return self._by_company(number, Status, lambda it: it["status"] is Status.SENT and self._step(it, Status.SEEN))

    def _propose(self, number: int) -> str | None:
        if stands(self.applications[number], self.now) and self.applications[number]["status"] in ANSWERABLE:
            return "NotPossible"

        def act(it: Row) -> None:
            self._step(it, Status.IN_CONTACT)
            moment = (self.now + timedelta(days=2)).replace(second=0)
            it.update(interview=InterviewState.OFFERED, at=moment)

        return self._by_company(number, ANSWERABLE, act)

    def _take_slot(self, number: int) -> str | None:
        it = self.applications[number]
        if it["interview"] is None:
            return "NotFound"
        if it["status"] not in HELD_IN or it["interview"] is not InterviewState.OFFERED or it["at"] <= self.now:
            return "NotPossible"
        it["interview"] = InterviewState.AGREED
        return None

    def _phone(self, number: int) -> str | None:
        return self._by_company(number, TO_ANSWER, lambda it: self._step(it, Status.IN_CONTACT, self._press()))

    def _promise(self, number: int) -> str | None:
        return self._several([number], IN_ANSWER, Status.SEEN)

    def _refuse(self, number: int) -> str | None:
        return self._by_company(number, ANSWERABLE, lambda it: self._step(it, Status.REFUSED, self._press()))

    def _refuse_all(self, offer: int) -> str | None:
        chosen = [number for number, each in enumerate(self.applications) if each["offer"] == offer]
        return self._several(chosen, ANSWERABLE, Status.REFUSED)

    def _accept(self, number: int) -> str | None:
        there = self._offer_of(number)
        is_hidden = self.applications[number]["status"] is Status.WITHDRAWN
        if there["taken"] >= there["places"] and not is_hidden:
            return "NoPlaceLeft"

        def act(it: Row) -> None:
            press = self._press()
            self._step(it, Status.ACCEPTED, press)
            it["introduction"] = IntroductionStatus.WAITING
            there["taken"] += 1
            if there["taken"] == there["places"] and there["status"] is OfferStatus.PUBLISHED:
                there["status"], it["held"]["filled"] = OfferStatus.FILLED, True
                for other in self._waiting(it["offer"]):
                    self._step(other, Status.LAPSED, press)

        return self._by_company(number, ANSWERABLE, act)

    def _reconsider(self, number: int) -> str | None:
        there = self._offer_of(number)
        if self.applications[number]["status"] is Status.REFUSED:
            if there["status"] not in OPEN:
                return "OfferOver"
            if there["taken"] >= there["places"]:
                return "NoPlaceLeft"
        act: Callable[[Row], None] = lambda it: self._step(it, Status.IN_CONTACT, self._press())  # noqa: E731
        return self._by_company(number, [Status.REFUSED], act)

    def _take_back(self, press: int) -> str | None:
        held = [self.applications[number] for number in self.held_by(press)]
        if not held or held[0]["held"]["until"] <= self.now:
            return "AnswerTold"
        freed = [each for each in held if each["status"] is Status.ACCEPTED]
        fillers = [each for each in held if each["held"]["filled"]]
        refusals = [self._restore(each) for each in held]
        for each in freed:
            ended = self._reopen(self.offers[each["offer"]], fillers)
            refusals += [self._restore(other) for other in ended]
            held += ended
        if any(refusals):
            return next(filter(None, refusals))
        if any(each["status"] in ANSWERABLE and self.offers[each["offer"]]["status"] in OVER for each in held):
            return "OfferOver"
        for each in held:
            self._end_interview(each)
        return None

    def _reopen(self, there: Row, fillers: list[Row]) -> list[Row]:
        """Put an offer back that what is taken back had filled, or an acceptance since; return whom that one ended."""
        since = [each for each in self._at(there) if each["held"] and each["held"]["filled"]]
        if there["status"] is not OfferStatus.FILLED or not fillers + since:
            return []
        there["status"] = OfferStatus.PUBLISHED
        if fillers:
            return []
        since[0]["held"]["filled"] = False
        others = [self.applications[number] for number in self.held_by(since[0]["held"]["press"])]
        return [each for each in others if each is not since[0]]

    def _withdraw(self, number: int) -> str | None:
        it = self.applications[number]
        return self._step(it, Status.WITHDRAWN) if it["status"] in ANSWERABLE else "NotPossible"

    def _nudge(self, number: int) -> str | None:
        it = self.applications[number]
        if it["status"] not in IN_ANSWER:
            return "NotPossible"
        if self.now - it["sent"] < timedelta(days=10) or it["nudged"]:
            return "NudgedAlready" if self.now - it["sent"] >= timedelta(days=10) else "NudgedTooEarly"
        it["nudged"] = True
        return None

    def _find_elsewhere(self, learner: int) -> str | None:
        if self.has_place(learner):
            return "AlreadyPlaced"
        self._withdraw_all(learner)
        self.rows["elsewhere"].add(learner)
        return None

    def _search_again(self, learner: int) -> str | None:
        if learner not in self.rows["elsewhere"]:
            return "AlreadyDone"
        self.rows["elsewhere"].remove(learner)
        return None

    def _withdraw_others(self, learner: int) -> str | None:
        if not self.is_introduced(learner):
            return "NotPossible"
        return None if self._withdraw_all(learner) else "InvalidInput"

    def _take_over(self, number: int) -> str | None:
        return self._move(number, [IntroductionStatus.WAITING], IntroductionStatus.TAKEN_OVER, "AlreadyDone")

    def _start(self, number: int) -> str | None:
        return self._move(number, [IntroductionStatus.TAKEN_OVER], IntroductionStatus.STARTED)

    def _fail(self, number: int) -> str | None:
        unsettled = [IntroductionStatus.WAITING, IntroductionStatus.TAKEN_OVER]
        if refusal := self._move(number, unsettled, IntroductionStatus.FAILED):
            return refusal
        there = self._offer_of(number)
        there["taken"] -= 1
        if there["status"] is OfferStatus.FILLED and not there["by_company"] and there["ends"] >= self.now.date():
            there["status"] = OfferStatus.PUBLISHED
        return self._step(self.applications[number], Status.FELL_THROUGH)

    def _close(self, offer: int, is_filled: bool) -> str | None:
        there = self.offers[offer]
        if there["status"] not in OPEN:
            return "NotPossible"
        there.update(status=OfferStatus.FILLED if is_filled else OfferStatus.CLOSED, by_company=True)
        for each in self._waiting(offer):
            self._step(each, Status.REFUSED)
        return None

    def _suspend(self, offer: int) -> str | None:
        return self._turn(offer, [OfferStatus.PUBLISHED], OfferStatus.SUSPENDED)

    def _resume(self, offer: int) -> str | None:
        return self._turn(offer, [OfferStatus.SUSPENDED], OfferStatus.PUBLISHED)

    def _renew(self, offer: int) -> str | None:
        refusal = self._turn(offer, [OfferStatus.PUBLISHED, OfferStatus.EXPIRED], OfferStatus.PUBLISHED)
        if not refusal:
            self.offers[offer]["ends"] = self.now.date() + timedelta(days=60)
        return refusal

    def _jobs(self) -> None:
        for there in self.offers:
            if there["status"] in OPEN and there["ends"] < self.now.date():
                there["status"] = OfferStatus.EXPIRED
        for each in self.applications:
            if each["held"] and each["held"]["until"] <= self.now:
                each["held"] = None
                self._end_interview(each)
            if each["status"] in IN_ANSWER and each["sent"] <= self.now - timedelta(days=30):
                self._step(each, Status.UNANSWERED)
