"""Calendar files (RFC 5545, RFC 5546): one interview for one person, or the feed of a company's member.

A calendar knows an interview by its UID; a rising SEQUENCE replaces what it held. Nothing but the learner's first name
and the title of the place is written into a company's calendar.
"""

from datetime import datetime, timedelta
from email.utils import parseaddr

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from stageplus.config import settings
from stageplus.domain.actors import Role
from stageplus.domain.interviews import InterviewKind, InterviewState
from stageplus.domain.titles import place_title
from stageplus.services.interviews.schemas import CalendarFile
from stageplus.services.interviews.scope import Meeting
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS

PRODUCT = "-//OFFA//Stage+//FR"
REFRESHED_EVERY = timedelta(hours=1)
STATUS = {
    InterviewState.AGREED: "CONFIRMED",
    InterviewState.CANCELLED: "CANCELLED",
    InterviewState.OFFERED: "TENTATIVE",
    InterviewState.COUNTERED: "TENTATIVE",
}
CHANGES = (
    (TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), timedelta(hours=1), timedelta(hours=2), 3),  # noqa: DTZ001
    (TimezoneStandard, "CET", datetime(1996, 10, 27, 3), timedelta(hours=2), timedelta(hours=1), 10),  # noqa: DTZ001
)
"""When Brussels changes its clocks: the last Sunday of March and October (directive 2000/84/EC), in local time."""


def file_for(meeting: Meeting, role: Role, email: str, now: datetime) -> CalendarFile:
    """Write the file of one interview for one person: asked for, to be moved (tentative) or cancelled."""
    method = "CANCEL" if meeting.interview.state is InterviewState.CANCELLED else "REQUEST"
    calendar = _calendar(method)
    event = _event(meeting, role, now)
    event.add("organizer", _address(parseaddr(settings().mail_from)[1], f"Stage+ · {meeting.company.name}"))
    event.add("attendee", _address(email, "", ROLE="REQ-PARTICIPANT", PARTSTAT="ACCEPTED", RSVP="FALSE"))
    calendar.add_component(event)
    return CalendarFile(calendar.to_ical().decode(), method)


def feed_for(meetings: list[Meeting], company: str, now: datetime) -> CalendarFile:
    """Write the calendar of a company's fixed interviews, for software that reads it again and again."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", _("Entretiens · {company}").format(company=company))
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for meeting in meetings:
        calendar.add_component(_event(meeting, Role.COMPANY, now))
    return CalendarFile(calendar.to_ical().decode(), "PUBLISH")


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)):
        calendar.add(name, value)
    calendar.add_component(_brussels())
    return calendar


def _brussels() -> Timezone:
    zone = Timezone()
    zone.add("tzid", BRUSSELS.key)
    for kind, name, since, before, after, month in CHANGES:
        change = kind()
        change.add("tzname", name)
        change.add("dtstart", since)
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(change)
    return zone


def _event(meeting: Meeting, role: Role, now: datetime) -> Event:
    interview, event = meeting.interview, Event()
    begins = (interview.starts_at or now).astimezone(BRUSSELS)
    event.add("uid", f"{interview.uid}@stageplus")
    event.add("sequence", interview.sequence)
    event.add("dtstamp", now)
    event.add("last-modified", interview.changed_at)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=interview.minutes))
    event.add("summary", _summary(meeting, role))
    event.add("status", STATUS[interview.state])
    event.add("class", "PRIVATE")
    event.add("url", f"{settings().site}{_page(role)}/{interview.application_id}")
    if interview.state is not InterviewState.CANCELLED:
        event.add("location", _where(meeting))
        event.add_component(_alarm())
    return event


def _summary(meeting: Meeting, role: Role) -> str:
    if meeting.interview.state is InterviewState.CANCELLED:
        return _("Entretien annulé")
    other = meeting.person.first_name if role is Role.COMPANY else meeting.company.name
    title = place_title(meeting.trade.name_f, meeting.trade.name_m)
    words = _("Entretien : {other}, {title}").format(other=other, title=title)
    return words if meeting.interview.state is InterviewState.AGREED else _("À déplacer · {what}").format(what=words)


def _where(meeting: Meeting) -> str:
    phone = meeting.interview.kind is InterviewKind.PHONE
    return " · ".join(filter(None, [_("Par téléphone") if phone else "", meeting.interview.place]))


def _page(role: Role) -> str:
    return "/entreprise/candidatures" if role is Role.COMPANY else "/candidatures"


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(hours=-1))
    alarm.add("description", _("Entretien dans une heure"))
    return alarm


def _address(email: str, name: str, **parameters: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    for key, value in {"CN": name, **parameters}.items():
        if value:
            address.params[key] = vText(value)
    return address
