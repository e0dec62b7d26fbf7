"""Use cases of applications: send, withdraw, see, propose an interview, accept, refuse."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.applications import LIVE, ApplicationStatus
from stageplus.domain.errors import AlreadyDone, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import (
    AlreadyApplied,
    EnoughApplications,
    NoPlaceLeft,
    NotEnrolled,
    OfferClosed,
)
from stageplus.models import Application, HeldAnswer, Introduction, Offer, OfferChange
from stageplus.services.applications import held, letters, silence, steps
from stageplus.services.applications.pace import check_week
from stageplus.services.applications.queries import GONE, detail_for_learner, inbox_detail_in
from stageplus.services.applications.schemas import (
    ApplicationDetail,
    ApplicationInput,
    ApplicationReceipt,
    InboxDetail,
    RefusalInput,
    Took,
)
from stageplus.services.applications.scope import (
    Parties,
    application_in,
    for_company,
    for_learner,
    hold_answerable,
    of_offer,
    of_person,
    owed_an_answer,
)
from stageplus.services.applications.silence import give_days_back, unanswered_for
from stageplus.services.applications.steps import record, weigh
from stageplus.services.applications.wording import due_words, next_words
from stageplus.services.consultations.actions import note_consultation
from stageplus.services.documents.actions import attach_document
from stageplus.services.documents.queries import file_of_application
from stageplus.services.documents.schemas import DocumentFile
from stageplus.services.drafts.actions import drop_draft, hold_learner
from stageplus.services.interviews.actions import propose
from stageplus.services.interviews.schemas import InterviewInput
from stageplus.services.notifications.live import tell
from stageplus.services.offers.actions import refresh_words
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts.formats import day_in_brussels

AS_BEFORE = held.BEFORE
answer_by, take_step, tell_all = steps.answer_by, steps.take_step, steps.tell_all
end_interview, hold_offers, hold_waiting = steps.end_interview, steps.hold_offers, hold_answerable
write_refusal, write_to_company, write_to_learner = letters.refused, letters.to_company, letters.to_learner
facts_of, stay, facts_of_nudge = steps.facts_of, steps.stay, silence.facts_of_nudge
REMINDERS = ("answer_reminder_days_1", "answer_reminder_days_2", "no_answer_after_days")


def send_application(
    actor: Actor | None, offer_id: int, data: ApplicationInput, *, now: datetime, on: Engine | None = None
) -> ApplicationReceipt:
    """Send a learner's application to an open offer, once per form key, with the CV of its draft, which is gone then.

    Raises `NotEnrolled` once the learner's enrolment has ended, `OfferClosed` when the offer takes none any more,
    `EnoughApplications` while its company has enough of them, `TooManyThisWeek` beyond the number in force,
    `AlreadyApplied` when one of the learner is still there, `AlreadyDone` when the key belongs to somebody else's form.
    """
    actor = require(actor, Permission.APPLICATION_SEND)
    try:
        with transaction(on) as session:
            return _sent_before(session, actor, data, now) or _send(session, actor, offer_id, data, now)
    except IntegrityError:
        with reading(on) as session:
            if receipt := _sent_before(session, actor, data, now):
                return receipt
        raise AlreadyApplied from None


def withdraw_application(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> ApplicationDetail:
    """Withdraw one's own application; the company no longer sees the person, and nobody the CV."""
    actor = require(actor, Permission.APPLICATION_WITHDRAW)
    with transaction(on) as session:
        parties = for_learner(session, actor, application_id)
        take_step(session, parties, Took("withdraw", actor.role, actor.person_id, now))
        letters.withdrawn(session, parties, now)
        return detail_for_learner(session, parties, now)


def see_application(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> InboxDetail:
    """Open an application as the company; the first time the learner is told that it was seen.

    The learner reads which company looked, and on which days.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = for_company(session, actor, application_id)
        if parties.application.status is ApplicationStatus.SENT:
            take_step(session, parties, Took("see", actor.role, actor.person_id, now))
        note_consultation(session, actor, parties.application.learner_id, application_id, now)
        return inbox_detail_in(session, parties, now)


def open_cv(actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None) -> DocumentFile:
    """Open the CV of an application: its learner, and the company that received it while it sees the person.

    The learner reads which company opened it. Raises `NotFound` for anybody else's, after a withdrawal, without a CV,
    and until the CV is examined.
    """
    is_learner = actor is not None and actor.role is Role.LEARNER
    actor = require(actor, Permission.APPLICATION_SEND if is_learner else Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = (for_learner if is_learner else for_company)(session, actor, application_id)
        file = file_of_application(session, application_id)
        if not is_learner:
            note_consultation(session, actor, parties.application.learner_id, application_id, now)
        return file


def propose_interview(
    actor: Actor | None, application_id: int, data: InterviewInput, *, now: datetime, on: Engine | None = None
) -> InboxDetail:
    """Offer the learner moments for an interview, on site or by telephone (`services/interviews/`).

    Raises `InvalidInput` for moments that do not fit, `NotPossible` while an interview stands already,
    `LearnerSuspended` while nobody would read it.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = for_company(session, actor, application_id)
        take_step(session, parties, Took("contact", actor.role, actor.person_id, now))
        propose(session, application_id, data, now)
        return inbox_detail_in(session, for_company(session, actor, application_id), now)


def accept_application(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> InboxDetail:
    """Keep a learner for a place: the place is counted and the learner's operator is told, all or nothing.

    Raises `NoPlaceLeft` when the last place was taken meanwhile, `LearnerSuspended` while nobody would read it.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = for_company(session, actor, application_id)
        took, facts = answer_by(session, actor, "accept", now), facts_of(parties)
        # The offer first: two acceptances then wait for each other there, and never cross.
        _take_place(session, parties)
        take_step(session, parties, took, facts)
        operator_id = parties.learner.operator_id
        session.add(Introduction(application_id=application_id, operator_id=operator_id, created_at=now))
        letters.accepted(session, parties, now)
        _fill_when_full(session, parties, took)
        return inbox_detail_in(session, parties, now)


def refuse_application(
    actor: Actor | None, application_id: int, data: RefusalInput, *, now: datetime, on: Engine | None = None
) -> InboxDetail:
    """Refuse with a reason of the list and polite words; raises `LearnerSuspended` while nobody would read them."""
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = for_company(session, actor, application_id)
        changed: dict[str, Any] = {"refusal_reason": data.reason, "company_words": data.words}
        take_step(session, parties, answer_by(session, actor, "refuse", now), **changed)
        letters.refused(session, parties, now)
        return inbox_detail_in(session, parties, now)


def remind_companies(*, now: datetime, on: Engine | None = None) -> int:
    """Remind companies of applications without an answer, once after each of the two delays in force; say of how many.

    The key of each mail names the reminder, so running again sends nothing again. The time that others paused the offer
    does not count (`silence.py`), and none is sent before the day that the company itself promised.
    """
    with transaction(on) as session:
        first, second, end = (_days(session, name, now) for name in REMINDERS)
        reminded = [each for each in unanswered_for(session, first, now) if each[0] < end and _is_due(each[1], now)]
        for waited, parties in reminded:
            letters.reminder(session, parties, 1 if waited < second else 2, now)
        return len(reminded)


def give_up_waiting(*, now: datetime, on: Engine | None = None) -> int:
    """Say plainly that a company never answered, after the delay in force; a late answer stays possible.

    The time that others paused the offer (no agrément, nobody there to answer, OFFA reads it) does not count, and
    nothing is given up meanwhile; a pause that the company chose itself does count (our own rule).
    """
    with transaction(on) as session:
        overdue = unanswered_for(session, _days(session, "no_answer_after_days", now), now)
        given_up = 0
        for _waited, parties in overdue:
            with suppress(NotPossible):  # answered or withdrawn at this very moment
                take_step(session, parties, Took("give-up-waiting", None, None, now))
                letters.unanswered(session, parties, now)
                given_up += 1
        return given_up


def refuse_all_of(session: Session, offer_id: int, data: RefusalInput, took: Took) -> int:
    """Give everybody who still waits for an offer the same last word, by mail and live, and say how many."""
    waiting = owed_an_answer(session, offer_id)
    for parties in waiting:
        took = Took("refuse", took.role, took.person_id, took.at)
        take_step(session, parties, took, refusal_reason=data.reason, company_words=data.words)
        letters.refused(session, parties, took.at)
    return len(waiting)


def withdraw_all_of(session: Session, person_id: int, now: datetime) -> None:
    """Withdraw what still waits of somebody whose account is erased; nobody is mailed, open pages are told."""
    for parties in of_person(session, person_id):
        take_step(session, parties, Took("withdraw", Role.LEARNER, None, now))


def weigh_offer(session: Session, offer: Offer) -> None:
    """Note whether an offer has reached the cap that its company has just set or lifted."""
    weigh(session, offer)


def step_taken(session: Session, parties: Parties, took: Took) -> None:
    """Write in an application's story a step that leaves it where it stands; raises `NotPossible` once it has ended."""
    steps.stay(session, parties, took)


def move_to(session: Session, parties: Parties, offer_id: int, took: Took) -> Parties:
    """Let an application go on with another offer; both count who waits for them again."""
    left = parties.offer
    steps.stay(session, parties, took, offer_id=offer_id)
    moved = application_in(session, parties.application.id or 0)
    weigh(session, left)
    weigh(session, moved.offer)
    steps.tell_all(session, moved)
    return moved


def end_holds(session: Session, now: datetime) -> list[Parties]:
    """End what may be taken back of answers whose time is over, and return their applications."""
    told = [application_in(session, number) for number in held.end_of_holds(session, now)]
    for parties in told:
        steps.end_interview(session, parties, now)
    return told


def lapse_applications_of(session: Session, offer_id: int, took: Took) -> int:
    """End the applications that still wait for an offer that is gone, and tell their learners; say how many."""
    ended = 0
    for parties in of_offer(session, offer_id):
        if parties.application.status in GONE:
            continue
        with suppress(NotPossible):  # withdrawn at this very moment
            take_step(session, parties, replace(took, step="lapse"))
            letters.lapsed(session, parties, took.at)
            ended += 1
    return ended


def tell_of_pause(session: Session, offers: Sequence[Offer], cause: str, now: datetime, *, why: str) -> int:
    """Tell the learners with live applications that offers are paused and why, and say how many applications wait.

    Each learner gets one mail, however many of the offers they applied to. `cause` names the event behind it, so that
    the same pause is told once. Applications stay as they are.
    """
    waiting = _by_learner(session, offers)
    for theirs in waiting:
        letters.paused(session, theirs, cause, why, now)
    return sum(len(theirs) for theirs in waiting)


def tell_of_return(session: Session, offers: Sequence[Offer], cause: str, now: datetime) -> int:
    """Tell the learners with live applications that offers are back, one mail each; say how many applications wait.

    The companies get the days of the pause back: answers are due that much later.
    """
    waiting = _by_learner(session, offers)
    give_days_back(session, [parties for theirs in waiting for parties in theirs], now)
    for theirs in waiting:
        letters.restored(session, theirs, cause, now)
    return sum(len(theirs) for theirs in waiting)


def _by_learner(session: Session, offers: Sequence[Offer]) -> list[list[Parties]]:
    found: dict[int, list[Parties]] = defaultdict(list)
    for offer in offers:
        for parties in of_offer(session, offer.id or 0):
            if parties.application.status in LIVE:
                found[parties.application.learner_id].append(parties)
                tell(session, f"learner:{parties.learner.id}", f"operator:{parties.learner.operator_id}")
    return list(found.values())


def tell_of_absence(session: Session, person_id: int, now: datetime, *, is_over: bool) -> None:
    """Tell companies that a learner's account is suspended or open again: open pages at once, by mail if in contact.

    Applications stay as they are; meanwhile nobody answers them, is reminded of them, or is said to be silent.
    """
    for parties in of_person(session, person_id):
        if parties.application.status is ApplicationStatus.IN_CONTACT:
            letters.absent(session, parties, now, is_over=is_over)
        tell(session, f"company:{parties.offer.company_id}")


def _sent_before(session: Session, actor: Actor, data: ApplicationInput, now: datetime) -> ApplicationReceipt | None:
    found = session.exec(select(Application).where(Application.form_key == data.form_key)).first()
    if found is None:
        return None
    if found.learner_id != actor.learner_id or found.status is ApplicationStatus.WITHDRAWN:
        raise AlreadyDone
    return _receipt(found, now)


def _send(session: Session, actor: Actor, offer_id: int, data: ApplicationInput, now: datetime) -> ApplicationReceipt:
    learner = hold_learner(session, actor.learner_id or 0)
    if learner.enrolment_ended_on is not None:
        raise NotEnrolled
    # Held, so that it does not close between this look and the application.
    offer = session.get(Offer, offer_id, with_for_update={"key_share": True})
    if offer is None or offer.status is not OfferStatus.PUBLISHED or offer.ends_on < day_in_brussels(now):
        raise OfferClosed
    if offer.places_taken >= offer.places:
        raise OfferClosed
    if offer.intake_paused or offer.at_cap:
        raise EnoughApplications
    check_week(session, learner.id or 0, now)
    days = float(parameter_in_force(session, "answer_due_days", day_in_brussels(now)))
    application = Application(
        **data.model_dump(),
        offer_id=offer_id,
        learner_id=actor.learner_id or 0,
        status=ApplicationStatus.SENT,
        sent_at=now,
        changed_at=now,
        answer_due_on=day_in_brussels(now + timedelta(days=days)),
    )
    session.add(application)
    session.flush()
    attach_document(session, application.learner_id, offer_id, application.id or 0)
    drop_draft(session, application.learner_id, offer_id)
    parties = for_learner(session, actor, application.id or 0)
    record(session, parties, Took("send", actor.role, actor.person_id, now))
    letters.sent(session, parties, now)
    return _receipt(application, now)


def _is_due(parties: Parties, now: datetime) -> bool:
    promised = parties.application.promised_on
    return promised is None or promised < day_in_brussels(now)


def _days(session: Session, parameter: str, now: datetime) -> timedelta:
    return timedelta(days=float(parameter_in_force(session, parameter, day_in_brussels(now))))


def _receipt(application: Application, now: datetime) -> ApplicationReceipt:
    words = next_words(application, now, None)
    return ApplicationReceipt(application.id or 0, words, due_words(application.answer_due_on))


def _take_place(session: Session, parties: Parties) -> None:
    one_more = update(Offer).where(col(Offer.id) == parties.offer.id, col(Offer.places_taken) < col(Offer.places))
    taken = session.exec(one_more.values(places_taken=Offer.places_taken + 1))
    if taken.rowcount != 1:
        raise NoPlaceLeft
    session.refresh(parties.offer)
    if parties.offer.places_taken == parties.offer.places:
        hold_answerable(session, parties.offer.id or 0)


def _fill_when_full(session: Session, parties: Parties, took: Took) -> None:
    offer = parties.offer
    if offer.places_taken < offer.places or offer.status is not OfferStatus.PUBLISHED:
        return
    offer.status, offer.updated_at = OfferStatus.FILLED, took.at
    session.add(offer)
    session.add(
        OfferChange(
            offer_id=offer.id or 0,
            step="fill",
            status=OfferStatus.FILLED,
            role=took.role,
            person_id=took.person_id,
            at=took.at,
        )
    )
    if answer := session.get(HeldAnswer, parties.application.id):
        answer.filled = True
        session.add(answer)
    session.flush()
    refresh_words(session, offer)
    lapse_applications_of(session, offer.id or 0, took)
