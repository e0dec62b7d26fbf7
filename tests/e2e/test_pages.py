"""Every page as its reader opens it: accessible in light and dark, quiet in the console, nothing from elsewhere."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.domain.actors import Actor, Role
from stageplus.models import Application, Enrolment, Learner, ModerationCase, Offer, OperatorMember, Person
from stageplus.pages.registry import PAGES
from stageplus.services.approvals.actions import hand_in_approvals
from stageplus.services.approvals.queries import approvals_template
from stageplus.services.enrolment.actions import hand_in_roster
from stageplus.services.enrolment.queries import roster_template
from stageplus.states.audience import Audience
from tests.e2e.conftest import Watch
from tests.e2e.looks import PHONE, TABLET, faults_everywhere, settled

READERS = {
    Audience.EVERYONE: "",
    Audience.SIGNED_IN: "apprenant",
    Audience.IDENTIFYING: "apprenant",
    Audience.LEARNER: "apprenant",
    Audience.COMPANY: "entreprise",
    Audience.OPERATOR: "operateur",
    Audience.COACH: "coach",
    Audience.OFFA: "offa",
}


@pytest.fixture(scope="module")
def known(world: Engine) -> dict[str, str]:
    """Return an address part for each placeholder of a route."""
    with Session(world) as session:
        mine = select(Learner).join(Person).where(Person.email == "apprenant@demo.test")
        learner = session.exec(mine).one()
        theirs = session.exec(select(Application.id).where(Application.offer_id == 1).limit(1)).one()
        own = session.exec(select(Application.id).where(Application.learner_id == learner.id).limit(1)).one()
        offer = session.exec(select(Offer.id).where(Offer.id == 1)).one()
        colleague = session.exec(select(Person.id).where(Person.email == "patisserie@demo.test")).one()
        operator = session.exec(select(OperatorMember).where(OperatorMember.operator_id == learner.operator_id)).first()
        examined = session.exec(select(ModerationCase.offer_id).limit(1)).one()
        waiting = session.exec(select(Enrolment.id).where(col(Enrolment.learner_id).is_(None))).first()
    assert operator is not None
    staff = Actor(operator.person_id, Role.OPERATOR, operator_id=operator.operator_id)
    now = datetime.now(UTC)
    file = hand_in_roster(staff, "exemple.xlsx", roster_template(staff, now=now, on=world), now=now, on=world)
    template = approvals_template(staff, now=now, on=world)
    approvals = hand_in_approvals(staff, 0, "agréments.xlsx", template, now=now, on=world)
    return {
        "/entreprise/candidatures/[candidature]": f"/entreprise/candidatures/{theirs}",
        "/candidatures/[candidature]": f"/candidatures/{own}",
        "/offres/[offre]": f"/offres/{offer}",
        "/operateur/offres/[offre]": f"/operateur/offres/{offer}",
        "/entreprise/offres/[offre]": f"/entreprise/offres/{offer}",
        "/entreprise/offres/[offre]/apercu": f"/entreprise/offres/{offer}/apercu",
        "/offa/comptes/[personne]": f"/offa/comptes/{operator.person_id}",
        "/lien/[jeton]": "/lien/un-jeton",
        "/operateur/agrements/[agrement]": "/operateur/agrements/1",
        "/offa/agrements/[agrement]": "/offa/agrements/1",
        "/entreprise/equipe/[membre]": f"/entreprise/equipe/{colleague}",
        "/operateur/agrements/importer/[fichier]": f"/operateur/agrements/importer/{approvals}",
        "/offa/agrements/importer/[fichier]": f"/offa/agrements/importer/{approvals}",
        "/operateur/demandes/[demande]": "/operateur/demandes/1",
        "/offa/referentiels/metiers/[metier]": "/offa/referentiels/metiers/boulanger",
        "/offa/referentiels/parametres/[parametre]": "/offa/referentiels/parametres/offer_lifetime_days",
        "/offa/dispositifs/[dispositif]": "/offa/dispositifs/alternance-secondaire",
        "/offa/moderation/[offre]": f"/offa/moderation/{examined}",
        "/offa/demandes/[demande]": "/offa/demandes/1",
        "/operateur/codes/[inscription]": f"/operateur/codes/{waiting}",
        "/operateur/importer/[fichier]": f"/operateur/importer/{file}",
        "/operateur/apprenants/[apprenant]": f"/operateur/apprenants/{learner.id}",
    }


@pytest.fixture(scope="module")
def browser_of(chromium: Browser, site: str, cookie_of: Callable[[str], str]) -> Iterator[Callable[[str], Page]]:
    """Give a new tab in somebody's browser, which keeps what it has fetched from page to page."""
    contexts: dict[str, BrowserContext] = {}

    def tab(account: str) -> Page:
        if account not in contexts:
            contexts[account] = chromium.new_context(base_url=site, locale="fr-BE")
        if account:
            name, value = cookie_of(account).split("=", 1)
            contexts[account].add_cookies([{"name": name, "value": value, "url": site}])
        return contexts[account].new_page()

    yield tab
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("route", [page.route for page in PAGES])
def test_page(route: str, browser_of: Callable[[str], Page], known: dict[str, str], watch: Watch) -> None:
    if route == "404":
        watch.expected.add("Failed to load resource: the server responded with a status of 404 (Not Found)")
    [made] = [page for page in PAGES if page.route == route]
    page = browser_of(READERS[made.audience])
    watch.follow(page)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(known.get(route, route))
    settled(page)
    assert page.title() == f"{made.title} · Stage+"
    assert page.locator("h1").count() == 1
    on_a_tablet = [(TABLET, "light")] if made.audience is Audience.COMPANY else []
    assert faults_everywhere(page, also=on_a_tablet) == {}
    page.close()


def test_routes_are_unique_and_titles_too_for_each_reader() -> None:
    assert len({page.route for page in PAGES}) == len(PAGES)
    assert len({(page.audience, page.title) for page in PAGES}) == len(PAGES)
