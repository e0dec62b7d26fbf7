"""People who are signed in, with a password that is known and second factors that work."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pyotp
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import DomainError
from stageplus.models import JournalEntry, OutboxMessage, Parameter, SignInSession
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.passwords import hash_password
from stageplus.services.accounts.queries import token_hash
from stageplus.services.factors.actions import confirm_totp, passkey_to_register, register_passkey
from stageplus.services.factors.queries import totp_setup
from stageplus.services.factors.schemas import PasskeyInput, TotpInput
from tests import factories
from tests.factories import NOW
from tests.services.factors.authenticator import Device

PASSWORD, TOKEN = "une phrase assez longue", "jeton"
HASHED = hash_password(PASSWORD, cost=4)
RULES = {f"session_idle_minutes_{role}": "30" for role in Role}
RULES |= {f"session_absolute_hours_{role}": "10" for role in Role}
RULES |= {f"second_factor_required_{role}": "1" for role in Role if role is not Role.LEARNER}
SignIn = Callable[..., Actor]


@pytest.fixture
def sign_in(database: Engine) -> SignIn:
    """Give what signs somebody of a role in, for real: `sign_in(Role.LEARNER, token="jeton")`."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        for name, value in RULES.items():
            session.add(Parameter(name=name, effective_from=date(2025, 1, 1), value=value, unit="", source="test"))

    def signed_in(role: Role, token: str = TOKEN, **fields: Any) -> Actor:
        with transaction(database) as session:
            person = factories.a_person(session, role, password_hash=HASHED)
            open_session(session, person.id, token, **fields)
        return seen(database, token, NOW)

    return signed_in


def open_session(session: Any, person_id: int | None, token: str, **fields: Any) -> None:
    """Open one more session of somebody."""
    row = SignInSession(person_id=person_id, token_hash=token_hash(token), created_at=NOW, last_seen_at=NOW, **fields)
    session.add(row)


def seen(database: Engine, token: str, now: datetime = NOW) -> Actor:
    """Return who holds a token that is still good."""
    actor = recognise(token, now, database)
    assert actor is not None
    return actor


def with_totp(database: Engine, actor: Actor, token: str = TOKEN, now: datetime = NOW) -> tuple[str, str]:
    """Set an application up for somebody; returns its secret and the session's new token."""
    setup = totp_setup(actor, now=now, on=database)
    secret = setup.secret.replace(" ", "")
    typed = TotpInput(pending=setup.pending, code=pyotp.TOTP(secret).at(now))
    return secret, confirm_totp(actor, token, typed, now=now, on=database)


def with_passkey(
    database: Engine, actor: Actor, device: Device, token: str = TOKEN, now: datetime = NOW, name: str = "Téléphone"
) -> str:
    """Register a device for somebody; returns the session's new token."""
    options = passkey_to_register(actor, token, now=now, on=database)
    made = PasskeyInput(name=name, preuve=device.register(options))
    return register_passkey(actor, token, made, now=now, on=database)


def how_many_succeed(act: Callable[[], object], crowd: int = 20) -> int:
    """Do the same thing at once, so many times, and count who was let on."""

    def attempt(_number: int) -> bool:
        try:
            act()
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(crowd) as people:
        return sum(people.map(attempt, range(crowd)))


def deeds(database: Engine) -> list[str]:
    """List what the journal says was done."""
    with reading(database) as session:
        return list(session.exec(select(JournalEntry.action).order_by(col(JournalEntry.id))))


def subjects(database: Engine) -> list[str]:
    """List the mails that were written."""
    with reading(database) as session:
        return list(session.exec(select(OutboxMessage.subject).order_by(col(OutboxMessage.id))))
