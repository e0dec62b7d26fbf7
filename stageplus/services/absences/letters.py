"""The mails to the operators that recorded the agréments of a company whose offers pause or come back."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from stageplus.models import Approval, Company, Offer, OperatorMember, Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.texts import _, ngettext


def to_operators(
    session: Session, company: Company, halted: Sequence[Offer], restored: Sequence[Offer], now: datetime
) -> None:
    """Tell the staff that nobody answers for a company any more, or that somebody does again."""
    words = []
    if halted:
        words.append(
            ngettext(
                "Chez {company}, plus personne ne peut répondre sur Stage+ : {n} offre est en pause.",
                "Chez {company}, plus personne ne peut répondre sur Stage+ : {n} offres sont en pause.",
                len(halted),
            ).format(company=company.name, n=len(halted))
        )
        words.append(_("Les candidatures sont gardées et leurs auteurs prévenus. Elles reviennent avec un répondant."))
    if restored:
        words.append(
            ngettext(
                "Chez {company}, quelqu’un répond de nouveau : {n} offre est revenue en ligne.",
                "Chez {company}, quelqu’un répond de nouveau : {n} offres sont revenues en ligne.",
                len(restored),
            ).format(company=company.name, n=len(restored))
        )
    for person in _staff(session, [*halted, *restored]):
        queue_mail(
            session,
            key=f"answered:{company.id}:{person.id}:{now.isoformat()}",
            kind="answered",
            recipient=person.email,
            subject=_("Les offres d’une entreprise sont en pause")
            if halted
            else _("Les offres d’une entreprise sont de retour"),
            sentences=words,
            link=("/operateur/agrements", _("Voir les agréments")),
            about=About(words=company.name),
            now=now,
        )


def _staff(session: Session, offers: Sequence[Offer]) -> Sequence[Person]:
    places = {(offer.establishment_id, offer.trade_code) for offer in offers}
    here = or_(
        *[
            (col(Approval.establishment_id) == house) & (col(Approval.trade_code) == trade)
            for house, trade in sorted(places)
        ]
    )
    operators = select(Approval.operator_id).where(here)
    staff = select(Person).join(OperatorMember).where(col(OperatorMember.operator_id).in_(operators))
    return session.exec(staff.order_by(col(Person.id)).distinct()).all()
