"""Staff finds an offer and suggests it to a learner, on whose phone it appears at once with who and why."""

import re
from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.models import Application, Learner, OperatorMember, Person, Suggestion

OpenAs = Callable[..., Page]
WHY = "Le bus 12 s’arrête devant."


def someone_new_to_suggestions(world: Engine) -> tuple[str, str]:
    """Return the account and name of a learner of the desk's operator without applications, suggestions or namesake."""
    with Session(world) as session:
        desk = select(OperatorMember.operator_id).join(Person).where(Person.email == "operateur@demo.test")
        theirs = session.exec(select(Person, Learner.id).join(Learner).where(col(Learner.operator_id).in_(desk))).all()
        busy = set(session.exec(select(Application.learner_id).union(select(Suggestion.learner_id))).scalars())
        names = Counter(f"{person.first_name} {person.last_name}" for person, _id in theirs)
        free = [person for person, learner_id in theirs if learner_id not in busy]
        person = next(each for each in free if names[f"{each.first_name} {each.last_name}"] == 1)
        return person.email.partition("@")[0], f"{person.first_name} {person.last_name}"


def test_suggested_at_the_desk_and_live_on_the_phone(open_as: OpenAs, world: Engine) -> None:
    account, name = someone_new_to_suggestions(world)
    phone = open_as(account, "/offres?q=patissier", width=390)
    expect(phone.get_by_role("heading", name="Suggéré par ton opérateur")).to_be_hidden()
    desk = open_as("operateur", "/operateur/offres?q=menuisier", width=1440)
    desk.locator("tbody").get_by_role("link").first.click()
    expect(desk.get_by_role("heading", name="Suggérer à mes apprenants")).to_be_visible()
    title = desk.get_by_role("heading", level=1).inner_text()
    desk.get_by_label("Chercher parmi mes apprenants").fill(name)
    desk.get_by_role("button", name="Chercher").click()
    expect(desk.locator(".pick-list .option").nth(2)).to_be_hidden()
    desk.locator(".pick-list .option").filter(has_text=name).get_by_role("checkbox").check()
    expect(desk.get_by_text(re.compile(r"Choisis\s: 1"))).to_be_visible()
    desk.get_by_label("Pourquoi cette place ?").fill("Appelle le 0470 12 34 56.")
    desk.get_by_role("button", name="Suggérer l’offre").click()
    expect(desk.locator("#reason-erreur")).to_contain_text("0470 12 34 56")
    expect(desk.get_by_label("Pourquoi cette place ?")).to_have_value("Appelle le 0470 12 34 56.")
    desk.get_by_label("Pourquoi cette place ?").fill(WHY)
    desk.get_by_role("button", name="Suggérer l’offre").click()
    expect(desk.locator(".notice")).to_contain_text("Suggérée à 1 apprenant")
    suggested = phone.locator(".suggested")
    expect(suggested).to_contain_text(title)
    expect(suggested.locator(".suggested-by")).to_contain_text(f"« {WHY} »")
    expect(desk.get_by_role("table", name="Déjà suggérée à")).to_contain_text("Vue")
    suggested.get_by_role("link", name="Voir l'offre").click()
    expect(phone.locator(".callout").first).to_contain_text(WHY)
    phone.go_back()
    phone.locator(".suggested").get_by_role("button", name="Masquer").click()
    expect(phone.locator(".suggested")).to_be_hidden()
    expect(desk.get_by_role("table", name="Déjà suggérée à")).to_contain_text("Vue")
