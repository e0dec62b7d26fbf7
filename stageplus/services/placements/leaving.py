"""Applications that end because of a place: withdrawn with a polite word, or accepted in vain."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Actor
from stageplus.domain.applications import ANSWERABLE, ApplicationStatus
from stageplus.domain.errors import NotPossible
from stageplus.domain.introductions import FailureReason
from stageplus.services.applications.actions import take_step
from stageplus.services.applications.queries import all_of_learner, all_of_offer, application_in
from stageplus.services.applications.schemas import Took
from stageplus.services.placements import letters
from stageplus.services.placements.schemas import FAILURE_WORDS


def withdraw_each(session: Session, actor: Actor, chosen: Collection[int] | None, words: str, now: datetime) -> int:
    """Withdraw those of a learner's applications that a company could still answer, all of them or the chosen ones.

    Each company reads the same polite words in its mail. What was answered at this very moment stays; says how many.
    """
    mine = [each for each in all_of_learner(session, actor) if each.application.status in ANSWERABLE]
    wanted = [each for each in mine if chosen is None or each.application.id in chosen]
    withdrawn = 0
    # In the order of the offers, as two sides that act on several at once then never wait for each other crosswise.
    for parties in sorted(wanted, key=lambda each: each.offer.id or 0):
        with suppress(NotPossible):
            take_step(session, parties, Took("withdraw", actor.role, actor.person_id, now))
            letters.withdrawn(session, parties, words, now)
            withdrawn += 1
    return withdrawn


def let_fall_through(session: Session, application_id: int, reason: FailureReason, took: Took) -> None:
    """End an accepted application of which nothing came, and tell both sides why; raises `NotPossible` otherwise."""
    parties = application_in(session, application_id)
    take_step(session, parties, took)
    letters.fell_through(session, parties, FAILURE_WORDS[reason].lower(), took.at)


def invite_back(session: Session, offer_id: int, now: datetime) -> int:
    """Tell those whose application ended when an offer was full that a place of it is free again; say how many."""
    lapsed = [each for each in all_of_offer(session, offer_id) if each.application.status is ApplicationStatus.LAPSED]
    invited = [each for each in lapsed if not each.learner.has_place and each.learner.enrolment_ended_on is None]
    for parties in invited:
        letters.back_again(session, parties, now)
    return len(invited)
