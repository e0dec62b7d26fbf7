"""A company answers on a tablet and takes it back, the learner's phone never knew; a mail's link needs its press."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, CompanyMember, Learner, Offer, OutboxMessage, Parameter, Person
from stageplus.services.applications.actions import send_application, withdraw_application
from stageplus.services.applications.schemas import ApplicationInput
from tests.factories import TOMORROW

OpenAs = Callable[..., Page]
LEARNER, MOTIVATION = "apprenant0", "J’aime le pain qui lève."


def learner_in(session: Session, email: str) -> Learner:
    return session.exec(select(Learner).join(Person).where(Person.email == f"{email}@demo.test")).one()


@pytest.fixture
def waiting(world: Engine) -> Iterator[int]:
    """Let answers be taken back for a while, and give an application that waits."""
    seconds = update(Parameter).where(col(Parameter.name) == "answer_undo_seconds")
    with Session(world) as session:
        mine = select(Application).where(Application.learner_id == learner_in(session, LEARNER).id)
        application = session.exec(mine.order_by(col(Application.id))).first()
        assert application is not None
        application.status = ApplicationStatus.SENT
        session.add(application)
        session.exec(seconds.values(value="60"))
        session.commit()
        number = application.id or 0
    yield number
    with Session(world) as session:
        session.exec(seconds.values(value="0"))
        session.commit()


def test_a_refusal_is_taken_back_before_anybody_reads_it(open_as: OpenAs, waiting: int) -> None:
    company = open_as("entreprise", f"/entreprise/candidatures/{waiting}", width=820)
    company.get_by_role("button", name="Refuser").click()
    company.get_by_role("dialog").get_by_label("Motif").select_option("Autre raison")
    company.get_by_role("dialog").get_by_role("button", name="Envoyer le refus").click()
    expect(company.locator(".pair-detail")).to_contain_text("Candidature refusée")
    learner = open_as(LEARNER, f"/candidatures/{waiting}", width=390)
    expect(learner.get_by_text("L’entreprise a vu ta candidature")).to_be_visible()
    company.get_by_role("button", name="Reprendre ma réponse").click()
    expect(company.get_by_text("Votre réponse est reprise")).to_be_visible()
    expect(company.get_by_role("button", name="Refuser")).to_be_visible()

    company.get_by_role("button", name="Faire patienter plusieurs").click()
    dialog = company.get_by_role("dialog")
    for box in dialog.get_by_role("checkbox").all()[:2]:
        box.check()
    dialog.get_by_label("Je réponds avant le").fill(TOMORROW.isoformat())
    dialog.get_by_role("button", name="Promettre une réponse").click()
    expect(company.get_by_text("2 réponses notées.")).to_be_visible()
    expect(learner.locator("main")).not_to_contain_text("a promis")


@pytest.fixture
def path(world: Engine) -> Iterator[str]:
    """Send an application, and give the path in the mail of who answers for it; it is withdrawn afterwards."""
    with Session(world) as session:
        member = select(CompanyMember).join(Person).where(Person.email == "entreprise@demo.test")
        company = session.exec(member).one().company_id
        offers = select(Offer).where(Offer.company_id == company, Offer.status == OfferStatus.PUBLISHED)
        offer = session.exec(offers.order_by(col(Offer.id).desc())).first()
        learner = learner_in(session, "apprenant11")
        actor = Actor(learner.person_id, Role.LEARNER, learner_id=learner.id)
        assert offer is not None
    data = ApplicationInput.read({"form_key": "a5" * 16, "motivation": MOTIVATION})
    number = send_application(actor, offer.id or 0, data, now=datetime.now(UTC), on=world).application_id
    with Session(world) as session:
        mails = select(OutboxMessage).where(col(OutboxMessage.key).like(f"application-received:{number}:%"))
        mail = session.exec(mails.where(OutboxMessage.recipient == "entreprise@demo.test")).one()
        link = re.findall(r"/lien/\S+", mail.text)[0]
    yield link
    withdraw_application(actor, number, now=datetime.now(UTC), on=world)


def test_a_mail_scanner_does_nothing_and_one_press_says_that_it_is_read(open_as: OpenAs, path: str) -> None:
    page = open_as("", path, width=390)
    for headers in ({}, {"Purpose": "prefetch", "Sec-Purpose": "prefetch"}, {"User-Agent": "mail-scanner"}):
        assert page.request.get(path, headers=headers).ok
        assert page.request.head(path, headers=headers).ok
    expect(page.get_by_text(MOTIVATION)).to_be_visible()
    page.get_by_role("button", name="Dire que je l’ai lue").dblclick()
    expect(page.get_by_text("C’est dit")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(MOTIVATION)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien a déjà servi")
    expect(page.locator("main")).not_to_contain_text(MOTIVATION)
