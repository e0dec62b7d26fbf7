"""A coach writes to a company he ticked; it reads the mail, stops such messages by its link, and wants them again."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.models import OutboxMessage

OpenAs = Callable[..., Page]
OURS = "Boulangerie du Nuage"


def mail_to(world: Engine, email: str) -> str:
    with Session(world) as session:
        mine = select(OutboxMessage.text).where(OutboxMessage.kind == "circular", OutboxMessage.recipient == email)
        return session.exec(mine.order_by(col(OutboxMessage.id).desc())).one()


def test_from_ticked_boxes_to_a_mail_and_to_the_end_of_such_mails(open_as: OpenAs, world: Engine) -> None:
    page = open_as("coach", "/coach/entreprises?etat=en-ligne&secteur=alimentation")
    expect(page.locator("tbody tr").first).to_be_visible()
    page.get_by_role("button", name="Écrire aux entreprises cochées").click()
    expect(page.locator(".error-summary")).to_contain_text("Cochez d’abord une entreprise")
    page.get_by_role("checkbox", name=OURS, exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Écrire aux entreprises cochées").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/coach/message\?cochees=\d+&secteur=alimentation"))
    expect(page.locator("main")).to_contain_text("1 entreprise choisie")
    page.get_by_label("Objet").fill("Vos offres")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Objet")).to_have_value("Vos offres")
    page.get_by_role("button", name="Offres à mettre à jour").click()
    expect(page.get_by_label("Objet")).to_have_value(re.compile("encore à jour"))
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("heading", name="Ce message part à 1 entreprise.")).to_be_visible()
    seen = page.locator("main .typed").inner_text()
    page.get_by_role("button", name="Modifier le message").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value(re.compile("Bien à vous"))
    page.get_by_role("button", name="Voir l’aperçu").click()
    page.get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_role("heading", name="Le message part à 1 entreprise.")).to_be_visible()
    read = mail_to(world, "entreprise@demo.test")
    link = re.findall(r"https?://\S+(/lien/\S+)", read)[0]
    assert plain(seen).replace("/lien/…", link) in plain(read)
    stops(open_as, link)
    again = open_as("coach", f"/coach/entreprises?q={OURS.replace(' ', '+')}&etat=ecrites")
    again.get_by_role("link", name=OURS).click()
    again.get_by_text("Lire le message").first.click()
    expect(again.locator("main")).to_contain_text("garder celles qui valent encore")


def plain(text: str) -> str:
    """Leave out addresses' hosts and what kinds of blanks there are."""
    return re.sub(r"\s+", " ", re.sub(r"https?://[^/\s]+", "", text))


def stops(open_as: OpenAs, link: str) -> None:
    """Open the link, which does nothing, press its button, and change one's mind."""
    choices = open_as("entreprise", "/compte?partie=e-mails")
    group = choices.get_by_role("group", name="Messages des coachs sectoriels")
    mail = open_as("", link, width=390)
    button = mail.get_by_role("button", name="Arrêter ces messages")
    expect(button).to_be_visible()
    choices.reload()
    expect(group.get_by_role("button", name="Recevoir", exact=True)).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(mail.locator("main")).to_contain_text("C’est fait : plus de messages de coachs")
    choices.reload()
    expect(group.get_by_role("button", name="Ne pas recevoir")).to_have_attribute("aria-pressed", "true")
    group.get_by_role("button", name="Recevoir", exact=True).click()
    expect(group.get_by_role("button", name="Recevoir", exact=True)).to_have_attribute("aria-pressed", "true")


def test_columns_are_chosen_by_keyboard_and_stay_with_a_filter(open_as: OpenAs) -> None:
    page = open_as("coach", "/coach/offres")
    heads = page.locator("thead th")
    expect(page.locator("tbody tr").first).to_be_visible()
    before = heads.count()
    page.get_by_text("Choisir les colonnes").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Commune", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Afficher ces colonnes").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("masquees=commune"))
    expect(heads).to_have_count(before - 1)
    assert "Commune" not in heads.all_inner_texts()
    page.get_by_label("État", exact=True).first.select_option("toutes")
    expect(page).to_have_url(re.compile("etat=toutes.*masquees=commune"))
    expect(heads).to_have_count(before - 1)
    with page.expect_download() as file:
        page.get_by_role("link", name="CSV").click()
    assert "Commune" not in file.value.path().read_text(encoding="utf-8-sig").splitlines()[0]
    page.reload()
    expect(heads).to_have_count(before - 1)
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("masquees=commune"))
