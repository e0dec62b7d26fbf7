"""From an operator's list to a learner's account: imported, printed, activated on a phone, and stopped kindly."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.domain.activation import grouped
from stageplus.models import Enrolment, Learner, OutboxMessage, Person
from stageplus.services.activation.queries import DEMO_CODES
from tests.e2e.looks import faults_of

OpenAs = Callable[..., Page]
PASSWORD = "nuage cactus trompette"
MOST_TAPS, MOST_FIELDS = 8, 4


def mailed_path(world: Engine, recipient: str) -> str:
    with Session(world) as session:
        mails = session.exec(select(OutboxMessage).where(OutboxMessage.recipient == recipient)).all()
    return re.findall(r"/lien/\S+", mails[-1].text)[0]


class Thumb:
    """Counts what a thumb does: each tap, on a field too, and each field that is typed in."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, target: Any) -> None:
        target.click()
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        self.tap(field)
        field.fill(text)
        self.fields += 1


def test_a_learner_activates_on_a_phone_in_few_taps_and_fields(open_as: OpenAs, world: Engine) -> None:
    page = open_as("", "/activation", width=390)
    thumb = Thumb(page)
    thumb.type("Ton code", grouped(DEMO_CODES[0]).lower())
    thumb.tap(page.get_by_role("button", name="Continuer"))
    expect(page.get_by_role("heading", name="C’est bien toi ?")).to_be_visible()
    expect(page.locator("main")).to_contain_text("IFAPME de démonstration")
    assert faults_of(page) == []
    thumb.type("Adresse e-mail", "telephone@demo.test")
    thumb.tap(page.get_by_role("button", name="Oui, c’est moi"))
    expect(page.get_by_role("heading", name="Regarde ton courrier")).to_be_visible()
    assert faults_of(page) == []
    page.goto(mailed_path(world, "telephone@demo.test"))
    thumb.taps += 1  # the link of the mail
    thumb.type("Mot de passe", PASSWORD)
    assert faults_of(page) == []
    thumb.tap(page.get_by_role("button", name="Ouvrir mon compte"))
    page.wait_for_url(re.compile(r"/offres$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert thumb.taps <= MOST_TAPS, thumb.taps
    assert thumb.fields <= MOST_FIELDS, thumb.fields
    with Session(world) as session:
        mine = select(Enrolment).join(Learner).join(Person).where(Person.email == "telephone@demo.test")
        assert session.exec(mine).one().activated_at is not None


def test_a_weak_password_and_another_device_lose_nothing(open_as: OpenAs, world: Engine) -> None:
    first = open_as("", f"/activation?code={grouped(DEMO_CODES[1])}", width=390)
    first.get_by_label("Adresse e-mail").fill("ailleurs@demo.test")
    first.get_by_role("button", name="Oui, c’est moi").click()
    expect(first.get_by_role("heading", name="Regarde ton courrier")).to_be_visible()
    other = open_as("", mailed_path(world, "ailleurs@demo.test"), width=820)
    other.get_by_label("Mot de passe", exact=True).fill("court")
    other.get_by_role("button", name="Ouvrir mon compte").click()
    expect(other.get_by_role("alert").first).to_contain_text("12 caractères")
    other.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Ouvrir mon compte").click()
    other.wait_for_url(re.compile(r"/offres$"))
    # The code is used up: the same words as for any code that does not work, with the way to sign in.
    again = open_as("", f"/activation?code={grouped(DEMO_CODES[1])}", width=390)
    expect(again.get_by_role("alert").first).to_contain_text("connecte-toi")


def test_not_me_reaches_the_operators_desk(open_as: OpenAs) -> None:
    desk = open_as("operateur", "/operateur/codes")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Codes d’activation")
    entry = desk.get_by_role("navigation").get_by_role("link", name="Codes d’activation")
    expect(entry).to_contain_text("1 à traiter")
    page = open_as("", f"/activation?code={grouped(DEMO_CODES[2])}", width=390)
    name = page.locator("main h2").first.inner_text()
    page.get_by_role("button", name="Ce n’est pas moi").click()
    expect(page.get_by_role("heading", name="Merci, c’est noté")).to_be_visible()
    last_name = name.split()[-1]
    expect(entry).to_contain_text("2 à traiter")
    expect(desk.locator("main section").filter(has_text="À vérifier").first).to_contain_text(last_name)
    desk.get_by_role("link", name="Corriger").last.click()
    desk.wait_for_url(re.compile(r"/operateur/codes/\d+$"))
    expect(desk.get_by_role("heading", level=1)).to_contain_text(last_name)
    desk.get_by_label("Prénom").fill("Corrigée")
    desk.get_by_role("button", name="Enregistrer la correction").click()
    expect(desk.locator("main")).to_contain_text("L’inscription est corrigée")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Corrigée")
    expect(entry).to_contain_text("1 à traiter")


@pytest.mark.parametrize(("typed", "words"), [("0400.000.025", "numéro d’entreprise"), ("K7M", "petite faute")])
def test_the_wrong_door_is_noticed(open_as: OpenAs, typed: str, words: str) -> None:
    page = open_as("", "/activation", width=390)
    page.get_by_label("Ton code").fill(typed)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert").first).to_contain_text(words)
    page.get_by_role("link", name="Je suis une entreprise").click()
    expect(page.get_by_role("heading", name="Créer un compte")).to_be_visible()


def test_a_list_is_imported_printed_activated_and_undone(open_as: OpenAs, world: Engine, tmp_path: Path) -> None:
    page = open_as("operateur", "/operateur/importer")
    with page.expect_download() as download:
        page.get_by_role("link", name="Fichier d’exemple").click()
    file = tmp_path / "exemple.xlsx"
    download.value.save_as(file)
    page.get_by_label("Liste des apprenants").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    page.wait_for_url(re.compile(r"/operateur/importer/\d+$"))
    expect(page.locator("main")).to_contain_text("Peut-être « Boulangère / Boulanger »")
    expect(page.locator("main")).to_contain_text("Nouveau Nina")
    assert faults_of(page) == []
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.locator("main")).to_contain_text("3 ajoutées, 1 changée")

    # One code is printed; the learner uses it.
    page.get_by_role("link", name="Donner les codes").click()
    page.get_by_label("Rechercher un nom ou une référence").fill("Nina")
    page.get_by_role("button", name="Rechercher").click()
    line = page.get_by_role("row").filter(has_text="Nouveau Nina")
    expect(page.get_by_role("row")).to_have_count(2)
    line.get_by_role("checkbox").check()
    page.get_by_role("button", name="Imprimer les codes cochés").click()
    expect(page.get_by_role("heading", name="1 code à distribuer")).to_be_visible()
    assert faults_of(page) == []
    code = page.locator(".code").inner_text()
    phone = open_as("", f"/activation?code={code}", width=390)
    expect(phone.locator("main")).to_contain_text("Nina Nouveau")
    phone.get_by_label("Adresse e-mail").fill("nina@demo.test")
    phone.get_by_role("button", name="Oui, c’est moi").click()
    expect(phone.get_by_role("heading", name="Regarde ton courrier")).to_be_visible()
    phone.goto(mailed_path(world, "nina@demo.test"))
    phone.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Ouvrir mon compte").click()
    phone.wait_for_url(re.compile(r"/offres$"))

    # Undoing leaves who was activated meanwhile, and says so.
    page.goto("/operateur/importer")
    page.get_by_role("button", name="Annuler l’import").click()
    expect(page.locator("main")).to_contain_text("1 inscription est restée")
    with Session(world) as session:
        kept = session.exec(select(Enrolment.reference).where(Enrolment.reference.like("DEMO-N%"))).all()  # type: ignore[attr-defined]
    assert kept == ["DEMO-N1"]
