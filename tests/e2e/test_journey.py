"""The main job in Chromium, with everybody's browser open: who acts is seen by the others without reloading."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median_low
from time import perf_counter

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.models import Offer, OutboxMessage

OpenAs = Callable[..., Page]
Arrives = Callable[[Locator, str], None]
AT_ONCE = 1.5
"""Seconds: news must show within one; the rest is for a loaded test machine."""


@pytest.fixture
def arrives() -> Iterator[Arrives]:
    """Wait for news that come by themselves; in the end half of them at least must have come at once.

    Half, because a busy machine may hold up any single one; what polls or waits holds up them all.
    """
    delays: list[float] = []

    def waited(place: Locator, words: str) -> None:
        start = perf_counter()
        expect(place).to_contain_text(words)
        delays.append(perf_counter() - start)

    yield waited
    assert median_low(delays) <= AT_ONCE


@pytest.fixture
def offer_id(world: Engine) -> int:
    """Return the demonstration company's first offer, to which the demonstration learner did not apply."""
    with Session(world) as session:
        return session.exec(select(Offer.id).order_by(Offer.id).limit(1)).one() or 0  # type: ignore[arg-type]


def test_a_place_is_found_asked_for_answered_and_taken_over(
    open_as: OpenAs, arrives: Arrives, offer_id: int, world: Engine
) -> None:
    learner, company = open_as("apprenant", "/offres"), open_as("entreprise", "/entreprise/candidatures")
    operator, coach = (
        open_as("operateur", "/operateur/mises-en-relation"),
        open_as("coach", "/coach/offres?q=nuage&etat=toutes"),
    )
    expect(company.get_by_role("heading", name="Candidatures", exact=True)).to_be_visible()
    expect(company.locator("main")).not_to_contain_text("Mila Brouillon")
    expect(operator.locator("tbody, .empty").first).to_be_visible()
    expect(operator.locator("main")).not_to_contain_text("Mila Brouillon")

    # The learner finds it and applies.
    learner.locator(f"a[href='/offres/{offer_id}']").last.click()
    learner.wait_for_url(re.compile(rf"/offres/{offer_id}$"))
    learner.get_by_label("Ma motivation").fill("J’aime me lever tôt et voir le pain gonfler.")
    learner.get_by_role("button", name="Envoyer ma candidature").click()
    expect(learner.get_by_text("Ta candidature est envoyée")).to_be_visible()
    arrives(company.locator("main"), "Mila Brouillon")

    # The company opens it: the learner sees that it was seen.
    learner.get_by_role("link", name="Suivre ma candidature").click()
    expect(learner.get_by_role("heading", name="L’histoire de ta candidature")).to_be_visible()
    company.locator("article").filter(has_text="Mila Brouillon").get_by_role("link").click()
    arrives(learner.locator("main"), "Vue par l’entreprise")

    # An interview is proposed.
    company.get_by_role("button", name="Proposer un entretien").click()
    company.get_by_label("Jour").fill((datetime.now(UTC) + timedelta(days=6)).date().isoformat())
    company.get_by_label("Heure").fill("14:30")
    company.get_by_label("Lieu").fill("À la boulangerie")
    company.get_by_role("button", name="Envoyer la proposition").click()
    arrives(learner.locator("main"), "À la boulangerie")

    # The company keeps the learner: the operator's staff member has it at once, and takes over.
    company.get_by_role("button", name="Accepter").click()
    company.get_by_role("button", name="Oui, retenir").click()
    arrives(learner.locator("main"), "Candidature retenue")
    arrives(operator.locator("main"), "Mila Brouillon")
    line = operator.get_by_role("row").filter(has_text="Mila Brouillon")
    line.get_by_role("button", name="Reprendre").click()
    expect(line.get_by_role("button", name="Reprendre")).to_have_count(0)
    arrives(learner.locator("main"), "prend la suite avec toi")

    expect(coach.locator("main")).to_contain_text("Boulangerie du Nuage")
    expect(coach.locator("body")).not_to_contain_text("Mila")
    with Session(world) as session:
        told = session.exec(select(OutboxMessage.recipient)).all()
    assert {"apprenant@demo.test", "entreprise@demo.test", "operateur@demo.test"} <= set(told)


def test_an_offer_that_closes_meanwhile_keeps_the_text_and_proposes_others(
    open_as: OpenAs, arrives: Arrives, world: Engine
) -> None:
    with Session(world) as session:
        offer = session.exec(select(Offer).order_by(Offer.id).offset(1).limit(1)).one()  # type: ignore[arg-type]
    learner, company = (
        open_as("apprenant", f"/offres/{offer.id}"),
        open_as("entreprise", f"/entreprise/offres/{offer.id}"),
    )
    learner.get_by_label("Ma motivation").fill("Mon texte reste là.")
    company.locator(".menu > summary").click()
    company.get_by_role("button", name="Suspendre").click()
    arrives(learner.locator("main"), "ne prend plus de candidature")
    company.get_by_role("button", name="Remettre en ligne").click()
    expect(learner.get_by_label("Ma motivation")).to_have_value("Mon texte reste là.")


def test_signing_out_leaves_nothing_behind_on_a_shared_device(open_as: OpenAs) -> None:
    page = open_as("apprenant0", "/candidatures", width=390)  # its session ends here: no other test uses it
    expect(page.locator("main")).to_contain_text("Boulang")
    page.get_by_role("button", name="Se déconnecter").first.click()
    page.wait_for_url(re.compile("/$"))
    page.go_back()
    expect(page).to_have_url(re.compile("/connexion"))
    expect(page.locator("body")).not_to_contain_text("Lina")


def test_a_wrong_password_keeps_the_address(open_as: OpenAs) -> None:
    page = open_as("", "/connexion", width=390)
    page.get_by_label("Adresse e-mail").fill("apprenant@demo.test")
    page.get_by_label("Mot de passe", exact=True).fill("ce n’est pas lui")
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Adresse e-mail")).to_have_value("apprenant@demo.test")
    expect(page.get_by_label("Mot de passe", exact=True)).to_have_value("")
