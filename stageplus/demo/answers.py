"""What a demo company did with its applications besides deciding: one is in the hands of a colleague."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, CompanyMember, HandOver, Offer, Person


def hand_over_some(cast: Cast) -> None:
    """Hand the oldest application in contact of the demo company over to its partner."""
    theirs = select(CompanyMember.company_id).join(Person).where(Person.email == "entreprise@demo.test")
    partner = cast.session.exec(select(Person).where(Person.email == "associe@demo.test")).one()
    mine = select(Application).join(Offer).where(col(Offer.company_id).in_(theirs))
    in_contact = mine.where(Application.status == ApplicationStatus.IN_CONTACT).order_by(col(Application.id))
    for application in cast.session.exec(in_contact.limit(1)):
        at = cast.now - timedelta(days=1)
        cast.kept(HandOver(application_id=application.id or 0, person_id=partner.id or 0, at=at))
