"""Second factors in a real browser with a virtual passkey device: register, sign in, and never half inside."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine
from sqlmodel import col, select, update

from stageplus.config import Settings
from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.models import CoachMandate, Learner, OperatorMember, Person, SignInSession, TotpSecret
from stageplus.services.accounts.actions import register_person
from stageplus.services.accounts.actions import sign_in as signed_in_with
from stageplus.services.accounts.browser import SESSION_COOKIE, form_token
from stageplus.services.accounts.queries import token_hash
from stageplus.services.accounts.schemas import DEMO_PASSWORD, Credentials, NewPerson
from stageplus.states.audience import Audience
from tests.e2e.conftest import Watch
from tests.e2e.looks import faults_of
from tests.e2e.test_attacks import contents, handlers
from tests.e2e.wire import ROOT_STATE, SESSION, Wire, changes, events

PASSWORD = "une phrase assez longue"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OpenFor = Callable[..., Page]


@pytest.fixture
def someone(world: Engine) -> Callable[[Role], str]:
    """Register somebody whom the demonstration does not spare; gives the address."""

    def registered(role: Role) -> str:
        email = f"{role}.{datetime.now(UTC).timestamp()}@example.be"
        person_id = register_person(NewPerson(email, "Alix", "Essai", role, PASSWORD), datetime.now(UTC), world)
        with transaction(world) as session:
            if role is Role.COACH:
                session.add(CoachMandate(person_id=person_id, sector_code="construction"))
            if role is Role.LEARNER:
                demo = select(Learner).join(Person).where(Person.email == "apprenant@demo.test")
                like = session.exec(demo).one().model_dump(exclude={"id", "person_id", "operator_reference"})
                session.add(Learner(person_id=person_id, operator_reference=f"R{person_id}", **like))
        return email

    return registered


@pytest.fixture
def localhost(site: str) -> str:
    """Return the site by its name: no passkey is made for a bare number."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def open_for(chromium: Browser, localhost: str) -> Iterator[OpenFor]:
    """Open a browser with a passkey device at the sign-in page."""
    contexts: list[BrowserContext] = []
    watching = Watch(localhost)

    def opened(width: int, path: str = "/connexion") -> Page:
        context = chromium.new_context(
            base_url=localhost, viewport={"width": width, "height": 844}, locale="fr-BE", accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        watching.follow(page)
        protocol = context.new_cdp_session(page)
        protocol.send("WebAuthn.enable")
        protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert watching.faults == []


def to_sign_in(page: Page) -> None:
    page.goto("/connexion")
    expect(page.locator("input[name=csrf]").first).not_to_have_value("")


def sign_in(page: Page, email: str) -> None:
    to_sign_in(page)
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page).to_have_url(re.compile("/$"))


def cookie(page: Page) -> str:
    [kept] = [each for each in page.context.cookies() if each["name"] == SESSION_COOKIE]
    return str(kept["value"])


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_a_coach_registers_an_application_and_signs_in_with_it(
    open_for: OpenFor, someone: Callable[[Role], str]
) -> None:
    email, page = someone(Role.COACH), open_for(1440)
    sign_in(page, email)
    heading(page, "Connexion en deux étapes")
    expect(page.get_by_text("Une deuxième étape protège votre accès")).to_be_visible()
    before = cookie(page)
    page.get_by_role("button", name="Configurer l’application").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    expect(page.get_by_alt_text("Code QR à scanner avec l’application")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_label("Code à 6 chiffres").fill("000000")
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_role("alert").filter(has_text="Ce code ne convient pas")).to_be_visible()
    assert page.locator("code.secret").inner_text().replace(" ", "") == secret
    page.get_by_label("Code à 6 chiffres").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_text("L’application de codes est activée.")).to_be_visible()
    assert cookie(page) != before
    page.get_by_role("button", name="Créer dix codes de secours").click()
    codes = page.locator(".codes code")
    expect(codes).to_have_count(10)
    assert faults_of(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    recovery = codes.first.inner_text()
    assert recovery in download.value.path().read_text()
    page.get_by_role("link", name="Continuer").click()
    heading(page, "Mes secteurs")
    sign_out(page)
    sign_in(page, email)
    heading(page, "Vérification de sécurité")
    assert faults_of(page) == []
    page.get_by_label("Code à 6 chiffres").fill(pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30)))
    page.get_by_role("button", name="Vérifier").click()
    heading(page, "Mes secteurs")
    sign_out(page)
    sign_in(page, email)
    page.get_by_text("Utiliser un code de secours").click()
    page.get_by_label("Code de secours", exact=True).fill(recovery.lower())
    page.get_by_role("button", name="Utiliser ce code").click()
    heading(page, "Mes secteurs")


def test_offa_registers_a_passkey_and_signs_in_with_it_alone(open_for: OpenFor, someone: Callable[[Role], str]) -> None:
    email, page = someone(Role.OFFA), open_for(1440)
    sign_in(page, email)
    page.get_by_label("Nom de la clé").fill("Ordinateur du bureau")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ordinateur du bureau")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("button", name="Renommer").click()
    page.get_by_role("dialog").get_by_label("Nom de la clé").fill("Portable")
    page.get_by_role("button", name="Enregistrer le nom").click()
    expect(page.get_by_role("heading", name="Portable")).to_be_visible()
    page.get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("alert").filter(has_text="C’est le seul moyen qui reste")).to_be_visible()
    sign_out(page)
    to_sign_in(page)
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(page).to_have_url(re.compile("/offa"))
    sign_out(page)
    sign_in(page, email)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page).to_have_url(re.compile("/offa"))


def test_a_learner_registers_a_passkey_on_a_phone(open_for: OpenFor, someone: Callable[[Role], str]) -> None:
    page = open_for(390)
    sign_in(page, someone(Role.LEARNER))
    heading(page, "Trouver une place")
    page.goto("/compte")
    page.get_by_role("link", name="Gérer les moyens de connexion").click()
    expect(page.get_by_text("C’est facultatif, mais utile")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    sign_out(page)
    to_sign_in(page)
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    heading(page, "Trouver une place")


def test_a_bare_number_says_where_passkeys_work(open_as: OpenFor, localhost: str) -> None:
    page = open_as("", "/connexion", width=390)
    expect(page.get_by_text("Les clés d’accès ne marchent pas à cette adresse")).to_be_visible()
    expect(page.get_by_role("button", name="Se connecter avec une clé d’accès")).to_be_hidden()
    expect(page.get_by_role("link", name=localhost)).to_have_attribute("href", localhost)


@pytest.fixture
def learner_to_help(world: Engine) -> tuple[int, int]:
    """A learner of the demonstrated operator with a second factor; gives their number and the person's."""
    with transaction(world) as session:
        operator = session.exec(
            select(OperatorMember.operator_id).join(Person).where(Person.email == "operateur@demo.test")
        ).one()
        learners = select(Learner).join(TotpSecret, col(TotpSecret.person_id) == Learner.person_id)
        found = session.exec(learners.where(Learner.operator_id == operator)).one()
        return found.id or 0, found.person_id


@pytest.fixture
def open_late(open_as: OpenFor, world: Engine, watch: Watch) -> OpenFor:
    """Open a browser where somebody signed in an hour ago: `open_late("operateur", "/operateur", 1440)`."""

    def opened(account: str, path: str, width: int) -> Page:
        token = signed_in_with(Credentials(f"{account}@demo.test", DEMO_PASSWORD), datetime.now(UTC), on=world).token
        with transaction(world) as session:
            mine = update(SignInSession).where(col(SignInSession.token_hash) == token_hash(token))
            session.exec(mine.values(created_at=datetime.now(UTC) - timedelta(hours=1)))
        page = open_as("", "/", width=width)
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": page.url}])
        page.goto(path)
        return page

    return opened


def prove(page: Page) -> None:
    """Follow the way to the proof, and give the password."""
    panel = page.get_by_role("alert").filter(has_text="Une confirmation est nécessaire")
    expect(panel).to_be_visible()
    assert faults_of(page) == []
    panel.get_by_role("link", name="Confirmer").click()
    heading(page, "Vérification de sécurité")
    page.get_by_label("Mot de passe", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Confirmer").click()


@pytest.mark.parametrize(("account", "width"), [("apprenant", 390), ("entreprise", 820)])
def test_a_new_address_typed_before_the_proof_is_there_after_it(open_late: OpenFor, account: str, width: int) -> None:
    page = open_late(account, "/compte", width)
    page.get_by_label("Nouvelle adresse e-mail").fill("nouvelle@demo.test")
    page.get_by_role("button", name="Changer l’adresse").click()
    prove(page)
    expect(page.get_by_label("Nouvelle adresse e-mail")).to_have_value("nouvelle@demo.test")
    page.get_by_role("button", name="Changer l’adresse").click()
    expect(page.get_by_text("Un lien vient de partir vers la nouvelle adresse.")).to_be_visible()


def test_a_reset_asks_the_helper_for_a_fresh_proof_and_comes_back(
    open_late: OpenFor, world: Engine, learner_to_help: tuple[int, int]
) -> None:
    learner_id, person_id = learner_to_help
    address = f"/operateur/apprenants/{learner_id}"
    page = open_late("operateur", address, 1440)
    before = cookie(page)
    reason = page.get_by_label("Raison, et comment la personne a été reconnue")
    page.get_by_role("button", name="Remettre à zéro la deuxième étape").click()
    reason.fill("Téléphone perdu, vue au centre")
    page.get_by_role("button", name="Remettre à zéro", exact=True).click()
    prove(page)
    expect(page).to_have_url(re.compile(address))
    assert cookie(page) != before
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(reason).to_have_value("Téléphone perdu, vue au centre")
    page.get_by_role("button", name="Remettre à zéro", exact=True).click()
    expect(page.get_by_text("est remise à zéro, ses appareils sont déconnectés")).to_be_visible()
    with transaction(world) as session:
        assert session.get(TotpSecret, person_id) is None


@pytest.fixture
def half(world: Engine, someone: Callable[[Role], str]) -> str:
    """Return the token of somebody of OFFA with the right password and no second factor."""
    return signed_in_with(Credentials(someone(Role.OFFA), PASSWORD), datetime.now(UTC), on=world).token


@pytest.mark.parametrize("due", [True, False])
def test_half_signed_in_no_handler_answers_but_those_of_identification(
    half: str, site: str, world: Engine, due: bool
) -> None:
    door_of_stage = "/connexion/second-facteur" if due else "/compte/second-facteur"
    if due:
        with transaction(world) as session:
            mine = select(SignInSession.person_id).where(SignInSession.token_hash == token_hash(half))
            now = datetime.now(UTC)
            totp = TotpSecret(person_id=session.exec(mine).one(), secret="x", created_at=now, confirmed_at=now)
            session.add(totp)
    open_to_half = {Audience.EVERYONE, Audience.IDENTIFYING}
    forbidden = [name for name, audience in handlers() if audience not in open_to_half]
    assert len(forbidden) > 30
    before = contents(world)
    with Wire(site, f"{SESSION_COOKIE}={half}", "/offa") as wire:
        wire.call(f"{SESSION}.enter")
        for name in forbidden:
            answer = wire.answer_to(name, typed={}, application_id=1, introduction_id=1, offer_id=1, name="suspend")
            assert {state for state in changes(answer) if state != ROOT_STATE} == set(), name
            [door] = events(answer)
            assert door["payload"]["path"].startswith(f"{door_of_stage}?suite="), name
    assert contents(world) == before


ROUTES = [
    *[f"/auth/preuve/{kind}" for kind in ("application", "cle", "secours", "mot-de-passe")],
    *[f"/auth/moyen/{kind}" for kind in ("application", "cle")],
    *[f"/auth/cle/demande/{use}" for use in ("ajout", "preuve", "connexion")],
    "/auth/cle/connexion",
]


@pytest.mark.parametrize("route", ROUTES)
def test_a_forged_post_changes_nothing(
    half: str, site: str, world: Engine, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stageplus.services.accounts.browser.settings", lambda: Settings(demo=True))
    cookie_header, before = f"{SESSION_COOKIE}={half}", contents(world)
    foreign = {"Cookie": cookie_header, "Origin": "https://example.invalid"}
    assert httpx.post(site + route, headers=foreign, data={"csrf": form_token(half)}).status_code == 403
    for csrf in ("", form_token("another visit")):
        answer = httpx.post(site + route, headers={"Cookie": cookie_header, "Origin": site}, data={"csrf": csrf})
        assert answer.status_code == 403 or "erreur=formulaire" in answer.headers["location"]
        assert "set-cookie" not in answer.headers
    for method in ("GET", "PUT", "DELETE"):
        assert httpx.request(method, site + route, headers={"Cookie": cookie_header, "Origin": site}).status_code == 405
    assert contents(world) == before
