"""The words for each status, step and reason of an application, for its learner and for its company."""

from dataclasses import replace
from datetime import date

from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, ApplicationChange
from stageplus.services.applications.schemas import REASON_WORDS
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _
from stageplus.texts.formats import long_date, moment_words

STEP_WORDS = {
    "send": _("Candidature envoyée"),
    "see": _("Vue par l’entreprise"),
    "contact": _("Entretien proposé"),
    "accept": _("Candidature retenue"),
    "refuse": _("Candidature refusée"),
    "withdraw": _("Candidature retirée"),
    "lapse": _("Offre fermée"),
    "give-up-waiting": _("Pas de réponse"),
}
WAITING = (ApplicationStatus.SENT, ApplicationStatus.SEEN)
STOPPED = (
    ApplicationStatus.REFUSED,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.LAPSED,
    ApplicationStatus.UNANSWERED,
)
NEXT_STEPS = [
    _("Signer le contrat d’alternance avec l’entreprise et l’opérateur"),
    _("Compléter le plan de formation"),
    _("Faire la déclaration Dimona (l’entreprise)"),
    _("Passer la visite médicale"),
    _("Vérifier l’assurance"),
]


def next_words(application: Application, today: date) -> str:
    """Tell the learner who acts next and by when; an answer that is late is said to be."""
    late = _(
        "L’entreprise devait te répondre au plus tard le {day}. Nous la relançons : en attendant, postule ailleurs."
    )
    words = {
        ApplicationStatus.SENT: _("L’entreprise doit te répondre au plus tard le {day}."),
        ApplicationStatus.SEEN: _("L’entreprise a vu ta candidature. Elle doit te répondre au plus tard le {day}."),
        ApplicationStatus.IN_CONTACT: _(
            "On te propose un entretien : note le jour et l’heure. Préviens si tu as un empêchement."
        ),
        ApplicationStatus.ACCEPTED: _("Bravo ! Ton opérateur te contacte pour le contrat."),
        ApplicationStatus.REFUSED: _("Cette place n’est pas pour toi, mais d’autres t’attendent."),
        ApplicationStatus.WITHDRAWN: _("Tu as retiré cette candidature. Plus rien à faire."),
        ApplicationStatus.LAPSED: _("L’offre a fermé. Regarde les offres semblables."),
        ApplicationStatus.UNANSWERED: _("L’entreprise n’a pas répondu à temps. Elle peut encore le faire."),
        ApplicationStatus.DRAFT: _("Il te reste à l’envoyer."),
    }
    is_late = application.status in WAITING and application.answer_due_on < today
    return (late if is_late else words[application.status]).format(day=long_date(application.answer_due_on))


def interview_words(application: Application) -> str:
    """Say when and where the interview is; nothing when none was proposed."""
    if application.interview_at is None:
        return ""
    return _("{when} · {where}").format(when=moment_words(application.interview_at), where=application.interview_place)


def refusal_words(application: Application) -> str:
    """Say why a company refused."""
    return REASON_WORDS[application.refusal_reason] if application.refusal_reason else ""


def polite_words(first_name: str, company: str) -> str:
    """Propose a polite refusal that the company may edit."""
    return _(
        "Bonjour {first_name},\n\nMerci pour votre candidature et pour l’intérêt que vous portez à notre entreprise. "
        "Nous ne pouvons malheureusement pas vous accueillir cette fois-ci. Nous vous souhaitons de trouver "
        "rapidement une place.\n\nL’équipe de {company}"
    ).format(first_name=first_name, company=company)


def timeline_of(changes: list[ApplicationChange]) -> list[TimelineStep]:
    """Tell the story of an application, oldest step first."""
    return [TimelineStep(STEP_WORDS[change.step], moment_words(change.at)) for change in changes]


def story_of(changes: list[ApplicationChange], application: Application) -> list[TimelineStep]:
    """Tell a learner the whole story: what happened, and who acts now."""
    past = timeline_of(changes)
    if past and application.status in STOPPED:
        past[-1] = replace(past[-1], state="stopped")
    return past + _now(application)


def _now(application: Application) -> list[TimelineStep]:
    due = _("au plus tard le {day}").format(day=long_date(application.answer_due_on))
    company = _("C’est à l’entreprise")
    steps = {
        ApplicationStatus.SENT: TimelineStep(_("Lecture et réponse"), due, who=company, state="now"),
        ApplicationStatus.SEEN: TimelineStep(_("Réponse"), due, who=company, state="now"),
        ApplicationStatus.IN_CONTACT: TimelineStep(
            _("Entretien"), interview_words(application), who=_("C’est à toi et à l’entreprise"), state="now"
        ),
        ApplicationStatus.ACCEPTED: TimelineStep(
            _("Contrat et plan de formation"), "", who=_("C’est à ton opérateur"), state="now"
        ),
    }
    return [steps[application.status]] if application.status in steps else []


def due_words(due: date) -> str:
    """Say by when the company answers."""
    return long_date(due)
