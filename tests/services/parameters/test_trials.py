"""What a change does is computed from the live data before anything is saved."""

from datetime import time, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import func, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import AnswerRate, Municipality, Parameter
from stageplus.services.offers.schemas import RankedOffer
from stageplus.services.parameters.effects import COMPUTED
from stageplus.services.parameters.queries import try_value, try_weights, weights
from stageplus.services.parameters.ranked import compared
from stageplus.services.parameters.schemas import SampleInput, Trial, TryInput
from tests import factories
from tests.factories import NOW

NAMUR = SampleInput(text="boulanger", place="Namur")


@pytest.fixture
def offa(database: Engine) -> Actor:
    """Fill a world with three open offers that differ in all that parameters look at."""
    with transaction(database) as session:
        factories.minimal_reference(session)
        today = NOW.date()
        house = factories.an_establishment(session)
        days = {"ends_on": today + timedelta(days=5), "day_ends_at": time(19), "published_at": NOW - timedelta(days=50)}
        soon = factories.an_offer(session, house, weekly_hours=22, **days)
        factories.an_offer(session, ends_on=today + timedelta(days=20), day_starts_at=time(5))
        factories.an_offer(session, ends_on=today + timedelta(days=50))
        learner = factories.a_learner(session)
        factories.an_application(session, soon, learner, sent_at=NOW - timedelta(days=10))
        factories.an_alert(session, learner, text="pain")
        session.add(AnswerRate(company_id=house.company_id, received=4, answered=2))
        return factories.an_offa_member(session)


def tried(offa: Actor, database: Engine, name: str, value: str) -> Trial:
    return try_value(offa, name, TryInput(value=value), now=NOW, on=database)


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("offer_ending_soon_days", "21", "1", "2"),
        ("offer_reminder_days_1", "60", "1", "3"),
        ("offer_help_days", "30", "0", "1"),
        ("evening_from", "20", "1", "0"),
        ("night_to", "5", "1", "0"),
        ("weekly_company_hours_min", "23", "0", "1"),
        ("answer_reminder_days_1", "11", "1", "0"),
        ("no_answer_after_days", "9", "0", "1"),
        ("answer_habit_least", "4", "0", "1"),
        ("alerts_max", "1", "0", "1"),
    ],
)
def test_an_effect_is_counted_before_and_after(
    offa: Actor, database: Engine, name: str, value: str, before: str, after: str
) -> None:
    [effect] = tried(offa, database, name, value).effects
    assert (effect.before, effect.after) == (before, after), effect.what


def test_the_retribution_of_each_level_is_computed(offa: Actor, database: Engine) -> None:
    *levels, concerned = tried(offa, database, "rmmmg_monthly_eur", "2200").effects
    assert [effect.before[:6] for effect in levels] == ["359,02", "506,85", "675,80"]
    assert [effect.after[:6] for effect in levels] == ["374,00", "528,00", "704,00"]
    assert concerned.after == "3"


def test_a_lifetime_says_which_day_would_be_proposed(offa: Actor, database: Engine) -> None:
    proposed, unchanged = tried(offa, database, "offer_lifetime_days", "30").effects
    assert "24 décembre 2026" in proposed.after
    assert unchanged.before == unchanged.after == "3"


def test_without_a_computed_effect_what_it_governs_is_said(offa: Actor, database: Engine) -> None:
    shown = tried(offa, database, "reset_link_minutes", "60")
    assert (shown.effects, shown.governs) == ([], "Validité du lien.")
    with pytest.raises(InvalidInput):
        tried(offa, database, "reset_link_minutes", "2")
    with pytest.raises(NotFound):
        tried(offa, database, "jamais_vu", "2")


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_every_computed_effect_answers_and_saves_nothing(offa: Actor, sqlite_or_skip: Engine, name: str) -> None:
    assert tried(offa, sqlite_or_skip, name, "20").effects
    with reading(sqlite_or_skip) as session:
        assert session.exec(select(func.count()).where(Parameter.name == name)).one() == 1


@pytest.fixture
def sqlite_or_skip(database: Engine) -> Engine:
    """Run on one database what only asks whether it answers."""
    if database.dialect.name != "sqlite":
        pytest.skip("counted on both above")
    return database


def test_a_sample_is_ranked_twice_and_says_what_moves(offa: Actor, database: Engine) -> None:
    with transaction(database) as session:
        far = session.get_one(Municipality, "62063")
        house = factories.an_establishment(session, municipality_ins=far.ins)
        liege = factories.an_offer(session, house, published_at=NOW)
    typed = {row.name: row.typed for row in weights(offa, now=NOW, on=database).rows}
    wide = SampleInput(text="boulanger", place="Namur")
    same = try_weights(offa, typed, wide, now=NOW, on=database)
    assert [row.place for row in same.before] == [row.place for row in same.after]
    assert same.words == "Aucune des premières offres ne change de place."
    fresh = {
        **dict.fromkeys(typed, "0"),
        "rank_freshness": "100",
        "rank_half_distance_km": "20",
        "rank_half_life_days": "5",
    }
    changed = try_weights(offa, fresh, wide, now=NOW, on=database)
    assert [row.points for row in changed.before] != [row.points for row in changed.after]
    assert liege.id is not None
    with pytest.raises(InvalidInput, match="place"):
        try_weights(offa, typed, SampleInput(text="pain", place="Nulle-Part-Ici"), now=NOW, on=database)
    with pytest.raises(InvalidInput, match="rank_words"):
        try_weights(offa, {**typed, "rank_words": "mille"}, wide, now=NOW, on=database)


def test_moves_are_said_in_words() -> None:
    one, two, three = (RankedOffer(number, f"Offre {number}", "Namur", 1.0) for number in (1, 2, 3))
    shown = compared([one, two], [two, three])
    assert [(row.title, row.moved) for row in shown.after] == [
        ("Offre 2", "monte de 1"),
        ("Offre 3", "entre dans les dix premières"),
    ]
    assert [row.moved for row in shown.before] == ["sort des dix premières", ""]
    assert shown.words == "2 des premières offres changent de place."
