"""Desks as their people use them: filters that act at once, addresses that can be shared, live lists, wide names."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.models import Company, Introduction, Learner, OperatorMember, Person

OpenAs = Callable[..., Page]
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_filter_acts_at_once_and_its_address_shows_the_same_to_a_colleague(open_as: OpenAs) -> None:
    page = open_as("operateur", "/operateur/apprenants")
    expect(page.locator("tbody tr").first).to_be_visible()
    everybody = page.locator("tbody tr").count()
    page.get_by_label("Place").select_option("avec")
    expect(page).to_have_url(re.compile(r"[?&]place=avec"))
    expect(page.locator("tbody")).not_to_contain_text("Sans lieu de stage")
    shown = page.locator("tbody tr").count()
    assert 0 < shown < everybody
    again = open_as("operateur", page.url.split("/", 3)[3].join(("/", "")))
    expect(again.locator("tbody tr")).to_have_count(shown)
    expect(again.get_by_label("Place")).to_have_value("avec")


def test_words_forgive_accents_and_going_back_undoes_them(open_as: OpenAs) -> None:
    page = open_as("operateur", "/operateur/apprenants")
    expect(page.locator("tbody tr").first).to_be_visible()
    everybody = page.locator("tbody tr").count()
    page.get_by_label("Nom, métier ou commune").fill("EBAUCHE jade")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=EBAUCHE"))
    expect(page.locator("tbody")).to_contain_text("Ébauche Jade")
    expect(page.locator("tbody")).not_to_contain_text("Canevas")
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(everybody)
    expect(page.get_by_label("Nom, métier ou commune")).to_have_value("")


def test_a_row_leads_to_the_steps_of_each_application_and_back_to_the_same_filters(open_as: OpenAs) -> None:
    page = open_as("operateur", "/operateur/apprenants?q=mila")
    page.get_by_role("link", name="Brouillon Mila").click()
    expect(page.get_by_role("heading", level=1, name="Mila Brouillon")).to_be_visible()
    expect(page.locator(".dated-steps").filter(has_text="Envoyée").first).to_be_visible()
    page.get_by_role("link", name="Mes apprenants").last.click()
    expect(page).to_have_url(re.compile("q=mila"))


def test_nobody_found_says_what_to_do(open_as: OpenAs) -> None:
    page = open_as("operateur", "/operateur/apprenants?q=zzzzz")
    expect(page.get_by_role("heading", name="Personne ne correspond")).to_be_visible()
    page.get_by_role("link", name="Voir tous mes apprenants").click()
    expect(page.locator("tbody tr").first).to_be_visible()


def test_a_colleague_who_takes_over_is_seen_at_once_by_the_other(open_as: OpenAs, world: Engine) -> None:
    with Session(world) as session:
        staff = select(OperatorMember).join(Person).where(Person.email == "operateur@demo.test")
        mine = select(Introduction).where(Introduction.operator_id == session.exec(staff).one().operator_id)
        waiting = session.exec(mine.where(col(Introduction.taken_over_at).is_(None))).all()
    one, other = (open_as("operateur", "/operateur/mises-en-relation") for _tab in range(2))
    buttons = "button:has-text('Reprendre')"
    expect(one.locator(buttons)).to_have_count(len(waiting))
    expect(other.locator(buttons)).to_have_count(len(waiting))
    one.locator(buttons).first.click()
    expect(one.locator(".notice")).to_contain_text("Reprise notée")
    expect(other.locator(buttons)).to_have_count(len(waiting) - 1)
    expect(other.locator("section", has_text="Déjà reprises").last).to_contain_text("Lina Gabarit")


def test_a_coach_s_morning_from_the_desk_to_a_call_noted_by_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as("coach", "/coach")
    expect(page.get_by_role("table", name="Chiffres par secteur").locator("tbody tr")).to_have_count(2)
    tile = page.locator(".stat", has_text="Entreprises silencieuses")
    silent = int(tile.locator(".stat-number").inner_text())
    tile.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/coach/entreprises[?]etat=muettes"))
    expect(page.locator("tbody tr")).to_have_count(silent)
    page.go_back()
    calls = page.get_by_role("table", name="À rappeler aujourd’hui")
    expect(calls).to_be_visible()
    waiting = calls.locator("tbody tr").count()
    named = calls.get_by_role("link").first.inner_text()
    calls.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=named)).to_be_visible()
    page.get_by_label("Ce qui s’est dit").focus()
    page.keyboard.type("Publie une offre lundi.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("C’est noté")
    expect(page.locator("main")).to_contain_text("Publie une offre lundi.")
    page.goto(page.url.split("/coach")[0] + "/coach")
    expect(page.get_by_role("table", name="À rappeler aujourd’hui").locator("tbody tr")).to_have_count(waiting - 1)


@pytest.fixture
def long_names(world: Engine) -> Iterator[int]:
    """Give somebody and a company the longest names that fit, and take them back; return the learner."""
    with Session(world) as session:
        learner = session.exec(select(Learner).join(Person).where(Person.email == "apprenant5@demo.test")).one()
        person = session.get_one(Person, learner.person_id)
        learner_id, first_name, last_name = learner.id or 0, person.first_name, person.last_name
    rename(world, "Boulangerie du Nuage", "Boulangerie" * 14, learner_id, "Wolfgang" * 10, "Adolphine-" * 8)
    yield learner_id
    rename(world, "Boulangerie" * 14, "Boulangerie du Nuage", learner_id, first_name, last_name)


def rename(world: Engine, before: str, after: str, learner_id: int, first_name: str, last_name: str) -> None:
    with Session(world) as session:
        session.exec(select(Company).where(Company.name == before)).one().name = after
        person = session.get_one(Person, session.get_one(Learner, learner_id).person_id)
        person.first_name, person.last_name = first_name, last_name
        session.commit()


@pytest.mark.parametrize("width", [390, 820, 1200, 1440])
def test_the_longest_names_never_make_a_desk_scroll_sideways(open_as: OpenAs, long_names: int, width: int) -> None:
    for account, path in (
        ("operateur", "/operateur/mises-en-relation"),
        ("operateur", "/operateur/apprenants"),
        ("operateur", f"/operateur/apprenants/{long_names}"),
        ("coach", "/coach"),
        ("coach", "/coach/offres?etat=toutes&tri=entreprise"),
        ("coach", "/coach/entreprises"),
    ):
        page = open_as(account, path, width=width)
        expect(page.locator("tbody tr").first).to_be_visible()
        assert page.evaluate(SIDEWAYS) <= 0, path
