"""The mail about a CV that was thrown away."""

from datetime import datetime

from sqlmodel import Session, col, select

from stageplus.models import Document, Learner, Person
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _


def infected(session: Session, document: Document, now: datetime) -> None:
    """Tell a learner kindly that a virus was found: it is nobody's fault, and there is something to do."""
    whose = select(Person).join(Learner, col(Learner.person_id) == Person.id)
    person = session.exec(whose.where(Learner.id == document.learner_id)).one()
    sent = document.application_id is not None
    queue_mail(
        session,
        key=f"document-infected:{document.learner_id}:{document.offer_id}:{int(now.timestamp())}",
        kind="document-infected",
        recipient=person.email,
        subject=_("Ton CV n’a pas pu être gardé"),
        sentences=[
            _("Notre antivirus a trouvé un virus dans le CV que tu as joint. Nous l’avons effacé."),
            _("Ce n’est sans doute pas ta faute, et l’entreprise n’en sait rien.")
            if sent
            else _("Ce n’est sans doute pas ta faute : choisis un autre fichier, ou postule sans CV."),
            _("Ta candidature, elle, est bien partie.") if sent else _("Ton texte est gardé."),
            _("Fais vérifier l’appareil sur lequel ce fichier a été enregistré."),
        ],
        link=(f"/candidatures/{document.application_id}", _("Voir ma candidature"))
        if sent
        else (f"/offres/{document.offer_id}", _("Reprendre mon texte")),
        now=now,
    )
