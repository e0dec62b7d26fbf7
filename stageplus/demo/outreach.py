"""What coaches of the invented world did to invite companies, and what came of it."""

from datetime import timedelta

from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.actors import Role
from stageplus.models import CoachLink, CoachLinkClaim, CompanyClaim, Person

LINKS = (
    ("Webinaire de rentrée", "democoach001", 41, 64, 2, None),
    ("Feuillet au salon des métiers", "democoach002", 118, 30, 1, None),
    ("Visite des boulangeries de Wavre", "democoach003", 9, 12, 0, None),
    ("Ancien envoi", "democoach004", 27, 200, 0, 90),
)
"""Each with its code, its openings, how many days ago it was made, the claims that came by it, and when it ended."""


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
