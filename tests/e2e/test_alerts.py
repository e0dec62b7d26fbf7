"""A learner who finds nothing asks for help and makes an alert, and the mail arrives for an offer posted meanwhile."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.jobs.clock import run_due
from stageplus.models import Offer, OutboxMessage

OpenAs = Callable[..., Page]


def test_from_the_empty_page_to_the_mail_and_its_one_button(open_as: OpenAs, world: Engine) -> None:
    page = open_as("apprenant5", "/offres?q=luthier&lieu=Arlon&rayon=5", width=390)
    page.get_by_role("button", name="Demander à mon référent").click()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("Ton message est parti")
    page.get_by_role("button", name="M’avertir dès qu’il y en a").click()
    page.get_by_role("button", name="Créer l’alerte").click()
    expect(page.locator(".notice")).to_contain_text("C’est noté")
    with transaction(world) as session:
        some = session.exec(select(Offer).where(col(Offer.published_at).is_not(None)).limit(1)).one()
        known = some.model_dump(exclude={"id", "form_key", "places_taken", "closing_reason", "claim_id"})
        now = datetime.now(UTC) + timedelta(seconds=1)
        posted = {"trade_code": "luthier", "municipality_ins": "81001", "status": "publiée", "published_at": now}
        ends = {"ends_on": now.date() + timedelta(days=30)}
        session.add(Offer.model_validate(known | posted | ends | {"form_key": "a1e7" * 8, "places_taken": 0}))
    run_due(now=now + timedelta(seconds=2), on=world, at_once=True)
    page.get_by_role("link", name="Alertes").click()
    expect(page.locator(".offer-card")).to_have_count(1)
    expect(page.get_by_role("heading", name="Nouvelles places")).to_be_visible()
    expect(page.locator(".offer-card")).to_contain_text("Luthière")
    with reading(world) as session:
        mails = session.exec(select(OutboxMessage).where(OutboxMessage.kind == "alerts")).all()
        [link] = [re.findall(r"/lien/\S+", mail.text)[0] for mail in mails if "Luth" in mail.text]
    stranger = open_as("", link)
    expect(stranger.get_by_role("heading", name="Arrêter les e-mails d’alerte")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Arrêter tous les e-mails")).to_be_visible()
    stranger.get_by_role("button", name="Arrêter ces e-mails").click()
    expect(stranger.get_by_text("C’est fait : plus d’e-mails d’alerte")).to_be_visible()
    expect(page.get_by_role("button", name="Arrêter tous les e-mails")).to_be_hidden()
