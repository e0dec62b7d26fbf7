"""What staff reads to suggest an offer, and what learners read of what was suggested to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.models import Alert, Learner, Offer, Operator, Person, Suggestion
from stageplus.services.alerts.queries import is_open
from stageplus.services.offers.queries import offers_for_staff, offers_to_show, preview_in
from stageplus.services.offers.schemas import OfferPage, OfferSearch
from stageplus.services.suggestions.choosing import choice_in
from stageplus.services.suggestions.schemas import Choice, ChoiceSearch, StaffOffer, SuggestedOffer, Suggestions
from stageplus.services.suggestions.wording import by_whom, said_words, why_not
from stageplus.texts.formats import day_in_brussels

MOST_SHOWN = 20


def offers_to_suggest(
    actor: Actor | None, search: OfferSearch, *, now: datetime, on: Engine | None = None
) -> OfferPage:
    """Find open offers for an operator's staff, ranked as for anybody of the operator's own town."""
    actor = require(actor, Permission.OFFER_SUGGEST)
    with reading(on) as session:
        return offers_for_staff(session, actor.operator_id, search, now)


def offer_to_suggest(actor: Actor | None, offer_id: int, *, now: datetime, on: Engine | None = None) -> StaffOffer:
    """Show one offer that is or was published, as staff reads it; raises `NotFound` for a draft."""
    actor = require(actor, Permission.OFFER_SUGGEST)
    with reading(on) as session:
        offer = session.get(Offer, offer_id)
        if offer is None or offer.published_at is None:
            raise NotFound
        return StaffOffer(preview_in(session, offer, now), why_not(offer, day_in_brussels(now)))


def learners_to_choose(
    actor: Actor | None, offer_id: int, search: ChoiceSearch, *, now: datetime, on: Engine | None = None
) -> Choice:
    """List the actor's learners to whom an offer may be suggested, and those to whom it was, with what came of it."""
    actor = require(actor, Permission.OFFER_SUGGEST)
    with reading(on) as session:
        offer = session.get(Offer, offer_id)
        if offer is None or offer.published_at is None:
            raise NotFound
        return choice_in(session, actor, offer, search, now)


def my_suggestions(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> Suggestions:
    """List what the staff of one's operator suggested, but for what one has put away."""
    actor = require(actor, Permission.OFFER_SEARCH)
    with reading(on) as session:
        return suggestions_in(session, actor.learner_id or 0, now)


def suggestions_in(session: Session, learner_id: int, now: datetime, *conditions: Any) -> Suggestions:
    """Build what a learner reads, within a session; `conditions` narrow it for a mail."""
    found = session.exec(_told(learner_id, *conditions)).fetchmany(MOST_SHOWN)
    if not found:
        return Suggestions()
    told = {each.offer_id: (each, by_whom(person, operator)) for each, _learner, person, operator in found}
    shown = offers_to_show(session, found[0][1], list(told), now)
    said = {str(offer_id): said_words(by, suggestion.reason) for offer_id, (suggestion, by) in told.items()}
    rows = [
        SuggestedOffer(
            card=each.card,
            by=told[each.card.offer_id][1],
            reason=told[each.card.offer_id][0].reason,
            is_new=told[each.card.offer_id][0].seen_at is None,
        )
        for each in shown
        if not each.card.applied and (not each.closed_words or each.card.has_enough)
    ]
    return Suggestions(rows, said)


def unseen_suggestions(actor: Actor, today: date) -> Any:
    """Select, inside another statement, how many open offers were suggested to a learner who has not seen them."""
    mine = select(func.count()).select_from(Suggestion).join(Offer).join(Learner)
    mine = mine.where(Suggestion.learner_id == actor.learner_id, *_theirs(), *is_open(today))
    return mine.where(col(Suggestion.seen_at).is_(None)).scalar_subquery()


def learners_to_mail(now: datetime, quiet_since: datetime, this_morning: datetime) -> Any:
    """Select the learners who have not been told by mail of something suggested before `quiet_since`.

    Nobody who has had a mail of their alerts or suggestions today is named: one a day.
    """
    waiting = select(Suggestion.learner_id).join(Offer).join(Learner).join(Person, col(Learner.person_id) == Person.id)
    waiting = waiting.where(*untold(now), col(Person.suspended_at).is_(None))
    waiting = waiting.where(
        col(Learner.enrolment_ended_on).is_(None), ~mailed_today(Suggestion.learner_id, this_morning)
    )
    alerted = select(Alert.id).where(Alert.learner_id == Suggestion.learner_id, col(Alert.mailed_at) >= this_morning)
    last = func.max(col(Suggestion.suggested_at)) <= quiet_since
    return waiting.where(~alerted.exists()).group_by(col(Suggestion.learner_id)).having(last)


def mailed_today(learner_id: Any, this_morning: datetime) -> Any:
    """Say, inside another statement, whether a learner was mailed suggestions since a moment."""
    other = Suggestion.__table__.alias("told")  # type: ignore[attr-defined]
    return select(other.c.offer_id).where(other.c.learner_id == learner_id, other.c.mailed_at >= this_morning).exists()


def untold(now: datetime) -> list[Any]:
    """Return the conditions under which a suggestion goes into a mail: open, neither seen nor put away nor mailed."""
    fresh = [col(Suggestion.mailed_at).is_(None), col(Suggestion.seen_at).is_(None)]
    return [*fresh, *_theirs(), *is_open(day_in_brussels(now))]


def _theirs() -> list[Any]:
    """Keep to what the learner has not put away, of the operator that they are still enrolled with."""
    return [col(Suggestion.hidden_at).is_(None), Suggestion.operator_id == Learner.operator_id]


def _told(learner_id: int, *conditions: Any) -> Any:
    told = (
        select(Suggestion, Learner, Person, Operator.name)
        .join(Learner, col(Suggestion.learner_id) == Learner.id)
        .join(Offer, col(Suggestion.offer_id) == Offer.id)
        .join(Operator, col(Suggestion.operator_id) == Operator.id)
        .outerjoin(Person, col(Suggestion.person_id) == Person.id)
        .where(Suggestion.learner_id == learner_id, *_theirs(), *conditions)
    )
    return told.order_by(col(Suggestion.suggested_at).desc(), col(Suggestion.offer_id).desc())
