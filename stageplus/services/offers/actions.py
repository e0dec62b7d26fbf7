"""Keeps the words by which search finds an offer, and takes offers out of sight without an agrément or an answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, case, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, func, select, update

from stageplus.db.engine import after_commit, reading, transaction
from stageplus.db.words import remember_words
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.applications import ANSWERED, TO_ANSWER
from stageplus.domain.moderation import Standing
from stageplus.domain.offers import OFFER_LIFE, OfferStatus
from stageplus.domain.refusals import TooManyTries
from stageplus.models import (
    AnswerRate,
    Application,
    Approval,
    ApprovalState,
    Company,
    Establishment,
    ModerationCase,
    Offer,
    OfferChange,
    OfferWord,
)
from stageplus.services.notifications.live import tell
from stageplus.services.offers.fruitless import count_search, forget_old, words_of_nothing
from stageplus.services.offers.lexicon import forget_lexicons
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.offers.words import SILENT, words_of
from stageplus.services.registers.queries import months_before
from stageplus.services.teams.queries import somebody_acts
from stageplus.services.throttle import Limit, throttle
from stageplus.texts.formats import day_in_brussels

FRUITLESS = Limit("fruitless searches", 20, 60)
PAUSES = ("suspend", "halt", "withhold")


def refresh_words(session: Session, offer: Offer) -> None:
    """Write the words of a published offer, and none for any other; part of the transaction that changes it."""
    session.exec(delete(OfferWord).where(col(OfferWord.offer_id) == offer.id))
    if offer.status is OfferStatus.PUBLISHED:
        company = session.get_one(Company, offer.company_id)
        establishment = session.get_one(Establishment, offer.establishment_id)
        words = words_for(offer, company.name, establishment.name)
        session.add_all(words)
        remember_words(session, [each.word for each in words])
        session.flush()


def words_for(offer: Offer, *names: str) -> list[OfferWord]:
    """Return one row for each word of an offer and of who offers it."""
    words = set(words_of(" ".join([offer.tasks, *names]))) - SILENT
    return [
        OfferWord(word=word, municipality_ins=offer.municipality_ins, offer_id=offer.id or 0) for word in sorted(words)
    ]


def reference_changed(session: Session) -> None:
    """Let search read trades and words anew once the change is committed; other processes do so within seconds."""
    after_commit(session, forget_lexicons)


def note_fruitless_search(actor: Actor | None, search: OfferSearch, *, now: datetime, on: Engine | None = None) -> None:
    """Count the words of a search that mean no trade and that no open offer holds; nothing says who searched.

    A learner counts a few times an hour, more counts for nothing, and so does any search that finds something.
    """
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        words = words_of_nothing(session, search.text, day_in_brussels(now))
    if not words:
        return
    try:
        throttle().admit(FRUITLESS, str(actor.person_id))
        with transaction(on) as session:
            count_search(session, words, now)
            tell(session, "reference")
    except (IntegrityError, TooManyTries):  # two at once for the first time, or somebody who fills the list
        return


def forget_fruitless_searches(*, now: datetime, on: Engine | None = None) -> int:
    """Forget the words of searches that nobody has made for a while, and say how many."""
    with transaction(on) as session:
        return forget_old(session, now)


def count_answers(*, now: datetime, on: Engine | None = None) -> int:
    """Count anew what each company received and answered in the last months, and say for how many companies.

    Applications whose answer is not due yet count once they are answered; withdrawn and lapsed ones never do.
    """
    answered = col(Application.status).in_(sorted(ANSWERED))
    late = col(Application.status).in_(sorted(TO_ANSWER)) & (col(Application.answer_due_on) < day_in_brussels(now))
    counted = (
        select(Offer.company_id, func.count(), func.sum(case((answered, 1), else_=0)))
        .join(Application, col(Application.offer_id) == Offer.id)
        .where(answered | late)
        .group_by(col(Offer.company_id))
    )
    with transaction(on) as session:
        counted = counted.where(col(Application.sent_at) >= months_before(session, "answer_habit_months", now))
        session.execute(delete(AnswerRate))
        session.execute(insert(AnswerRate).from_select(["company_id", "received", "answered"], counted))
        return session.exec(select(func.count(col(AnswerRate.company_id)))).one()


def halt_offers(session: Session, actor: Actor | None, which: Any, note: str, now: datetime) -> list[Offer]:
    """Suspend at once the published offers that lost what they need, and return them; `note` says why.

    An offer needs a granted agrément, and somebody whose account is open and who can answer.
    """
    published = select(Offer).where(which, Offer.status == OfferStatus.PUBLISHED).order_by(col(Offer.id))
    found = session.exec(published.with_for_update()).all()
    return [offer for offer in found if _takes(session, actor, offer, "halt", note, now)]


def restore_offers(session: Session, actor: Actor | None, which: Any, note: str, now: datetime) -> list[Offer]:
    """Publish again the offers that were halted and lack nothing any more, and return them.

    What its company suspended, before or since, stays suspended; what has expired meanwhile its company renews.
    """
    last = aliased(OfferChange)
    last_pause = (
        select(func.max(last.id)).where(last.offer_id == Offer.id, col(last.step).in_(PAUSES)).scalar_subquery()
    )
    halted = select(Offer).join(OfferChange, col(OfferChange.id) == last_pause).where(OfferChange.step == "halt")
    whole = halted.where(which, *_lacks_nothing(), ~_is_taken_off())
    waiting = whole.where(Offer.status == OfferStatus.SUSPENDED, Offer.ends_on >= day_in_brussels(now))
    found = session.exec(waiting.order_by(col(Offer.id))).all()
    return [offer for offer in found if _takes(session, actor, offer, "restore", note, now)]


def withhold_offer(session: Session, actor: Actor, offer: Offer, note: str, now: datetime) -> bool:
    """Take an offer off line for OFFA and say whether it was on line; one that is paused already just stays so."""
    return offer.status is OfferStatus.PUBLISHED and _takes(session, actor, offer, "withhold", note, now)


def give_back_offer(session: Session, actor: Actor, offer: Offer, note: str, now: datetime) -> bool:
    """Put an offer that OFFA took off back on line and say whether; what its company paused itself stays paused.

    One that lost its agrément meanwhile, or whoever answers, waits for that as if it had been halted for it.
    """
    pauses = select(OfferChange.step).where(OfferChange.offer_id == offer.id, col(OfferChange.step).in_(PAUSES))
    last = session.exec(pauses.order_by(col(OfferChange.id).desc())).first()
    if offer.status is not OfferStatus.SUSPENDED or last == "suspend":
        return False
    if session.exec(select(Offer.id).where(Offer.id == offer.id, *_lacks_nothing())).first() is None:
        session.add(_change(actor, offer, "halt", note, now))
        return False
    return _takes(session, actor, offer, "give back", note, now)


def _lacks_nothing() -> tuple[Any, Any]:
    return _is_approved(), somebody_acts(Offer.company_id, Offer.establishment_id)


def _is_taken_off() -> Any:
    off = ModerationCase.standing == Standing.TAKEN_OFF
    return select(ModerationCase.offer_id).where(ModerationCase.offer_id == Offer.id, off).exists()


def _is_approved() -> Any:
    granted = select(Approval.id).where(
        Approval.establishment_id == Offer.establishment_id,
        Approval.trade_code == Offer.trade_code,
        Approval.state == ApprovalState.GRANTED,
    )
    return granted.exists()


def _takes(session: Session, actor: Actor | None, offer: Offer, step: str, note: str, now: datetime) -> bool:
    before = offer.status
    after = OFFER_LIFE.after(step, before, actor.role if actor else None)
    mine = update(Offer).where(col(Offer.id) == offer.id, col(Offer.status) == before)
    if session.exec(mine.values(status=after, updated_at=now)).rowcount != 1:
        return False
    session.refresh(offer)
    session.add(_change(actor, offer, step, note, now))
    refresh_words(session, offer)
    tell(session, f"company:{offer.company_id}", f"offer:{offer.id}", f"sector:{offer.sector_code}", "site")
    return True


def _change(actor: Actor | None, offer: Offer, step: str, note: str, now: datetime) -> OfferChange:
    role, person_id = (actor.role, actor.person_id) if actor else (None, None)
    change = OfferChange(offer_id=offer.id or 0, step=step, status=offer.status, role=role, at=now, note=note[:500])
    change.person_id = person_id
    return change
