"""Applications of the large world: each goes its way step by step until its offer is over, or until today."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from stageplus.demo import words
from stageplus.demo.full_ground import Stage
from stageplus.demo.full_learners import Seeker, Seekers
from stageplus.demo.full_offers import FORM_KEYS, Plan
from stageplus.domain.actors import Role
from stageplus.domain.applications import ANSWERABLE, ApplicationStatus, RefusalReason
from stageplus.domain.introductions import FailureReason, IntroductionStatus
from stageplus.domain.offers import OfferStatus
from stageplus.texts.formats import day_in_brussels

Step = tuple[str, ApplicationStatus, Role | None, float, float]
"""A step with what comes of it, who takes it, and after how many days at least and at most."""
Taken = tuple[str, ApplicationStatus, Role | None, datetime]
_S, _COMPANY = ApplicationStatus, Role.COMPANY
SEND: Step = ("send", _S.SENT, Role.LEARNER, 0, 0)
SEE: Step = ("see", _S.SEEN, _COMPANY, 0.05, 6)
CONTACT: Step = ("contact", _S.IN_CONTACT, _COMPANY, 0.1, 5)
REFUSE: Step = ("refuse", _S.REFUSED, _COMPANY, 0.2, 11)
GIVE_UP: Step = ("give-up-waiting", _S.UNANSWERED, None, 30, 31)
WITHDRAW: Step = ("withdraw", _S.WITHDRAWN, Role.LEARNER, 1, 12)
PHONE: Step = ("phone", _S.IN_CONTACT, _COMPANY, 0.2, 5)
ACCEPT: Step = ("accept", _S.ACCEPTED, _COMPANY, 1, 9)
FALL_THROUGH: Step = ("fall-through", _S.FELL_THROUGH, Role.OPERATOR, 2, 14)
WAYS: tuple[tuple[float, tuple[Step, ...]], ...] = (
    (38, (SEND, SEE, REFUSE)),
    (16, (SEND, SEE, CONTACT, REFUSE)),
    (5, (SEND, PHONE, REFUSE)),
    (13, (SEND, SEE, GIVE_UP)),
    (14, (SEND, GIVE_UP)),
    (6, (SEND, WITHDRAW)),
    (4, (SEND, SEE, WITHDRAW)),
)
REACH = list(accumulate(weight for weight, _way in WAYS))
CHOSEN = (SEND, SEE, CONTACT, ACCEPT)
REFUSALS = (
    RefusalReason.OTHER_PROFILE,
    RefusalReason.OTHER_PROFILE,
    RefusalReason.DAYS_DIFFER,
    RefusalReason.TOO_FAR,
    RefusalReason.STARTS_LATER,
)
ANSWER_DUE, CONTENT_KEPT = timedelta(days=14), timedelta(days=91)
APPLICATION = (
    "id", "form_key", "offer_id", "learner_id", "status", "motivation", "sent_at", "changed_at", "answer_due_on",
    "refusal_reason",
)  # fmt: skip
APPLICATION_CHANGE = ("application_id", "step", "status", "role", "person_id", "at")
INTRODUCTION = (
    "application_id", "operator_id", "status", "created_at", "taken_over_at", "taken_over_by", "started_on",
    "failure_reason", "settled_at", "settled_by",
)  # fmt: skip


@dataclass
class Told:
    """The rows of some stories, ready to write."""

    applications: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    introductions: list[tuple[Any, ...]] = field(default_factory=list)


class Teller:
    """Tells the stories of offers one after the other; whom an early offer lacks apply to a later one."""

    def __init__(self, stage: Stage, seekers: Seekers, first: int) -> None:
        """Begin with an empty book; applications are numbered from `first`."""
        self.stage, self.seekers, self.number, self.lacking = stage, seekers, first, 0
        self.told = Told()

    def tell(self, plan: Plan) -> None:
        """Tell what became of the applications to an offer, and let them fill it."""
        if plan.wanted == 0:
            return
        trade, town = plan.approval.trade.code, plan.approval.house.town
        until = min(plan.takes_until, self.stage.now)
        count = plan.wanted + self.lacking
        some = self.seekers.some(trade, town.basin_code, plan.begun, until, count)
        self.lacking = count - len(some)
        kept = self._keep(plan, some)
        stories = [(seeker, self._goes(plan, kept.get(seeker.number))) for seeker in some]
        for seeker, story in stories:
            self._write(plan, seeker, story)

    def _keep(self, plan: Plan, some: list[Seeker]) -> dict[int, list[Taken]]:
        """Let the company keep some of those without a place, which may fill the offer."""
        chance, most = self.stage.chance, self.stage.chance.randrange(plan.places + 1)
        free = [each for each in some if not each.placed][:most]
        kept: dict[int, list[Taken]] = {}
        for seeker in free:
            falls = most < plan.places and chance.random() < 0.3
            story = list(self._walk((*CHOSEN, FALL_THROUGH) if falls else CHOSEN, self._sent(plan), self.stage.now))
            if any(step == "accept" for step, *_rest in story):
                kept[seeker.number] = story
                seeker.placed = story[-1][1] is ApplicationStatus.ACCEPTED
        plan.taken = sum(story[-1][1] is ApplicationStatus.ACCEPTED for story in kept.values())
        last = max((taken[3] for story in kept.values() for taken in story if taken[0] == "accept"), default=None)
        if last and plan.taken == plan.places:
            plan.status, plan.over, plan.reason, plan.filled = OfferStatus.FILLED, last, None, True
        elif last and plan.over and plan.status is not OfferStatus.EXPIRED:
            plan.over = max(plan.over, min(self.stage.now, last + timedelta(hours=1)))
        return kept

    def _sent(self, plan: Plan) -> datetime:
        until = min(plan.takes_until, self.stage.now)
        part: float = 0.98 * self.stage.chance.random() ** 1.5
        return plan.begun + (until - plan.begun) * part

    def _goes(self, plan: Plan, kept: list[Taken] | None) -> list[Taken]:
        if kept:
            return kept
        _weight, way = self.stage.chance.choices(WAYS, cum_weights=REACH)[0]
        over = plan.over if plan.over and plan.status is not OfferStatus.EXPIRED else self.stage.now
        story = list(self._walk(way, self._sent(plan), over))
        if over < self.stage.now and story[-1][1] in ANSWERABLE:
            lapses = plan.filled
            step, status = ("lapse", ApplicationStatus.LAPSED) if lapses else ("refuse", ApplicationStatus.REFUSED)
            story.append((step, status, Role.COMPANY, over))
        return story

    def _walk(self, way: tuple[Step, ...], at: datetime, until: datetime) -> Iterator[Taken]:
        sent = at
        for step, status, role, low, high in way:
            at = (sent if low >= GIVE_UP[3] else at) + self.stage.minutes(low, high)
            if at >= until and step != "send":
                return
            yield step, status, role, at

    def _write(self, plan: Plan, seeker: Seeker, story: list[Taken]) -> None:
        number, (_step, status, _role, changed) = self.number, story[-1]
        self.number += 1
        sent, reason = story[0][3], None
        if status is ApplicationStatus.REFUSED:
            closed = plan.over == changed
            reason = RefusalReason.OFFER_ENDED if closed else self.stage.chance.choice(REFUSALS)
        ended = status not in ANSWERABLE and changed < self.stage.now - CONTENT_KEPT
        motivation = "" if ended else words.MOTIVATIONS[number % len(words.MOTIVATIONS)]
        due = day_in_brussels(sent + ANSWER_DUE)
        key = f"{FORM_KEYS + number:032x}"
        self.told.applications.append(
            (number, key, plan.number, seeker.number, status, motivation, sent, changed, due, reason)
        )
        company = plan.approval.house.person_id
        person: dict[Role | None, int] = {
            Role.COMPANY: company,
            Role.LEARNER: seeker.person_id,
            Role.OPERATOR: seeker.centre.staff_id,
        }
        self.told.changes += [(number, step, st, role, person.get(role), at) for step, st, role, at in story]
        accepted = next((at for step, _status, _role, at in story if step == "accept"), None)
        if accepted:
            self.told.introductions.append(self._introduction(number, seeker, status, accepted, changed))

    def _introduction(
        self, number: int, seeker: Seeker, status: ApplicationStatus, accepted: datetime, changed: datetime
    ) -> tuple[Any, ...]:
        """Say what came of an acceptance: most begin within a fortnight, the newest wait."""
        stage, staff = self.stage, seeker.centre.staff_id
        known, to_whom = (number, seeker.centre.operator.id), IntroductionStatus
        taken = min(accepted + stage.minutes(0.1, 4), changed if changed > accepted else stage.now)
        if status is ApplicationStatus.FELL_THROUGH:
            reason = stage.chance.choice(list(FailureReason))
            return (*known, to_whom.FAILED, accepted, taken, staff, None, reason, changed, staff)
        started = accepted + stage.minutes(5, 16)
        if started < stage.now and stage.chance.random() < 0.97:
            day = day_in_brussels(started)
            return (*known, to_whom.STARTED, accepted, taken, staff, day, None, started, staff)
        if taken < stage.now and stage.chance.random() < 0.8:
            return (*known, to_whom.TAKEN_OVER, accepted, taken, staff, None, None, None, None)
        return (*known, to_whom.WAITING, accepted, None, None, None, None, None, None)
