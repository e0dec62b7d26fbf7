"""A provider in a process of its own, and people who go there and come back."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from sqlalchemy import Engine

from stageplus.config import settings
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.models import Parameter
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.federation.actions import leave_to_link, leave_to_sign_in, link_identity, sign_in_with_provider
from stageplus.services.federation.provider import provider
from stageplus.services.federation.schemas import Answer, Arrived
from stageplus.web.build import ROOT
from stageplus.web.server import served
from tests import factories
from tests.factories import NOW
from tests.provider import CLIENT, SECRET
from tests.services.factors.conftest import RULES

VISIT, TOKEN = "une visite", "jeton"
VISITOR = Visitor("192.0.2.7", "Firefox/1")


@pytest.fixture(scope="session")
def provider_address() -> Iterator[str]:
    """Start the provider."""
    with served("tests.provider:app", ROOT, {}) as address:
        yield address


class There:
    """The provider as seen by a browser and by whoever tells it to lie."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.browser = httpx2.Client(verify=False)

    def lie(self, **lies: Any) -> list[dict[str, str]]:
        """Say what to get wrong from now on; returns what was asked until now."""
        answer = self.browser.post(f"{self.address}/essai", json={"now": NOW.timestamp()} | lies)
        return list(answer.json())

    def enter(self, address: str, sub: str = "citoyen-1", choix: str = "oui") -> Answer:
        """Go to the address that we gave, say who it is, and bring back what the provider sends."""
        assert address.startswith(f"{self.address}/entrer?")
        back = self.browser.post(address, data={"sub": sub, "choix": choix}).headers["location"]
        assert back.startswith(f"{settings().site}/auth/fournisseur/retour?")
        said = dict(parse_qsl(urlsplit(back).query))
        return Answer(said["state"], said.get("code", ""), said.get("error", ""), said.get("iss", ""))


@pytest.fixture
def there(provider_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    """Set the provider, which tells the truth at first, on the tests' own clock."""
    monkeypatch.setenv("STAGEPLUS_OIDC_ISSUER", provider_address)
    monkeypatch.setenv("STAGEPLUS_OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("STAGEPLUS_OIDC_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("STAGEPLUS_OIDC_NAME", "Clé de ville")
    settings.cache_clear()
    provider.cache_clear()
    found = There(provider_address)
    found.lie()
    yield found
    found.browser.close()
    monkeypatch.undo()
    settings.cache_clear()
    provider.cache_clear()


Join = Callable[..., Actor]


@pytest.fixture
def join(database: Engine, there: There) -> Join:
    """Give what makes somebody with an open session: `join(Role.LEARNER, token="jeton")`."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        for name, value in RULES.items():
            session.add(Parameter(name=name, effective_from=date(2025, 1, 1), value=value, unit="", source="test"))

    def joined(role: Role = Role.LEARNER, token: str = TOKEN, **fields: Any) -> Actor:
        with transaction(database) as session:
            person = factories.a_person(session, role, **fields)
            factories.a_session(session, person.id or 0, token, factor_at=NOW)
        return seen(database, token)

    return joined


def seen(database: Engine, token: str) -> Actor:
    """Return who holds a token that is still good."""
    actor = recognise(token, NOW, database)
    assert actor is not None
    return actor


def link(database: Engine, there: There, actor: Actor, token: str = TOKEN, sub: str = "citoyen-1") -> None:
    """Link somebody's account, the way that people do."""
    answer = there.enter(leave_to_link(actor, token, VISITOR, now=NOW, on=database), sub)
    assert link_identity(actor, token, answer, VISITOR, now=NOW, on=database)


def leave(database: Engine, heading: str = "", visit: str = VISIT) -> str:
    """Leave to sign in."""
    return leave_to_sign_in(None, visit, VISITOR, heading, now=NOW, on=database)


def come_back(database: Engine, answer: Answer, visit: str = VISIT) -> Arrived:
    """Come back to sign in."""
    return sign_in_with_provider(visit, answer, NOW, database, visitor=VISITOR)
