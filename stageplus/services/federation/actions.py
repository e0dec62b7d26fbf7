"""Use cases of the identity provider: leave for it, come back signed in or linked, unlink.

It stands in for the password only: whoever has a second factor, or must have one, still gives it. It never makes an
account, and knows nobody by address: an identity opens the account that its owner linked while signed in.
"""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from stageplus.config import settings
from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, Denied
from stageplus.domain.refusals import AnswerNotBelieved, IdentityTaken, IdentityUnknown, ProviderDown, ProviderRefused
from stageplus.models import AttemptUse, LinkedIdentity, Person
from stageplus.services.accounts.actions import open_session
from stageplus.services.accounts.queries import signed_in_with
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.federation import letters
from stageplus.services.federation.attempts import issue_attempt, keyed, nonce_of, spend_attempt, verifier_of
from stageplus.services.federation.provider import provider
from stageplus.services.federation.queries import identity_of, linked_to
from stageplus.services.federation.schemas import Answer, Arrived, IdentityDetail
from stageplus.services.journal.actions import note_deed
from stageplus.services.threads import abroad
from stageplus.services.throttle import Limit, network_of, throttle

PER_ADDRESS = Limit("provider address", 300, 15)
"""A whole school may share one address."""
GAVE_UP = {"access_denied", "login_required", "interaction_required", "consent_required", "account_selection_required"}


@abroad
def leave_to_sign_in(
    actor: Actor | None, token: str, visitor: Visitor, heading: str, *, now: datetime, on: Engine | None = None
) -> str:
    """Return the provider's address where whoever holds this visit's token signs in.

    Raises `NotFound` without a provider, `TooManyTries`, `ProviderDown`.
    """
    return _leave(token, AttemptUse.SIGN_IN, heading, visitor, now, on)


@abroad
def leave_to_link(actor: Actor | None, token: str, visitor: Visitor, *, now: datetime, on: Engine | None = None) -> str:
    """Return the provider's address where the actor shows which identity to link; asks for a recent proof."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        require_recent_proof(session, actor, now)
        if linked_to(session, actor.person_id):
            raise AlreadyDone
    return _leave(token, AttemptUse.LINK, "", visitor, now, on)


@abroad
def sign_in_with_provider(
    token: str, answer: Answer, now: datetime, on: Engine | None = None, *, visitor: Visitor
) -> Arrived:
    """Open a session for whoever comes back from the provider to the browser that left for it.

    Raises `AttemptOver`, `ProviderRefused`, `AnswerNotBelieved`, `ProviderDown`; `IdentityUnknown` when nobody linked
    this identity.
    """
    heading, subject = _come_back(token, answer, AttemptUse.SIGN_IN, visitor, now, on)
    with transaction(on) as session:
        identity = _linked_by(session, subject)
        if identity is None:
            raise IdentityUnknown
        identity.last_used_at = now
        opened = open_session(session, session.get_one(Person, identity.person_id), visitor, now)
    return Arrived(opened.role, heading, opened.token)


@abroad
def link_identity(
    actor: Actor | None, token: str, answer: Answer, visitor: Visitor, *, now: datetime, on: Engine | None = None
) -> bool:
    """Link the identity with which the actor comes back to the account of the session that left; the person is told.

    Raises what `sign_in_with_provider` raises, and `IdentityTaken` when another account has this identity.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        require_recent_proof(session, actor, now)
    _heading, subject = _come_back(token, answer, AttemptUse.LINK, visitor, now, on)
    try:
        with transaction(on) as session:
            if signed_in_with(session, token, now) is None:
                raise Denied("link")  # the session ended while the provider was asked
            _link(session, actor, subject, now)
    except IntegrityError as faster:
        raise IdentityTaken from faster
    return True


def unlink_identity(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> IdentityDetail:
    """Take the link to the provider away; the password goes on. Asks for a recent proof of who acts."""
    actor = require(actor, Permission.ACCOUNT_OWN)
    with transaction(on) as session:
        require_recent_proof(session, actor, now)
        identity = linked_to(session, actor.person_id)
        if identity is None:
            raise AlreadyDone
        session.delete(identity)
        session.flush()
        note_deed(session, "identity.unlinked", by=actor, to=actor.person_id, now=now, detail=identity.issuer)
        letters.unlinked(session, session.get_one(Person, actor.person_id), settings().oidc_name, now)
        return identity_of(session, actor, now)


def _leave(token: str, use: AttemptUse, heading: str, visitor: Visitor, now: datetime, on: Engine | None) -> str:
    there = provider()
    throttle().admit(PER_ADDRESS, network_of(visitor.address))
    there.look()  # a provider that is down costs no attempt
    with transaction(on) as session:
        state = issue_attempt(session, token, use, heading, now)
    return there.address(state, nonce_of(state), verifier_of(state))


def _come_back(
    token: str, answer: Answer, use: AttemptUse, visitor: Visitor, now: datetime, on: Engine | None
) -> tuple[str, str]:
    """Spend the attempt first, for good: a wrong answer costs it too."""
    there = provider()
    throttle().admit(PER_ADDRESS, network_of(visitor.address))
    with transaction(on) as session:
        heading = spend_attempt(session, answer.state, token, use, now)
    if answer.error:
        raise ProviderRefused if answer.error in GAVE_UP else ProviderDown
    if not answer.code:
        raise AnswerNotBelieved
    secrets = nonce_of(answer.state), verifier_of(answer.state)
    return heading, there.subject(answer.code, answer.issuer, *secrets, now)


def _link(session: Session, actor: Actor, subject: str, now: datetime) -> None:
    known, mine = _linked_by(session, subject), linked_to(session, actor.person_id)
    if known and known.person_id != actor.person_id:
        raise IdentityTaken
    if mine:
        raise AlreadyDone
    issuer = settings().oidc_issuer
    identity = LinkedIdentity(person_id=actor.person_id, issuer=issuer, subject_hash=_kept(subject), created_at=now)
    session.add(identity)
    session.flush()
    note_deed(session, "identity.linked", by=actor, to=actor.person_id, now=now, detail=issuer)
    letters.linked(session, session.get_one(Person, actor.person_id), settings().oidc_name, now)


def _linked_by(session: Session, subject: str) -> LinkedIdentity | None:
    mine = select(LinkedIdentity).where(LinkedIdentity.issuer == settings().oidc_issuer)
    return session.exec(mine.where(LinkedIdentity.subject_hash == _kept(subject))).first()


def _kept(subject: str) -> str:
    return keyed("subject", f"{settings().oidc_issuer} {subject}")
