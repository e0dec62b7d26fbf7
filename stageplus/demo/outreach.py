"""What coaches of the invented world did to invite companies and to write to them, and what came of it."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.actors import Role
from stageplus.domain.circulars import Way
from stageplus.domain.coaching import ContactKind
from stageplus.models import (
    Approval,
    Circular,
    CircularStop,
    CoachLink,
    CoachLinkClaim,
    Company,
    CompanyClaim,
    CompanyContact,
    Establishment,
    Person,
)
from stageplus.texts.formats import day_in_brussels

LINKS = (
    ("Webinaire de rentrée", "democoach001", 41, 64, 2, None),
    ("Feuillet au salon des métiers", "democoach002", 118, 30, 1, None),
    ("Visite des boulangeries de Wavre", "democoach003", 9, 12, 0, None),
    ("Ancien envoi", "democoach004", 27, 200, 0, 90),
)
"""Each with its code, its openings, how many days ago it was made, the claims that came by it, and when it ended."""

SECTOR, TRADE, OURS = "alimentation", "boulanger", "Boulangerie du Nuage"
SENT_DAYS_AGO, SENT_TO = 9, 4
SUBJECT = "Qui accueille un apprenant à la rentrée ?"
WORDS = "Bonjour,\n\nPubliez dès maintenant vos places de la rentrée : les apprenants cherchent déjà.\n\nBien à vous"


def invite_companies(cast: Cast) -> None:
    """Let the coach of the demonstration have links, by which some claims came."""
    wanted = select(Person.id).where(Person.email == "coach@demo.test", Person.role == Role.COACH)
    coach = cast.session.exec(wanted).one() or 0
    confirmed = select(CompanyClaim.id).where(col(CompanyClaim.confirmed_at).is_not(None))
    claims = iter(cast.session.exec(confirmed.order_by(col(CompanyClaim.id))).all())
    for name, code, opened, made, came, ended in LINKS:
        over = cast.now - timedelta(days=ended) if ended else None
        made_at = cast.now - timedelta(days=made)
        link = cast.kept(
            CoachLink(person_id=coach, code=code, name=name, opened=opened, created_at=made_at, ended_at=over)
        )
        for _each in range(came):
            if claim := next(claims, None):
                cast.kept(CoachLinkClaim(claim_id=claim, link_id=link.id or 0))
    _write_to_bakers(cast, coach)


def _write_to_bakers(cast: Cast, coach: int) -> None:
    """Let the coach have written to some bakeries, one of which wants none any more; ours is still to be written to."""
    bakers = select(Establishment.company_id).join(Approval).where(Approval.trade_code == TRADE).distinct()
    bakers = bakers.join(Company, col(Company.id) == Establishment.company_id).where(Company.name != OURS)
    found = cast.session.exec(bakers.order_by(col(Establishment.company_id)).limit(SENT_TO + 1)).all()
    *reached, refusing = found
    at = cast.now - timedelta(days=SENT_DAYS_AGO)
    about: dict[str, Any] = {"person_id": coach, "sector_code": SECTOR}
    said: dict[str, Any] = {"subject": SUBJECT, "words": WORDS, "way": Way.PUBLISH, "companies": len(reached)}
    circular = cast.kept(Circular(form_key="demo", sent_at=at, **about, **said))
    for company_id in reached:
        told: dict[str, Any] = {"kind": ContactKind.MESSAGE, "words": SUBJECT, "on_day": day_in_brussels(at), "at": at}
        cast.kept(CompanyContact(company_id=company_id, circular_id=circular.id, **told, **about))
    cast.kept(CircularStop(company_id=refusing, since=at))
