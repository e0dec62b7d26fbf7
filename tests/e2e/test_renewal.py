"""The reminder of an end: a scanner that opens the link does nothing, one press renews, without signing in."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.models import Offer, OutboxMessage

OpenAs = Callable[..., Page]


def reminder(world: Engine) -> str:
    with reading(world) as session:
        mails = select(OutboxMessage).where(OutboxMessage.kind == "offer-ending")
        mine = mails.where(OutboxMessage.recipient == "entreprise@demo.test")
        mail = session.exec(mine.order_by(col(OutboxMessage.id))).first()
        assert mail is not None
        return re.findall(r"/lien/\S+", mail.text)[0]


def ends(world: Engine) -> list[tuple[str, str]]:
    with Session(world) as session:
        return [(str(offer.ends_on), offer.status) for offer in session.exec(select(Offer).order_by(col(Offer.id)))]


def test_a_mail_scanner_does_nothing_and_one_press_renews(open_as: OpenAs, world: Engine) -> None:
    path, before = reminder(world), ends(world)
    page = open_as("", path, width=390)
    for headers in ({}, {"Purpose": "prefetch", "Sec-Purpose": "prefetch"}, {"User-Agent": "mail-scanner"}):
        assert page.request.get(path, headers=headers).ok
        assert page.request.head(path, headers=headers).ok
    expect(page.get_by_role("heading", level=1)).to_have_text("Une offre qui se termine")
    expect(page.get_by_role("button", name="Pourvue autrement")).to_be_visible()
    assert ends(world) == before

    page.get_by_role("button", name="Garder en ligne 60").dblclick()
    expect(page.get_by_text("L’offre reste en ligne")).to_be_visible()
    assert len(set(ends(world)) ^ set(before)) >= 1
    after = ends(world)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien a déjà servi")
    expect(page.get_by_text("Elle est en ligne jusqu’au")).to_be_visible()
    assert ends(world) == after
    page.goto(path[:-1])
    expect(page.get_by_role("heading", level=1)).to_have_text("Lien inconnu")
