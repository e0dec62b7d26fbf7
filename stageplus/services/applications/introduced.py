"""What is said of an application that a company accepted: where the mise en relation stands, and what comes next."""

from dataclasses import dataclass, field

from sqlmodel import Session, select

from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.introductions import FailureReason, IntroductionStatus
from stageplus.models import Introduction
from stageplus.services.applications.scope import Parties
from stageplus.services.placements.schemas import FAILURE_WORDS, FOR_EVERYBODY, FOR_LEARNERS, NextStep
from stageplus.services.timelines import TimelineStep
from stageplus.texts import _
from stageplus.texts.formats import long_date, moment_words

ONCE_ACCEPTED = {ApplicationStatus.ACCEPTED, ApplicationStatus.FELL_THROUGH}
_TO_LEARNER = {
    IntroductionStatus.WAITING: _("Ton opérateur ({operator}) est prévenu. Il te contacte bientôt."),
    IntroductionStatus.TAKEN_OVER: _("Ton opérateur ({operator}) prend la suite avec toi et l’entreprise."),
    IntroductionStatus.STARTED: _("Ton début est confirmé : {day}. Bonne route !"),
    IntroductionStatus.FAILED: _("Raison : {reason}. Tu peux postuler ailleurs, ou à nouveau ici."),
}
_TO_COMPANY = {
    IntroductionStatus.WAITING: _("L’opérateur ({operator}) est prévenu et prend contact avec vous."),
    IntroductionStatus.TAKEN_OVER: _("L’opérateur ({operator}) prend la suite avec vous et la personne."),
    IntroductionStatus.STARTED: _("Le début est confirmé : {day}."),
    IntroductionStatus.FAILED: _("La mise en relation n’a pas abouti : {reason}. La place vous est rendue."),
}


@dataclass(frozen=True)
class Introduced:
    """The words, the steps to come and those taken; all empty for an application that nobody accepted."""

    words: str = ""
    to_do: list[NextStep] = field(default_factory=list)
    taken: list[TimelineStep] = field(default_factory=list)


def introduced(session: Session, parties: Parties, *, to_learner: bool) -> Introduced:
    """Say, to one of both sides, how an accepted application goes on."""
    if parties.application.status not in ONCE_ACCEPTED:
        return Introduced()
    found = session.exec(select(Introduction).where(Introduction.application_id == parties.application.id)).first()
    if found is None:
        return Introduced()
    said = (_TO_LEARNER if to_learner else _TO_COMPANY)[found.status].format(
        operator=parties.operator.name,
        day=long_date(found.started_on) if found.started_on else "",
        reason=reason_words(found.failure_reason, to_learner=to_learner),
    )
    goes_on = found.status in {IntroductionStatus.WAITING, IntroductionStatus.TAKEN_OVER}
    to_do = (FOR_LEARNERS if to_learner else FOR_EVERYBODY) if goes_on else []
    return Introduced(said, to_do, _taken(found, parties.operator.name))


def reason_words(reason: FailureReason | None, *, to_learner: bool) -> str:
    """Say why nothing came of an introduction; the learner is spoken to."""
    if reason is FailureReason.LEARNER and to_learner:
        return _("Tu as renoncé à la place")
    return FAILURE_WORDS[reason] if reason else ""


def _taken(introduction: Introduction, operator: str) -> list[TimelineStep]:
    steps = []
    if introduction.taken_over_at is not None:
        steps.append(TimelineStep(_("Reprise par l’opérateur"), moment_words(introduction.taken_over_at), who=operator))
    if introduction.started_on is not None and introduction.settled_at is not None:
        confirmed = _("Premier jour : {day}").format(day=long_date(introduction.started_on))
        steps.append(TimelineStep(_("Début confirmé"), moment_words(introduction.settled_at), confirmed, who=operator))
    return steps
