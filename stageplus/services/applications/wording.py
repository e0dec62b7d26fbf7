"""The words for each status, step and reason of an application, for its learner and for its company."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus, Facts
from stageplus.models import Application, ApplicationChange, Interview
from stageplus.services.applications.introduced import Introduced
from stageplus.services.applications.schemas import REASON_WORDS
from stageplus.services.interviews.queries import headline_of, story_now
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date, moment_words

STEP_WORDS = {
    "send": _("Candidature envoyée"),
    "see": _("Vue par l’entreprise"),
    "contact": _("Entretien proposé"),
    "interview-agreed": _("Moment de l’entretien fixé"),
    "interview-countered": _("Autres moments proposés par l’apprenant"),
    "interview-moved": _("Autres moments proposés par l’entreprise"),
    "interview-cancelled": _("Entretien annulé"),
    "accept": _("Candidature retenue"),
    "refuse": _("Candidature refusée"),
    "withdraw": _("Candidature retirée"),
    "lapse": _("Offre fermée"),
    "give-up-waiting": _("Pas de réponse"),
    "promise": _("Réponse promise"),
    "phone": _("Réponse par téléphone"),
    "reconsider": _("Refus revu : de nouveau en contact"),
    "nudge": _("L’apprenant demande des nouvelles"),
    "hand over": _("Confiée à un collègue"),
    "move": _("Confiée à un autre établissement"),
    "fall-through": _("La mise en relation n’a pas abouti"),
}
AMONG_COLLEAGUES = ("hand over",)
"""Steps that concern nobody outside the company."""
WAITING = (ApplicationStatus.SENT, ApplicationStatus.SEEN)
STOPPED = (
    ApplicationStatus.REFUSED,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.LAPSED,
    ApplicationStatus.UNANSWERED,
    ApplicationStatus.FELL_THROUGH,
)
BY = {Role.LEARNER: _("toi"), Role.COMPANY: _("l’entreprise"), Role.OPERATOR: _("ton opérateur"), None: _("Stage+")}
BY_TO_COMPANY = {
    Role.LEARNER: _("la personne"),
    Role.COMPANY: _("votre équipe"),
    Role.OPERATOR: _("l’opérateur"),
    None: _("Stage+"),
}
"""Who took a step, as a learner and as a company read it."""


def next_words(application: Application, now: datetime, interview: Interview | None) -> str:
    """Tell the learner who acts next and by when; an answer that is late is said to be."""
    if application.status is ApplicationStatus.IN_CONTACT and interview:
        return headline_of(interview, now)
    late = _(
        "L’entreprise devait te répondre au plus tard le {day}. Nous la relançons : en attendant, postule ailleurs."
    )
    words = {
        ApplicationStatus.SENT: _("L’entreprise doit te répondre au plus tard le {day}."),
        ApplicationStatus.SEEN: _("L’entreprise a vu ta candidature. Elle doit te répondre au plus tard le {day}."),
        ApplicationStatus.ACCEPTED: _("Bravo ! Ton opérateur te contacte pour le contrat."),
        ApplicationStatus.REFUSED: _("Cette place n’est pas pour toi, mais d’autres t’attendent."),
        ApplicationStatus.WITHDRAWN: _("Tu as retiré cette candidature. Plus rien à faire."),
        ApplicationStatus.LAPSED: _("L’offre a fermé. Regarde les offres semblables."),
        ApplicationStatus.UNANSWERED: _(
            "L’entreprise n’a pas répondu. Ce silence est le sien : il ne dit rien sur toi. Elle peut encore répondre."
        ),
        ApplicationStatus.FELL_THROUGH: _(
            "La mise en relation n’a pas abouti. Tu peux postuler ailleurs, ou à nouveau ici."
        ),
        ApplicationStatus.DRAFT: _("Il te reste à l’envoyer."),
    }
    if application.status in WAITING and application.promised_on:
        words[application.status] = _("L’entreprise a promis de te répondre avant le {day}.")
    if application.status is ApplicationStatus.IN_CONTACT:
        return _("Vous êtes en contact : convenez ensemble de la suite. Tu peux aussi appeler l’entreprise.")
    due = answer_day(application)
    is_late = application.status in WAITING and due < day_in_brussels(now)
    return (late if is_late else words[application.status]).format(day=long_date(due))


def answer_day(application: Application) -> date:
    """Return the day by which the company answers: the one it promised, otherwise the one that the site asks for."""
    return application.promised_on or application.answer_due_on


def nudge_words(application: Application, facts: Facts, now: datetime) -> str:
    """Say when the learner nudged the company, or from when that is possible; nothing once it has answered."""
    if application.status not in WAITING:
        return ""
    if application.nudged_at:
        words = _("Tu as demandé des nouvelles à l’entreprise le {day}.")
        return words.format(day=long_date(day_in_brussels(application.nudged_at)))
    if facts.days_waited >= facts.nudge_after_days:
        return _("Toujours rien ? Tu peux demander des nouvelles à l’entreprise, une fois.")
    first = day_in_brussels(now + timedelta(days=facts.nudge_after_days - facts.days_waited))
    words = _("Pas de réponse d’ici là ? Tu pourras demander des nouvelles à l’entreprise à partir du {day}.")
    return words.format(day=long_date(first))


def refusal_words(application: Application) -> str:
    """Say why a company refused."""
    return REASON_WORDS[application.refusal_reason] if application.refusal_reason else ""


def polite_words(first_name: str, company: str) -> str:
    """Propose a polite refusal that the company may edit; without a name, for several people."""
    words = _(
        "{hello},\n\nMerci pour votre candidature et pour l’intérêt que vous portez à notre entreprise. "
        "Nous ne pouvons malheureusement pas vous accueillir cette fois-ci. Nous vous souhaitons de trouver "
        "rapidement une place.\n\nL’équipe de {company}"
    )
    return words.format(hello=_("Bonjour {first_name}").format(first_name=first_name).strip(), company=company)


def timeline_of(
    changes: list[ApplicationChange], after: Introduced, by: Mapping[Role | None, str] = BY_TO_COMPANY
) -> list[TimelineStep]:
    """Tell the story of an application, oldest step first: what, when and by whom, also once it was accepted."""
    steps = [TimelineStep(STEP_WORDS[each.step], _when(each.at, by.get(each.role, ""))) for each in changes]
    cut = next((number for number, each in enumerate(changes) if each.step == "fall-through"), len(changes))
    return steps[:cut] + after.taken + steps[cut:]


def story_of(
    changes: list[ApplicationChange], after: Introduced, application: Application, interview: Interview | None
) -> list[TimelineStep]:
    """Tell a learner the whole story: what happened, and who acts now."""
    past = timeline_of([change for change in changes if change.step not in AMONG_COLLEAGUES], after, BY)
    if past and application.status in STOPPED:
        past[-1] = replace(past[-1], state="stopped")
    is_settled = application.status is ApplicationStatus.ACCEPTED and after.taken and not after.to_do
    return past if is_settled else past + _now(application, interview)


def _when(at: datetime, who: str) -> str:
    return _("{moment} · {who}").format(moment=moment_words(at), who=who) if who else moment_words(at)


def _now(application: Application, interview: Interview | None) -> list[TimelineStep]:
    due = _("au plus tard le {day}").format(day=long_date(answer_day(application)))
    company = _("C’est à l’entreprise")
    steps = {
        ApplicationStatus.SENT: TimelineStep(_("Lecture et réponse"), due, who=company, state="now"),
        ApplicationStatus.SEEN: TimelineStep(_("Réponse"), due, who=company, state="now"),
        ApplicationStatus.IN_CONTACT: _in_contact(interview),
        ApplicationStatus.ACCEPTED: TimelineStep(
            _("Contrat et plan de formation"), "", who=_("C’est à ton opérateur"), state="now"
        ),
    }
    return [steps[application.status]] if application.status in steps else []


def _in_contact(interview: Interview | None) -> TimelineStep:
    if interview is None:
        return TimelineStep(_("Premier contact"), "", who=_("C’est à toi et à l’entreprise"), state="now")
    said, who = story_now(interview)
    return TimelineStep(_("Entretien"), said, who=who, state="now")


def due_words(due: date) -> str:
    """Say by when the company answers."""
    return long_date(due)
