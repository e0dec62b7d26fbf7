"""Mails, reminders and warnings: each told once, to whom it concerns, and never what is no longer true."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.interviews import InterviewState
from stageplus.models import Interview, InterviewSlot, Offer, Person
from stageplus.services.applications.actions import propose_interview
from stageplus.services.applications.queries import inbox_detail, my_application
from stageplus.services.interviews.actions import (
    cancel_interview,
    offer_other_times,
    remind_of_interviews,
    take_slot,
)
from stageplus.services.interviews.queries import agenda
from stageplus.services.notifications.actions import send_due_mails
from stageplus.services.notifications.delivery import envelope
from tests import factories
from tests.factories import NOW
from tests.services.interviews.conftest import DAY, FIXED, Scene, because, proposal, times

EARLY = {"created_at": NOW - DAY, "changed_at": NOW - DAY}
NIGHT = FIXED.replace(hour=20)
"""21 h in Brussels."""


def remind(scene: Scene, now: datetime) -> int:
    return remind_of_interviews(now=now, on=scene.database)


def test_a_proposal_is_mailed_to_the_learner_with_its_moments(scene: Scene) -> None:
    propose_interview(scene.company, scene.application, proposal(FIXED, FIXED + DAY), now=NOW, on=scene.database)
    [mail] = scene.mails("offered")
    assert "mardi 1er décembre 2026" in mail.text and "mercredi 2 décembre 2026" in mail.text
    assert "À l’atelier" in mail.text and mail.calendar == ""


def test_the_companys_mails_never_name_the_learner_nor_repeat_their_words(scene: Scene) -> None:
    with transaction(scene.database) as session:
        person = session.get_one(Person, scene.learner.person_id)
        person.first_name, person.last_name = "Zibeline", "Zibelin"
    scene.hold(FIXED)
    given = {"now": NOW, "on": scene.database}
    offer_other_times(scene.learner, scene.application, times(FIXED + DAY, why="Je suis malade"), **given)
    cancel_interview(scene.learner, scene.application, because("Je suis malade"), **given)
    mails = [*scene.mails("countered"), *scene.mails("cancelled")]
    assert len(mails) == 2
    assert not [mail for mail in mails if "Zibelin" in mail.text + mail.subject or "malade" in mail.text]


def test_a_fixed_moment_is_mailed_to_both_with_the_file(scene: Scene) -> None:
    scene.hold(FIXED)
    with transaction(scene.database) as session:
        slot = session.exec(select(InterviewSlot)).one()
    take_slot(scene.learner, scene.application, slot.id or 0, now=NOW, on=scene.database)
    mails = scene.mails("agreed")
    assert len({mail.recipient for mail in mails}) == 2
    message = envelope(mails[0], "Stage+ <nous@exemple.test>")
    inline, attached = [
        part for part in message.walk() if part.get_content_type() in {"text/calendar", "application/ics"}
    ]
    assert inline.get_param("method") == "REQUEST"
    assert attached.get_filename() == "entretien.ics"
    assert attached.get_content() == mails[0].calendar.encode()
    assert next(part.get_content_type() for part in message.iter_parts()) == "multipart/alternative"


def test_a_sent_mail_keeps_no_calendar(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    cancel_interview(scene.company, scene.application, because(), now=NOW, on=scene.database)
    seen: list[str] = []
    send_due_mails(lambda mail: seen.append(mail.calendar), now=NOW, on=scene.database)
    assert all("METHOD:CANCEL" in calendar for calendar in seen) and len(seen) == 2
    assert {mail.calendar for mail in scene.mails()} == {""}


def test_whoever_cancels_what_was_never_fixed_tells_the_other_only(scene: Scene) -> None:
    scene.hold(FIXED)
    cancel_interview(scene.company, scene.application, because(), now=NOW, on=scene.database)
    [mail] = scene.mails("cancelled")
    assert mail.calendar == ""
    with transaction(scene.database) as session:
        assert mail.recipient == session.get_one(Person, scene.learner.person_id).email


@pytest.mark.parametrize(("before", "count"), [(25, 0), (24, 1), (1, 1), (0, 0)])
def test_both_are_reminded_the_day_before_once(scene: Scene, before: int, count: int) -> None:
    scene.hold(starts_at=FIXED, **EARLY)
    at = FIXED - timedelta(hours=before)
    assert (remind(scene, at), remind(scene, at)) == (count, 0)
    assert len(scene.mails("reminder")) == 2 * count


def test_what_was_fixed_within_the_day_needs_no_reminder(scene: Scene) -> None:
    scene.hold(starts_at=NOW + timedelta(hours=20))
    assert remind(scene, NOW + timedelta(hours=1)) == 0


@pytest.mark.parametrize("status", [status for status in ApplicationStatus if status not in {"en contact", "retenue"}])
def test_nobody_is_reminded_of_an_application_that_ended(scene: Scene, status: ApplicationStatus) -> None:
    scene.hold(starts_at=FIXED, **EARLY)
    scene.end(status)
    assert remind(scene, FIXED - DAY) == 0


def test_nobody_is_reminded_of_what_was_cancelled_or_is_to_be_moved(scene: Scene) -> None:
    held = scene.hold(starts_at=FIXED, **EARLY)
    for state in (InterviewState.CANCELLED, InterviewState.OFFERED, InterviewState.COUNTERED):
        with transaction(scene.database) as session:
            session.get_one(Interview, held.id).state = state
        assert remind(scene, FIXED - DAY) == 0


def test_nobody_is_reminded_while_the_learner_is_suspended(scene: Scene) -> None:
    scene.hold(starts_at=FIXED, **EARLY)
    with transaction(scene.database) as session:
        session.get_one(Person, scene.learner.person_id).suspended_at = NOW
    assert remind(scene, FIXED - DAY) == 0


def test_a_moved_interview_is_reminded_of_again(scene: Scene) -> None:
    scene.hold(starts_at=FIXED, **EARLY)
    remind(scene, FIXED - DAY)
    given = {"now": FIXED - DAY, "on": scene.database}
    offer_other_times(scene.learner, scene.application, times(FIXED + 3 * DAY, why="Examen"), **given)
    with transaction(scene.database) as session:
        slot = session.exec(select(InterviewSlot)).one()
    take_slot(scene.company, scene.application, slot.id or 0, **given)
    assert remind(scene, FIXED + 2 * DAY) == 1
    assert len(scene.mails("reminder")) == 4


def company_view(scene: Scene) -> str:
    return inbox_detail(scene.company, scene.application, now=NOW, on=scene.database).interview.warning


def learner_view(scene: Scene) -> str:
    return my_application(scene.learner, scene.application, now=NOW, on=scene.database).interview.warning


def test_a_company_is_warned_of_two_at_once_and_the_learner_is_not(scene: Scene) -> None:
    scene.another_fixed(FIXED + timedelta(minutes=30), offer=scene.offer)
    scene.hold(starts_at=FIXED)
    assert "Vous avez déjà un entretien" in company_view(scene)
    assert learner_view(scene) == ""


def test_a_learner_is_warned_of_two_at_once_and_the_company_is_not(scene: Scene) -> None:
    scene.another_fixed(FIXED - timedelta(minutes=44), scene.learner)
    scene.hold(starts_at=FIXED)
    assert "Tu as déjà un entretien" in learner_view(scene)
    assert company_view(scene) == ""


def test_one_after_the_other_is_no_conflict(scene: Scene) -> None:
    scene.another_fixed(FIXED + timedelta(minutes=45), offer=scene.offer)
    scene.hold(starts_at=FIXED)
    assert company_view(scene) == ""


def test_a_conflict_is_said_beside_each_offered_moment_and_blocks_nothing(scene: Scene) -> None:
    scene.another_fixed(FIXED, offer=scene.offer)
    given = {"now": NOW, "on": scene.database}
    detail = propose_interview(scene.company, scene.application, proposal(FIXED, FIXED + DAY), **given)
    assert [bool(slot.warning) for slot in detail.interview.slots] == [True, False]


def test_hours_of_the_night_are_marked_for_minors(scene: Scene) -> None:
    scene.hold(NIGHT)
    [slot] = my_application(scene.learner, scene.application, now=NOW, on=scene.database).interview.slots
    assert "avant 18\u00a0ans" in slot.warning
    assert (
        "un mineur"
        in inbox_detail(scene.company, scene.application, now=NOW, on=scene.database).interview.slots[0].warning
    )


def test_the_agenda_goes_day_by_day_and_shows_what_is_open(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    scene.another_fixed(FIXED + timedelta(minutes=30), offer=scene.offer)
    scene.another_fixed(FIXED + DAY, offer=scene.offer)
    elsewhere = scene.another_fixed(FIXED)
    with transaction(scene.database) as session:
        waiting = factories.an_application(session, session.get_one(Offer, scene.offer), factories.a_learner(session))
        factories.an_interview(session, waiting, FIXED, state=InterviewState.COUNTERED)
    found = agenda(scene.company, now=NOW, on=scene.database)
    assert [(day.day, len(day.meetings)) for day in found.days] == [
        ("Mardi 1er décembre 2026", 2),
        ("Mercredi 2 décembre 2026", 1),
    ]
    first, second = found.days[0].meetings
    assert first.hour == "14\u00a0h – 14\u00a0h\u00a045"
    assert first.overlaps and second.overlaps and not found.days[1].meetings[0].overlaps
    assert [(each.application_id, each.my_turn) for each in found.open] == [(waiting.id, True)]
    assert elsewhere not in {each.application_id for day in found.days for each in day.meetings}


def test_what_is_over_leaves_the_agenda_the_next_day(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    assert agenda(scene.company, now=FIXED + timedelta(hours=3), on=scene.database).days
    assert agenda(scene.company, now=FIXED + DAY, on=scene.database).days == []


def test_mails_have_one_key_each(scene: Scene) -> None:
    scene.hold(starts_at=FIXED, **EARLY)
    for _turn in range(3):
        remind(scene, FIXED - DAY)
    keys = [mail.key for mail in scene.mails()]
    assert len(keys) == len(set(keys)) == 2
