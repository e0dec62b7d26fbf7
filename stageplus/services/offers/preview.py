"""An offer as learners read it, before anybody can: for whoever writes it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from stageplus.models import Company, Establishment, Learner, Offer, Person, Scheme
from stageplus.services.offers.lexicon import lexicon
from stageplus.services.offers.schemas import OfferDetail
from stageplus.services.offers.wording import Sheet, detail_of
from stageplus.services.registers.queries import parameters_in_force
from stageplus.texts.formats import day_in_brussels


def preview_in(session: Session, offer: Offer, now: datetime) -> OfferDetail:
    """Return what a learner of the very town, whose company days are those of the offer, reads; shown as if open."""
    reader = Learner(
        person_id=0,
        operator_id=0,
        operator_reference="",
        trade_code=offer.trade_code,
        year=1,
        company_days=offer.company_days,
        birth_year=now.year,
        postal_code="",
        municipality_ins=offer.municipality_ins,
    )
    sheet = Sheet(
        offer=offer,
        company=session.get_one(Company, offer.company_id).name,
        establishment=session.get_one(Establishment, offer.establishment_id).name,
        scheme=session.get_one(Scheme, offer.scheme_code).name,
        learner=reader,
        person=Person(email="", first_name="", last_name="", password_hash="", created_at=now),
        operator="",
        applied_id=None,
        confirmed_at=None,
    )
    found = detail_of(sheet, lexicon(session), parameters_in_force(session, day_in_brussels(now)), day_in_brussels(now))
    return replace(found, is_open=True, closed_words="", shown=[])
