"""Whom an offer may be suggested to, and to whom it was."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor
from stageplus.domain.applications import HIDDEN_FROM_COMPANY
from stageplus.domain.titles import both_genders
from stageplus.models import Application, Learner, Municipality, Offer, Person, Suggestion, Trade
from stageplus.services.followup.queries import enrolled_with, learners_of, meaning
from stageplus.services.suggestions.schemas import Choice, ChoiceRow, ChoiceSearch, SentRow
from stageplus.services.suggestions.wording import short_name
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, short_date

MOST_CHOICES = 40
MOST_SENT = 100
Colleague = aliased(Person, name="colleague")


def choice_in(session: Session, actor: Actor, offer: Offer, search: ChoiceSearch, now: datetime) -> Choice:
    """Build both lists for one offer, within a session."""
    wanted = _choices(actor, offer).where(*meaning(session, search.text))
    most = MOST_CHOICES
    if search.only:
        wanted, most = wanted.where(col(Learner.id).in_(search.only)), len(search.only)
    found = session.exec(wanted.limit(most + 1)).all()
    more = _("Les {n} premiers : cherchez un nom pour trouver les autres.").format(n=MOST_CHOICES)
    return Choice(
        rows=[_row(offer, *each) for each in found[:most]],
        more_words=more if len(found) > most else "",
        sent=[_sent(*each) for each in session.exec(_suggested(actor, offer).limit(MOST_SENT)).all()],
    )


def has_applied(offer_id: Any) -> Any:
    """Say, inside a statement about learners, whether one has applied to an offer and not withdrawn."""
    theirs = select(Application.id).where(Application.learner_id == Learner.id, Application.offer_id == offer_id)
    return theirs.where(col(Application.status).not_in(HIDDEN_FROM_COMPANY)).exists()


def _choices(actor: Actor, offer: Offer) -> Any:
    told = (col(Suggestion.learner_id) == Learner.id) & (col(Suggestion.offer_id) == offer.id)
    told &= col(Suggestion.operator_id) == actor.operator_id
    listed = (
        select(Learner, Person, Trade, Municipality, Suggestion, has_applied(offer.id))  # type: ignore[call-overload]
        .join(Person, col(Learner.person_id) == Person.id)
        .join(Trade, col(Learner.trade_code) == Trade.code)
        .join(Municipality, col(Learner.municipality_ins) == Municipality.ins)
        .outerjoin(Suggestion, told)
        .where(*enrolled_with(actor), col(Person.suspended_at).is_(None))
    )
    order = (col(Learner.has_place), col(Learner.trade_code) != offer.trade_code, col(Learner.plain_name))
    return listed.order_by(*order, col(Learner.id))


def _row(
    offer: Offer,
    learner: Learner,
    person: Person,
    trade: Trade,
    town: Municipality,
    suggestion: Suggestion | None,
    applied: bool,
) -> ChoiceRow:
    told = _("Déjà suggérée le {day}")
    already = told.format(day=short_date(day_in_brussels(suggestion.suggested_at))) if suggestion else ""
    return ChoiceRow(
        learner_id=learner.id or 0,
        name=f"{person.first_name} {person.last_name}",
        trade=both_genders(trade.name_f, trade.name_m),
        municipality=town.name,
        has_place=learner.has_place,
        same_trade=learner.trade_code == offer.trade_code,
        state_words=_("A déjà postulé") if applied else already,
    )


def _suggested(actor: Actor, offer: Offer) -> Any:
    listed = (
        select(Suggestion, Person, Colleague, has_applied(offer.id))
        .join(Learner, col(Suggestion.learner_id) == Learner.id)
        .join(Person, col(Learner.person_id) == Person.id)
        .outerjoin(Colleague, col(Suggestion.person_id) == Colleague.id)
        .where(*learners_of(actor), Suggestion.operator_id == actor.operator_id, Suggestion.offer_id == offer.id)
    )
    return listed.order_by(col(Suggestion.suggested_at).desc(), col(Suggestion.learner_id))


def _sent(suggestion: Suggestion, person: Person, colleague: Person | None, applied: bool) -> SentRow:
    seen = suggestion.seen_at is not None
    return SentRow(
        learner_id=suggestion.learner_id,
        name=f"{person.first_name} {person.last_name}",
        by=short_name(colleague),
        day=short_date(day_in_brussels(suggestion.suggested_at)),
        reason=suggestion.reason,
        outcome=_("A postulé") if applied else _("Vue") if seen else _("Pas encore vue"),
        tone="success" if applied else "accent" if seen else "neutral",
    )
