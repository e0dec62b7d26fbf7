"""A company's day on its tablet: write an offer that saves itself, publish, change and close it, answer who applied."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, CompanyMember, Learner, Offer, Person, SignInSession
from tests.e2e.conftest import PASSWORD, Watch

OpenAs = Callable[..., Page]
TABLET = 820
LIVE = 3_000
"""Milliseconds in which a draft saves itself, counting the pause after the last key, on a loaded test machine."""
WRITER, ANSWERER, SLEEPER, OTHER = "entreprise3", "entreprise4", "entreprise5", "entreprise6"
"""A company of its own for each kind of test: what one does, no other test counts."""


def company_of(session: Session, account: str) -> int:
    member = select(CompanyMember.company_id).join(Person).where(Person.email == f"{account}@demo.test")
    return session.exec(member).one()


@dataclass(frozen=True)
class Waiting:
    """An offer with one place, and two people who applied to it."""

    offer: int
    first: int
    second: int


@pytest.fixture
def waiting(world: Engine) -> Waiting:
    now = datetime.now(UTC)
    with Session(world, expire_on_commit=False) as session:
        company = company_of(session, ANSWERER)
        offer = session.exec(
            select(Offer).where(Offer.company_id == company, Offer.status == OfferStatus.PUBLISHED).limit(1)
        ).one()
        taken = select(Application.learner_id).where(Application.offer_id == offer.id)
        learners = session.exec(select(Learner).where(col(Learner.id).not_in(taken)).limit(2)).all()
        offer.places, offer.places_taken = 1, 0
        made = [
            Application(
                form_key=f"e2e{datetime.now(UTC).timestamp()}{learner.id}",
                offer_id=offer.id or 0,
                learner_id=learner.id or 0,
                status=ApplicationStatus.SENT,
                motivation="J’aime ce métier.",
                sent_at=now,
                changed_at=now,
                answer_due_on=now.date() + timedelta(days=7),
            )
            for learner in learners
        ]
        session.add_all([offer, *made])
        session.commit()
        return Waiting(offer.id or 0, made[0].id or 0, made[1].id or 0)


def new_offer(open_as: OpenAs, account: str = WRITER) -> Page:
    page = open_as(account, "/entreprise/offres/nouvelle", width=TABLET)
    expect(page.get_by_label("Ce que l’apprenant fera et apprendra")).to_be_visible()
    return page


def saved(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="Brouillon enregistré à")


def complete(page: Page) -> None:
    page.get_by_label("Lundi").check()
    page.get_by_label("Mardi").check()
    page.get_by_label("Heures par semaine").fill("24")
    page.get_by_label("Prénom du tuteur").fill("Sacha")
    page.get_by_label("Fonction du tuteur").fill("Cheffe d’équipe")


def test_an_offer_saves_itself_survives_a_reload_and_is_published(open_as: OpenAs) -> None:
    page, colleague = new_offer(open_as), open_as(WRITER, "/entreprise/offres?etat=brouillons", width=1440)
    expect(colleague.get_by_role("heading", name="Offres", exact=True)).to_be_visible()
    before = colleague.locator("tbody tr").count()
    tasks = page.get_by_label("Ce que l’apprenant fera et apprendra")
    tasks.press_sequentially("Apprendre le métier", delay=20)
    expect(saved(page)).to_be_visible(timeout=LIVE)
    expect(tasks).to_be_focused()
    tasks.press_sequentially(" pas à pas")
    expect(colleague.locator("tbody tr")).to_have_count(before + 1, timeout=LIVE)
    expect(page).to_have_url(re.compile(r"/nouvelle\?brouillon=\d+$"))
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes(':typed:'))")

    page.reload()
    expect(tasks).to_have_value("Apprendre le métier pas à pas")
    page.get_by_role("button", name="Publier l'offre").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Prénom du tuteur : Ce champ est à compléter.")
    complete(page)
    expect(summary).to_have_count(0, timeout=12_000)  # typing takes what is mended off the list
    expect(page.get_by_text("Prête à être publiée")).to_be_visible()
    page.get_by_role("button", name="Publier l'offre").click()
    page.wait_for_url(re.compile(r"/entreprise/offres/\d+$"))
    expect(page.get_by_text("L’offre est publiée : les apprenants la voient.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Publiée")


def test_opening_the_form_or_only_looking_keeps_no_draft(open_as: OpenAs, world: Engine) -> None:
    page = new_offer(open_as, OTHER)
    page.get_by_label("Ce que l’apprenant fera et apprendra").focus()
    page.wait_for_timeout(2_500)
    expect(page.locator(".bar-saved")).to_have_text("")
    expect(page).to_have_url(re.compile("/nouvelle$"))


def test_a_published_offer_is_changed_suspended_resumed_and_closed_with_a_reason(open_as: OpenAs) -> None:
    page = open_as(WRITER, "/entreprise/offres?etat=ouvertes", width=TABLET)
    page.locator("tbody tr").filter(has_text="Publiée").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/offres/\d+$"))
    expect(page.locator("form input[name=offer]").first).to_have_value(page.url.rsplit("/", 1)[-1])
    expect(page.locator("select[name=place]")).to_have_count(0)  # another place is another offer
    page.get_by_label("Le premier jour").fill("Rendez-vous à 8 h à l’accueil.")
    page.get_by_role("button", name="Enregistrer les changements").click()
    expect(page.get_by_text("L’offre est à jour.")).to_be_in_viewport()
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Suspendre").click()
    expect(page.get_by_text("L’offre n’est plus visible.")).to_be_visible()
    page.get_by_role("button", name="Remettre en ligne").click()
    expect(page.get_by_text("L’offre est de nouveau en ligne.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Le premier jour")).to_have_value("Rendez-vous à 8 h à l’accueil.")

    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Clôturer l'offre").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Plus de besoin").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Cette offre ne se modifie plus.")).to_be_visible()
    expect(page.get_by_text("L’offre est fermée.")).to_be_visible()


def test_a_refusal_with_an_error_stays_open_then_closes(open_as: OpenAs, waiting: Waiting) -> None:
    page = open_as(ANSWERER, f"/entreprise/candidatures/{waiting.first}", width=TABLET)
    page.get_by_role("button", name="Refuser").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Message à la personne").fill("Merci, et bonne route.")
    dialog.get_by_role("button", name="Envoyer le refus").click()
    expect(dialog.get_by_role("alert")).to_be_focused()
    expect(dialog.get_by_label("Message à la personne")).to_have_value("Merci, et bonne route.")
    dialog.get_by_role("link", name="Choisissez un motif dans la liste.").click()
    expect(dialog.get_by_label("Motif")).to_be_focused()
    dialog.get_by_label("Motif").select_option("Autre raison")
    dialog.get_by_role("button", name="Envoyer le refus").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Votre réponse est notée.")).to_be_in_viewport()
    expect(page.locator(".pair-detail")).to_contain_text("Merci, et bonne route.")
    expect(page.get_by_role("button", name="Refuser")).to_have_count(0)


def test_the_last_place_taken_meanwhile_is_said_in_the_dialog(open_as: OpenAs, waiting: Waiting, world: Engine) -> None:
    page = open_as(ANSWERER, f"/entreprise/candidatures/{waiting.second}", width=TABLET)
    page.get_by_role("button", name="Accepter").click()
    with Session(world) as session:
        session.get_one(Offer, waiting.offer).places_taken = 1
        session.commit()
    page.get_by_role("button", name="Oui, retenir").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("La dernière place vient d’être prise.")
    page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1180, 820), (820, 1180), (1440, 900)])
def test_the_list_stands_beside_the_detail(open_as: OpenAs, waiting: Waiting, width: int, height: int) -> None:
    page = open_as(ANSWERER, "/entreprise/candidatures", width=width)
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_label("État").select_option("À répondre")
    expect(page).to_have_url(re.compile("etat=a-repondre"))
    first = page.locator(".pair-list article").first.get_by_role("link")
    expect(first).to_have_attribute("href", re.compile("etat=a-repondre"))
    first.click()
    page.wait_for_url(re.compile(r"/candidatures/\d+\?.*etat=a-repondre"))
    expect(page.locator(".pair-list article[aria-current=true]")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Accepter")).to_be_in_viewport()


def test_on_a_phone_the_detail_takes_the_place_of_the_list(open_as: OpenAs, waiting: Waiting) -> None:
    page = open_as(ANSWERER, "/entreprise/candidatures?etat=a-repondre", width=390)
    page.locator(".pair-list article").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Qui est-ce ?")).to_be_visible()
    expect(page.locator(".pair-list")).to_be_hidden()
    page.get_by_role("link", name="Toutes les candidatures").click()
    expect(page.locator(".pair-list")).to_be_visible()
    expect(page.get_by_label("État")).to_have_value("a-repondre")


def test_a_session_that_ends_while_typing_loses_nothing(open_as: OpenAs, world: Engine) -> None:
    page = new_offer(open_as, SLEEPER)
    tasks = page.get_by_label("Ce que l’apprenant fera et apprendra")
    tasks.fill("Gardé côté serveur.")
    expect(saved(page)).to_be_visible(timeout=LIVE)
    with Session(world) as session:
        sleeper = select(Person.id).where(Person.email == f"{SLEEPER}@demo.test")
        session.exec(delete(SignInSession).where(col(SignInSession.person_id).in_(sleeper)))
        session.commit()
    tasks.fill("Écrit après la fin de la session.")
    page.get_by_label("Jeudi").check()
    page.wait_for_url(re.compile("/connexion"), timeout=12_000)
    page.get_by_label("Adresse e-mail").fill(f"{SLEEPER}@demo.test")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(re.compile(r"/nouvelle\?brouillon=\d+$"))
    expect(tasks).to_have_value("Écrit après la fin de la session.")
    expect(page.get_by_label("Jeudi")).to_be_checked()
    expect(page.get_by_text("ont été retrouvées sur cet appareil")).to_be_visible()


def test_a_lost_connection_keeps_the_text_and_saves_it_later(open_as: OpenAs, watch: Watch) -> None:
    page = new_offer(open_as, OTHER)
    tasks = page.get_by_label("Ce que l’apprenant fera et apprendra")
    page.context.set_offline(True)
    tasks.fill("Écrit dans le train.")
    expect(page.get_by_text("Connexion perdue.")).to_be_visible()
    page.context.set_offline(False)
    expect(saved(page)).to_be_visible(timeout=15_000)
    expect(tasks).to_be_focused()
    watch.faults = [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
