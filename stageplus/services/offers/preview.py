"""An offer as learners read it, before anybody can: for whoever writes it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from stageplus.models import Company, Establishment, Learner, Offer, Person, Scheme, SchemeRule
from stageplus.services.offers.lexicon import lexicon
from stageplus.services.offers.schemas import OfferDetail
from stageplus.services.offers.wording import Sheet, detail_of
from stageplus.services.registers.queries import parameters_in_force, rule_in_force
from stageplus.texts.formats import day_in_brussels


def preview_in(session: Session, offer: Offer, now: datetime) -> OfferDetail:
    """Return what a learner of the very town, whose company days are those of the offer, reads; shown as if open."""
    today = day_in_brussels(now)
    scheme, rule = session.exec(
        select(Scheme, SchemeRule).join(SchemeRule, rule_in_force(today)).where(Scheme.code == offer.scheme_code)
    ).one()
    reader = Learner(
        person_id=0,
        operator_id=0,
        operator_reference="",
        trade_code=offer.trade_code,
        year=1,
        company_days=offer.company_days,
        birth_year=now.year - rule.min_age,
        postal_code="",
        municipality_ins=offer.municipality_ins,
    )
    sheet = Sheet(
        offer=offer,
        company=session.get_one(Company, offer.company_id).name,
        establishment=session.get_one(Establishment, offer.establishment_id).name,
        scheme=scheme.name,
        rule=rule,
        learner=reader,
        person=Person(email="", first_name="", last_name="", password_hash="", created_at=now),
        operator="",
        network=rule.operator_kinds.split("|")[0],
        applied_id=None,
        confirmed_at=None,
    )
    found = detail_of(sheet, lexicon(session), parameters_in_force(session, today), today)
    return replace(found, is_open=True, closed_words="", shown=[])
