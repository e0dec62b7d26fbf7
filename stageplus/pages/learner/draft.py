"""What stands around the text of an application: its CV, what to think of, and what the company will see."""

import reflex as rx

from stageplus.components import (
    button,
    callout,
    card,
    card_foot,
    cover_link,
    download_link,
    fact,
    fact_if,
    facts,
    icon,
    meta,
    meta_item,
    section,
)
from stageplus.components.document import versioned
from stageplus.components.field_parts import optional_mark
from stageplus.services.documents.schemas import ACCEPTED, UPLOAD, DocumentLine
from stageplus.services.drafts.schemas import DraftCard
from stageplus.services.offers.schemas import OfferDetail
from stageplus.states.learner.drafting import LearnerDraftsState
from stageplus.states.learner.drafting import LearnerDraftState as State
from stageplus.texts import _

TOLD = "cv-erreur"


def cv_part(offer: OfferDetail) -> rx.Component:
    """Build the choice of a CV: a file leaves as soon as it is chosen, and the text being typed stays where it is."""
    cv = State.draft.cv
    return rx.el.div(
        rx.el.p(rx.el.span(_("Mon CV"), class_name="field-label"), optional_mark(optional=True)),
        rx.el.p(
            _("PDF, Word (.docx), .odt ou photo JPG,"),
            " ",
            State.draft.most,
            " ",
            _("Mo au plus. Nous gardons ce qui se voit, pas ce qui se cache dedans : auteur, lieu de la photo…"),
            class_name="hint",
            id="cv-aide",
        ),
        rx.cond(cv.infected, _infected()),
        rx.cond((cv.words != "") & ~cv.infected, _chosen(cv, offer)),
        rx.el.p(id=TOLD, class_name="field-error", role="alert"),
        rx.el.label(
            icon("plus"),
            rx.el.span(rx.cond(cv.words != "", _("Choisir un autre fichier"), _("Choisir un fichier"))),
            rx.el.input(
                type="file",
                accept=ACCEPTED,
                custom_attrs={
                    "aria-label": _("Mon CV"),
                    "aria-describedby": f"{TOLD} cv-aide",
                    "data-upload": UPLOAD,
                    "data-csrf": State.csrf,
                    "data-offer": f"{offer.offer_id}",
                    "data-most": State.draft.most,
                    "data-told": TOLD,
                    "data-busy-text": _("Ton fichier part…"),
                    "data-heavy-text": _("Ce fichier est trop lourd. Une photo plus petite ou un PDF suffit."),
                    "data-lost-text": _("Pas de réseau : ton fichier n’est pas parti. Réessaie quand il revient."),
                },
            ),
            class_name="btn btn-secondary",
        ),
        id="cv",
        class_name="field",
        custom_attrs={"data-script": versioned("upload.js")},
    )


def cv_words(cv: DocumentLine) -> rx.Component:
    """Say in one line what became of a CV, with the way to open it."""
    waits = rx.fragment(" · ", _("vérification en cours"))
    opens = rx.fragment(" · ", download_link(_("Ouvrir"), cv.href, description=_("mon CV")))
    return rx.el.span(cv.words, rx.cond(cv.waits, waits), rx.cond(cv.href != "", opens), role="status")


def cv_fact(cv: DocumentLine) -> rx.Component:
    """Build the CV among what was sent; what was thrown away says so."""
    thrown = fact(_("Mon CV"), _("Effacé : un virus s’y trouvait. L’entreprise n’en sait rien."))
    return rx.cond(cv.infected, thrown, rx.cond(cv.words != "", fact(_("Mon CV"), cv_words(cv))))


def advice_part() -> rx.Component:
    """Build what to think of before sending; nothing here keeps anybody from it."""
    advice = State.draft.advice
    again = _("Si c’est voulu, envoie encore une fois : ta candidature part telle quelle.")
    private = callout(
        rx.el.p(_("Ton texte contient peut-être :")),
        rx.el.ul(rx.foreach(advice.private, rx.el.li), class_name="bullets"),
        rx.el.p(rx.cond(State.held, again, _("Tu peux l’enlever, ou l’envoyer ainsi si c’est voulu."))),
        title=_("Relis avant d’envoyer"),
        tone="warning",
    )
    hints = callout(
        rx.el.ul(rx.foreach(advice.hints, rx.el.li), class_name="bullets"),
        rx.el.p(_("Les candidatures variées réussissent mieux. Tu restes libre d’envoyer celle-ci.")),
        title=_("Un conseil"),
        tone="sun",
    )
    focused = rx.el.div(private, custom_attrs={"data-error-summary": "", "tabIndex": "-1"}, role="alert")
    return rx.fragment(
        rx.el.input(type="hidden", name="matters", value=advice.matters, read_only=True),
        rx.cond(advice.private, rx.cond(State.held, focused, rx.el.div(private, role="status"))),
        rx.cond(advice.hints, hints),
    )


def preview_part(offer: OfferDetail) -> rx.Component:
    """Build exactly what the company gets, in its order: the words, then who it is."""
    draft = State.draft
    nothing = rx.el.p(_("Tes réponses apparaissent ici pendant que tu écris."), class_name="hint")
    words = facts(
        fact_if(_("Ta motivation"), draft.motivation),
        fact_if(_("Ton expérience"), draft.experience),
        fact_if(_("Ton trajet"), draft.journey),
        fact_if(_("Ton téléphone"), draft.phone),
        rx.cond((draft.cv.words != "") & ~draft.cv.infected, fact(_("Ton CV"), draft.cv.words)),
    )
    return rx.el.section(
        rx.el.h3(_("Voici ce que l’entreprise verra")),
        rx.cond(draft.saved != "", words, nothing),
        facts(rx.foreach(offer.shown, lambda each: fact(each.name, each.value)), columns=2),
        rx.el.p(
            _("Jamais ta date de naissance ni ton adresse. Rien du tout si tu retires ta candidature."),
            class_name="hint",
        ),
        class_name="stack stack-tight preview",
    )


def drafts_group() -> rx.Component:
    """Build the drafts at the top of one's applications."""
    state = LearnerDraftsState
    return rx.cond(
        state.drafts,
        section(_("Pas encore envoyées"), rx.el.div(rx.foreach(state.drafts, _draft_card), class_name="grid-cards")),
    )


def _draft_card(row: DraftCard) -> rx.Component:
    return card(
        rx.el.div(rx.el.h3(row.title), rx.el.p(row.company), class_name="offer-who"),
        meta(meta_item(row.municipality, "map-pin"), meta_item(row.saved, "clock")),
        card_foot(
            rx.fragment(),
            cover_link(_("Continuer"), f"/offres/{row.offer_id}", description=row.title),
        ),
        tappable=True,
    )


def _chosen(cv: DocumentLine, offer: OfferDetail) -> rx.Component:
    remove = button(
        _("Enlever"),
        variant="quiet",
        size="small",
        description=_("mon CV"),
        on_click=State.drop_cv(offer.offer_id),
    )
    return rx.el.div(icon("check"), cv_words(cv), remove, class_name="row chosen-file")


def _infected() -> rx.Component:
    return callout(
        rx.el.p(_("Notre antivirus a trouvé un virus dans ton fichier : nous l’avons effacé.")),
        rx.el.p(_("Ce n’est sans doute pas ta faute. Choisis un autre fichier, ou postule sans CV.")),
        tone="warning",
    )
