"""Staff suggests an offer to its own learners, each once; they see who did it and why, and put it away as they like."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import NotSuggestable, TooManyTries
from stageplus.models import Learner, Offer, OperatorMember, Parameter, Person, Suggestion
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.suggestions import choosing
from stageplus.services.suggestions.actions import hide_suggestion, see_suggestions
from stageplus.services.suggestions.queries import offer_to_suggest, offers_to_suggest, unseen_suggestions
from stageplus.services.suggestions.schemas import SuggestionInput
from tests import factories
from tests.factories import NOW
from tests.matrix.test_statements import counted
from tests.services.suggestions.conftest import WHY, School


def told(school: School) -> list[int]:
    with reading(school.database) as session:
        return sorted(session.exec(select(Suggestion.learner_id)))


def test_several_learners_at_once_see_who_suggested_it_and_why(school: School) -> None:
    receipt = school.suggest(school.baker, school.other)
    assert (receipt.told, receipt.left_out) == (2, 0)
    [row] = school.read(school.baker).rows
    with reading(school.database) as session:
        person = session.get_one(Person, school.staff.person_id)
    assert row.by.startswith(f"Suggérée par {person.first_name} {person.last_name[0]}., ")
    assert (row.reason, row.is_new, row.card.offer_id) == (WHY, True, school.offer)
    assert school.read(school.placed).rows == []


def test_those_without_a_place_come_first_then_the_same_trade(school: School) -> None:
    here = [row.learner_id for row in school.choice(school.here).rows]
    assert here == [school.baker, school.other, school.placed]
    assert {row.learner_id for row in school.choice().rows} == {*here, school.far}
    rows = {row.learner_id: row for row in school.choice().rows}
    assert (rows[school.other].same_trade, rows[school.placed].has_place) == (False, True)


def test_a_name_a_trade_or_a_town_finds_a_learner(school: School) -> None:
    assert [row.learner_id for row in school.choice(text="coiffeuse namur").rows] == [school.other]
    assert school.choice(text="personne ainsi").rows == []


def test_those_picked_in_the_list_are_read_however_many_a_list_shows(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_CHOICES", 1)
    picked = school.picked(school.placed, school.far, school.stranger_learner)
    assert ({row.learner_id for row in picked.rows}, picked.more_words) == ({school.placed, school.far}, "")
    assert [row.learner_id for row in school.picked(school.placed, school.far, by=school.here).rows] == [school.placed]


def test_who_has_it_or_has_applied_is_shown_and_not_told_twice(school: School) -> None:
    school.suggest(school.baker)
    with transaction(school.database) as session:
        offer, other = session.get_one(Offer, school.offer), session.get_one(Learner, school.other)
        factories.an_application(session, offer, other)
    states = {row.learner_id: row.state_words for row in school.choice().rows}
    assert states[school.baker] == "Déjà suggérée le 24 nov. 2026"
    assert states[school.other] == "A déjà postulé"
    receipt = school.suggest(school.baker, school.other, school.placed, by=school.here, why="Encore.")
    assert (receipt.told, receipt.left_out) == (1, 2)
    assert school.read(school.baker).rows[0].reason == WHY
    with pytest.raises(AlreadyDone):
        school.suggest(school.baker, school.other)


def test_a_withdrawn_application_does_not_stand_in_the_way(school: School) -> None:
    with transaction(school.database) as session:
        offer, baker = session.get_one(Offer, school.offer), session.get_one(Learner, school.baker)
        factories.an_application(session, offer, baker, status="retirée")
    assert school.suggest(school.baker).told == 1


@pytest.mark.parametrize("who", ["here", "elsewhere", "stranger"])
def test_only_ones_own_learners(school: School, who: str) -> None:
    whose = {"here": school.far, "elsewhere": school.baker, "stranger": school.baker}[who]
    actor: Actor = getattr(school, who)
    with pytest.raises(NotFound):
        school.suggest(whose, by=actor)
    assert whose not in {row.learner_id for row in school.choice(actor).rows}
    assert told(school) == []


def test_a_strange_learner_among_ones_own_is_left_alone(school: School) -> None:
    assert school.suggest(school.baker, school.stranger_learner, 0).told == 1
    assert told(school) == [school.baker]


def test_suspended_and_former_learners_are_not_there(school: School) -> None:
    with transaction(school.database) as session:
        session.get_one(Learner, school.other).enrolment_ended_on = NOW.date()
        session.get_one(Person, session.get_one(Learner, school.baker).person_id).suspended_at = NOW
    for learner in (school.baker, school.other):
        with pytest.raises(NotFound):
            school.suggest(learner)
    assert {row.learner_id for row in school.choice().rows} == {school.placed, school.far}


def test_who_loses_the_learner_loses_the_suggestion_and_so_does_the_learner(school: School) -> None:
    school.suggest(school.baker)
    assert [row.learner_id for row in school.choice().sent] == [school.baker]
    with transaction(school.database) as session:
        stranger = session.exec(select(OperatorMember).where(OperatorMember.person_id == school.stranger.person_id))
        session.get_one(Learner, school.baker).operator_id = stranger.one().operator_id
        session.get_one(Learner, school.baker).implantation_id = None
    assert school.choice().sent == []
    assert school.choice(school.stranger).sent == []
    assert school.read(school.baker).rows == []
    assert school.suggest(school.baker, by=school.stranger, why="Je te suis maintenant.").told == 1
    assert school.read(school.baker).rows[0].reason == "Je te suis maintenant."


def test_staff_reads_what_became_of_it_and_never_that_it_was_put_away(school: School) -> None:
    school.suggest(school.baker)
    assert [row.outcome for row in school.choice().sent] == ["Pas encore vue"]
    baker = school.actor_of(school.baker)
    see_suggestions(baker, now=NOW, on=school.database)
    assert hide_suggestion(baker, school.offer, now=NOW, on=school.database).rows == []
    assert [row.outcome for row in school.choice(school.here).sent] == ["Vue"]
    assert school.choice(school.elsewhere).sent == []
    with transaction(school.database) as session:
        factories.an_application(session, session.get_one(Offer, school.offer), session.get_one(Learner, school.baker))
    assert [(row.outcome, row.reason) for row in school.choice().sent] == [("A postulé", WHY)]


def test_one_puts_away_ones_own_only(school: School) -> None:
    school.suggest(school.baker, school.other)
    other = school.actor_of(school.other)
    hide_suggestion(other, school.offer, now=NOW, on=school.database)
    hide_suggestion(other, 10**6, now=NOW, on=school.database)
    assert (len(school.read(school.baker).rows), school.read(school.other).rows) == (1, [])
    with pytest.raises(Denied):
        hide_suggestion(school.staff, school.offer, now=NOW, on=school.database)


@pytest.mark.parametrize(
    "closed",
    [
        {"status": OfferStatus.CLOSED},
        {"status": OfferStatus.SUSPENDED},
        {"ends_on": NOW.date() - timedelta(days=1)},
        {"places_taken": 1},
        {"intake_paused": True},
        {"at_cap": True},
    ],
)
def test_what_takes_no_application_is_not_suggested(school: School, closed: dict[str, object]) -> None:
    school.change(**closed)
    assert offer_to_suggest(school.staff, school.offer, now=NOW, on=school.database).closed_words
    with pytest.raises(NotSuggestable):
        school.suggest(school.baker)


def test_what_closes_leaves_the_list_and_what_has_enough_says_so(school: School) -> None:
    school.suggest(school.baker)
    school.change(intake_paused=True)
    assert school.read(school.baker).rows[0].card.has_enough
    school.change(intake_paused=False, status=OfferStatus.CLOSED)
    found = school.read(school.baker)
    assert (found.rows, list(found.said)) == ([], [str(school.offer)])
    with reading(school.database) as session:
        assert session.exec(select(unseen_suggestions(school.actor_of(school.baker), NOW.date()))).one() == 0


def test_a_draft_is_nobodys(school: School) -> None:
    school.change(status=OfferStatus.DRAFT, published_at=None)
    for read in (school.choice, lambda: school.suggest(school.baker)):
        with pytest.raises(NotFound):
            read()
    with pytest.raises(NotFound):
        offer_to_suggest(school.staff, school.offer, now=NOW, on=school.database)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("Appelle le 0470 12 34 56.", "0470 12 34 56"),
        ("Écris à chef@exemple.be.", "chef@exemple.be"),
        ("Ils cherchent un garçon.", "garçon"),
        ("Vois www.exemple.be", "exemple.be"),
    ],
)
def test_a_reason_says_what_any_text_of_the_site_may_say(school: School, reason: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        school.suggest(school.baker, why=reason)
    assert words in refused.value.fields["reason"]
    assert told(school) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"learners": ["1"], "reason": "  "}, "reason"),
        ({"learners": ["1"], "reason": "a" * 301}, "reason"),
        ({"learners": [], "reason": "Oui."}, "learners"),
        ({"learners": "1", "reason": "Oui."}, "learners"),
        ({"learners": ["1"] * 201, "reason": "Oui."}, "learners"),
    ],
)
def test_what_does_not_fit_says_so_beside_its_field(typed: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        SuggestionInput.read(typed)
    assert list(refused.value.fields) == [field]


def test_so_many_at_once_and_so_many_an_hour(school: School) -> None:
    with transaction(school.database) as session:
        _set(session, "suggestion_learners_max", "1")
    with pytest.raises(InvalidInput) as refused:
        school.suggest(school.baker, school.other)
    assert refused.value.fields == {"learners": "1 apprenants au plus en une fois."}
    school.suggest(school.baker)
    for _again in range(58):
        with pytest.raises(AlreadyDone):
            school.suggest(school.baker)
    with pytest.raises(TooManyTries):
        school.suggest(school.other)


def _set(session: Session, name: str, value: str) -> None:
    session.exec(select(Parameter).where(Parameter.name == name)).one().value = value


def test_twenty_colleagues_at_once_suggest_once(school: School) -> None:
    def suggest(_turn: int) -> int:
        try:
            return school.suggest(school.baker).told
        except AlreadyDone:
            return 0

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(suggest, range(20))) == 1
    assert told(school) == [school.baker]


def test_only_staff_searches_and_reads_as_the_learner_of_nobody(school: School) -> None:
    search = OfferSearch.read({"text": "boulanger"})
    page = offers_to_suggest(school.staff, search, now=NOW, on=school.database)
    assert [card.offer_id for card in page.cards] == [school.offer]
    assert not page.cards[0].applied
    nowhere = OfferSearch.read({"place": "Nullepart-sur-Rien"})
    assert "Essayez" in offers_to_suggest(school.staff, nowhere, now=NOW, on=school.database).place_error
    for actor in (None, school.actor_of(school.baker)):
        with pytest.raises(Denied):
            offers_to_suggest(actor, search, now=NOW, on=school.database)
        with pytest.raises(Denied):
            school.suggest(school.baker, by=actor) if actor else offer_to_suggest(
                None, school.offer, now=NOW, on=school.database
            )


def test_the_choice_costs_the_same_however_many_learners_there_are(school: School) -> None:
    school.choice()
    with counted(school.database) as few:
        school.choice()
    with transaction(school.database) as session:
        learner, offer = session.get_one(Learner, school.baker), session.get_one(Offer, school.offer)
        for _number in range(45):
            fields = {"operator_id": learner.operator_id, "implantation_id": learner.implantation_id}
            factories.a_suggestion(session, offer, factories.a_learner(session, **fields), school.staff)
    with counted(school.database) as many:
        choice = school.choice()
    assert (len(choice.rows), len(choice.sent), bool(choice.more_words)) == (40, 45, True)
    assert len(many) == len(few) <= 3
