"""One offer: what it is, what it asks and gives."""

from dataclasses import replace

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    empty_state,
    learner_shell,
    link,
    offer_facts,
    offer_sections,
    section,
    skeleton_offer,
)
from stageplus.pages.learner.apply import apply_section, similar_section
from stageplus.pages.learner.ask_form import ask_dialog, ask_opener
from stageplus.pages.learner.elsewhere import elsewhere_section
from stageplus.pages.learner.flag import flag_section
from stageplus.pages.learner.keep import keep_button, keep_toast
from stageplus.pages.learner.suggested import suggestion_note
from stageplus.pages.page import Page, frame
from stageplus.services.offers.schemas import OfferDetail
from stageplus.states.audience import Audience
from stageplus.states.learner.drafting import LearnerDraftState as DraftState
from stageplus.states.learner.elsewhere import LearnerElsewhereState as ElsewhereState
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.states.learner.flag import LearnerFlagState as FlagState
from stageplus.states.learner.offers import LearnerOfferState as State
from stageplus.states.learner.suggestions import LearnerSuggestionsState as SuggestionsState
from stageplus.texts import _


def offer_page() -> rx.Component:
    """Build everything about an offer; while it loads, the title is empty and drawn grey."""
    offer = State.offer
    named = rx.cond(State.loading, "", rx.cond(State.missing, _("Offre introuvable"), offer.title))
    company = rx.cond(State.loading | State.missing, "", offer.company)
    return learner_shell(
        rx.cond(State.missing, _missing(), _offer(offer)),
        title=named,
        lead=company,
        active="offres",
        frame=replace(frame(), missing=False),
        back=(_("Retour aux offres"), "/offres"),
        skeleton=skeleton_offer(),
    )


def _offer(offer: OfferDetail) -> rx.Component:
    return rx.el.div(
        suggestion_note(offer.offer_id),
        rx.el.div(
            rx.el.div(_key_facts(offer), offer_sections(offer), _thumb(offer), class_name="offer-read"),
            apply_section(offer),
            class_name="offer",
        ),
        similar_section(offer),
        rx.cond(State.like, _ask(offer)),
        keep_toast(),
        elsewhere_section(),
        rx.cond(offer.offer_id > 0, flag_section(offer)),
        class_name="stack stack-wide",
    )


def _key_facts(offer: OfferDetail) -> rx.Component:
    return rx.el.div(
        keep_button(offer.offer_id, offer.title),
        offer_facts(offer),
        rx.cond(
            offer.applied_id > 0,
            button_link(_("Voir ma candidature"), f"/candidatures/{offer.applied_id}", wide=True),
            rx.cond(offer.is_open, _to_the_form("btn btn-primary btn-wide offer-go"), _over(offer)),
        ),
        class_name="card offer-key",
    )


def _over(offer: OfferDetail) -> rx.Component:
    return callout(
        rx.el.p(rx.cond(offer.has_enough, "", _("Cette offre ne prend plus de candidature.")), " ", offer.closed_words),
        rx.cond(offer.similar, rx.el.p(_("D’autres places semblables t’attendent en bas de la page."))),
        tone="warning",
    )


def _ask(offer: OfferDetail) -> rx.Component:
    """Build the way to one's referent, for whoever came too late."""
    told = _("Les personnes qui te suivent chez ton opérateur reçoivent ton nom et ce que tu cherches :")
    return rx.fragment(
        section(
            _("Rien d’autre pour toi ici ?"),
            rx.el.p(_("Ton référent peut chercher avec toi, ou demander à une entreprise qu’il connaît.")),
            rx.el.div(
                ask_opener(),
                button_link(_("Chercher d’autres places"), f"/offres?{State.like}", variant="quiet"),
                class_name="row",
            ),
        ),
        ask_dialog(State.like, told=f"{told} {offer.title}, {offer.municipality}."),
    )


def _thumb(offer: OfferDetail) -> rx.Component:
    shown = offer.is_open & (offer.applied_id == 0) & (State.receipt.application_id == 0)
    return rx.cond(shown, rx.el.div(_to_the_form("btn btn-primary btn-large btn-wide"), class_name="thumb"))


def _to_the_form(look: str) -> rx.Component:
    return link(_("Postuler"), href="#postuler", native=True, class_name=look, custom_attrs={"data-jump": ""})


def _missing() -> rx.Component:
    return empty_state(
        _("Elle n’est plus là, ou l’adresse contient une erreur"),
        _("L’entreprise l’a peut-être retirée. D’autres places t’attendent, les plus proches d’abord."),
        button_link(_("Voir les offres"), "/offres"),
    )


LOADS = [
    DraftState.load,
    State.load,
    LearnerKeepState.load,
    SuggestionsState.mark,
    ElsewhereState.load,
    FlagState.load,
    State.follow,
]
PAGE = Page("/offres/[offre]", _("Offre"), Audience.LEARNER, offer_page, loads=LOADS)
