"""Calendar files, read back strictly: what RFC 5545 and 5546 ask for, the same UID, a sequence that rises."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component, Event
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import Denied, NotFound
from stageplus.domain.interviews import InterviewState
from stageplus.models import (
    Application,
    CalendarFeed,
    Company,
    CompanyMember,
    Interview,
    InterviewSlot,
    MemberEstablishment,
    Offer,
    Person,
)
from stageplus.services.applications.actions import propose_interview, refuse_application, withdraw_application
from stageplus.services.applications.schemas import RefusalInput
from stageplus.services.interviews.actions import (
    cancel_interview,
    follow_interviews,
    offer_other_times,
    stop_following,
    take_slot,
)
from stageplus.services.interviews.queries import agenda, followed_calendar, interview_file
from stageplus.services.teams.actions import remove_member
from tests import factories
from tests.factories import NOW
from tests.services.interviews.conftest import DAY, FIXED, Scene, because, proposal, times

BRUSSELS = ZoneInfo("Europe/Brussels")
LINE = re.compile(rb"[A-Z-]+(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]*))*:.*", re.DOTALL)
ASKED = {
    "VCALENDAR": {"PRODID", "VERSION", "CALSCALE", "METHOD"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}


def strictly(text: str) -> Calendar:
    """Read a calendar as a strict parser does: lines, folding, and what every part has to hold."""
    content = text.encode()
    lines = content.split(b"\r\n")
    assert lines[-1] == b"", "the last line ends too"
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in lines)
    for line in content.replace(b"\r\n ", b"").split(b"\r\n")[:-1]:
        line.decode("utf-8")
        assert LINE.fullmatch(line), line
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    calendar.validate()
    for part in calendar.walk():
        assert part.errors == []
        assert ASKED.get(part.name, set()) <= set(part), part.name
        for name in ("UID", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE", "ORGANIZER", "DTSTAMP"):
            assert not isinstance(part.get(name), list), f"{name} stands once"
    assert calendar.to_ical() == content, "what was read is what was written"
    return calendar


def event_of(text: str) -> Event:
    [event] = strictly(text).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def file_of(scene: Scene, actor: Actor) -> str:
    return interview_file(actor, scene.application, now=NOW, on=scene.database).content


def alarms(event: Component) -> int:
    return len(event.walk("VALARM"))


def test_the_file_of_a_fixed_interview_asks_both_for_their_own_calendar(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    for actor in (scene.learner, scene.company):
        calendar = strictly(file_of(scene, actor))
        assert calendar["METHOD"] == "REQUEST"
        [event] = calendar.walk("VEVENT")
        assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
        assert event.decoded("DTSTART") == FIXED.astimezone(BRUSSELS)
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45)
        assert (event["STATUS"], event["LOCATION"], alarms(event)) == ("CONFIRMED", "À l’atelier", 1)
        assert event["ATTENDEE"].startswith("mailto:") and event["ATTENDEE"].params["RSVP"] == "FALSE"
        assert event["ORGANIZER"].startswith("mailto:")


@pytest.mark.parametrize(
    ("day", "hour"),
    [("2026-12-01", 13), ("2027-03-27", 13), ("2027-03-28", 12), ("2027-07-01", 12), ("2026-10-25", 13)],
)
def test_the_zone_in_the_file_gives_the_right_moment(scene: Scene, day: str, hour: int) -> None:
    """Read by its own VTIMEZONE alone, 14 h in Brussels is that hour in UTC, whatever the season."""
    at = datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")
    scene.hold(starts_at=at)
    calendar = strictly(file_of(scene, scene.learner))
    [zone] = calendar.walk("VTIMEZONE")
    local = calendar.walk("VEVENT")[0].decoded("DTSTART").replace(tzinfo=None)
    assert (local.hour, local.replace(tzinfo=zone.to_tz())) == (14, at)


def test_neither_side_reads_the_others_address_and_the_company_a_first_name_only(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    with transaction(scene.database) as session:
        person = session.get_one(Person, scene.learner.person_id)
        person.first_name, person.last_name, person.email = "Ada", "Zibeline", "secret@demo.test"
    text = file_of(scene, scene.company).replace("\r\n ", "")
    assert "Ada" in text
    assert "Zibeline" not in text and "secret@demo.test" not in text
    with transaction(scene.database) as session:
        email = session.get_one(Person, scene.company.person_id).email
    assert email not in file_of(scene, scene.learner).replace("\r\n ", "")


@pytest.mark.parametrize(
    "typed",
    ["a;b,c:d\\e", "BEGIN:VEVENT\nEND:VCALENDAR", 'x"y', "é" * 120, "🥖" * 60, "a" * 120, "\u2028fin", "^n^'"],
)
def test_whatever_is_typed_stays_text(scene: Scene, typed: str) -> None:
    scene.hold(starts_at=FIXED, place=typed)
    with transaction(scene.database) as session:
        offer = session.get_one(Offer, scene.offer)
        session.get_one(Company, offer.company_id).name = typed[:100]
    event = event_of(file_of(scene, scene.learner))
    assert str(event["LOCATION"]).endswith(typed)


def test_a_story_keeps_its_uid_and_its_sequence_rises(scene: Scene) -> None:
    given = {"now": NOW, "on": scene.database}
    with transaction(scene.database) as session:
        session.get_one(Application, scene.application).status = ApplicationStatus.SEEN
    propose_interview(scene.company, scene.application, proposal(FIXED), **given)
    told: list[tuple[str, str]] = []

    def note() -> None:
        event = event_of(scene.mails()[-1].calendar)
        told.append((str(event["STATUS"]), str(event["UID"])))
        sequences.append(int(event["SEQUENCE"]))

    sequences: list[int] = []
    take_slot(scene.learner, scene.application, slot_of(scene), **given)
    note()
    offer_other_times(scene.company, scene.application, times(FIXED + DAY, why="Fermé"), **given)
    note()
    take_slot(scene.learner, scene.application, slot_of(scene), **given)
    note()
    cancel_interview(scene.learner, scene.application, because(), **given)
    note()
    assert [status for status, _uid in told] == ["CONFIRMED", "TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert len({uid for _status, uid in told}) == 1
    assert sequences == sorted(set(sequences))
    methods = [strictly(mail.calendar)["METHOD"] for mail in scene.mails() if mail.calendar]
    assert methods == ["REQUEST"] * 6 + ["CANCEL"] * 2


def slot_of(scene: Scene) -> int:
    with reading(scene.database) as session:
        return session.exec(select(InterviewSlot.id)).one() or 0


def test_a_cancelled_one_says_nothing_of_anybody(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    cancel_interview(scene.company, scene.application, because(), now=NOW, on=scene.database)
    event = event_of(file_of(scene, scene.company))
    assert (event["STATUS"], event["SUMMARY"], "LOCATION" in event) == ("CANCELLED", "Entretien annulé", False)


def test_there_is_no_file_before_a_moment_is_fixed(scene: Scene) -> None:
    scene.hold(FIXED)
    for actor in (scene.learner, scene.company):
        with pytest.raises(NotFound):
            file_of(scene, actor)


def test_nobody_else_gets_the_file(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    for actor in (scene.other_learner, scene.other_company):
        with pytest.raises(NotFound):
            file_of(scene, actor)
    with pytest.raises(Denied):
        interview_file(None, scene.application, now=NOW, on=scene.database)


def feed(scene: Scene, token: str) -> Calendar:
    return strictly(followed_calendar(None, token, now=NOW, on=scene.database).content)


def followed(scene: Scene, actor: Actor | None = None) -> str:
    address = follow_interviews(actor or scene.company, now=NOW, on=scene.database)
    assert address.webcal.startswith("webcal://")
    return address.https.rpartition("/")[2].removesuffix(".ics")


def shown(scene: Scene, token: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in feed(scene, token).walk("VEVENT")]


def test_the_feed_shows_first_name_and_title_only(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    with transaction(scene.database) as session:
        person = session.get_one(Person, scene.learner.person_id)
        person.first_name, person.last_name, person.email = "Ada", "Zibeline", "secret@demo.test"
        session.get_one(Application, scene.application).phone = "+32470123456"
    token = followed(scene)
    calendar = feed(scene, token)
    assert calendar["METHOD"] == "PUBLISH"
    assert shown(scene, token) == ["Entretien\u00a0: Ada, Boulangère / Boulanger (H/F/X)"]
    text = calendar.to_ical().decode().replace("\r\n ", "")
    assert not [secret for secret in ("Zibeline", "secret", "123456", "ATTENDEE", "aime travailler") if secret in text]


def test_an_empty_feed_is_a_whole_calendar(scene: Scene) -> None:
    assert feed(scene, followed(scene)).walk("VEVENT") == []


@pytest.mark.parametrize("status", [status for status in ApplicationStatus if status not in {"en contact", "retenue"}])
def test_the_feed_forgets_at_once_what_is_no_longer_there(scene: Scene, status: ApplicationStatus) -> None:
    scene.hold(starts_at=FIXED)
    token = followed(scene)
    assert len(shown(scene, token)) == 1
    scene.end(status)
    assert shown(scene, token) == []


def test_open_and_cancelled_ones_are_not_in_the_feed(scene: Scene) -> None:
    interview = scene.hold(FIXED)
    token = followed(scene)
    assert shown(scene, token) == []
    with transaction(scene.database) as session:
        held = session.get_one(Interview, interview.id)
        held.state, held.starts_at = InterviewState.CANCELLED, FIXED
    assert shown(scene, token) == []


def test_a_link_that_was_cut_or_changed_gives_nothing(scene: Scene) -> None:
    first = followed(scene)
    second = followed(scene)
    for token in (first, "", "x", second.swapcase(), "é" * 40):
        with pytest.raises(NotFound):
            feed(scene, token)
    assert feed(scene, second)
    assert agenda(scene.company, now=NOW, on=scene.database).followed_since
    stop_following(scene.company, now=NOW, on=scene.database)
    with pytest.raises(NotFound):
        feed(scene, second)
    assert agenda(scene.company, now=NOW, on=scene.database).followed_since == ""


def test_only_a_digest_of_the_link_is_kept(scene: Scene) -> None:
    token = followed(scene)
    with transaction(scene.database) as session:
        kept = session.get_one(CalendarFeed, (scene.company.person_id, scene.company.company_id))
        assert token not in repr(kept) and len(kept.token_hash) == 64


def test_whoever_leaves_the_company_is_shown_nothing_any_more_even_back_again(scene: Scene) -> None:
    with transaction(scene.database) as session:
        admin = factories.a_member(session, scene.company.company_id or 0, is_admin=True)
    token = followed(scene)
    remove_member(admin, scene.company.person_id, now=NOW, on=scene.database)
    with pytest.raises(NotFound):
        feed(scene, token)
    with transaction(scene.database) as session:
        whose = {"person_id": scene.company.person_id, "company_id": scene.company.company_id}
        session.add(CompanyMember(**whose))
    with pytest.raises(NotFound):
        feed(scene, token)


def test_a_suspended_person_is_shown_nothing(scene: Scene) -> None:
    token = followed(scene)
    with transaction(scene.database) as session:
        session.get_one(Person, scene.company.person_id).suspended_at = NOW
    with pytest.raises(NotFound):
        feed(scene, token)


def test_a_member_of_another_establishment_follows_that_one_only(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    with transaction(scene.database) as session:
        company_id = session.get_one(Offer, scene.offer).company_id
        annex = factories.an_establishment(session, company=None, company_id=company_id)
        there = factories.a_member(session, company_id, annex.id)
    token = followed(scene, there)
    assert shown(scene, token) == []
    with transaction(scene.database) as session:
        here = session.get_one(Offer, scene.offer).establishment_id
        whose = {"person_id": there.person_id, "company_id": company_id}
        session.add(MemberEstablishment(**whose, establishment_id=here))
    assert len(shown(scene, token)) == 1


def test_withdrawing_takes_it_out_of_every_calendar_of_the_company(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    token = followed(scene)
    withdraw_application(scene.learner, scene.application, now=NOW, on=scene.database)
    [mail] = scene.mails("cancelled")
    calendar = strictly(mail.calendar)
    with transaction(scene.database) as session:
        person = session.get_one(Person, scene.learner.person_id)
        colleague = session.get_one(Person, scene.company.person_id)
    assert (calendar["METHOD"], mail.recipient) == ("CANCEL", colleague.email)
    assert person.first_name not in mail.calendar + mail.text
    assert shown(scene, token) == []
    with pytest.raises(NotFound):
        file_of(scene, scene.company)


def test_a_refusal_tells_both_calendars(scene: Scene) -> None:
    scene.hold(starts_at=FIXED)
    refusal = RefusalInput(reason="autre", words="Merci.")
    refuse_application(scene.company, scene.application, refusal, now=NOW, on=scene.database)
    assert [strictly(mail.calendar)["METHOD"] for mail in scene.mails("cancelled")] == ["CANCEL", "CANCEL"]
