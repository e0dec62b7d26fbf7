"""Sessions that end, change hands or share a browser: nobody sees or sends what belongs to somebody else."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.db.engine import transaction
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, ApplicationDraft, Learner, Offer, Person, SignInSession
from stageplus.services.accounts.actions import sign_in
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.accounts.schemas import Credentials
from tests.e2e.conftest import PASSWORD, Watch
from tests.e2e.wire import Wire, changes

MINE = "Mon texte à moi."
FIRST, SECOND = "apprenant3@demo.test", "apprenant4@demo.test"
HOME_OF = {
    "apprenant5": "/candidatures",
    "entreprise": "/entreprise/candidatures",
    "operateur": "/operateur/mises-en-relation",
    "coach": "/coach",
    "offa": "/offa",
}
END_SESSIONS = update(SignInSession).values(ended_at=datetime.now(UTC)).where(col(SignInSession.ended_at).is_(None))
WATCH_TEXT = """new MutationObserver(() => window.note(document.body?.innerText ?? ''))
    .observe(document, {childList: true, subtree: true, characterData: true})"""


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    opened = chromium.new_context(base_url=site, locale="fr-BE", viewport={"width": 1440, "height": 844})
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def open_tab(context: BrowserContext, watch: Watch) -> Callable[[str], Page]:
    """Open a tab of the one browser at a path."""

    def opened(path: str) -> Page:
        page = context.new_page()
        watch.follow(page)
        page.goto(path)
        return page

    return opened


@pytest.fixture
def offer(world: Engine) -> int:
    """Return an open offer to which neither of the two learners applied."""
    with Session(world) as session:
        theirs = select(Application.offer_id).join(Learner).join(Person)
        theirs = theirs.where(col(Person.email).in_([FIRST, SECOND]))
        free = select(Offer.id).where(Offer.status == OfferStatus.PUBLISHED, Offer.places_taken < Offer.places)
        return session.exec(free.where(col(Offer.id).not_in(theirs)).order_by(col(Offer.id).desc())).first() or 0


def enter(context: BrowserContext, site: str, world: Engine, email: str) -> str:
    """Put somebody's session in the browser and return its token."""
    token = sign_in(Credentials(email, PASSWORD), datetime.now(UTC), on=world).token
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": site}])
    return token


def type_credentials(page: Page, email: str) -> None:
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def draft_is_kept(page: Page, world: Engine, offer: int) -> None:
    kept = select(ApplicationDraft.motivation).where(ApplicationDraft.offer_id == offer)
    for _moment in range(75):
        with Session(world) as session:
            if session.exec(kept).first() == MINE:
                return
        page.wait_for_timeout(200)
    pytest.fail("the draft was not saved")


def senders(world: Engine, offer: int) -> list[str]:
    with Session(world) as session:
        sent = select(Person.email).join(Learner).join(Application).where(Application.offer_id == offer)
        return [email for email in session.exec(sent) if email in {FIRST, SECOND}]


def test_a_session_that_ends_while_typing_comes_back_to_the_text(
    context: BrowserContext, open_tab: Callable[[str], Page], site: str, world: Engine, offer: int
) -> None:
    enter(context, site, world, FIRST)
    page = open_tab(f"/offres/{offer}")
    page.get_by_label("Ma motivation").fill(MINE)
    draft_is_kept(page, world, offer)  # or that would lead to the sign-in before the button does
    with transaction(world) as session:
        session.exec(END_SESSIONS)
    page.get_by_role("button", name="Envoyer ma candidature").click()
    page.wait_for_url(f"**/connexion?suite=%2Foffres%2F{offer}")
    type_credentials(page, FIRST)
    page.wait_for_url(f"**/offres/{offer}")
    expect(page.get_by_label("Ma motivation")).to_have_value(MINE)
    assert senders(world, offer) == []
    page.get_by_role("button", name="Envoyer ma candidature").click()
    expect(page.get_by_text("Ta candidature est envoyée")).to_be_visible()
    assert senders(world, offer) == [FIRST]


def test_two_people_in_two_tabs_never_mix(
    context: BrowserContext, open_tab: Callable[[str], Page], site: str, world: Engine, offer: int
) -> None:
    enter(context, site, world, FIRST)
    first = open_tab(f"/offres/{offer}")
    first.get_by_label("Ma motivation").fill(MINE)
    name = first.locator(".who-name").inner_text()

    second = open_tab("/connexion")
    type_credentials(second, SECOND)
    second.wait_for_url("**/offres**")
    expect(second.locator(".who-name")).not_to_have_text(name)
    other = second.locator(".who-name").inner_text()

    # The first tab says who is there now, and shows nothing of the first person.
    expect(first.locator(".who-name")).to_have_text(other)
    expect(first.get_by_label("Ma motivation")).to_have_value("")
    first.get_by_label("Ma motivation").fill("Le mien.")
    first.get_by_role("button", name="Envoyer ma candidature").click()
    expect(first.get_by_text("Ta candidature est envoyée")).to_be_visible()
    assert senders(world, offer) == [SECOND]

    # Whoever wrote first finds the text again.
    type_credentials(open_tab("/connexion"), FIRST)
    expect(first.get_by_label("Ma motivation")).to_have_value(MINE)


def test_somebody_of_another_role_is_told_so_in_the_other_tab(
    context: BrowserContext, open_tab: Callable[[str], Page], site: str, world: Engine, offer: int
) -> None:
    enter(context, site, world, FIRST)
    first = open_tab(f"/offres/{offer}")
    first.get_by_label("Ma motivation").fill(MINE)
    type_credentials(open_tab("/connexion"), "entreprise@demo.test")
    expect(first.get_by_role("heading", name="Cette page n’est pas pour votre profil")).to_be_visible()
    expect(first.locator("body")).not_to_contain_text(MINE)
    assert senders(world, offer) == []


def test_a_tab_led_to_the_sign_in_form_meanwhile_goes_on_where_it_was_heading(
    context: BrowserContext, open_tab: Callable[[str], Page], site: str, world: Engine, offer: int
) -> None:
    enter(context, site, world, FIRST)
    first = open_tab(f"/offres/{offer}")
    expect(first.get_by_label("Ma motivation")).to_be_visible()
    with transaction(world) as session:
        session.exec(END_SESSIONS)
    first.evaluate("document.querySelector('button[data-intent=send]')?.click()")  # unless the page has left already
    first.wait_for_url(f"**/connexion?suite=%2Foffres%2F{offer}")
    type_credentials(open_tab("/connexion"), "entreprise@demo.test")
    expect(first.get_by_role("heading", name="Cette page n’est pas pour votre profil")).to_be_visible()


def test_a_tap_that_waited_is_not_sent_for_whoever_signed_in_meanwhile(site: str, world: Engine, offer: int) -> None:
    with Session(world) as session:
        writer = session.exec(select(Person.id).where(Person.email == FIRST)).one()
    token = sign_in(Credentials(SECOND, PASSWORD), datetime.now(UTC), on=world).token
    state = "reflex___state____state.stageplus___states___session____session_state"
    with Wire(site, f"{SESSION_COOKIE}={token}", f"/offres/{offer}") as wire:
        typed = {"offer": str(offer), "form_key": "c" * 32, "motivation": MINE, "writer": str(writer)}
        answer = changes(
            wire.call(f"{state}.stageplus___states___learner___offers____learner_offer_state.apply", typed=typed)
        )
    assert "Quelqu’un d’autre s’est connecté" in str(answer)
    assert senders(world, offer) == []


@pytest.mark.parametrize("account", HOME_OF)
def test_going_back_after_leaving_shows_nothing_of_the_last_person(
    account: str, context: BrowserContext, open_tab: Callable[[str], Page], site: str, world: Engine
) -> None:
    enter(context, site, world, f"{account}@demo.test")
    page = open_tab("/")
    page.goto(HOME_OF[account])
    name = page.locator(".who-name").inner_text()
    expect(page.locator("main h1").first).to_be_visible()
    texts: list[str] = []
    page.get_by_role("button", name="Se déconnecter").first.click()
    page.wait_for_url(f"{site}/")
    page.expose_function("note", lambda text: texts.append(text))
    page.add_init_script(WATCH_TEXT)
    page.go_back()
    page.wait_for_url("**/connexion?suite=**")
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert texts
    assert [text for text in texts if name in text] == []


def test_leaving_in_one_tab_empties_the_others(
    context: BrowserContext, open_tab: Callable[[str], Page], site: str, world: Engine
) -> None:
    enter(context, site, world, "apprenant5@demo.test")
    left, right = open_tab("/candidatures"), open_tab("/candidatures")
    name = right.locator(".who-name").inner_text()
    left.get_by_role("button", name="Se déconnecter").first.click()
    right.wait_for_url("**/connexion?suite=%2Fcandidatures")
    expect(right.locator("body")).not_to_contain_text(name)


def test_the_code_of_a_poster_leads_through_sign_in_to_the_offer(open_as: Callable[..., Page], world: Engine) -> None:
    with Session(world) as session:
        wanted = select(Offer.id).where(Offer.status == OfferStatus.PUBLISHED).order_by(col(Offer.id))
        offer = session.exec(wanted.limit(1)).one()
    page = open_as("", f"/offres/{offer}", width=390)
    page.wait_for_url(f"**/connexion?suite=%2Foffres%2F{offer}")
    page.get_by_label("Adresse e-mail").fill("apprenant6@demo.test")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(f"**/offres/{offer}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("(H/F/X)")
