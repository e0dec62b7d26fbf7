"""The rows of a plain world: applications, offers, and what a step does to them and to their interviews."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from stageplus.domain.applications import ANSWERABLE
from stageplus.domain.applications import ApplicationStatus as Status
from stageplus.domain.interviews import HELD_IN, InterviewState
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OfferStatus
from tests.factories import NOW

UNDO = timedelta(seconds=10)
LEARNERS, PLACES = 3, (1, 2)
ENDED_FOR_GOOD = (Status.WITHDRAWN, Status.LAPSED, Status.FELL_THROUGH)
OPEN_INTERVIEWS = (InterviewState.OFFERED, InterviewState.AGREED)
Row = dict[str, Any]


class Rows:
    """Three learners, two offers of one company, and everything that happens between them."""

    def __init__(self) -> None:
        self.now = NOW
        ends = NOW.date() + timedelta(days=45)
        self.rows: dict[str, Any] = {
            "offers": [_offer(places, ends) for places in PLACES],
            "applications": [],
            "elsewhere": set(),
            "presses": 0,
        }

    @property
    def offers(self) -> list[Row]:
        return self.rows["offers"]

    @property
    def applications(self) -> list[Row]:
        return self.rows["applications"]

    def does(self, act: str, *given: Any) -> str:
        """Do what a use case does, whole or not at all; return « ok », or the refusal's name."""
        before = deepcopy(self.rows)
        said = getattr(self, f"_{act}")(*given) or "ok"
        if said[0].isupper():
            self.rows = before
        return said

    def held_by(self, press: int) -> list[int]:
        """Say which applications one press answered that may still be taken back."""
        return [n for n, each in enumerate(self.applications) if each["held"] and each["held"]["press"] == press]

    def is_introduced(self, learner: int) -> bool:
        mine = [each["introduction"] for each in self.applications if each["learner"] == learner]
        return any(state not in (None, IntroductionStatus.FAILED) for state in mine)

    def has_place(self, learner: int) -> bool:
        return learner in self.rows["elsewhere"] or self.is_introduced(learner)

    def _by_company(self, number: int, sources: Any, act: Callable[[Row], object]) -> str | None:
        it = self.applications[number]
        if it["status"] is Status.WITHDRAWN:
            return "NotFound"
        if it["status"] not in sources:
            return "NotPossible"
        act(it)
        return None

    def _several(self, chosen: list[int], sources: Any, after: Status) -> str:
        found = [each for n in chosen if (each := self.applications[n])["status"] is not Status.WITHDRAWN]
        done = [each for each in found if each["status"] in sources]
        press = self._press() if done else 0
        for each in done:
            self._step(each, after, press)
        return f"{len(done)}/{len(chosen) - len(done)}" if found else "NotFound"

    def _step(self, it: Row, after: Status, press: int | None = None) -> None:
        before, it["held"] = it["status"], None
        it["status"] = after
        if press is not None:
            it["held"] = {"press": press, "until": self.now + UNDO, "status": before, "filled": False}
        elif before in HELD_IN and after is not before:
            self._end_interview(it)

    def _end_interview(self, it: Row) -> None:
        is_kept = it["status"] is Status.ACCEPTED and it["interview"] is InterviewState.AGREED
        if it["status"] is not Status.IN_CONTACT and not is_kept and stands(it, self.now):
            it["interview"] = InterviewState.CANCELLED

    def _restore(self, it: Row) -> str | None:
        if it["status"] in ENDED_FOR_GOOD and self._lasting(it["learner"], it["offer"]):
            return "AnswerTold"
        if it["status"] is Status.ACCEPTED:
            if it["introduction"] is not IntroductionStatus.WAITING:
                return "NotPossible"
            it["introduction"] = None
            self.offers[it["offer"]]["taken"] -= 1
        it["status"], it["held"] = it["held"]["status"], None
        return None

    def _move(self, number: int, sources: Any, after: IntroductionStatus, refusal: str = "NotPossible") -> str | None:
        it = self.applications[number]
        if it["introduction"] not in sources:
            return refusal
        it["introduction"] = after
        return None

    def _turn(self, offer: int, sources: Any, after: OfferStatus) -> str | None:
        if self.offers[offer]["status"] not in sources:
            return "NotPossible"
        self.offers[offer]["status"] = after
        return None

    def _press(self) -> int:
        self.rows["presses"] += 1
        return self.rows["presses"]

    def _offer_of(self, number: int) -> Row:
        return self.offers[self.applications[number]["offer"]]

    def _at(self, there: Row) -> list[Row]:
        return [each for each in self.applications if self.offers[each["offer"]] is there]

    def _waiting(self, offer: int) -> list[Row]:
        return [each for each in self.applications if each["offer"] == offer and each["status"] in ANSWERABLE]

    def _lasting(self, learner: int, offer: int) -> bool:
        mine = [each for each in self.applications if (each["learner"], each["offer"]) == (learner, offer)]
        return any(each["status"] not in ENDED_FOR_GOOD for each in mine)

    def _withdraw_all(self, learner: int) -> int:
        mine = [each for each in self.applications if each["learner"] == learner and each["status"] in ANSWERABLE]
        for each in mine:
            self._step(each, Status.WITHDRAWN)
        return len(mine)


def stands(it: Row, now: datetime) -> bool:
    """Say whether an interview is still counted on: open, and not fixed for a moment that has passed."""
    return it["interview"] in OPEN_INTERVIEWS and not (it["interview"] is InterviewState.AGREED and it["at"] <= now)


def _offer(places: int, ends: Any) -> Row:
    return {"places": places, "taken": 0, "status": OfferStatus.PUBLISHED, "ends": ends, "by_company": False}


def an_application(learner: int, offer: int, now: datetime) -> Row:
    whose = {"learner": learner, "offer": offer, "status": Status.SENT, "sent": now, "nudged": False}
    return whose | {"interview": None, "at": None, "held": None, "introduction": None}
