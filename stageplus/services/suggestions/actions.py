"""Use cases of suggestions: suggest an offer to one's learners, see what was suggested, put one away."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, or_, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.domain.refusals import NotSuggestable
from stageplus.models import Learner, Offer, Person, Suggestion
from stageplus.services.followup.queries import enrolled_with
from stageplus.services.notifications.live import tell
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.suggestions.choosing import has_applied
from stageplus.services.suggestions.queries import suggestions_in
from stageplus.services.suggestions.schemas import Receipt, SuggestionInput, Suggestions
from stageplus.services.suggestions.wording import check_reason, why_not
from stageplus.services.throttle import Limit, throttle
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

SUGGESTIONS = Limit("suggestions", 60, 60)


def suggest_offer(
    actor: Actor | None, offer_id: int, data: SuggestionInput, *, now: datetime, on: Engine | None = None
) -> Receipt:
    """Suggest an open offer to some of the actor's learners, who see who did it and why.

    Whoever has it already, from whichever colleague, or has applied, is left out; a learner of somebody else's is not
    there. Raises `NotFound` when nobody is left of the actor's own, `AlreadyDone` when all of them know it,
    `NotSuggestable` when the offer takes no application, `InvalidInput` for too many or for a reason that no free text
    of the site may give, `TooManyTries` beyond sixty times an hour.
    """
    actor = require(actor, Permission.OFFER_SUGGEST)
    throttle().admit(SUGGESTIONS, str(actor.person_id))
    check_reason(data.reason)
    with transaction(on) as session:
        _check_number(session, data, now)
        offer = session.get(Offer, offer_id)
        if offer is None or offer.published_at is None:
            raise NotFound
        if why_not(offer, day_in_brussels(now)):
            raise NotSuggestable
        mine = _mine(session, actor, data.learners)
        fresh = _fresh(session, actor, offer_id, mine)
        if not fresh:
            raise AlreadyDone
        session.add_all(
            Suggestion(
                learner_id=each,
                offer_id=offer_id,
                operator_id=actor.operator_id or 0,
                person_id=actor.person_id,
                reason=data.reason,
                suggested_at=now,
            )
            for each in fresh
        )
        tell(session, *(f"learner:{each}" for each in fresh), f"operator:{actor.operator_id}")
    return Receipt(len(fresh), len(mine) - len(fresh))


def hide_suggestion(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> Suggestions:
    """Put a suggestion away, for good; nobody is told. One that is not there changes nothing."""
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        mine = update(Suggestion).where(col(Suggestion.learner_id) == actor.learner_id)
        mine = mine.where(col(Suggestion.offer_id) == offer_id, col(Suggestion.hidden_at).is_(None))
        if session.exec(mine.values(hidden_at=now)).rowcount:
            tell(session, f"learner:{actor.learner_id}")
        return suggestions_in(session, actor.learner_id or 0, now)


def see_suggestions(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> None:
    """Note that one has what was suggested on screen: its staff reads so, and it goes into no mail."""
    actor = require(actor, Permission.OFFER_KEEP)
    with transaction(on) as session:
        mine = update(Suggestion).where(col(Suggestion.learner_id) == actor.learner_id)
        session.exec(mine.where(col(Suggestion.seen_at).is_(None)).values(seen_at=now))
        operator = session.exec(select(Learner.operator_id).where(Learner.id == actor.learner_id)).one()
        tell(session, f"operator:{operator}")


def note_mailed(session: Session, learner_id: int, offer_ids: list[int], now: datetime) -> None:
    """Note, in the transaction that writes the mail, which suggestions it tells of."""
    told = update(Suggestion).where(col(Suggestion.learner_id) == learner_id)
    session.exec(told.where(col(Suggestion.offer_id).in_(offer_ids)).values(mailed_at=now))


def forget_old_suggestions(session: Session, now: datetime) -> None:
    """Erase the suggestions older than the days in force."""
    days = float(parameter_in_force(session, "suggestion_days", day_in_brussels(now)))
    session.exec(delete(Suggestion).where(col(Suggestion.suggested_at) < now - timedelta(days=days)))


def _check_number(session: Session, data: SuggestionInput, now: datetime) -> None:
    most = int(parameter_in_force(session, "suggestion_learners_max", day_in_brussels(now)))
    if len(set(data.learners)) > most:
        raise InvalidInput({"learners": _("{n} apprenants au plus en une fois.").format(n=most)})


def _mine(session: Session, actor: Actor, claimed: list[int]) -> list[int]:
    """Return which of these are the actor's learners; two taps at once wait for each other here."""
    mine = select(Learner.id).join(Person).where(*enrolled_with(actor), col(Person.suspended_at).is_(None))
    chosen = mine.where(col(Learner.id).in_(claimed)).order_by(col(Learner.id)).with_for_update()
    found = [each or 0 for each in session.exec(chosen)]
    if not found:
        raise NotFound
    return found


def _fresh(session: Session, actor: Actor, offer_id: int, learners: list[int]) -> list[int]:
    """Return who neither has the suggestion nor has applied; what another operator once suggested makes room."""
    theirs = delete(Suggestion).where(col(Suggestion.offer_id) == offer_id, col(Suggestion.learner_id).in_(learners))
    session.exec(theirs.where(col(Suggestion.operator_id) != actor.operator_id))
    told = select(Suggestion.offer_id).where(Suggestion.learner_id == Learner.id, Suggestion.offer_id == offer_id)
    knows = select(Learner.id).where(col(Learner.id).in_(learners), or_(told.exists(), has_applied(offer_id)))
    known = set(session.exec(knows))
    return [each for each in learners if each not in known]
