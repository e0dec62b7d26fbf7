"""The poster of an offer: its own company’s, published, whole on one A4 sheet whatever was typed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import segno
from fpdf import FPDF
from httpx2 import Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer, Parameter
from stageplus.services.accounts.browser import SESSION_COOKIE
from stageplus.services.postings.schemas import PosterSheet
from stageplus.web.app import compose_site
from stageplus.web.drawing import BORDER, CODE, MARGIN, WIDTH, blank_sheet, size_for
from stageplus.web.pages_index import PagesIndex
from stageplus.web.paper import close_fonts, drawable
from stageplus.web.poster import poster
from stageplus.web.routes import HTTP_ROUTES
from tests import factories

SITE = "https://stage-plus.exemple.be"
MINE, THEIRS, LEARNER = "mine".ljust(43, "x"), "theirs".ljust(43, "x"), "learner".ljust(43, "x")
SHEET = PosterSheet(
    title="Boulangère / Boulanger (H/F/X)",
    company="Boulangerie de l’Œuvre",
    facts=(("Où", "Liège"), ("Début", "entre le 5 déc. 2026 et le 29 janv. 2027")),
    tasks="Peser, pétrir et cuire.",
    until="Offre ouverte jusqu’au samedi 27 février 2027.",
    path="/offres/12",
)


def sheet(**changed: object) -> PosterSheet:
    return PosterSheet(**{**vars(SHEET), **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"title": "Technicienne en maintenance et diagnostic automobile / Technicien en maintenance (H/F/X)" * 2},
        {"title": "Anticonstitutionnellement" * 8},
        {"company": "Coopérative agréée " * 12},
        {"tasks": "vérifier ; régler ; " * 150},
        {"tasks": "un\n" * 300},
        {"tasks": "", "facts": ()},
        {"company": "Łódź & 株式会社 \U0001f600 «\u202fœuf\u202f»"},
    ],
)
def test_whatever_was_typed_it_is_one_sheet(changed: dict[str, object]) -> None:
    drawn = poster(sheet(**changed), SITE)
    assert drawn.startswith(b"%PDF-")
    assert drawn.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 595.28 841.89]" in drawn
    assert b"/Lang (fr-BE)" in drawn


def test_its_code_leads_to_the_offer() -> None:
    assert f"/URI ({SITE}/offres/12)".encode() in poster(SHEET, SITE)


def test_the_squares_of_its_code_are_those_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float, float]] = []
    rect = FPDF.rect

    def note(page: FPDF, x: float, y: float, w: float, h: float, **options: Any) -> None:
        drawn.append((x, y, w))
        rect(page, x, y, w, h, **options)

    monkeypatch.setattr(FPDF, "rect", note)
    poster(SHEET, SITE)
    squares = [(x, y) for x, y, side in drawn if side < 3]
    left, top = min(x for x, _y in squares), min(y for _x, y in squares)
    wanted = segno.make(f"{SITE}/offres/12", error="m", micro=False).matrix
    side = CODE / (len(wanted) + 2 * BORDER)
    seen = {(round((y - top) / side), round((x - left) / side)) for x, y in squares}
    assert seen == {(row, column) for row, cells in enumerate(wanted) for column, dark in enumerate(cells) if dark}
    assert left == pytest.approx(MARGIN)


@pytest.mark.parametrize(
    ("title", "lines"),
    [("Boulangère / Boulanger (H/F/X)", 1), ("Photographe (H/F/X)", 1), ("Technicienne en maintenance " * 3, 3)],
)
def test_a_title_spares_a_line_where_it_stays_large(title: str, lines: int) -> None:
    page = blank_sheet(SHEET.title)
    size = size_for(page, title)
    page.set_font("Figtree", "B", size)
    count = len(page.multi_cell(WIDTH, 10, title.strip(), dry_run=True, output="LINES"))  # type: ignore[arg-type]
    close_fonts(page)
    assert (count, size >= 28) == (lines, True)


def test_letters_that_the_font_lacks_are_replaced() -> None:
    page = blank_sheet(SHEET.title)
    page.set_font("Figtree", "B", 12)
    drawn = drawable(page, "Œuvre d’été à Łódź : ā 株")
    close_fonts(page)
    assert drawn == "Œuvre d’été à Lódz\u00a0: a ?"


@pytest.fixture
def client(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, int]]:
    """Serve our routes to a company with an offer on line, a stranger and a learner."""
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    now = datetime.now(UTC)
    with transaction(sqlite_database) as session:
        factories.minimal_reference(session)
        day = {"effective_from": factories.NOW.date().replace(2020), "unit": "", "source": ""}
        for role in (Role.COMPANY, Role.LEARNER):
            for name, value in (("session_idle_minutes", "60"), ("session_absolute_hours", "10")):
                session.add(Parameter(name=f"{name}_{role.value}", value=value, **day))
        offer = factories.an_offer(session)
        member = factories.a_member(session, offer.company_id)
        stranger = factories.a_member(session, factories.a_company(session).id or 0)
        learner = factories.a_person(session, Role.LEARNER)
        for token, person in ((MINE, member.person_id), (THEIRS, stranger.person_id), (LEARNER, learner.id or 0)):
            factories.a_session(session, person, token, created_at=now, last_seen_at=now, factor_at=now)
        number = offer.id or 0
    site = compose_site(lambda *_: None, PagesIndex({}, lambda _path: False), HTTP_ROUTES, [SITE], lambda: True)  # type: ignore[arg-type, return-value]
    with TestClient(site, follow_redirects=False) as served:
        yield served, number


def get(client: tuple[TestClient, int], token: str, number: int = 0) -> Response:
    served, own = client
    address = f"/entreprise/offres/{number or own}/affiche.pdf"
    return served.get(address, headers={"cookie": f"{SESSION_COOKIE}={token}"} if token else {})


def test_a_company_prints_its_own_published_offer(client: tuple[TestClient, int]) -> None:
    answer = get(client, MINE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == f'inline; filename="stageplus-offre-{client[1]}.pdf"'


@pytest.mark.parametrize(("token", "status"), [(THEIRS, 404), (LEARNER, 403)])
def test_nobody_else_does(client: tuple[TestClient, int], token: str, status: int) -> None:
    assert get(client, token).status_code == status
    assert get(client, MINE, number=999_999).status_code == 404


def test_whoever_is_not_signed_in_signs_in_first(client: tuple[TestClient, int]) -> None:
    answer = get(client, "")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/connexion?suite=%2Fentreprise%2Foffres%2F{client[1]}%2Faffiche.pdf"


@pytest.mark.parametrize("status", [status for status in OfferStatus if status is not OfferStatus.PUBLISHED])
def test_only_what_is_on_line_is_printed(
    client: tuple[TestClient, int], sqlite_database: Engine, status: OfferStatus
) -> None:
    with transaction(sqlite_database) as session:
        session.get_one(Offer, client[1]).status = status
    assert get(client, MINE).status_code == 404
