"""The words of an interview, for its learner and for its company."""

from datetime import datetime, timedelta

from stageplus.domain.actors import Role
from stageplus.domain.hours import Night
from stageplus.domain.interviews import InterviewKind, InterviewState, is_over, overlap
from stageplus.models import Interview
from stageplus.services.interviews.scope import Meeting
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS, hour, moment_words

STATE_WORDS = {
    InterviewState.OFFERED: _("Moments proposés"),
    InterviewState.COUNTERED: _("Autres moments proposés"),
    InterviewState.AGREED: _("Entretien fixé"),
    InterviewState.CANCELLED: _("Entretien annulé"),
}
KIND_WORDS = {InterviewKind.ON_SITE: _("Sur place"), InterviewKind.PHONE: _("Par téléphone")}


def when_words(interview: Interview) -> str:
    """Say the moment that both agreed on; nothing while it is open."""
    fixed = interview.state is InterviewState.AGREED and interview.starts_at
    return moment_words(interview.starts_at) if fixed and interview.starts_at else ""


def where_words(interview: Interview) -> str:
    """Say how and where the two sides meet."""
    return " · ".join(filter(None, [KIND_WORDS[interview.kind], interview.place]))


def headline(interview: Interview, role: Role, now: datetime) -> str:
    """Say in one sentence where the interview stands and whose turn it is."""
    if is_over(interview.state, interview.starts_at, now):
        over = {
            Role.LEARNER: _("L’entretien a eu lieu : l’entreprise te donne maintenant sa réponse."),
            Role.COMPANY: _("L’entretien a eu lieu : dites maintenant à la personne si vous la retenez."),
        }
        return over[role]
    return (_TO_LEARNER if role is Role.LEARNER else _TO_COMPANY)[interview.state].format(when=when_words(interview))


_TO_LEARNER = {
    InterviewState.OFFERED: _("L’entreprise te propose un entretien : choisis un moment, ou propose-en d’autres."),
    InterviewState.COUNTERED: _("Tu as proposé d’autres moments : l’entreprise doit en confirmer un."),
    InterviewState.AGREED: _("Ton entretien est fixé : {when}."),
    InterviewState.CANCELLED: _("L’entretien est annulé. L’entreprise peut t’en proposer un autre."),
}
_TO_COMPANY = {
    InterviewState.OFFERED: _("La personne choisit l’un de vos moments, ou en propose d’autres."),
    InterviewState.COUNTERED: _("La personne propose d’autres moments : confirmez-en un."),
    InterviewState.AGREED: _("L’entretien est fixé : {when}."),
    InterviewState.CANCELLED: _("L’entretien est annulé. Vous pouvez en proposer un autre."),
}


def line_words(interview: Interview) -> str:
    """Say where the interview stands in the line of a company's list."""
    if interview.state is InterviewState.AGREED:
        return _("Entretien {when}").format(when=when_words(interview))
    lines = {
        InterviewState.OFFERED: _("La personne choisit un moment d’entretien"),
        InterviewState.COUNTERED: _("Moments d’entretien à confirmer"),
        InterviewState.CANCELLED: _("Entretien annulé"),
    }
    return lines[interview.state]


def turn_words(interview: Interview) -> str:
    """Say to the learner, in their story, who acts now."""
    turns = {
        InterviewState.OFFERED: _("C’est à toi"),
        InterviewState.COUNTERED: _("C’est à l’entreprise"),
        InterviewState.AGREED: _("C’est à toi et à l’entreprise"),
        InterviewState.CANCELLED: _("C’est à l’entreprise"),
    }
    return turns[interview.state]


def why_words(interview: Interview, role: Role) -> str:
    """Say who gave the last reason for a change, and which."""
    if not interview.why:
        return ""
    mine = interview.why_by is role
    other = _("La personne : « {why} »") if role is Role.COMPANY else _("L’entreprise : « {why} »")
    own = _("Vous : « {why} »") if role is Role.COMPANY else _("Toi : « {why} »")
    return (own if mine else other).format(why=interview.why)


def warning_of(at: datetime, minutes: int, others: list[Meeting], night: Night, role: Role) -> str:
    """Say what speaks against a moment, for the one who reads it: another interview then, or hours of the night."""
    lasts = timedelta(minutes=minutes)
    found = [_busy(each, role) for each in others if _meets(each, at, lasts)]
    begin = at.astimezone(BRUSSELS).time()
    end = (at + lasts).astimezone(BRUSSELS).time()
    if night.touches(begin, end):
        found.append(_at_night(night, role))
    return " ".join(found)


def _meets(other: Meeting, at: datetime, lasts: timedelta) -> bool:
    begins = other.interview.starts_at
    return begins is not None and overlap(at, lasts, begins, timedelta(minutes=other.interview.minutes))


def _busy(other: Meeting, role: Role) -> str:
    begins = (other.interview.starts_at or other.interview.created_at).astimezone(BRUSSELS)
    if role is Role.LEARNER:
        words = _("Tu as déjà un entretien chez {company} à {hour}.")
    else:
        words = _("Vous avez déjà un entretien avec {person} à {hour}.")
    return words.format(company=other.company.name, person=other.person.first_name, hour=hour(begins.time()))


def _at_night(night: Night, role: Role) -> str:
    if role is Role.LEARNER:
        words = _("C’est tard ou très tôt : avant 18 ans, on ne travaille pas entre {starts} et {ends}.")
    else:
        words = _("Entre {starts} et {ends}, un mineur ne travaille pas : préférez la journée.")
    return words.format(starts=hour(night.starts), ends=hour(night.ends))
