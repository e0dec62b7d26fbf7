"""Going to the identity provider and back over HTTP, down to the database, with a provider that really answers."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from stageplus.config import settings
from stageplus.db import engine as databases
from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.models import LinkedIdentity, Parameter
from stageplus.services.accounts.actions import recognise
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.federation.actions import PER_ADDRESS
from stageplus.services.federation.provider import BACK, provider
from stageplus.services.federation.schemas import Answer
from stageplus.web.app import compose_site
from stageplus.web.federation import FEDERATION_ROUTES
from stageplus.web.leaving import leaving_page
from stageplus.web.pages_index import PagesIndex
from tests import factories
from tests.services.factors.conftest import RULES
from tests.services.federation.conftest import There

VISIT, TOKEN, OTHER = "v" * 43, "t" * 43, "o" * 43
ORIGIN = "http://testserver"
AWAY, LINK = "/auth/fournisseur/connexion", "/auth/fournisseur/lien"
Browse = Callable[..., Any]


@pytest.fixture
def world(sqlite_database: Engine, there: There, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give a database with two companies that are signed in, and a provider on the right time."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    there.lie(now=time.time())
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        for name, value in RULES.items():
            session.add(Parameter(name=name, effective_from=date(2025, 1, 1), value=value, unit="", source="test"))
        for token in (TOKEN, OTHER):
            person = factories.a_person(session, Role.COMPANY)
            now = datetime.now(UTC)
            factories.a_session(session, person.id or 0, token, created_at=now, last_seen_at=now, factor_at=now)
    return sqlite_database


@pytest.fixture
def browse(world: Engine) -> Iterator[Browse]:
    """Give a browser of a given cookie: `browse("POST", LINK, TOKEN)`."""
    pages = PagesIndex({}, lambda _path: False)
    site = compose_site(lambda *_: None, pages, FEDERATION_ROUTES, [ORIGIN], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, base_url=ORIGIN, follow_redirects=False) as opened:

        def browsed(method: str, path: str, cookie: str = VISIT, **changed: str) -> Any:
            opened.cookies.clear()
            headers = {"origin": ORIGIN, "cookie": f"{SESSION_COOKIE}={cookie}"} if cookie else {"origin": ORIGIN}
            form = {"csrf": form_token(cookie), "suite": ""} | changed if method == "POST" else None
            return opened.request(method, path, data=form, headers=headers)

        yield browsed


def way(answer: Any) -> str:
    """Return where a page of ours leads on to."""
    assert answer.status_code == 200
    [address] = set(re.findall(r'(?:url=|href=")([^"]+)"', answer.text))
    return unescape(address)


def back(answer: Answer, **changed: str) -> str:
    said = {"state": answer.state, "code": answer.code, "error": answer.error, "iss": answer.issuer} | changed
    return f"{BACK}?{urlencode({name: value for name, value in said.items() if value})}"


def place(answer: Any) -> str:
    assert (answer.status_code, answer.headers["cache-control"]) == (303, "no-store")
    return str(answer.headers["location"])


def who(token: str, world: Engine) -> Actor | None:
    return recognise(token, datetime.now(UTC), world)


def linked(browse: Browse, there: There, token: str = TOKEN) -> None:
    answer = there.enter(way(browse("POST", LINK, token)))
    assert place(browse("GET", back(answer), token)) == "/compte?fait=fournisseur"


def test_linked_then_signed_in_under_a_new_cookie(browse: Browse, there: There, world: Engine) -> None:
    linked(browse, there)
    answer = browse("GET", back(there.enter(way(browse("POST", AWAY, suite="/entreprise/offres")))))
    assert place(answer) == "/entreprise/offres"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    first, second = who(TOKEN, world), who(token, world)
    assert first and second and first.person_id == second.person_id
    assert who(VISIT, world) is None


def test_whoever_was_signed_in_on_this_browser_no_longer_is(browse: Browse, there: There, world: Engine) -> None:
    linked(browse, there)
    answer = there.enter(way(browse("POST", AWAY, OTHER)))
    assert place(browse("GET", back(answer), OTHER)) == "/entreprise"
    assert who(OTHER, world) is None


def test_the_page_that_leads_on_keeps_nothing_and_runs_nothing(browse: Browse) -> None:
    answer = browse("POST", AWAY)
    assert "<script" not in answer.text and 'lang="fr"' in answer.text
    headers = answer.headers
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "script-src 'self';" in headers["content-security-policy"]


def test_a_name_or_an_address_is_text_on_that_page() -> None:
    text = bytes(leaving_page('https://x.example/?a="><script>&b', "<b>Clé</b>").body).decode()
    assert "<script>" not in text and "<b>" not in text


def test_elsewhere_is_not_where_one_goes_on_to(browse: Browse, there: There) -> None:
    linked(browse, there)
    answer = there.enter(way(browse("POST", AWAY, suite="https://ailleurs.example")))
    assert place(browse("GET", back(answer))) == "/entreprise"


def test_each_failure_has_its_own_word_and_no_cookie(browse: Browse, there: There) -> None:
    def ended(choix: str = "oui", **changed: str) -> str:
        came = browse("GET", back(there.enter(way(browse("POST", AWAY)), choix=choix), **changed))
        assert "set-cookie" not in came.headers
        return place(came)

    assert ended() == "/connexion?erreur=fournisseur-inconnu&suite=%2Fcompte"
    assert ended("non") == "/connexion?erreur=fournisseur-refus"
    assert ended(code="faux") == "/connexion?erreur=fournisseur-reponse"
    assert ended(iss="https://autre.example") == "/connexion?erreur=fournisseur-reponse"
    assert ended(state="c.x") == "/connexion?erreur=fournisseur-expire"
    assert ended(state="l.x") == "/connexion?suite=%2Fcompte"
    there.lie(now=time.time(), token_status=503)
    assert ended() == "/connexion?erreur=fournisseur-panne"


def test_a_provider_that_is_down_is_said_before_leaving(browse: Browse, there: There) -> None:
    provider.cache_clear()
    there.lie(down=True)
    answer = browse("POST", AWAY, suite="/offres")
    assert place(answer) == "/connexion?erreur=fournisseur-panne&suite=%2Foffres"
    assert place(browse("POST", LINK, TOKEN)) == "/compte?erreur=fournisseur-panne"


@pytest.mark.parametrize("cookie", ["", "autre" * 9, TOKEN])
def test_another_browser_cannot_come_back(browse: Browse, there: There, cookie: str) -> None:
    linked(browse, there)
    answer = browse("GET", back(there.enter(way(browse("POST", AWAY)))), cookie)
    assert place(answer) == "/connexion?erreur=fournisseur-expire"


def test_the_way_back_is_good_once_and_a_head_is_no_way(browse: Browse, there: There) -> None:
    linked(browse, there)
    path = back(there.enter(way(browse("POST", AWAY))))
    assert browse("HEAD", path).status_code == 405
    assert place(browse("GET", path)) == "/entreprise"
    assert place(browse("GET", path)) == "/connexion?erreur=fournisseur-expire"


@pytest.mark.parametrize("path", ["", "?", "?state=", "?state=%00&code=%ff", f"?state={'x' * 9000}", "?code=a&code=b"])
def test_a_way_back_that_is_none_ends_at_the_form(browse: Browse, path: str) -> None:
    assert place(browse("GET", BACK + path)) == "/connexion?erreur=fournisseur-expire"


def test_nobody_links_while_signed_out(browse: Browse, there: There, world: Engine) -> None:
    assert place(browse("POST", LINK, VISIT)) == "/connexion?suite=%2Fcompte"
    answer = there.enter(way(browse("POST", LINK, TOKEN)))
    assert place(browse("GET", back(answer), VISIT)) == "/connexion?suite=%2Fcompte"
    assert place(browse("GET", back(answer), OTHER)) == "/compte?erreur=fournisseur-expire"
    with reading(world) as session:
        assert session.exec(select(LinkedIdentity)).all() == []


def test_an_identity_of_another_account_is_said_to_be_taken(browse: Browse, there: There) -> None:
    linked(browse, there)
    answer = there.enter(way(browse("POST", LINK, OTHER)))
    assert place(browse("GET", back(answer), OTHER)) == "/compte?erreur=fournisseur-pris"
    assert place(browse("POST", LINK, TOKEN)) == "/compte?erreur=fournisseur-fait"


def test_without_a_recent_proof_the_proof_comes_first(browse: Browse, world: Engine) -> None:
    with transaction(world) as session:
        [one, _two] = session.exec(select(factories.SignInSession)).all()
        one.created_at = datetime.now(UTC) - timedelta(minutes=11)
        one.factor_at = one.created_at
    assert place(browse("POST", LINK, TOKEN)) == "/connexion/second-facteur?suite=%2Fcompte"


@pytest.mark.parametrize("csrf", ["", "x", form_token("another visit"), "é"])
def test_a_form_of_another_visit_goes_nowhere(browse: Browse, csrf: str) -> None:
    assert place(browse("POST", AWAY, csrf=csrf)) == "/connexion?erreur=formulaire"
    assert place(browse("POST", LINK, TOKEN, csrf=csrf)) == "/compte?erreur=fournisseur-formulaire"


def test_too_many_departures_are_told_how_long_to_wait(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    few = type(PER_ADDRESS)("provider address", 1, 15)
    monkeypatch.setattr("stageplus.services.federation.actions.PER_ADDRESS", few)
    browse("POST", AWAY)
    assert place(browse("POST", AWAY)) == "/connexion?erreur=essais&minutes=15"


def test_without_a_provider_every_way_ends_at_a_page_of_ours(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME"):
        monkeypatch.delenv(f"STAGEPLUS_OIDC_{name}")
    settings.cache_clear()
    provider.cache_clear()
    assert place(browse("POST", AWAY)) == "/connexion"
    assert place(browse("POST", LINK, TOKEN)) == "/compte"
    assert place(browse("GET", f"{BACK}?state=c.x&code=y")) == "/connexion"


def test_what_is_asked_leads_back_to_us_only(browse: Browse) -> None:
    asked = parse_qs(urlsplit(way(browse("POST", AWAY))).query)
    assert asked["redirect_uri"] == [f"{settings().site}{BACK}"]
