"""The way of an application over the real websocket, by people who try again until the site answers them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from secrets import token_hex
from threading import Event, Thread
from typing import Any

from simple_websocket.errors import SimpleWebsocketError
from sqlalchemy import Engine
from sqlmodel import select
from wsproto.utilities import ProtocolError

from stageplus.db.engine import reading
from stageplus.domain.interviews import InterviewKind
from stageplus.domain.introductions import FailureReason
from stageplus.models import Application, Interview, InterviewSlot, Introduction
from stageplus.states.company.inbox import INBOX, CompanyInboxState
from stageplus.states.learner.applications import LearnerApplicationState
from stageplus.states.learner.drafting import LearnerDraftState
from stageplus.states.learner.interviews import LearnerInterviewState
from stageplus.states.learner.offers import LearnerOfferState
from stageplus.states.operator.introductions import PATH, OperatorIntroductionsState
from stageplus.states.session import SessionState
from stageplus.web.server import wait_until_healthy
from tests.e2e.wire import Wire, changes
from tests.prove.audit import DRAFT, TAKE_OVER, Act
from tests.prove.people import Part, People, Posting

GONE = (SimpleWebsocketError, ProtocolError, OSError)
"""What a connection says when the other side dies while it is opened or used."""
MOST_TRIES = 200
SECONDS_TO_COME_BACK = 120
OPEN_OFFERS = 3
Told = dict[str, dict[str, Any]]


@dataclass
class Seen:
    """What the people of a walker saw of the site."""

    form_keys: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    cut: int = 0
    faults: int = 0


class Walker(Thread):
    """Goes from a first word to the introduction and back, with one learner after another, until it is over."""

    def __init__(self, address: str, people: People, database: Engine, chance: Random, over: Event) -> None:
        super().__init__(daemon=True)
        self.seen = Seen()
        self.failure: Exception | None = None
        self._address, self._people, self._database = address, people, database
        self._chance, self._over = chance, over

    def run(self) -> None:
        try:
            while not self._over.is_set():
                self._walk(self._people.take(self._chance, OPEN_OFFERS))
        except Exception as error:  # noqa: BLE001 — told by whoever waits for this thread
            self.failure = error

    def _walk(self, part: Part) -> None:
        first, second, kept = part.postings
        words = f"J’aime ce métier et je voudrais l’apprendre chez vous ({token_hex(4)})."
        for posting in (kept, first):
            self._keep(part, posting, words)
        form_key, other_key = self._apply(part, first, words), self._apply(part, second, words)
        fate = self._chance.random()
        self._see(first, form_key)
        if fate < 0.15:
            self._withdraw(part, form_key)
        elif fate < 0.3:
            self._refuse(first, form_key)
        else:
            if fate < 0.65:
                self._meet(part, first, form_key)
            if not self._accept(part, first, form_key, other_key):
                return  # said to have a place, or nobody knows: the learner rests
        self._people.give_back(part)

    def _keep(self, part: Part, posting: Posting, words: str) -> None:
        typed = {"offer": str(posting.offer_id), "motivation": words, "intent": "autosave"}
        act = Act(DRAFT, learner_id=part.learner_id, offer_id=posting.offer_id, words=words)
        saved = _said(LearnerDraftState, "done")
        self._do(act, part.person_id, f"/offres/{posting.offer_id}", LearnerOfferState, "submit", saved, typed=typed)

    def _apply(self, part: Part, posting: Posting, words: str) -> str:
        form_key = token_hex(16)
        self.seen.form_keys.append(form_key)
        typed = {"offer": str(posting.offer_id), "form_key": form_key, "motivation": words, "intent": "send"}
        typed |= {"writer": str(part.person_id)}

        def received(told: Told) -> bool:
            return bool((_said(LearnerOfferState, "receipt")(told) or {}).get("application_id"))

        where = f"/offres/{posting.offer_id}"
        self._do(Act("send", form_key), part.person_id, where, LearnerOfferState, "submit", received, typed=typed)
        return form_key

    def _see(self, posting: Posting, form_key: str) -> None:
        number = self._number(form_key)

        def opened(told: Told) -> bool:
            return (_said(CompanyInboxState, "detail")(told) or {}).get("row", {}).get("application_id") == number

        if number:
            act = Act("see", form_key)
            self._do(act, posting.person_id, f"{INBOX}/{number}", CompanyInboxState, "load", opened)

    def _withdraw(self, part: Part, form_key: str) -> None:
        number = self._number(form_key)
        where = f"/candidatures/{number}"
        act = Act("withdraw", form_key)
        self._do(act, part.person_id, where, LearnerApplicationState, "withdraw", _noted, application_id=number)

    def _refuse(self, posting: Posting, form_key: str) -> None:
        number = self._number(form_key)
        typed = {"application": str(number), "reason": "autre profil", "words": "Merci, et bonne recherche !"}
        act = Act("refuse", form_key)
        self._do(act, posting.person_id, f"{INBOX}/{number}", CompanyInboxState, "refuse", _noted, typed=typed)

    def _meet(self, part: Part, posting: Posting, form_key: str) -> None:
        number = self._number(form_key)
        day = date.today() + timedelta(days=3 + self._chance.randrange(20))  # noqa: DTZ011
        typed = {"application": str(number), "kind": InterviewKind.ON_SITE.value, "place": "À l’atelier"}
        typed |= {"day": day.isoformat(), "at": "10:00"}
        act = Act("contact", form_key)
        self._do(act, posting.person_id, f"{INBOX}/{number}", CompanyInboxState, "propose", _noted, typed=typed)
        slots = select(InterviewSlot.id).join(Interview).where(Interview.application_id == number)
        with reading(self._database) as session:
            slot = session.exec(slots).first()
        chosen = {"application_id": number, "slot_id": slot or 0}
        act = Act("interview-agreed", form_key)
        self._do(act, part.person_id, f"/candidatures/{number}", LearnerInterviewState, "take", _noted, **chosen)

    def _accept(self, part: Part, posting: Posting, form_key: str, other_key: str) -> bool:
        """Keep the learner, withdraw the other application, take over, and give back; say whether that was said."""
        number = self._number(form_key)
        where = f"{INBOX}/{number}"
        act = Act("accept", form_key)
        self._do(act, posting.person_id, where, CompanyInboxState, "accept", _noted, application_id=number)
        typed = {"applications[]": [str(self._number(other_key))], "words": "Merci, j’ai trouvé une place."}
        here, act = f"/candidatures/{number}", Act("withdraw", other_key)
        self._do(act, part.person_id, here, LearnerApplicationState, "leave_others", _withdrawn, typed=typed)
        with reading(self._database) as session:
            found = session.exec(select(Introduction.id).where(Introduction.application_id == number)).first()
        if found is None:  # the last place went to somebody else
            return True
        desk, act = OperatorIntroductionsState, Act(TAKE_OVER, form_key)
        self._do(act, part.staff_id, PATH, desk, "take", _noted, introduction_id=found)
        typed = {"introduction": str(found), "reason": FailureReason.CONDITIONS.value}
        return self._do(Act("fall-through", form_key), part.staff_id, PATH, desk, "fail", _noted, typed=typed)

    def _do(
        self,
        act: Act,
        person_id: int,
        path: str,
        state: type[SessionState],
        event: str,
        said: Callable[[Told], object],
        **payload: Any,
    ) -> bool:
        """Do something again and again until the site answers; keep the act when it says that it is done."""
        cookie = self._people.cookie_of(person_id)
        for _try in range(MOST_TRIES):
            try:
                with Wire(self._address, cookie, path) as wire:
                    told = changes(wire.answer_to(f"{state.get_full_name()}.{event}", **payload))
            except GONE:
                self.seen.cut += 1
                wait_until_healthy(f"{self._address}/healthz", SECONDS_TO_COME_BACK)
                continue
            if _said(SessionState, "fault")(told):
                self.seen.faults += 1
                continue
            if said(told):
                self.seen.acts.append(act)
            return bool(said(told))
        raise TimeoutError(f"no answer to {act}")

    def _number(self, form_key: str) -> int:
        with reading(self._database) as session:
            return session.exec(select(Application.id).where(Application.form_key == form_key)).first() or 0


def _said(state: type[SessionState], name: str) -> Callable[[Told], Any]:
    return lambda told: told.get(state.get_full_name(), {}).get(f"{name}_rx_state_")


def _noted(told: Told) -> bool:
    return bool(_said(SessionState, "notice")(told))


def _withdrawn(told: Told) -> bool:
    return "est retirée" in (_said(SessionState, "notice")(told) or "")
