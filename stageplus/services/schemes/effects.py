"""What another rule of a dispositif would do on the data of this moment: people, operators and amounts."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, select

from stageplus.domain.offers import OfferStatus
from stageplus.models import Learner, Offer, Operator, SchemeRule
from stageplus.services.offers.queries import minimum_pay
from stageplus.services.offers.schemas import PayRow
from stageplus.services.parameters.schemas import Effect
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts import _
from stageplus.texts.formats import number

NOTHING = "–"


def effects_of(session: Session, before: SchemeRule | None, after: SchemeRule, today: date) -> list[Effect]:
    """Count what a rule in force and one that is tried mean; a dispositif that does not exist yet has no before."""
    both = (before, after)
    offers = select(func.count(col(Offer.id))).where(Offer.status == OfferStatus.PUBLISHED)
    online = number(session.exec(offers.where(Offer.scheme_code == after.scheme_code)).one())
    return [
        _effect(_("Opérateurs qui suivent ce dispositif"), [_operators(session, rule) for rule in both]),
        _effect(_("Leurs apprenants inscrits dont l’âge convient"), [_learners(session, rule, today) for rule in both]),
        _effect(
            _("Leurs apprenants inscrits dont l’âge ne convient pas"),
            [_learners(session, rule, today, inside=False) for rule in both],
        ),
        Effect(_("Offres en ligne dans ce dispositif"), online if before else NOTHING, online),
        *_pay(session, before, after, today),
    ]


def _effect(what: str, counted: Sequence[int | None]) -> Effect:
    before, after = (NOTHING if count is None else number(count) for count in counted)
    return Effect(what, before, after)


def _operators(session: Session, rule: SchemeRule | None) -> int | None:
    if rule is None:
        return None
    return session.exec(select(func.count(col(Operator.id))).where(_runs(rule))).one()


def _learners(session: Session, rule: SchemeRule | None, today: date, *, inside: bool = True) -> int | None:
    if rule is None:
        return None
    born = col(Learner.birth_year)
    fits = and_(today.year - born >= rule.min_age_with_two_years, today.year - born - 1 < rule.max_age_contract)
    counted = select(func.count(col(Learner.id))).join(Operator, col(Learner.operator_id) == Operator.id)
    enrolled = counted.where(_runs(rule), col(Learner.enrolment_ended_on).is_(None))
    return session.exec(enrolled.where(fits if inside else ~fits)).one()


def _runs(rule: SchemeRule) -> ColumnElement[bool]:
    return col(Operator.kind).in_(rule.operator_kinds.split("|"))


def _pay(session: Session, before: SchemeRule | None, after: SchemeRule, today: date) -> list[Effect]:
    known = parameters_in_force(session, today)
    old, new = (minimum_pay(known, rule.pay_rates) if rule else [] for rule in (before, after))
    levels = [_("Rétribution minimale, niveau {level}").format(level=row.level) for row in max(old, new, key=len)]
    return [Effect(what, _amount(old, place), _amount(new, place)) for place, what in enumerate(levels)]


def _amount(rows: Sequence[PayRow], place: int) -> str:
    return rows[place].amount if place < len(rows) else NOTHING
