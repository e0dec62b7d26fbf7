"""A forgotten password on a phone, until one is signed in; a scanner that opens the link spoils nothing."""

import re
from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.models import OutboxMessage, SingleUseLink

OpenAs = Callable[..., Page]
EMAIL, NEW = "apprenant41@demo.test", "trois tasses bleues"  # nobody else's test signs in with it


def newest_link(world: Engine) -> str:
    with Session(world) as session:
        mails = select(OutboxMessage.text).where(OutboxMessage.recipient == EMAIL)
        text = session.exec(mails.order_by(col(OutboxMessage.id).desc()).limit(1)).one()
    return "/lien/" + text.partition("/lien/")[2].split()[0]


def links_used(world: Engine) -> int:
    with Session(world) as session:
        return len(session.exec(select(SingleUseLink).where(col(SingleUseLink.used_at).is_not(None))).all())


def test_from_forgotten_to_signed_in(open_as: OpenAs, site: str, world: Engine) -> None:
    page = open_as("", "/connexion", width=390)
    page.get_by_role("link", name="Mot de passe oublié ?").click()
    expect(page.get_by_role("heading", name="Mot de passe oublié")).to_be_visible()
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_text("Si un compte existe avec cette adresse")).to_be_visible()

    link, before = newest_link(world), links_used(world)
    for method in ("HEAD", "GET", "OPTIONS", "POST"):
        answer = httpx.request(method, site + link)
        assert answer.headers["referrer-policy"] == "strict-origin"
    page.goto(link)
    expect(page.get_by_role("heading", name="Choisir un nouveau mot de passe")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Nouveau mot de passe")).to_be_visible()
    assert links_used(world) == before

    page.get_by_label("Nouveau mot de passe").fill("motdepasse2026")
    page.get_by_role("button", name="Enregistrer le mot de passe").click()
    expect(page.locator("main")).to_contain_text("Mieux vaut quelques mots sans rapport")
    page.get_by_label("Nouveau mot de passe").fill(NEW)
    page.get_by_role("button", name="Enregistrer le mot de passe").click()
    expect(page.get_by_text("Le mot de passe est changé")).to_be_visible()
    assert links_used(world) == before + 1

    page.get_by_role("main").get_by_role("link", name="Se connecter").click()
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(NEW)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(re.compile("/offres"))

    page.goto(link)
    expect(page.get_by_role("heading", name="Ce lien a déjà servi")).to_be_visible()
    expect(page.get_by_role("link", name="Demander un nouveau lien")).to_be_visible()


def test_a_session_is_ended_from_another_device(open_as: OpenAs) -> None:
    phone = open_as("apprenant42", "/compte", width=390)
    desk = open_as("", "/connexion")
    desk.get_by_label("Adresse e-mail").fill("apprenant42@demo.test")
    desk.get_by_label("Mot de passe", exact=True).fill("Stage-plus-demo-2026")
    desk.get_by_role("button", name="Se connecter", exact=True).click()
    desk.wait_for_url(re.compile("/offres"))
    desk.goto("/compte")
    expect(desk.get_by_text("Cette session")).to_have_count(1)
    desk.get_by_role("button", name="Déconnecter", exact=True).click()
    expect(desk.get_by_role("button", name="Déconnecter", exact=True)).to_have_count(0)
    phone.get_by_role("button", name="Enregistrer le nom").click()
    phone.wait_for_url(re.compile("/connexion"))
