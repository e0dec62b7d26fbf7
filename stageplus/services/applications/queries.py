"""What learners and companies read about applications."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, Role, require
from stageplus.domain.applications import ANSWERABLE, APPLICATION_LIFE, LIVE, TO_ANSWER, ApplicationStatus
from stageplus.domain.titles import both_genders, place_title
from stageplus.models import Application, ApplicationChange, Document, Municipality, Trade
from stageplus.services.applications import scope, wording
from stageplus.services.applications.held import seen_by_learner
from stageplus.services.applications.inbox import inbox_page, inbox_row
from stageplus.services.applications.introduced import introduced
from stageplus.services.applications.schemas import (
    STATUS_WORDS,
    ApplicationCard,
    ApplicationDetail,
    InboxDetail,
    InboxPage,
    InboxSearch,
    Waiting,
)
from stageplus.services.applications.scope import (
    count_of_company,
    for_company,
    for_learner,
    learner_is_there,
    of_learner,
    owed_an_answer,
)
from stageplus.services.applications.silence import facts_of_nudge
from stageplus.services.applications.steps import facts_of
from stageplus.services.applications.wording import (
    next_words,
    nudge_words,
    refusal_words,
    story_of,
    timeline_of,
)
from stageplus.services.documents.queries import line_for_company, line_of_application
from stageplus.services.interviews.queries import interview_in, may_be_proposed
from stageplus.services.offers.queries import offers_like
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_words, short_date

Parties = scope.Parties
application_in, all_of_learner, all_of_offer = scope.application_in, scope.of_learner, scope.of_offer
application_of_company, application_of_learner = scope.for_company, scope.for_learner
polite_words = wording.polite_words
as_its_learner_sees = seen_by_learner
GONE = {
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.REFUSED,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.LAPSED,
    ApplicationStatus.FELL_THROUGH,
}
OPENS_OTHERS = GONE - {ApplicationStatus.ACCEPTED, ApplicationStatus.WITHDRAWN} | {ApplicationStatus.UNANSWERED}


def my_applications(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> list[ApplicationCard]:
    """List the learner's applications, the latest news first."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with reading(on) as session:
        return [_card(parties, now) for parties in _seen(session, of_learner(session, actor), now)]


def my_application(
    actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None
) -> ApplicationDetail:
    """Show the learner one application and its story; raises `NotFound` for anybody else's."""
    actor = require(actor, Permission.APPLICATION_SEND)
    with reading(on) as session:
        return detail_for_learner(session, for_learner(session, actor, application_id), now)


def inbox(actor: Actor | None, search: InboxSearch, *, now: datetime, on: Engine | None = None) -> InboxPage:
    """List a page of the applications to the actor's company: those that wait longest first, then the answered ones.

    A page too far gives the last one; an offer of somebody else has no applications.
    """
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with reading(on) as session:
        to_answer = session.exec(select(applications_to_answer(actor))).one()
        return inbox_page(session, actor, search, to_answer, now)


def inbox_detail(actor: Actor | None, application_id: int, *, now: datetime, on: Engine | None = None) -> InboxDetail:
    """Show the company one application; raises `NotFound` for another company's, or a withdrawn one."""
    actor = require(actor, Permission.APPLICATION_ANSWER)
    with reading(on) as session:
        return inbox_detail_in(session, for_company(session, actor, application_id), now)


def waiting_for(session: Session, offer_id: int) -> list[Waiting]:
    """List who still waits for the last word on an offer, the longest first; not whom no answer would reach."""
    return [
        Waiting(
            application_id=parties.application.id or 0,
            person=f"{parties.person.first_name} {parties.person.last_name}",
            status_words=STATUS_WORDS[parties.application.status],
            since=_("depuis le {day}").format(day=short_date(day_in_brussels(parties.application.sent_at))),
        )
        for parties in owed_an_answer(session, offer_id)
    ]


def how_many_wait(offer_id: int) -> Any:
    """Select how many still wait for the last word on an offer and would read it."""
    waiting = select(func.count(col(Application.id))).where(Application.offer_id == offer_id, learner_is_there())
    return waiting.where(col(Application.status).in_(ANSWERABLE))


def applications_to_answer(actor: Actor) -> Any:
    """Select, inside another statement, how many applications to the actor's company nobody has answered."""
    return count_of_company(actor, TO_ANSWER).scalar_subquery()


def detail_for_learner(session: Session, parties: Parties, now: datetime) -> ApplicationDetail:
    """Build what the learner sees, within a session: an answer that may still be taken back is not there yet."""
    left_out = seen_by_learner(session, [parties], now)
    application = parties.application
    changes = [change for change in _changes(session, parties) if change.id not in left_out]
    facts = facts_of_nudge(session, parties, now)
    possible = APPLICATION_LIFE.possible(application.status, Role.LEARNER, facts)
    after = introduced(session, parties, to_learner=True)
    card = _card(parties, now)
    return ApplicationDetail(
        card=replace(card, next_words=after.words or card.next_words),
        motivation=_("Effacé, comme promis sur la page « Vie privée ».")
        if application.erased_at
        else application.motivation,
        experience=application.experience,
        journey=application.journey,
        cv=line_of_application(application.id or 0, _cv(parties)),
        timeline=story_of(changes, after, application, parties.interview),
        interview=interview_in(session, Role.LEARNER, parties, now),
        company_words=application.company_words,
        refusal_words=refusal_words(application),
        can_withdraw="withdraw" in possible,
        can_nudge="nudge" in possible,
        nudge_words=nudge_words(application, facts, now),
        next_steps=after.to_do,
        others=_others(session, parties, now) if card.is_accepted else [],
        similar=offers_like(session, parties.learner, parties.offer, now) if application.status in OPENS_OTHERS else [],
    )


def inbox_detail_in(session: Session, parties: Parties, now: datetime) -> InboxDetail:
    """Build what the company sees, within a session."""
    application, offer, learner = parties.application, parties.offer, parties.learner
    row = inbox_row(application, parties.person, parties.trade, parties.establishment, parties.interview, now=now)
    possible = APPLICATION_LIFE.possible(application.status, Role.COMPANY, facts_of(parties))
    left = offer.places - offer.places_taken
    trade = session.get_one(Trade, learner.trade_code)
    after = introduced(session, parties, to_learner=False)
    return InboxDetail(
        row=row,
        email=parties.person.email,
        phone=application.phone,
        operator=parties.operator.name,
        trade=both_genders(trade.name_f, trade.name_m),
        year=_("{n}e année").format(n=learner.year) if learner.year > 1 else _("1re année"),
        days=days_words(learner.company_days),
        days_fit=learner.company_days & offer.company_days == learner.company_days,
        municipality=session.get_one(Municipality, learner.municipality_ins).name,
        motivation=application.motivation,
        experience=application.experience,
        journey=application.journey,
        cv=line_for_company(application.id or 0, _cv(parties)),
        timeline=timeline_of(_changes(session, parties), after),
        interview=interview_in(session, Role.COMPANY, parties, now),
        company_words=application.company_words,
        refusal_words=refusal_words(application),
        places_words=ngettext("{n} place libre", "{n} places libres", left).format(n=left),
        polite_words=polite_words(parties.person.first_name, parties.company.name),
        can_contact="contact" in possible and may_be_proposed(parties.interview, now),
        can_accept="accept" in possible,
        can_refuse="refuse" in possible,
        can_phone="phone" in possible,
        can_promise="promise" in possible,
        can_reconsider="reconsider" in possible,
        can_hand_over="hand over" in possible,
        next_steps=after.to_do,
        introduction_words=after.words,
    )


def _cv(parties: Parties) -> Document | None:
    """Return the CV of an application; it goes with a withdrawal."""
    return None if parties.application.status is ApplicationStatus.WITHDRAWN else parties.document


def _card(parties: Parties, now: datetime) -> ApplicationCard:
    application = parties.application
    return ApplicationCard(
        application_id=application.id or 0,
        offer_id=application.offer_id,
        title=place_title(parties.trade.name_f, parties.trade.name_m),
        company=parties.company.name,
        municipality=parties.municipality.name,
        status=application.status.value,
        status_words=STATUS_WORDS[application.status],
        sent=short_date(day_in_brussels(application.sent_at)),
        next_words=next_words(application, now, parties.interview),
        is_live=application.status in LIVE,
        is_accepted=application.status is ApplicationStatus.ACCEPTED,
    )


def _changes(session: Session, parties: Parties) -> list[ApplicationChange]:
    mine = select(ApplicationChange).where(ApplicationChange.application_id == parties.application.id)
    return list(session.exec(mine.order_by(col(ApplicationChange.id))).all())


def _others(session: Session, parties: Parties, now: datetime) -> list[ApplicationCard]:
    """List what a company could still answer: somebody may be waiting for the learner there."""
    actor = Actor(parties.person.id or 0, Role.LEARNER, learner_id=parties.learner.id)
    others = _seen(session, of_learner(session, actor), now)
    return [_card(other, now) for other in others if other.application.status in ANSWERABLE]


def _seen(session: Session, found: list[Parties], now: datetime) -> list[Parties]:
    seen_by_learner(session, found, now)
    return found
