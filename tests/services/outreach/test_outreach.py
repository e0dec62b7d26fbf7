"""A coach's links: counted when somebody opens them, not when a robot does; what came of them, never who."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.claims import ClaimState
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound
from stageplus.models import CoachLinkClaim, Company, CompanyClaim, Establishment
from stageplus.services.accounts.schemas import Visitor
from stageplus.services.claims.actions import make_claim
from stageplus.services.claims.schemas import ClaimInput
from stageplus.services.outreach.actions import end_link, make_link, note_opening
from stageplus.services.outreach.queries import leaflet_of, my_outreach
from stageplus.services.outreach.schemas import LinkInput, LinkRow
from tests import factories
from tests.factories import NOW

HERE, THERE = Visitor("192.0.2.7"), Visitor("198.51.100.7")


@dataclass(frozen=True)
class Desk:
    """Two coaches, a link of the first, and an establishment to claim."""

    database: Engine
    coach: Actor
    other: Actor
    link: int
    code: str
    establishment: int

    def row(self) -> LinkRow:
        return my_outreach(self.coach, now=NOW, on=self.database).rows[-1]

    def opens(self, visitor: Visitor = HERE, code: str = "", actor: Actor | None = None) -> None:
        note_opening(actor, visitor, code or self.code, now=NOW, on=self.database)

    def claims(self, link: str) -> int:
        """Ask for access, and return the claim."""
        with Session(self.database) as session:
            house = session.get_one(Establishment, self.establishment)
            number = session.get_one(Company, house.company_id).enterprise_number
        typed = {
            "enterprise_number": number,
            "establishment_number": house.number,
            "company_name": house.name,
            "postal_code": "5000",
            "function": "Gérante",
            "first_name": "Ada",
            "last_name": "Essai",
            "email": "ada@demo.test",
        }
        data = ClaimInput.model_construct(**typed, link=link)
        make_claim(None, HERE, data, now=NOW, on=self.database)
        with Session(self.database) as session:
            return session.exec(select(CompanyClaim.id)).one() or 0


@pytest.fixture
def desk(database: Engine) -> Desk:
    with transaction(database) as session:
        factories.minimal_reference(session)
        coach, other = factories.a_coach(session, "alimentation", "soins"), factories.a_coach(session, "mobilite")
        link = factories.a_coach_link(session, coach)
        house = factories.an_establishment(session)
        return Desk(database, coach, other, link.id or 0, link.code, house.id or 0)


def test_a_coach_makes_links_up_to_the_number_in_force(desk: Desk) -> None:
    for name in ("Salon", "Visite"):
        assert make_link(desk.coach, LinkInput(name=name), now=NOW, on=desk.database) == name
    with pytest.raises(InvalidInput, match="name"):
        make_link(desk.coach, LinkInput(name="De trop"), now=NOW, on=desk.database)
    found = my_outreach(desk.coach, now=NOW, on=desk.database).rows
    assert [row.name for row in found] == ["Visite", "Salon", "Webinaire de mars"]
    assert len({row.path for row in found}) == 3 and found[0].address.endswith(found[0].path)
    end_link(desk.coach, desk.link, now=NOW, on=desk.database)
    make_link(desk.coach, LinkInput(name="À sa place"), now=NOW, on=desk.database)


def test_a_link_names_neither_coach_nor_occasion(desk: Desk) -> None:
    make_link(desk.coach, LinkInput(name="Salon"), now=NOW, on=desk.database)
    code = my_outreach(desk.coach, now=NOW, on=desk.database).rows[0].path.rpartition("/")[2]
    assert len(code) == 12 and "salon" not in code


def test_an_opening_counts_once_an_hour_for_one_network(desk: Desk) -> None:
    for visitor in (HERE, HERE, THERE):
        desk.opens(visitor)
    assert desk.row().opened == "2"


def test_nothing_else_counts_and_nothing_is_said(desk: Desk) -> None:
    desk.opens(actor=desk.coach)
    for code in ("inconnu", "a" * 12, "’ OR 1=1 --", desk.code + "\n", desk.code.upper() + "x"):
        desk.opens(code=code)
    end_link(desk.coach, desk.link, now=NOW, on=desk.database)
    desk.opens(THERE)
    assert (desk.row().opened, desk.row().is_open) == ("0", False)


def test_a_claim_counts_once_its_address_is_confirmed(desk: Desk) -> None:
    number = desk.claims(desk.code)
    assert desk.row().claimed == "0"
    with transaction(desk.database) as session:
        claim = session.get_one(CompanyClaim, number)
        claim.state, claim.confirmed_at = ClaimState.WAITING, NOW
        session.add(claim)
    assert (desk.row().claimed, desk.row().published) == ("1", "0")
    with transaction(desk.database) as session:
        session.get_one(CompanyClaim, number).state = ClaimState.ACCEPTED
        house = session.get_one(Establishment, desk.establishment)
        factories.an_offer(session, house, published_at=NOW - timedelta(days=1))
    assert desk.row().published == "0"
    with transaction(desk.database) as session:
        house = session.get_one(Establishment, desk.establishment)
        factories.an_offer(session, house, published_at=NOW + timedelta(days=1))
    total = my_outreach(desk.coach, now=NOW, on=desk.database)
    assert (desk.row().published, total.claimed, total.published) == ("1", "1", "1")
    assert my_outreach(desk.other, now=NOW, on=desk.database).claimed == "0"


@pytest.mark.parametrize("link", ["", "a" * 12, "pas un code", "x" * 100])
def test_a_claim_by_no_known_link_is_one_all_the_same(desk: Desk, link: str) -> None:
    assert desk.claims(link)
    with Session(desk.database) as session:
        assert session.exec(select(CoachLinkClaim)).all() == []


def test_a_link_is_its_coachs_own(desk: Desk) -> None:
    assert my_outreach(desk.other, now=NOW, on=desk.database).rows == []
    for act in (end_link, leaflet_of):
        with pytest.raises(NotFound):
            act(desk.other, desk.link, now=NOW, on=desk.database)
    with pytest.raises(Denied):
        my_outreach(None, now=NOW, on=desk.database)


def test_the_leaflet_names_its_coach_sectors_and_some_trades(desk: Desk) -> None:
    sheet = leaflet_of(desk.coach, desk.link, now=NOW, on=desk.database)
    assert (sheet.sectors, sheet.path) == ("Alimentation, Soins", f"/invitation/coach/{desk.code}")
    assert sheet.trades == ("Boulangère / Boulanger", "Coiffeuse / Coiffeur", "Pâtissière / Pâtissier")
    end_link(desk.coach, desk.link, now=NOW, on=desk.database)
    with pytest.raises(NotFound):
        leaflet_of(desk.coach, desk.link, now=NOW, on=desk.database)
    with pytest.raises(AlreadyDone):
        end_link(desk.coach, desk.link, now=NOW, on=desk.database)
