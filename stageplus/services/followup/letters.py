"""The mails about an introduction, once the operator's staff has it in hand."""

from datetime import datetime

from sqlmodel import Session

from stageplus.models import Application, Establishment, Introduction, Learner, Offer, Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.live import tell
from stageplus.services.teams.queries import people_at
from stageplus.texts import _
from stageplus.texts.formats import long_date


def taken_over(session: Session, introduction: Introduction, now: datetime) -> None:
    """Tell the learner that the operator goes on from here."""
    words = _("Ton opérateur s’occupe maintenant de ton contrat avec l’entreprise. Il te contacte bientôt.")
    _to_learner(session, introduction, "taken-over", _("Ton opérateur prend la suite"), words, now)


def started(session: Session, introduction: Introduction, now: datetime) -> None:
    """Tell both sides that the first day is noted."""
    assert introduction.started_on is not None
    day = long_date(introduction.started_on)
    words = _("Ton opérateur a noté ton premier jour : {day}. Bonne route !").format(day=day)
    offer = _to_learner(session, introduction, "started", _("Ton début est confirmé"), words, now)
    for person in people_at(session, session.get_one(Establishment, offer.establishment_id)):
        queue_mail(
            session,
            key=f"started:{introduction.id}:{person.id}",
            kind="started-here",
            recipient=person.email,
            subject=_("Un début est confirmé"),
            sentences=[
                _("L’opérateur a noté le premier jour de la personne que vous avez retenue : {day}.").format(day=day)
            ],
            link=(f"/entreprise/candidatures/{introduction.application_id}", _("Voir la candidature")),
            now=now,
        )


def _to_learner(
    session: Session, introduction: Introduction, kind: str, subject: str, words: str, now: datetime
) -> Offer:
    application = session.get_one(Application, introduction.application_id)
    learner = session.get_one(Learner, application.learner_id)
    offer = session.get_one(Offer, application.offer_id)
    queue_mail(
        session,
        key=f"{kind}:{introduction.id}",
        kind=kind,
        recipient=session.get_one(Person, learner.person_id).email,
        subject=subject,
        sentences=[words],
        link=(f"/candidatures/{application.id}", _("Voir les étapes")),
        now=now,
    )
    tell(
        session,
        f"operator:{introduction.operator_id}",
        f"learner:{learner.id}",
        f"company:{offer.company_id}",
        "site",
    )
    return offer
