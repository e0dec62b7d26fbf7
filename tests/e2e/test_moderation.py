"""Words that select, from the tablet that writes them to OFFA’s desk and back; a learner’s flag on a phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

OpenAs = Callable[..., Page]
TABLET, PHONE, DESK = 820, 390, 1440
WRITER = "entreprise8"
SAVED = 12_000
"""Milliseconds in which a draft saves itself on a loaded test machine."""


def test_words_that_select_go_from_the_tablet_to_offa_and_back(open_as: OpenAs) -> None:
    page = open_as(WRITER, "/entreprise/offres/nouvelle", width=TABLET)
    offa = open_as("offa", "/offa/moderation", width=DESK)
    expect(offa.locator("tbody tr").first).to_be_visible()
    before = offa.locator("tbody tr").count()
    tasks = page.get_by_label("Ce que l’apprenant fera et apprendra")
    page.locator("label.tick").first.click()
    expect(tasks).not_to_have_value("")
    tasks.press("End")
    tasks.press_sequentially(" Nous cherchons un jeune homme.")
    remark = page.locator(".wording-remark").filter(has_text="jeune homme")
    expect(remark).to_contain_text("Choisit selon le sexe", timeout=SAVED)
    page.get_by_label("Lundi").check()
    page.get_by_label("Heures par semaine").fill("24")
    page.get_by_label("Prénom du tuteur").fill("Sacha")
    page.get_by_label("Fonction du tuteur").fill("Cheffe d’équipe")
    page.get_by_role("button", name="Publier l'offre").click()
    page.wait_for_url(re.compile(r"/entreprise/offres/\d+$"))
    expect(page.get_by_text("OFFA relira les passages signalés.")).to_be_visible()
    offer = page.url.rsplit("/", 1)[-1]

    expect(offa.locator("tbody tr")).to_have_count(before + 1, timeout=SAVED)
    offa.goto(offa.url.rsplit("/", 1)[0] + f"/moderation/{offer}")
    expect(offa.locator("mark").first).to_contain_text("jeune homme")
    offa.get_by_role("button", name="Demander un changement").click()
    dialog = offa.get_by_role("dialog")
    dialog.get_by_label("Message à l’entreprise").fill("Écrivez « une personne motivée ».")
    dialog.get_by_role("button", name="Demander").click()
    expect(offa.get_by_text("L’entreprise est prévenue")).to_be_visible()

    page.goto(page.url.rsplit("/", 2)[0])
    asked = page.locator("section").filter(has_text="OFFA vous demande un changement")
    expect(asked).to_contain_text("Écrivez « une personne motivée ».")


def test_a_learner_flags_an_offer_once(open_as: OpenAs) -> None:
    page = open_as("apprenant", "/offres/1", width=PHONE)
    page.get_by_role("button", name="Signaler cette offre").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Envoyer à OFFA").click()
    expect(dialog.get_by_text("Choisis une raison dans la liste.").first).to_be_visible()
    dialog.get_by_text("On me demande de l’argent").click()
    dialog.get_by_role("button", name="Envoyer à OFFA").click()
    expect(page.get_by_text("Merci. OFFA va regarder cette offre.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Tu as signalé cette offre le")).to_be_visible()
    expect(page.get_by_role("button", name="Signaler cette offre")).to_have_count(0)
