"""Use cases of quick answers: by telephone, a promised day, several at once, taken back, reconsidered, handed over."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.refusals import AlreadyThere, AnswerTold, LearnerSuspended
from stageplus.models import Establishment, HandOver, Person
from stageplus.services.answers import letters
from stageplus.services.answers.queries import colleagues_for, offers_elsewhere
from stageplus.services.answers.schemas import Answered, HandOverInput, MoveInput, PromiseInput, SeveralRefusalInput
from stageplus.services.answers.undo import take_back
from stageplus.services.applications.actions import (
    answer_by,
    end_holds,
    end_interview,
    hold_offers,
    move_to,
    step_taken,
    take_step,
    tell_all,
    write_refusal,
)
from stageplus.services.applications.queries import Parties, application_of_company, inbox_detail_in
from stageplus.services.applications.schemas import InboxDetail, Took
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def answer_by_phone(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> InboxDetail:
    """Note that the company answered by telephone: both are in contact, and the learner is told what the company says.

    Raises `LearnerSuspended` while nobody would read it.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = application_of_company(session, actor, application_id)
        take_step(session, parties, answer_by(session, actor, "phone", now))
        letters.phoned(session, parties, now)
        return inbox_detail_in(session, parties, now)


def promise_answers(actor: Actor | None, data: PromiseInput, *, now: datetime, on: Engine | None = None) -> Answered:
    """Promise an answer before a day to everybody chosen: the learners read it, and no reminder comes before.

    The end of the silence stays where it is. Raises `InvalidInput` for a day that is past or too far away, `NotFound`
    when none of the applications is there.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        promise_must_fit(session, data, now)
        took = answer_by(session, actor, "promise", now)

        return _each(session, actor, data.ids, partial(_promise, session, data.before, took))


def refuse_several(
    actor: Actor | None, data: SeveralRefusalInput, *, now: datetime, on: Engine | None = None
) -> Answered:
    """Refuse everybody chosen with one reason and one polite text; whoever changed meanwhile is left as they are.

    Raises `NotFound` when none of the applications is there.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        took = answer_by(session, actor, "refuse", now)

        def refuse(parties: Parties) -> None:
            take_step(session, parties, took, refusal_reason=data.reason_for_all, company_words=data.words_for_all)
            write_refusal(session, parties, now)

        return _each(session, actor, data.ids, refuse)


def reconsider_refusal(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> InboxDetail:
    """Go back on a refusal while a place is left: both are in contact again, and the learner is told.

    Raises `NoPlaceLeft`, `OfferOver` once the offer is gone, `LearnerSuspended` while nobody would read it.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = application_of_company(session, actor, application_id)
        hold_offers(session, parties.offer.id or 0)
        took = answer_by(session, actor, "reconsider", now)
        take_step(session, parties, took, refusal_reason=None, company_words="")
        letters.reconsidered(session, parties, now)
        return inbox_detail_in(session, parties, now)


def take_back_answer(actor: Actor | None, key: str, *, now: datetime, on: Engine | None = None) -> int:
    """Take back the answer that one gave a moment ago: all is as before, places too; say how many it was about.

    Raises `AnswerTold` once its learner is told, and for an answer of somebody else; `OfferOver` when the offer was
    closed or filled since, as its learner would wait for nothing.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    try:
        with transaction(on) as session:
            numbers = take_back(session, actor.person_id, key, now)
            for number in numbers:
                parties = application_of_company(session, actor, number)
                end_interview(session, parties, now)
                tell_all(session, parties)
            return len(numbers)
    except IntegrityError:  # its learner has applied again meanwhile
        raise AnswerTold from None


def hand_over_application(
    actor: Actor | None, application_id: int, data: HandOverInput, *, now: datetime, on: Engine | None = None
) -> InboxDetail:
    """Hand an application over to somebody who acts for its establishment; that person is told, unless it is oneself.

    Raises `NotFound` for a colleague who does not act there, `NotPossible` once it has ended.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with transaction(on) as session:
        parties = application_of_company(session, actor, application_id)
        to = next((each for each in colleagues_for(session, parties) if each.id == data.colleague), None)
        if to is None:
            raise NotFound
        step_taken(session, parties, Took("hand over", actor.role, actor.person_id, now))
        session.exec(delete(HandOver).where(col(HandOver.application_id) == application_id))
        session.add(HandOver(application_id=application_id, person_id=to.id or 0, at=now))
        if to.id != actor.person_id:
            letters.handed_over(session, parties, to, session.get_one(Person, actor.person_id), now)
        return inbox_detail_in(session, parties, now)


def move_application(
    actor: Actor | None, application_id: int, data: MoveInput, *, now: datetime, on: Engine | None = None
) -> str:
    """Let an application go on with the same trade in another establishment of the company; say where.

    The learner is told and may withdraw. Raises `NotFound` for an offer that is none of those shown, `AlreadyThere`
    when the learner has applied there too, `NotPossible` once the application has ended.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    try:
        with transaction(on) as session:
            parties = application_of_company(session, actor, application_id)
            place = _place_of(session, parties, data.offer, now)
            moved = move_to(session, parties, data.offer, Took("move", actor.role, actor.person_id, now))
            session.exec(delete(HandOver).where(col(HandOver.application_id) == application_id))
            letters.moved(session, moved, now)
            return place.name
    except IntegrityError:
        raise AlreadyThere from None


def tell_answers(*, now: datetime, on: Engine | None = None) -> int:
    """Show learners the answers that can no longer be taken back, and say how many; from the clock."""
    with transaction(on) as session:
        told = end_holds(session, now)
        for parties in told:
            reader = f"person:{parties.person.id}"
            tell(session, f"learner:{parties.learner.id}", f"company:{parties.offer.company_id}", reader)
        return len(told)


def promise_in(session: Session, holder: Actor, parties: Parties, before: date, now: datetime) -> None:
    """Promise an answer within a session, for whoever acts from a mail and takes nothing back."""
    _promise(session, before, Took("promise", holder.role, holder.person_id, now), parties)


def promise_must_fit(session: Session, data: PromiseInput, now: datetime) -> None:
    """Raise `InvalidInput` for a promised day that is past, or further away than the parameter in force allows."""
    today = day_in_brussels(now)
    last = today + timedelta(days=int(parameter_in_force(session, "answer_promise_days", today)))
    if data.before <= today:
        raise InvalidInput({"before": _("Ce jour est déjà là : répondez maintenant, ou choisissez un jour à venir.")})
    if data.before > last:
        words = _("C’est trop loin pour qui attend : au plus tard le {day}.")
        raise InvalidInput({"before": words.format(day=long_date(last))})


def _promise(session: Session, before: date, took: Took, parties: Parties) -> None:
    take_step(session, parties, took, promised_on=before)
    letters.promised(session, parties, before, took.at)


def _place_of(session: Session, parties: Parties, offer_id: int, now: datetime) -> Establishment:
    """Return where an offer is that an application may go on with, held: it does not close meanwhile."""
    near = [offer.id or 0 for offer, _place in offers_elsewhere(session, parties, now)]
    hold_offers(session, parties.offer.id or 0, *near)
    found = {offer.id: place for offer, place in offers_elsewhere(session, parties, now)}
    if offer_id not in found:
        raise NotFound
    return found[offer_id]


def _each(session: Session, actor: Actor, ids: Sequence[int], act: Callable[[Parties], None]) -> Answered:
    done = 0
    for parties in _found(session, actor, ids):
        try:
            with session.begin_nested():
                act(parties)
            done += 1
        except (NotPossible, LearnerSuspended):
            continue
    return Answered(done, len(ids) - done)


def _found(session: Session, actor: Actor, ids: Sequence[int]) -> list[Parties]:
    found = []
    for number in ids:
        with suppress(NotFound):  # withdrawn meanwhile, or never theirs
            found.append(application_of_company(session, actor, number))
    if not found:
        raise NotFound
    return sorted(found, key=lambda each: (each.offer.id, each.application.id))
