"""The steps of an offer's life: the rule, the conditional write, the story, and who is told."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, update

from stageplus.domain.actors import Actor
from stageplus.domain.applications import RefusalReason
from stageplus.domain.errors import InvalidInput, NotPossible
from stageplus.domain.offers import FILLED_BY, OFFER_LIFE, OfferStatus
from stageplus.domain.refusals import ApplicantsWait, SchemeOver, StartIsOver
from stageplus.models import Offer, OfferChange
from stageplus.services.applications.actions import hold_waiting, lapse_applications_of, refuse_all_of
from stageplus.services.applications.queries import waiting_for
from stageplus.services.applications.schemas import RefusalInput, Took
from stageplus.services.notifications.live import tell
from stageplus.services.offers.actions import refresh_words
from stageplus.services.postings.rules import barrier, too_many
from stageplus.services.postings.schemas import ClosingInput
from stageplus.services.postings.writing import end_of_life
from stageplus.services.registers.queries import schemes_in_force
from stageplus.texts import ngettext
from stageplus.texts.formats import day_in_brussels


def must_be_possible(session: Session, offer: Offer, now: datetime) -> None:
    """Let an offer come back on line only with its agrément and within the capacity of its establishment.

    Raises `NotApproved`, `NotValidated` or `InvalidInput` with the capacity in words.
    """
    refusal = barrier(session, offer) or too_many(session, offer, day_in_brussels(now))
    if refusal:
        raise refusal


def must_be_in_a_living_scheme(session: Session, offer: Offer, now: datetime) -> None:
    """Let nothing begin in a dispositif that is closed; raises `SchemeOver`."""
    if offer.scheme_code not in {scheme.code for scheme, _rule in schemes_in_force(session, day_in_brussels(now))}:
        raise SchemeOver


def renew(session: Session, actor: Actor, offer: Offer, now: datetime) -> None:
    """Give an offer its full lifetime again; one that is over does not come back in a dispositif that is closed.

    Raises `StartIsOver` when its last possible first day has passed, `SchemeOver`.
    """
    if offer.status is OfferStatus.EXPIRED:
        must_be_in_a_living_scheme(session, offer, now)
    if offer.starts_until < day_in_brussels(now):
        raise StartIsOver
    move(session, actor, offer, "renew", now, ends_on=end_of_life(session, now))


def close(session: Session, actor: Actor, offer: Offer, data: ClosingInput, now: datetime) -> None:
    """Close an offer, « pourvue » or « clôturée » as the reason says, with an answer to everybody who waits for one.

    Whoever cannot read an answer, as the account is suspended, finds the application ended. Raises `InvalidInput`
    without words while somebody waits, `ApplicantsWait` when somebody waits who was not shown.
    """
    filled = data.reason in FILLED_BY
    move(session, actor, offer, "fill" if filled else "close", now, closing_reason=data.reason)
    hold_waiting(session, offer.id or 0)
    waiting = {each.application_id for each in waiting_for(session, offer.id or 0)}
    if waiting - set(data.shown):
        raise ApplicantsWait if data.shown or data.words else InvalidInput({"words": _unanswered(len(waiting))})
    if waiting and not data.words:
        raise InvalidInput({"words": _unanswered(len(waiting))})
    reason = RefusalReason.PLACES_TAKEN if filled else RefusalReason.OFFER_ENDED
    took = Took("refuse", actor.role, actor.person_id, now)
    if waiting:
        refuse_all_of(session, offer.id or 0, RefusalInput(reason=reason, words=data.words), took)
    lapse_applications_of(session, offer.id or 0, took)


def may_reopen(session: Session, offer: Offer, now: datetime) -> bool:
    """Say whether an offer that acceptances filled, and nobody closed, may take applications again.

    Its end and its last possible first day are still to come, and it lacks nothing that an offer on line needs.
    """
    today = day_in_brussels(now)
    was_full = offer.status is OfferStatus.FILLED and offer.closing_reason is None
    if not was_full or offer.ends_on < today or offer.starts_until < today:
        return False
    return barrier(session, offer) is None and too_many(session, offer, today) is None


def move(session: Session, actor: Actor | None, offer: Offer, step: str, now: datetime, **changed: Any) -> None:
    """Take a step of an offer's life; without an actor, the clock takes it."""
    before = offer.status
    after = OFFER_LIFE.after(step, before, actor.role if actor else None)
    mine = update(Offer).where(col(Offer.id) == offer.id, col(Offer.status) == before)
    if session.exec(mine.values(status=after, updated_at=now, **changed)).rowcount != 1:
        raise NotPossible(step, before)
    session.refresh(offer)
    record(session, actor, offer, step, now)


def record(session: Session, actor: Actor | None, offer: Offer, step: str, now: datetime) -> None:
    """Write the step in the offer's story, refresh how it is found, and tell whoever looks at it."""
    role, person = (actor.role, actor.person_id) if actor else (None, None)
    change = OfferChange(offer_id=offer.id or 0, step=step, status=offer.status, role=role, person_id=person, at=now)
    session.add(change)
    refresh_words(session, offer)
    tell(session, f"company:{offer.company_id}", f"offer:{offer.id}", f"sector:{offer.sector_code}", "site")


def _unanswered(count: int) -> str:
    words = ngettext(
        "{n} personne attend votre réponse : écrivez-lui un mot avant de fermer l’offre.",
        "{n} personnes attendent votre réponse : écrivez-leur un mot avant de fermer l’offre.",
        count,
    )
    return words.format(n=count)
