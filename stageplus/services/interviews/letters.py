"""The mails of an interview: what the other side does next, and the calendar file for both once a moment is fixed.

A company's mail never names the learner; the words of either side about the reason are read on the site.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.domain.titles import place_title
from stageplus.models import InterviewSlot, Person
from stageplus.services.interviews.calendars import file_for
from stageplus.services.interviews.scope import Meeting
from stageplus.services.interviews.wording import when_words, where_words
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.services.teams.queries import people_at
from stageplus.texts import _
from stageplus.texts.formats import moment_words

OTHER = {Role.LEARNER: Role.COMPANY, Role.COMPANY: Role.LEARNER}


def offered(session: Session, meeting: Meeting, slots: list[InterviewSlot], now: datetime) -> None:
    """Tell the learner which moments the company offers."""
    sentences = [
        _("{company} te propose un entretien pour « {title} ».").format(
            company=meeting.company.name, title=_title(meeting)
        ),
        where_words(meeting.interview),
        _("Choisis un moment, ou propose-en d’autres :"),
        *_times(slots),
    ]
    _write(session, meeting, Role.LEARNER, "offered", _("On te propose un entretien"), sentences, now)


def countered(session: Session, meeting: Meeting, slots: list[InterviewSlot], now: datetime) -> None:
    """Tell the company which other moments the learner offers."""
    sentences = [
        _("La personne qui a postulé pour « {title} » propose d’autres moments d’entretien. Confirmez-en un :").format(
            title=_title(meeting)
        ),
        *_times(slots),
    ]
    _write(session, meeting, Role.COMPANY, "countered", _("D’autres moments pour l’entretien"), sentences, now)


def agreed(session: Session, meeting: Meeting, now: datetime) -> None:
    """Tell both sides when and where, with the file for their calendars."""
    when = when_words(meeting.interview)
    for role, to_add in (
        (Role.LEARNER, _("Le fichier joint l’ajoute à ton agenda. Un empêchement ? Préviens depuis Stage+.")),
        (Role.COMPANY, _("Le fichier joint l’ajoute à votre agenda. Un empêchement ? Prévenez depuis Stage+.")),
    ):
        sentences = [_about(meeting, role), when, where_words(meeting.interview), to_add]
        _write(session, meeting, role, "agreed", _("Entretien fixé : {when}").format(when=when), sentences, now)


def moved(session: Session, meeting: Meeting, by: Role, before: datetime, now: datetime) -> None:
    """Tell both sides that a fixed moment no longer stands; calendars mark it."""
    subject = _("L’entretien est à déplacer")
    for role in OTHER:
        theirs = role is by
        sentences = [_about(meeting, role), _("Ce moment ne tient plus : {when}.").format(when=moment_words(before))]
        sentences += [_next_of_mover(role) if theirs else _next_of_other(role)]
        _write(session, meeting, role, "moved", subject, sentences, now)


def cancelled(session: Session, meeting: Meeting, by: Role | None, now: datetime, *, told: tuple[Role, ...]) -> None:
    """Tell that there is no interview any more; calendars that hold it let it go."""
    for role in told:
        was = meeting.interview.starts_at
        sentences = [_about(meeting, role)]
        sentences += [_("Ce moment est annulé : {when}.").format(when=moment_words(was))] if was else []
        sentences += [_("La raison est à lire sur Stage+.")] if by not in {None, role} and meeting.interview.why else []
        _write(session, meeting, role, "cancelled", _("L’entretien est annulé"), sentences, now)


def reminder(session: Session, meeting: Meeting, now: datetime) -> None:
    """Remind both sides the day before."""
    when = when_words(meeting.interview)
    for role in OTHER:
        cannot = _("Un empêchement ? Préviens maintenant, depuis Stage+.")
        cannot = cannot if role is Role.LEARNER else _("Un empêchement ? Prévenez maintenant, depuis Stage+.")
        sentences = [_about(meeting, role), when, where_words(meeting.interview), cannot]
        subject = _("Rappel : entretien {when}").format(when=when)
        _write(session, meeting, role, "reminder", subject, sentences, now, with_file=False)


def _write(
    session: Session,
    meeting: Meeting,
    role: Role,
    kind: str,
    subject: str,
    sentences: list[str],
    now: datetime,
    *,
    with_file: bool = True,
) -> None:
    """Write to one side; the key names the version of the interview, so that the same news goes out once."""
    interview = meeting.interview
    page, label = _page(meeting, role)
    for person in _people(session, meeting, role):
        has_file = with_file and interview.starts_at is not None
        queue_mail(
            session,
            key=f"interview-{kind}:{interview.id}:{interview.sequence}:{person.id}",
            kind=f"interview-{kind}",
            recipient=person.email,
            subject=subject,
            sentences=sentences,
            link=(page, label),
            about=About(f"application:{meeting.application.id}", words=_about(meeting, role)),
            now=now,
            calendar=file_for(meeting, role, person.email, now).content if has_file else "",
        )


def _people(session: Session, meeting: Meeting, role: Role) -> Iterator[Person]:
    yield from [meeting.person] if role is Role.LEARNER else people_at(session, meeting.establishment)


def _page(meeting: Meeting, role: Role) -> tuple[str, str]:
    number = meeting.application.id
    if role is Role.LEARNER:
        return f"/candidatures/{number}", _("Voir ma candidature")
    return f"/entreprise/candidatures/{number}", _("Voir la candidature")


def _about(meeting: Meeting, role: Role) -> str:
    if role is Role.LEARNER:
        return _("Ton entretien chez {company}, pour « {title} ».").format(
            company=meeting.company.name, title=_title(meeting)
        )
    return _("Votre entretien pour « {title} ».").format(title=_title(meeting))


def _next_of_mover(role: Role) -> str:
    if role is Role.LEARNER:
        return _("L’entreprise doit confirmer l’un des moments que tu proposes.")
    return _("La personne choisit l’un des moments que vous proposez.")


def _next_of_other(role: Role) -> str:
    if role is Role.LEARNER:
        return _("L’entreprise dit pourquoi sur Stage+, et te propose d’autres moments : choisis-en un.")
    return _("La personne dit pourquoi sur Stage+, et propose d’autres moments : confirmez-en un.")


def _times(slots: list[InterviewSlot]) -> list[str]:
    return [f"• {moment_words(slot.at)}" for slot in sorted(slots, key=lambda slot: slot.at)]


def _title(meeting: Meeting) -> str:
    return place_title(meeting.trade.name_f, meeting.trade.name_m)
