"""Coaches read counts of their own sectors, OFFA totals, everybody three true numbers."""

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import Denied
from stageplus.domain.offers import OfferStatus
from stageplus.services.reporting.queries import offers_of_my_sectors, public_totals, site_totals
from tests import factories
from tests.factories import NOW


@pytest.fixture
def actors(database: Engine) -> dict[str, Actor]:
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer = factories.an_offer(session, places=2)
        factories.an_offer(session, trade_code="coiffeur")
        factories.an_offer(session, status=OfferStatus.DRAFT)
        factories.an_application(session, offer, factories.a_learner(session))
        factories.an_application(session, offer, factories.a_learner(session), status=ApplicationStatus.REFUSED)
        return {
            "baker": factories.a_coach(session, "alimentation"),
            "idle": factories.a_coach(session),
            "offa": factories.an_offa_member(session),
            "member": factories.a_member(session, offer.company_id),
        }


def test_a_coach_sees_his_sectors_with_counts_and_nobody(database: Engine, actors: dict[str, Actor]) -> None:
    view = offers_of_my_sectors(actors["baker"], now=NOW, on=database)
    [total] = view.sectors
    assert (total.sector, total.open_offers, total.places_left) == ("Alimentation", 1, 2)
    assert (total.applications, total.answered) == (2, 1)
    assert [offer.status for offer in view.offers] == ["publiée"]
    assert "demo.test" not in str(view) and "Lou" not in str(view)


def test_a_coach_without_a_mandate_sees_nothing(database: Engine, actors: dict[str, Actor]) -> None:
    assert offers_of_my_sectors(actors["idle"], now=NOW, on=database).offers == []


def test_offa_sees_totals_and_health(database: Engine, actors: dict[str, Actor]) -> None:
    totals = site_totals(actors["offa"], now=NOW, on=database)
    figures = {figure.label: figure.value for figure in totals.figures}
    assert (figures["Apprenants"], figures["Offres ouvertes"], figures["Taux de réponse"]) == ("2", "2", "50 %")
    assert totals.is_healthy


def test_everybody_sees_true_numbers(database: Engine, actors: dict[str, Actor]) -> None:
    totals = public_totals(None, now=NOW, on=database)
    assert (totals.offers, totals.trades, totals.municipalities) == ("2", "2", "1")


def test_each_view_is_for_its_role(database: Engine, actors: dict[str, Actor]) -> None:
    for view, wrong in ((offers_of_my_sectors, "offa"), (site_totals, "baker"), (site_totals, "member")):
        with pytest.raises(Denied):
            view(actors[wrong], now=NOW, on=database)
