"""The application of a mailed link, for whom it was mailed to."""

from sqlmodel import Session

from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import HIDDEN_FROM_COMPANY
from stageplus.domain.errors import NotFound
from stageplus.domain.refusals import AccountSuspended, ApplicationGone, LinkOfAnother
from stageplus.models import Application, Offer, Person, SingleUseLink
from stageplus.services.applications.queries import Parties, application_of_company
from stageplus.services.inputs import identifier


def application_behind(session: Session, actor: Actor | None, link: SingleUseLink) -> tuple[Actor, Parties]:
    """Return the application with whom the link was mailed to and who must still act for it; a forwarded one is dead.

    Raises `LinkOfAnother` for somebody signed in as another person, or who no longer acts there, `AccountSuspended`,
    and `ApplicationGone` once it was withdrawn or erased.
    """
    person = session.get(Person, link.person_id) if link.person_id else None
    application = session.get(Application, identifier(link.subject))
    if person is None or (actor is not None and actor.person_id != person.id):
        raise LinkOfAnother
    if person.suspended_at is not None:
        raise AccountSuspended
    if application is None or application.status in HIDDEN_FROM_COMPANY:
        raise ApplicationGone
    offer = session.get_one(Offer, application.offer_id)
    holder = Actor(person.id or 0, Role.COMPANY, company_id=offer.company_id)
    try:
        return holder, application_of_company(session, holder, application.id or 0)
    except NotFound:
        raise LinkOfAnother from None
