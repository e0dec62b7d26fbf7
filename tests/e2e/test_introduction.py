"""From « retenue » to « n'a pas abouti » and back: a phone, a tablet and a desk that see each other's taps."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, CompanyMember, Introduction, Learner, Offer, OperatorMember, Person
from stageplus.services.applications.actions import accept_application

OpenAs = Callable[..., Page]


def a_learner_kept_for_a_place(world: Engine) -> tuple[str, str, int, int]:
    """Let a company keep a learner of the desk's operator, who has another application; say who and which ones."""
    now = datetime.now(UTC)
    with transaction(world) as session:
        desk = select(OperatorMember.operator_id).join(Person).where(Person.email == "operateur@demo.test")
        busy = select(Application.learner_id)
        free = select(Learner, Person).join(Person).where(col(Learner.operator_id).in_(desk))
        free = free.where(col(Person.email).regexp_match("^apprenant[0-9]+@"), col(Person.suspended_at).is_(None))
        learner, person = session.exec(
            free.where(col(Learner.id).not_in(busy)).order_by(col(Learner.id).desc())
        ).first()
        acted = select(Offer, CompanyMember.person_id).join(CompanyMember, CompanyMember.company_id == Offer.company_id)
        acted = acted.where(Offer.status == OfferStatus.PUBLISHED, Offer.places > Offer.places_taken)
        (first, member), (second, _other) = session.exec(acted.order_by(col(Offer.id).desc()).limit(2)).all()
        sent = []
        for offer in (first, second):
            dated = {"sent_at": now - timedelta(days=3), "changed_at": now, "answer_due_on": now.date()}
            told = Application(form_key=f"{offer.id:032x}", offer_id=offer.id, learner_id=learner.id, **dated)
            told.status, told.motivation = ApplicationStatus.SEEN, "J’aime ce métier."
            session.add(told)
            session.flush()
            sent.append(told.id or 0)
        actor, name = (
            Actor(member, Role.COMPANY, company_id=first.company_id),
            f"{person.first_name} {person.last_name}",
        )
        account = person.email.partition("@")[0]
    accept_application(actor, sent[0], now=now, on=world)
    return account, name, sent[0], sent[1]


def test_kept_taken_over_and_given_back(open_as: OpenAs, world: Engine) -> None:
    account, name, kept, other = a_learner_kept_for_a_place(world)
    phone = open_as(account, f"/candidatures/{kept}", width=390)
    expect(phone.get_by_role("heading", name="Dimona")).to_be_visible()
    phone.get_by_role("button", name="Retirer les candidatures cochées").click()
    expect(phone.locator(".notice")).to_contain_text("1 candidature est retirée")
    desk = open_as("operateur", "/operateur/mises-en-relation", width=1440)
    desk.get_by_role("row").filter(has_text=name).get_by_role("button", name="Reprendre").click()
    expect(phone.locator(".steps")).to_contain_text("Reprise par l’opérateur")
    desk.get_by_role("row").filter(has_text=name).get_by_role("button", name="Noter la suite").click()
    dialog = desk.get_by_role("dialog", name=re.compile(name))
    dialog.get_by_role("button", name="N’a pas abouti").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("Choisissez un motif")
    dialog.get_by_label("Motif").select_option("entreprise")
    dialog.get_by_role("button", name="N’a pas abouti").click()
    expect(desk.locator(".notice")).to_contain_text("cherche à nouveau")
    expect(phone.locator(".steps")).to_contain_text("La mise en relation n’a pas abouti")
    with Session(world) as session:
        introduction = session.exec(select(Introduction).where(Introduction.application_id == kept)).one()
        assert (introduction.status.value, introduction.settled_by is not None) == ("non aboutie", True)
        assert session.get_one(Application, other).status is ApplicationStatus.WITHDRAWN


def test_a_sheet_is_followed_and_its_learner_knows_who_looked(open_as: OpenAs, world: Engine) -> None:
    with Session(world) as session:
        mine = session.exec(select(Learner.id).join(Person).where(Person.email == "apprenant@demo.test")).one()
    desk = open_as("operateur", f"/operateur/apprenants/{mine}", width=1440)
    desk.get_by_label("Nouvelle note").fill("Rappel prévu jeudi.")
    desk.get_by_role("button", name="Garder la note").click()
    expect(desk.get_by_text("Rappel prévu jeudi.")).to_be_visible()
    desk.get_by_role("button", name="Relancer").first.click()
    expect(desk.locator(".notice")).to_contain_text("rappel poli")
    phone = open_as("apprenant", "/candidatures")
    phone.get_by_text("Qui a consulté mes données").click()
    expect(phone.get_by_text("Ta fiche de suivi").first).to_be_visible()
    expect(phone.get_by_text("Rappel prévu jeudi.")).to_have_count(0)
