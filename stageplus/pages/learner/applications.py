"""A learner's applications: the list, and the story of each."""

from dataclasses import replace

import reflex as rx

from stageplus.components import (
    button,
    button_link,
    callout,
    card,
    card_foot,
    confirm_dialog,
    cover_link,
    dialog_opener,
    empty_state,
    fact_if,
    facts,
    form_error,
    learner_shell,
    meta,
    meta_item,
    next_steps,
    section,
    skeleton_cards,
    skeleton_offer,
    status_badge,
    timeline,
)
from stageplus.pages.learner.consulted import consulted
from stageplus.pages.learner.draft import cv_fact, drafts_group
from stageplus.pages.learner.interview import interview_section
from stageplus.pages.learner.keep import keep_toast
from stageplus.pages.learner.offers import offer_cards
from stageplus.pages.learner.place import elsewhere_section, others_section
from stageplus.pages.page import Page, frame
from stageplus.services.applications.schemas import ApplicationCard, ApplicationDetail
from stageplus.states.audience import Audience
from stageplus.states.learner.applications import LearnerApplicationsState, LearnerApplicationState
from stageplus.states.learner.consulted import LearnerConsultedState
from stageplus.states.learner.drafting import LearnerDraftsState
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.states.learner.place import LearnerPlaceState
from stageplus.states.session import SessionState
from stageplus.texts import _

TONES = (
    ("retenue", "success"),
    ("refusée", "danger"),
    ("en contact", "sun"),
    ("envoyée", "accent"),
    ("vue", "accent"),
    ("sans réponse", "warning"),
    ("non aboutie", "warning"),
)


def application_status(row: ApplicationCard) -> rx.Component:
    """Build the pill of an application's status."""
    return status_badge(row.status_words, rx.match(row.status, *TONES, "neutral"))


def applications_page() -> rx.Component:
    """Build the list, the ones that go on first."""
    state = LearnerApplicationsState
    return learner_shell(
        drafts_group(),
        rx.cond(
            state.total > 0,
            rx.fragment(
                _messages_door(),
                _group(_("Ta place"), state.accepted),
                _group(_("En cours"), state.live),
                elsewhere_section(),
                _group(_("Terminées"), state.ended),
                consulted(),
            ),
            rx.fragment(
                rx.cond(LearnerDraftsState.drafts, rx.fragment(), _none()),
                elsewhere_section(),
                consulted(),
            ),
        ),
        title=_("Mes candidatures"),
        active="candidatures",
        frame=frame(),
        skeleton=skeleton_cards(),
    )


def _none() -> rx.Component:
    return empty_state(
        _("Aucune candidature pour l’instant"),
        _("Choisis une offre et réponds à trois petites questions : c’est parti."),
        button_link(_("Voir les offres"), "/offres"),
        icon_name="send",
    )


def application_page() -> rx.Component:
    """Build the story of one application; while it loads, the title is empty and drawn grey."""
    detail = LearnerApplicationState.detail
    loading, missing = LearnerApplicationState.loading, LearnerApplicationState.missing
    named = rx.cond(missing, _("Candidature introuvable"), detail.card.title)
    company = rx.cond(loading | missing, "", detail.card.company + ", " + detail.card.municipality)
    return learner_shell(
        rx.cond(missing, _missing(), _application(detail)),
        title=rx.cond(loading, "", named),
        lead=company,
        active="candidatures",
        frame=replace(frame(), missing=False),
        back=(_("Mes candidatures"), "/candidatures"),
        skeleton=skeleton_offer(),
    )


def _application(detail: ApplicationDetail) -> rx.Component:
    return rx.el.div(
        rx.el.div(_now(detail), _story(detail), class_name="offer"),
        rx.cond(detail.similar, section(_("Des places semblables, ouvertes"), offer_cards(detail.similar))),
        _my_words(detail),
        rx.cond(detail.can_withdraw, _withdraw(detail.card)),
        consulted(),
        keep_toast(),
        class_name="stack stack-wide",
    )


def _messages_door() -> rx.Component:
    unread = SessionState.messages
    count = rx.el.span(" ", unread, rx.el.span(" ", _("à lire"), class_name="sr"), class_name="count")
    door = button_link(_("Mes messages"), "/messages", variant="secondary", icon_name="letter")
    return rx.el.div(door, rx.cond(unread != "", count), class_name="row")


def _group(title: str, cards: list[ApplicationCard]) -> rx.Component:
    return rx.cond(cards, section(title, rx.el.div(rx.foreach(cards, _card), class_name="grid-cards")))


def _card(row: ApplicationCard) -> rx.Component:
    return card(
        application_status(row),
        rx.el.div(rx.el.h3(row.title), rx.el.p(row.company), class_name="offer-who"),
        meta(meta_item(row.municipality, "map-pin"), meta_item(row.sent, "send")),
        rx.el.p(row.next_words),
        card_foot(
            rx.fragment(),
            cover_link(_("Voir ma candidature"), f"/candidatures/{row.application_id}", description=row.title),
        ),
        tappable=True,
    )


def _now(detail: ApplicationDetail) -> rx.Component:
    row = detail.card
    return rx.el.div(
        application_status(row),
        rx.el.div(rx.el.h2(_("Et maintenant ?")), rx.el.p(row.next_words), class_name="offer-who"),
        rx.cond(detail.nudge_words, rx.el.p(detail.nudge_words, class_name="hint")),
        rx.cond(detail.can_nudge, _nudge(row)),
        button_link(_("Revoir l’offre"), f"/offres/{row.offer_id}", variant="secondary"),
        button_link(_("Messages"), f"/messages/{row.application_id}", variant="secondary", icon_name="letter"),
        class_name="card offer-key",
    )


def _nudge(row: ApplicationCard) -> rx.Component:
    return button(_("Demander des nouvelles"), on_click=LearnerApplicationState.nudge(row.application_id))


def _story(detail: ApplicationDetail) -> rx.Component:
    return rx.el.div(
        rx.cond(form_error(LearnerApplicationState.errors, "form"), _error()),
        rx.cond(detail.interview.state, interview_section(detail)),
        rx.cond(detail.next_steps, _next_steps(detail)),
        rx.cond(detail.others, others_section(detail)),
        section(_("L’histoire de ta candidature"), timeline(detail.timeline)),
        _company_words(detail),
        class_name="stack stack-wide",
    )


def _my_words(detail: ApplicationDetail) -> rx.Component:
    return section(
        _("Ce que tu as écrit"),
        facts(
            fact_if(_("Ma motivation"), detail.motivation),
            fact_if(_("Ce que j’ai déjà fait"), detail.experience),
            fact_if(_("Comment je viendrai"), detail.journey),
            cv_fact(detail.cv),
        ),
    )


def _company_words(detail: ApplicationDetail) -> rx.Component:
    said = (detail.company_words != "") | (detail.refusal_words != "")
    words = section(
        _("Ce que dit l’entreprise"),
        facts(
            fact_if(_("Raison"), detail.refusal_words),
            fact_if(_("Message"), detail.company_words),
        ),
    )
    return rx.cond(said, words)


def _missing() -> rx.Component:
    return empty_state(
        _("Elle n’existe pas, ou elle n’est pas à toi"),
        _("L’adresse contient peut-être une erreur. Toutes tes candidatures sont dans la liste."),
        button_link(_("Voir mes candidatures"), "/candidatures"),
    )


def _error() -> rx.Component:
    return callout(rx.el.p(form_error(LearnerApplicationState.errors, "form")), tone="warning")


def _next_steps(detail: ApplicationDetail) -> rx.Component:
    return section(
        _("Les prochaines étapes : qui fait quoi"),
        next_steps(detail.next_steps),
        hint=_("Tout se passe hors de Stage+, avec ton opérateur et l’entreprise."),
    )


def _withdraw(row: ApplicationCard) -> rx.Component:
    return rx.el.div(
        dialog_opener(_("Retirer ma candidature"), "retirer", variant="secondary"),
        confirm_dialog(
            "retirer",
            _("Retirer cette candidature ?"),
            _("L’entreprise ne verra plus ton nom ni tes réponses. Tu pourras postuler à nouveau."),
            _("Oui, retirer"),
            LearnerApplicationState.withdraw(row.application_id),
            danger=True,
        ),
    )


LIST = Page(
    "/candidatures",
    _("Mes candidatures"),
    Audience.LEARNER,
    applications_page,
    loads=[
        LearnerPlaceState.load,
        LearnerConsultedState.load,
        LearnerDraftsState.load,
        LearnerApplicationsState.load,
        LearnerApplicationsState.follow,
    ],
)
DETAIL = Page(
    "/candidatures/[candidature]",
    _("Ma candidature"),
    Audience.LEARNER,
    application_page,
    loads=[
        LearnerKeepState.load,
        LearnerConsultedState.load,
        LearnerApplicationState.load,
        LearnerApplicationState.follow,
    ],
)
