"""Applying to an offer: the form, its receipt, and what to do when it is too late."""

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    draft_sent,
    error_summary,
    form_error,
    form_key,
    section,
    text_field,
    textarea_field,
)
from stageplus.pages.learner.draft import advice_part, cv_part, preview_part
from stageplus.pages.learner.offers import offer_cards
from stageplus.services.applications.schemas import (
    MOST_EXPERIENCE,
    MOST_JOURNEY,
    MOST_MOTIVATION,
    ApplicationReceipt,
)
from stageplus.services.offers.schemas import OfferCard, OfferDetail
from stageplus.states.learner.drafting import LearnerDraftState as DraftState
from stageplus.states.learner.offers import LearnerOfferState as State
from stageplus.texts import _

FIELDS = ("motivation", "experience", "journey", "phone")


def apply_section(offer: OfferDetail) -> rx.Component:
    """Build what one can do about an offer: apply, follow the application, or look at similar ones."""
    too_late = rx.cond(State.was_open, rx.fragment(_closed_meanwhile(offer), _form(offer)), _closed(offer))
    to_do = rx.cond(offer.applied_id > 0, _applied(offer), rx.cond(offer.is_open, _form(offer), too_late))
    return rx.el.div(
        rx.el.section(
            rx.el.h2(_("Ma candidature")),
            rx.cond(State.receipt.application_id > 0, _receipt(State.receipt), to_do),
            id="postuler",
            class_name="stack",
        ),
        class_name="offer-apply",
    )


def similar_section(offer: OfferDetail) -> rx.Component:
    """Build the other places, for whoever has applied or came too late."""
    return rx.cond(State.similar, _similar(State.similar), rx.cond(offer.similar, _similar(offer.similar)))


def _form(offer: OfferDetail) -> rx.Component:
    errors, draft = State.errors, DraftState.draft
    not_ready = _("La page n’était pas tout à fait prête. Envoie encore une fois.")
    return rx.el.form(
        error_summary(errors, FIELDS, general=rx.cond(form_error(errors, "form_key") != "", not_ready, "")),
        _refused(),
        rx.el.p(
            _(
                "Trois petites questions, pas besoin de CV. Ton texte est enregistré pendant que tu écris : tu peux "
                "t’arrêter et reprendre plus tard."
            )
        ),
        rx.el.p(_("N’écris rien de trop privé : ni ta santé, ni ton numéro national."), class_name="hint"),
        _saves_itself(),
        rx.el.input(type="hidden", name="offer", value=f"{offer.offer_id}", read_only=True),
        form_key(_draft(offer)),
        *_questions(_draft(offer)),
        cv_part(offer),
        preview_part(offer),
        advice_part(),
        rx.cond(draft.saved != "", rx.el.p(_("Brouillon"), " ", draft.saved, role="status", class_name="hint")),
        rx.cond(offer.is_open, _send()),
        on_submit=State.submit,
        class_name="card stack",
        custom_attrs={"data-done": DraftState.done, "data-autosave": ""},
    )


def _saves_itself() -> rx.Component:
    # The first button of a form is what the Enter key presses.
    by_itself = {"data-intent": "autosave"}
    return rx.fragment(
        rx.el.button(_("Enregistrer"), type="submit", hidden=True, tab_index=-1, custom_attrs=by_itself),
        rx.el.input(type="hidden", name="intent"),
    )


def _send() -> rx.Component:
    look = "btn btn-primary btn-large btn-wide"
    return rx.el.button(
        _("Envoyer ma candidature"), type="submit", class_name=look, custom_attrs={"data-intent": "send"}
    )


def _refused() -> rx.Component:
    message = form_error(State.errors, "form")
    told = callout(rx.el.p(message), tone="warning")
    return rx.cond(
        message != "",
        rx.el.div(told, role="alert", custom_attrs={"data-error-summary": "", "tabIndex": "-1"}),
    )


def _questions(draft: str) -> list[rx.Component]:
    errors, opened = State.errors, DraftState.opened
    return [
        textarea_field(
            "motivation",
            _("Ma motivation"),
            hint=_("Pourquoi ce métier, pourquoi ici ? Deux ou trois phrases suffisent."),
            value=opened.motivation,
            error=form_error(errors, "motivation"),
            keep=f"{draft}-motivation",
            max_length=MOST_MOTIVATION,
            required=True,
        ),
        textarea_field(
            "experience",
            _("Ce que j’ai déjà fait"),
            hint=_("Un stage d’observation, un coup de main, un hobby…"),
            value=opened.experience,
            error=form_error(errors, "experience"),
            keep=f"{draft}-experience",
            max_length=MOST_EXPERIENCE,
            rows=3,
            optional=True,
        ),
        textarea_field(
            "journey",
            _("Comment je viendrai"),
            hint=_("Exemple : bus 12, vingt minutes."),
            value=opened.journey,
            error=form_error(errors, "journey"),
            keep=f"{draft}-journey",
            max_length=MOST_JOURNEY,
            rows=2,
            optional=True,
        ),
        text_field(
            "phone",
            _("Mon téléphone"),
            type="tel",
            hint=_("Si tu veux bien qu’on t’appelle."),
            value=opened.phone,
            error=form_error(errors, "phone"),
            keep=f"{draft}-phone",
            autocomplete="tel",
            optional=True,
        ),
    ]


def _receipt(receipt: ApplicationReceipt) -> rx.Component:
    return rx.el.div(
        callout(
            _forget(State.offer),
            rx.el.p(receipt.next_words),
            title=_("Ta candidature est envoyée"),
            tone="success",
        ),
        rx.el.ol(
            rx.el.li(_("L’entreprise lit tes réponses. Tu vois ici quand elle les a lues.")),
            rx.el.li(
                _("Elle te répond au plus tard le"),
                " ",
                rx.el.strong(receipt.due_words),
                ". ",
                _("Tu reçois un e-mail."),
            ),
            rx.el.li(_("En attendant, postule aussi ailleurs : c’est permis, et cela augmente tes chances.")),
            class_name="numbered",
        ),
        button_link(_("Suivre ma candidature"), f"/candidatures/{receipt.application_id}"),
        class_name="stack",
        custom_attrs={"data-receipt": "", "tabIndex": "-1"},
    )


def _applied(offer: OfferDetail) -> rx.Component:
    return callout(
        _forget(offer),
        rx.el.p(_("Ta candidature est partie. Tu peux la suivre pas à pas.")),
        button_link(_("Suivre ma candidature"), f"/candidatures/{offer.applied_id}"),
        tone="success",
    )


def _closed(offer: OfferDetail) -> rx.Component:
    later = _("On ne peut pas postuler pour le moment. Dès que l’entreprise rouvre, le formulaire revient ici.")
    return callout(
        rx.el.p(rx.cond(offer.has_enough, later, _("Trop tard pour postuler ici : regarde les offres semblables."))),
        rx.el.p(_("Si tu avais commencé à écrire, ton texte est gardé.")),
        tone="warning",
    )


def _closed_meanwhile(offer: OfferDetail) -> rx.Component:
    told = callout(
        rx.el.p(offer.closed_words),
        rx.el.p(_("Ton texte reste là : tu peux le copier pour une autre offre.")),
        title=rx.cond(
            offer.has_enough,
            _("Pas de nouvelle candidature pour l’instant"),
            _("Cette offre ne prend plus de candidature"),
        ),
        tone="warning",
    )
    return rx.cond(form_error(State.errors, "form") != "", rx.fragment(), told)


def _similar(offers: list[OfferCard]) -> rx.Component:
    return section(_("Offres semblables"), offer_cards(offers))


def _forget(offer: OfferDetail) -> rx.Component:
    return draft_sent(" ".join([*[f"{_draft(offer)}-{field}" for field in FIELDS], _draft(offer)]))


def _draft(offer: OfferDetail) -> str:
    return f"offre-{offer.offer_id}"
