"""What follows each change of somebody's second factors: the journal, a mail, and the other sessions."""

from datetime import datetime

from sqlmodel import Session, col, update

from stageplus.domain.actors import Actor
from stageplus.models import Person, SignInSession
from stageplus.services.factors import letters
from stageplus.services.factors.holdings import erase_codes, erase_factors, held_by, locked_person
from stageplus.services.factors.proofs import ask_others_again, renew_session
from stageplus.services.factors.queries import factors_of
from stageplus.services.factors.schemas import FactorsDetail
from stageplus.services.journal.actions import note_deed


def note_registered(session: Session, actor: Actor, token: str, what: str, now: datetime) -> str:
    """Write down and tell that somebody has a new second factor; returns the token of their session, renewed."""
    note_deed(session, "factor.registered", by=actor, to=actor.person_id, now=now, detail=what)
    letters.registered(session, session.get_one(Person, actor.person_id), what, now)
    fresh = renew_session(session, actor, token, factor_at=now)
    ask_others_again(session, actor.person_id, fresh)
    return fresh


def note_removed(session: Session, actor: Actor, token: str, what: str, now: datetime) -> FactorsDetail:
    """Write down and tell that somebody has one less; without any, recovery codes recover nothing and go too."""
    session.flush()
    if not held_by(session, actor.person_id).count:
        erase_codes(session, actor.person_id)
    note_deed(session, "factor.removed", by=actor, to=actor.person_id, now=now, detail=what)
    letters.removed(session, session.get_one(Person, actor.person_id), what, now)
    ask_others_again(session, actor.person_id, token)
    return factors_of(session, actor, now)


def reset_access(session: Session, person: Person, now: datetime) -> None:
    """Take away somebody's second factors, end all their sessions and tell them."""
    person_id = locked_person(session, person.id or 0).id or 0
    erase_factors(session, person_id)
    open_ones = update(SignInSession).where(col(SignInSession.person_id) == person_id)
    session.exec(open_ones.where(col(SignInSession.ended_at).is_(None)).values(ended_at=now))
    letters.reset(session, person, now)
