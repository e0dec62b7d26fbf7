"""Who left for the identity provider: kept for one browser and one use, good once and for some minutes.

What only the provider and we may know derives from the state with our key, so that the row holds no secret.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlmodel import Session, col, delete, select

from stageplus.config import settings
from stageplus.domain.refusals import AttemptOver
from stageplus.models import AttemptUse, ProviderAttempt
from stageplus.services.accounts.queries import token_hash
from stageplus.services.links.actions import link_hash

LASTS = timedelta(minutes=10)
"""Long enough to find one's phone and its code."""
MARKS = {AttemptUse.SIGN_IN: "c", AttemptUse.LINK: "l"}
"""How a state begins: it tells which page to come back to when all the rest is lost, and proves nothing."""


def issue_attempt(session: Session, holder: str, use: AttemptUse, heading: str, now: datetime) -> str:
    """Keep an attempt for the browser whose cookie this is and return its state; those whose time is over go."""
    session.exec(delete(ProviderAttempt).where(col(ProviderAttempt.expires_at) <= now))
    state = f"{MARKS[use]}.{token_urlsafe(32)}"
    session.add(
        ProviderAttempt(
            state_hash=link_hash(state),
            holder=token_hash(holder),
            use=use,
            heading=heading,
            expires_at=now + LASTS,
        )
    )
    return state


def spend_attempt(session: Session, state: str, holder: str, use: AttemptUse, now: datetime) -> str:
    """Use an attempt up and return where it was heading: of twenty answers at once, one does it.

    Raises `AttemptOver` when it never began in this browser for this use, was used or is too old.
    """
    mine = (
        col(ProviderAttempt.state_hash) == link_hash(state),
        col(ProviderAttempt.holder) == token_hash(holder),
        col(ProviderAttempt.use) == use,
        col(ProviderAttempt.expires_at) > now,
    )
    heading = session.exec(select(ProviderAttempt.heading).where(*mine)).first()
    if heading is None or session.exec(delete(ProviderAttempt).where(*mine)).rowcount != 1:
        raise AttemptOver
    return heading


def is_for_link(state: str) -> bool:
    """Say whether a state claims to have left for linking an account."""
    return state.startswith(f"{MARKS[AttemptUse.LINK]}.")


def nonce_of(state: str) -> str:
    """Return what the provider has to repeat in its signed answer."""
    return keyed("nonce", state)


def verifier_of(state: str) -> str:
    """Return what proves, when the code is handed in, that we asked for it (PKCE, RFC 7636)."""
    return keyed("verifier", state)


def keyed(use: str, text: str) -> str:
    """Return a digest that nobody makes, or tries guesses on, without our key."""
    return hmac.new(settings().secret.encode(), f"oidc {use}:{text}".encode("utf-8", "ignore"), sha256).hexdigest()
