"""Use cases of places: withdraw what one no longer needs, say that one found elsewhere, note a place found outside."""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotPossible
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.refusals import AlreadyPlaced
from stageplus.models import Application, Introduction, Learner, OutsidePlace, Trade
from stageplus.services.notifications.live import tell
from stageplus.services.placements.leaving import invite_back, let_fall_through, withdraw_each
from stageplus.services.placements.queries import is_introduced, learner_followed, own_place_in, place_left
from stageplus.services.placements.schemas import FarewellInput, OutsidePlaceInput, OwnPlace, WithdrawalInput
from stageplus.texts import _

fall_through, invite = let_fall_through, invite_back


def withdraw_others(actor: Actor | None, data: WithdrawalInput, *, now: datetime, on: Engine | None = None) -> int:
    """Withdraw the chosen ones of a learner's other applications at once, with polite words; say how many.

    For whoever has a place through Stage+; raises `NotPossible` otherwise, `InvalidInput` when none is chosen.
    """
    actor = require(actor, Permission.APPLICATION_WITHDRAW)
    with transaction(on) as session:
        if not is_introduced(session, actor.learner_id or 0):
            raise NotPossible("withdraw", _("sans lieu de stage"))
        if not data.applications:
            raise InvalidInput({"applications": _("Coche au moins une candidature à retirer.")})
        return withdraw_each(session, actor, data.applications, data.words, now)


def find_elsewhere(actor: Actor | None, data: FarewellInput, *, now: datetime, on: Engine | None = None) -> OwnPlace:
    """Say that one has found a place without Stage+: every application is withdrawn with the same polite words.

    Raises `AlreadyPlaced` when a place is noted already.
    """
    actor = require(actor, Permission.APPLICATION_WITHDRAW)
    learner_id = actor.learner_id or 0
    try:
        with transaction(on) as session:
            withdraw_each(session, actor, None, data.words, now)
            _note(session, OutsidePlace(learner_id=learner_id, by_staff=False, noted_at=now))
            return own_place_in(session, learner_id)
    except IntegrityError:
        raise AlreadyPlaced from None


def search_again(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> OwnPlace:
    """Take back that one found a place elsewhere, whoever noted it: one is without a place again.

    Applications that were withdrawn stay so. Raises `AlreadyDone` when no such place is noted.
    """
    actor = require(actor, Permission.APPLICATION_SEND)
    learner_id = actor.learner_id or 0
    with transaction(on) as session:
        holding = update(OutsidePlace).where(col(OutsidePlace.learner_id) == learner_id)
        if not session.exec(holding.where(col(OutsidePlace.ended_at).is_(None)).values(ended_at=now)).rowcount:
            raise AlreadyDone
        _tell(session, recount_place(session, learner_id))
        return own_place_in(session, learner_id)


def record_place(
    actor: Actor | None, learner_id: int, data: OutsidePlaceInput, *, now: datetime, on: Engine | None = None
) -> None:
    """Note, as staff who follows a learner, a place that was found without Stage+, so that the figures stay true.

    The learner's applications stay as they are: withdrawing them is the learner's own act. Raises `InvalidInput`
    without a name and a number, or for an unknown trade; `AlreadyPlaced` when a place is noted already.
    """
    actor = require(actor, Permission.LEARNER_FOLLOW)
    try:
        with transaction(on) as session:
            learner = learner_followed(session, actor, learner_id)
            _check(session, data)
            place = OutsidePlace(
                learner_id=learner_id,
                person_id=actor.person_id,
                by_staff=True,
                noted_at=now,
                starts_on=data.starts_on,
                trade_code=data.trade or learner.trade_code,
                company_name=data.company_name,
                enterprise_number=data.enterprise_number,
            )
            _note(session, place)
    except IntegrityError:
        raise AlreadyPlaced from None


def forget_place(actor: Actor | None, learner_id: int, *, now: datetime, on: Engine | None = None) -> None:
    """Note, as staff who follows a learner, that a place found without Stage+ is no more; `AlreadyDone` without one."""
    actor = require(actor, Permission.LEARNER_FOLLOW)
    with transaction(on) as session:
        learner_followed(session, actor, learner_id)
        holding = update(OutsidePlace).where(col(OutsidePlace.learner_id) == learner_id)
        if not session.exec(holding.where(col(OutsidePlace.ended_at).is_(None)).values(ended_at=now)).rowcount:
            raise AlreadyDone
        _tell(session, recount_place(session, learner_id))


def recount_place(session: Session, learner_id: int) -> Learner:
    """Say on a learner's row, after any change, whether a place is noted: through Stage+ or elsewhere."""
    learner = session.get_one(Learner, learner_id)
    # Held first: a company that accepts at this moment is seen by the statement after, or comes after it.
    session.refresh(learner, with_for_update={"key_share": True})
    holds = select(OutsidePlace.id).where(OutsidePlace.learner_id == learner_id, col(OutsidePlace.ended_at).is_(None))
    through = select(Introduction.id).join(Application).where(Application.learner_id == learner_id)
    through = through.where(Introduction.status != IntroductionStatus.FAILED)
    placed = or_(holds.exists(), through.exists())
    session.exec(update(Learner).where(col(Learner.id) == learner_id).values(has_place=placed))
    session.refresh(learner)
    return learner


def _note(session: Session, place: OutsidePlace) -> None:
    if place_left(session, place.learner_id):
        raise AlreadyPlaced
    session.add(place)
    session.flush()
    _tell(session, recount_place(session, place.learner_id))


def _check(session: Session, data: OutsidePlaceInput) -> None:
    wrong = {}
    if not data.company_name and not data.enterprise_number:
        wrong["company_name"] = _("Donnez le nom de l’entreprise ou son numéro.")
    if data.trade and session.get(Trade, data.trade) is None:
        wrong["trade"] = _("Un choix de la liste est attendu ici.")
    if wrong:
        raise InvalidInput(wrong)


def _tell(session: Session, learner: Learner) -> None:
    tell(session, f"learner:{learner.id}", f"operator:{learner.operator_id}", "site")
