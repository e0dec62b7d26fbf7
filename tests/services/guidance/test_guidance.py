"""Staff follows a learner: notes within the operator, the next contact, a polite nudge that is not repeated."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.guidance import Situation
from stageplus.domain.refusals import StaffNudgedAlready
from stageplus.models import Application, FollowUp, Learner, LearnerNote, Person, StaffNudge
from stageplus.services.applications.queries import inbox_detail, my_application
from stageplus.services.followup.queries import my_learners
from stageplus.services.followup.schemas import LearnerSearch
from stageplus.services.guidance.actions import erase_note, nudge_company, plan_contact, write_note
from stageplus.services.guidance.queries import guidance
from stageplus.services.guidance.schemas import FollowUpInput, Guidance, NoteInput
from stageplus.services.placements.actions import record_place
from stageplus.services.placements.schemas import OutsidePlaceInput
from tests import factories
from tests.factories import NOW
from tests.services.placements.conftest import Search

NOTE = NoteInput(words="Vu lundi : cherche à Namur.")


def learner(search: Search) -> int:
    return search.learner.learner_id or 0


def read(search: Search, actor: Any = None) -> Guidance:
    return guidance(actor or search.staff, learner(search), now=NOW, on=search.database)


def nudge(search: Search, number: int = 0, days: float = 0) -> Guidance:
    now = NOW + timedelta(days=days)
    return nudge_company(search.staff, learner(search), search.applications[number], now=now, on=search.database)


def test_a_note_is_for_the_staff_of_the_same_operator(search: Search) -> None:
    [row] = write_note(search.staff, learner(search), NOTE, now=NOW, on=search.database).notes
    assert (row.words, row.mine) == (NOTE.words, True)
    with transaction(search.database) as session:
        colleague = factories.a_staff_member(session, search.staff.operator_id or 0)
    assert [(each.words, each.mine) for each in read(search, colleague).notes] == [(NOTE.words, False)]
    for actor in (search.bound, search.stranger):
        with pytest.raises(NotFound):
            read(search, actor)
    for actor in (search.learner, search.companies[0], None):
        with pytest.raises(Denied):
            guidance(actor, learner(search), now=NOW, on=search.database)
    hers = my_application(search.learner, search.applications[0], now=NOW, on=search.database)
    theirs = inbox_detail(search.companies[0], search.applications[0], now=NOW, on=search.database)
    assert NOTE.words not in f"{hers}{theirs}"


def test_a_learner_who_moves_leaves_the_notes_with_those_who_wrote_them(search: Search) -> None:
    write_note(search.staff, learner(search), NOTE, now=NOW, on=search.database)
    with transaction(search.database) as session:
        session.get_one(Learner, learner(search)).operator_id = search.stranger.operator_id or 0
    assert read(search, search.stranger).notes == []
    with pytest.raises(NotFound):
        read(search)


def test_one_erases_ones_own_notes_only(search: Search) -> None:
    [row] = write_note(search.staff, learner(search), NOTE, now=NOW, on=search.database).notes
    with transaction(search.database) as session:
        colleague = factories.a_staff_member(session, search.staff.operator_id or 0)
    for actor, whose in ((colleague, learner(search)), (search.staff, search.other.learner_id or 0)):
        with pytest.raises(NotFound):
            erase_note(actor, whose, row.note_id, now=NOW, on=search.database)
    assert erase_note(search.staff, learner(search), row.note_id, now=NOW, on=search.database).notes == []


def test_a_note_outlives_whoever_wrote_it_and_goes_with_its_learner(search: Search) -> None:
    with transaction(search.database) as session:
        author = factories.a_staff_member(session, search.staff.operator_id or 0)
    write_note(author, learner(search), NOTE, now=NOW, on=search.database)
    with transaction(search.database) as session:
        session.delete(session.get_one(Person, author.person_id))
    [row] = read(search).notes
    assert (row.by, row.mine) == ("Un ancien collègue", False)
    with transaction(search.database) as session:
        mine = session.get_one(Learner, learner(search))
        for application in session.exec(select(Application).where(Application.learner_id == mine.id)):
            session.delete(application)
        session.flush()
        session.delete(session.get_one(Person, mine.person_id))
    with reading(search.database) as session:
        assert session.exec(select(LearnerNote)).all() == []


@pytest.mark.parametrize("words", ["", "   ", "é" * 1001])
def test_a_note_says_something_and_not_too_much(words: str) -> None:
    with pytest.raises(InvalidInput):
        NoteInput.read({"words": words})


def test_the_next_contact_is_planned_and_listed_when_due(search: Search) -> None:
    due = FollowUpInput(situation=Situation.NEEDS_HELP, next_contact_on=NOW.date())
    shown = plan_contact(search.staff, learner(search), due, now=NOW, on=search.database)
    assert (shown.situation, shown.next_contact_on) == ("a besoin d’aide", "2026-11-24")
    listed = my_learners(search.staff, LearnerSearch(contact="du"), now=NOW, on=search.database)
    [row] = listed.rows
    assert (row.learner_id, row.contact_due, row.situation, row.unanswered) == (
        learner(search),
        True,
        "A besoin d’aide",
        "1 sans réponse",
    )
    later = FollowUpInput(situation=Situation.ON_HOLD, next_contact_on=NOW.date() + timedelta(days=9))
    plan_contact(search.staff, learner(search), later, now=NOW, on=search.database)
    assert my_learners(search.staff, LearnerSearch(contact="du"), now=NOW, on=search.database).rows == []
    assert "contact prévu le jeudi 3 décembre 2026" in read(search).planned


def test_a_contact_is_not_planned_for_yesterday_nor_by_others(search: Search) -> None:
    past = FollowUpInput(situation=Situation.SEARCHING, next_contact_on=NOW.date() - timedelta(days=1))
    with pytest.raises(InvalidInput) as refused:
        plan_contact(search.staff, learner(search), past, now=NOW, on=search.database)
    assert list(refused.value.fields) == ["next_contact_on"]
    for actor in (search.bound, search.stranger):
        with pytest.raises(NotFound):
            plan_contact(
                actor, learner(search), FollowUpInput(situation=Situation.SEARCHING), now=NOW, on=search.database
            )
    assert FollowUpInput.read({"situation": "cherche", "next_contact_on": ""}).next_contact_on is None


def test_ten_colleagues_who_plan_at_once_leave_one_row(search: Search) -> None:
    def plan(number: int) -> None:
        data = FollowUpInput(situation=list(Situation)[number % 4])
        plan_contact(search.staff, learner(search), data, now=NOW, on=search.database)

    with ThreadPoolExecutor(10) as crowd:
        list(crowd.map(plan, range(10)))
    with reading(search.database) as session:
        assert len(session.exec(select(FollowUp)).all()) == 1


def test_a_company_is_nudged_politely_and_not_again_within_days(search: Search) -> None:
    assert [row.can_nudge for row in read(search).waiting] == [True]
    [row] = nudge(search).waiting
    assert (row.can_nudge, row.nudged) == (False, "Relancée le 24 nov. 2026")
    [mail] = search.mails(f"application-nudged-by-staff-{int(NOW.timestamp())}")
    assert "Merci pour elle" in mail.text
    with reading(search.database) as session:
        person = session.get_one(Person, search.learner.person_id)
    assert person.last_name not in mail.text + mail.html
    with pytest.raises(StaffNudgedAlready):
        nudge(search, days=6.9)
    assert nudge(search, days=7).waiting[0].nudged == "Relancée le 1 déc. 2026"


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_answered_is_not_nudged(search: Search, number: int) -> None:
    with pytest.raises(NotPossible):
        nudge(search, number)


def test_a_withdrawn_one_gives_no_mail(search: Search) -> None:
    with transaction(search.database) as session:
        session.get_one(Application, search.applications[0]).status = ApplicationStatus.WITHDRAWN
    with pytest.raises(NotPossible):
        nudge(search)
    assert read(search).waiting == []


def test_somebody_elses_application_is_not_there(search: Search) -> None:
    with pytest.raises(NotFound):
        nudge_company(search.staff, search.other.learner_id or 0, search.applications[0], now=NOW, on=search.database)
    with pytest.raises(NotFound):
        nudge_company(search.stranger, learner(search), search.applications[0], now=NOW, on=search.database)


def test_ten_colleagues_at_once_write_one_mail(search: Search) -> None:
    def tap(_turn: int) -> bool:
        try:
            nudge(search)
        except StaffNudgedAlready:
            return False
        return True

    with ThreadPoolExecutor(10) as crowd:
        assert sum(crowd.map(tap, range(10))) == 1
    with reading(search.database) as session:
        assert len(session.exec(select(StaffNudge)).all()) == 1


def test_the_sheet_says_which_place_was_found_outside(search: Search) -> None:
    assert read(search).can_note_place
    place = OutsidePlaceInput(enterprise_number="0400000185", starts_on=NOW.date())
    record_place(search.staff, learner(search), place, now=NOW, on=search.database)
    shown = read(search)
    assert (shown.can_note_place, shown.place.split(" · ")[0]) == (False, "0400.000.185")
