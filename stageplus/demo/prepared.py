"""Invented CVs of a few applications, and a draft that waits to be sent."""

from fpdf import FPDF
from sqlmodel import col, select

from stageplus.demo.cast import Cast
from stageplus.domain.documents import DocumentKind, DocumentState
from stageplus.models import Application, ApplicationDraft, Document, Learner, Offer, Person
from stageplus.services.documents.sealing import sealed

WITH_A_CV = 3
DRAFT = (
    "Chez vous, j’ai vu que le levain se fait sur place : c’est ce que je veux apprendre. Je me lève tôt sans peine, "
    "et j’ai déjà aidé deux samedis au fournil de mon quartier."
)


def prepare_some(cast: Cast, learner: Learner, received: Offer, draft_for: Offer) -> None:
    """Give a few applications of the demo company and of the demo learner their CV, and the learner a draft."""
    for theirs in (Application.offer_id == received.id, Application.learner_id == learner.id):
        some = select(Application).where(theirs).order_by(col(Application.id)).limit(WITH_A_CV)
        for application in cast.session.exec(some).all():
            cast.kept(_cv(cast, application))
    draft = ApplicationDraft(learner_id=learner.id or 0, offer_id=draft_for.id or 0, saved_at=cast.now)
    draft.motivation, draft.journey = DRAFT, "À vélo, un quart d’heure."
    cast.kept(draft)


def _cv(cast: Cast, application: Application) -> Document:
    person = cast.session.exec(select(Person).join(Learner).where(Learner.id == application.learner_id)).one()
    content = _sheet(f"{person.first_name} {person.last_name}")
    return Document(
        learner_id=application.learner_id,
        offer_id=application.offer_id,
        application_id=application.id,
        kind=DocumentKind.PDF,
        state=DocumentState.CLEAN,
        size=len(content),
        sealed=sealed(content, application.learner_id),
        added_at=application.sent_at,
    )


def _sheet(name: str) -> bytes:
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", "B", 22)
    sheet.multi_cell(0, 12, name, new_x="LMARGIN", new_y="NEXT")
    sheet.set_font("helvetica", size=12)
    for line in ("Stage d'observation, deux jours", "Aide au marché du samedi", "Français, un peu de néerlandais"):
        sheet.multi_cell(0, 9, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())
