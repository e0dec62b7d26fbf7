"""A coach finds the companies of his sectors: who went quiet, who never posted, whom to call; no other sector's."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import AnswerRate, ApprovalState, CompanyFollowUp
from stageplus.services.coaching.queries import companies_of_my_sectors, company_sheet
from stageplus.services.coaching.schemas import CompanyPage, CompanySearch
from tests import factories
from tests.factories import NOW

COMPANIES: tuple[tuple[str, dict[str, Any], dict[str, Any] | None], ...] = (
    ("L’Épi d’Or", {}, {"places": 3, "places_taken": 1}),
    ("Nuage", {"since": NOW.date() - timedelta(days=90)}, None),
    ("Zeste", {"trade_code": "coiffeur"}, {"trade_code": "coiffeur", "status": OfferStatus.EXPIRED, "ago": 91}),
    ("Pause", {}, {"status": OfferStatus.SUSPENDED, "ago": 200}),
    ("Récente", {}, {"status": OfferStatus.CLOSED, "ago": 89}),
    ("Retirée", {"state": ApprovalState.WITHDRAWN}, {"status": OfferStatus.CLOSED, "ago": 300}),
    ("Demandée", {"state": ApprovalState.REQUESTED}, None),
    ("Garage", {"trade_code": "mecanicien"}, {"trade_code": "mecanicien"}),
)


@pytest.fixture
def made(database: Engine) -> dict[str, int]:
    """Make eight companies of Namur, one of them also of Liège."""
    found = {}
    with transaction(database) as session:
        factories.minimal_reference(session)
        for name, approval, offer in COMPANIES:
            company = factories.a_company(session, name=name)
            house = factories.an_establishment(session, company)
            factories.an_approval(session, house, **approval)
            if offer is not None:
                moment = NOW - timedelta(days=offer.get("ago", 3))
                fields = {key: value for key, value in offer.items() if key != "ago"}
                factories.an_offer(session, house, published_at=moment, updated_at=moment, **fields)
            found[name] = company.id or 0
        annex = factories.an_establishment(session, session.get_one(type(company), found["Nuage"]))
        annex.municipality_ins = "62063"
        factories.an_approval(session, annex, trade_code="patissier", since=date(2020, 1, 1))
        session.add(AnswerRate(company_id=found["Pause"], received=10, answered=2))
        session.add(AnswerRate(company_id=found["Zeste"], received=10, answered=9))
        for name, days, sector in (("Zeste", 0, "soins"), ("Pause", 1, "alimentation"), ("Nuage", 0, "mobilite")):
            due = {"sector_code": sector, "due_on": NOW.date() + timedelta(days=days), "changed_at": NOW}
            session.add(CompanyFollowUp(company_id=found[name], **due))
    return found


@pytest.fixture
def coach(database: Engine, made: dict[str, int]) -> Actor:
    with transaction(database) as session:
        return factories.a_coach(session, "alimentation", "soins")


def listed(database: Engine, coach: Actor, **asked: str) -> CompanyPage:
    return companies_of_my_sectors(coach, CompanySearch.read_address(asked), now=NOW, on=database)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["L’Épi d’Or", "Nuage", "Pause", "Récente", "Retirée", "Zeste"]),
        ({"state": "en-ligne"}, ["L’Épi d’Or"]),
        ({"state": "muettes"}, ["Zeste"]),
        ({"state": "jamais"}, ["Nuage"]),
        ({"state": "nouveaux"}, ["Nuage"]),
        ({"state": "a-rappeler"}, ["Zeste"]),
        ({"state": "muettes", "sector": "alimentation"}, []),
        ({"sector": "soins"}, ["Zeste"]),
        ({"sector": "mobilite"}, []),
        ({"text": "epi OR"}, ["L’Épi d’Or"]),
        ({"text": "liège"}, ["Nuage"]),
        ({"text": "coiffeur namur"}, ["Zeste"]),
        ({"text": "garage"}, []),
        ({"sort": "activite"}, ["Nuage", "Retirée", "Pause", "Zeste", "Récente", "L’Épi d’Or"]),
        ({"sort": "offres", "state": "toutes"}, ["L’Épi d’Or", "Nuage", "Pause", "Récente", "Retirée", "Zeste"]),
        ({"sort": "reponses"}, ["Pause", "Zeste", "L’Épi d’Or", "Nuage", "Récente", "Retirée"]),
        ({"sort": "rappel"}, ["Zeste", "Pause", "L’Épi d’Or", "Nuage", "Récente", "Retirée"]),
        ({"state": "hasard", "sort": "hasard"}, ["L’Épi d’Or", "Nuage", "Pause", "Récente", "Retirée", "Zeste"]),
    ],
)
def test_states_words_and_orders(database: Engine, coach: Actor, asked: dict[str, str], names: list[str]) -> None:
    found = listed(database, coach, **asked)
    assert [row.name for row in found.rows] == names
    assert found.found_words.split()[0] == str(len(names))


def test_a_number_finds_its_company_however_it_is_written(database: Engine, coach: Actor, made: dict[str, int]) -> None:
    sheet = company_sheet(coach, made["Nuage"], now=NOW, on=database)
    for typed in (sheet.number, sheet.number.replace(".", ""), f"BE {sheet.number}"):
        assert [row.name for row in listed(database, coach, text=typed).rows] == ["Nuage"]


def test_a_row_says_how_the_company_does(database: Engine, coach: Actor) -> None:
    rows = {row.name: row for row in listed(database, coach).rows}
    standings = {name: row.standing for name, row in rows.items()}
    assert standings == {
        "L’Épi d’Or": "En ligne",
        "Nuage": "Jamais publié",
        "Pause": "Offre suspendue",
        "Récente": "Sans offre",
        "Retirée": "Sans agrément",
        "Zeste": "Silencieuse",
    }
    epi, nuage, pause = rows["L’Épi d’Or"], rows["Nuage"], rows["Pause"]
    assert (epi.open_offers, epi.places_left, epi.activity) == ("1", "2", "il y a 3 jours")
    assert (nuage.approvals, nuage.towns, nuage.activity, nuage.due) == ("2", "Liège, Namur", "—", "")
    assert (pause.answers, pause.due, pause.is_due) == ("2 sur 10", "25 nov. 2026", False)
    assert rows["Zeste"].is_due
    assert epi.answers == "—"


def test_a_chosen_state_says_what_it_means(database: Engine, coach: Actor) -> None:
    assert "90 jours" in listed(database, coach, state="muettes").hint
    assert listed(database, coach).hint == ""


def test_a_sheet_shows_houses_agrements_and_offers(database: Engine, coach: Actor, made: dict[str, int]) -> None:
    sheet = company_sheet(coach, made["L’Épi d’Or"], now=NOW, on=database)
    [house], [approval], [offer] = sheet.houses, sheet.approvals, sheet.offers
    assert (house.municipality, house.workers, house.capacity, house.share) == ("Namur", "5", "3 sur 5", 60)
    assert (approval.trade, approval.state_words, approval.open_offers) == ("Boulangère / Boulanger", "Accordé", "1")
    assert (offer.title, offer.places, sheet.offers_cut) == ("Boulangère / Boulanger", "1 sur 3", "")
    assert [row.month for row in sheet.months[:2]] == ["novembre 2026", "octobre 2026"]
    assert len(sheet.months) == 12


def test_a_company_of_another_sector_or_none_is_not_found(database: Engine, coach: Actor, made: dict[str, int]) -> None:
    for company_id in (made["Garage"], made["Demandée"], 0, 999_999):
        with pytest.raises(NotFound):
            company_sheet(coach, company_id, now=NOW, on=database)
