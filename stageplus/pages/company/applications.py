"""The applications of a company: the list beside the chosen one."""

import reflex as rx

from stageplus.components import (
    badge,
    button,
    callout,
    card,
    card_foot,
    close_button,
    confirm_dialog,
    cover_link,
    date_field,
    dialog,
    dialog_opener,
    empty_state,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    list_detail,
    row,
    section,
    select_field,
    skeleton_rows,
    status_badge,
    submit_button,
    text_field,
    textarea_field,
    timeline,
)
from stageplus.domain.applications import RefusalReason
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.applications.schemas import REASON_WORDS, InboxDetail, InboxRow
from stageplus.states.audience import Audience
from stageplus.states.company.inbox import CompanyInboxState as State
from stageplus.texts import _

TONES = (
    ("retenue", "success"),
    ("refusée", "danger"),
    ("en contact", "sun"),
    ("envoyée", "accent"),
    ("vue", "accent"),
    ("sans réponse", "warning"),
)
HREF = "/entreprise/candidatures"


def applications_page() -> rx.Component:
    """Build the list with its detail."""
    return company_page(
        rx.el.p(
            State.to_answer,
            " ",
            _("à répondre"),
            class_name="lead",
            role="status",
            custom_attrs={"data-live-count": ""},
        ),
        rx.cond(
            State.rows,
            list_detail(
                rx.el.div(rx.foreach(State.rows, inbox_card), class_name="stack stack-tight"),
                rx.cond(State.chosen > 0, _detail(State.detail), _choose()),
                chosen=State.chosen > 0,
                back=_("Toutes les candidatures"),
                back_href=HREF,
            ),
            empty_state(
                _("Aucune candidature pour l’instant"),
                _("Elles arrivent ici d’elles-mêmes dès qu’une personne postule à vos offres."),
                icon_name="letter",
            ),
        ),
        title=_("Candidatures"),
        active="candidatures",
        skeleton=skeleton_rows(),
    )


def inbox_card(found: InboxRow) -> rx.Component:
    """Build one application of the list."""
    return card(
        rx.el.div(
            status_badge(found.status_words, rx.match(found.status, *TONES, "neutral")),
            rx.cond(found.urgent, badge(_("Attend depuis longtemps"), tone="warning")),
            class_name="row",
        ),
        rx.el.h2(found.person),
        rx.el.p(found.title),
        rx.el.p(found.establishment, " · ", found.waiting_words, class_name="hint"),
        card_foot(cover_link(_("Ouvrir"), f"{HREF}/{found.application_id}", description=found.person)),
        tappable=True,
        current=State.chosen == found.application_id,
    )


def _choose() -> rx.Component:
    return empty_state(
        _("Choisissez une candidature"), _("Son détail s’ouvre ici. L’apprenant sait alors qu’elle est vue.")
    )


def _detail(detail: InboxDetail) -> rx.Component:
    return rx.el.div(
        rx.el.h2(detail.row.person),
        rx.el.p(detail.row.title, " · ", detail.places_words),
        status_badge(detail.row.status_words, rx.match(detail.row.status, *TONES, "neutral")),
        error_summary(
            State.errors, ("day", "at", "place", "reason", "words"), general=form_error(State.errors, "form")
        ),
        _actions(detail),
        rx.cond(
            detail.days_fit,
            callout(rx.el.p(_("Ses jours en entreprise vont avec les vôtres.")), tone="success"),
            callout(rx.el.p(_("Ses jours en entreprise diffèrent des vôtres : parlez-en ensemble.")), tone="warning"),
        ),
        section(
            _("Ce que dit la personne"),
            facts(
                fact(_("Motivation"), detail.motivation),
                fact_if(_("Expérience"), detail.experience),
                fact_if(_("Trajet"), detail.journey),
            ),
        ),
        section(
            _("Qui est-ce ?"),
            facts(
                fact(_("Métier appris"), detail.trade),
                fact(_("Année"), detail.year),
                fact(_("Jours en entreprise"), detail.days),
                fact(_("Commune"), detail.municipality),
                fact(_("Opérateur"), detail.operator),
                fact(_("Adresse e-mail"), detail.email),
                fact_if(_("Téléphone"), detail.phone),
                columns=2,
            ),
        ),
        rx.cond(
            detail.next_steps,
            section(
                _("Les prochaines étapes"), rx.el.ol(rx.foreach(detail.next_steps, rx.el.li), class_name="numbered")
            ),
        ),
        section(
            _("Historique"),
            timeline(detail.timeline),
            facts(
                fact_if(_("Entretien"), detail.interview_words),
                fact_if(_("Motif du refus"), detail.refusal_words),
                fact_if(_("Votre message"), detail.company_words),
            ),
        ),
        class_name="card stack",
    )


def _actions(detail: InboxDetail) -> rx.Component:
    return rx.el.div(
        row(
            rx.cond(detail.can_contact, dialog_opener(_("Proposer un entretien"), "entretien", variant="secondary")),
            rx.cond(detail.can_accept, dialog_opener(_("Accepter"), "accepter", variant="primary")),
            rx.cond(detail.can_refuse, dialog_opener(_("Refuser"), "refuser", variant="quiet")),
        ),
        confirm_dialog(
            "accepter",
            _("Retenir cette personne ?"),
            _("Une place est comptée. Son opérateur est prévenu et prend la suite avec vous."),
            _("Oui, retenir"),
            State.accept(detail.row.application_id),
        ),
        _interview(detail),
        _refusal(detail),
    )


def _interview(detail: InboxDetail) -> rx.Component:
    errors = State.errors
    return dialog(
        "entretien",
        _("Proposer un entretien"),
        rx.el.form(
            _which(detail),
            date_field("day", _("Jour"), error=form_error(errors, "day"), required=True),
            text_field("at", _("Heure"), type="time", error=form_error(errors, "at"), required=True, short=True),
            text_field("place", _("Lieu"), error=form_error(errors, "place"), required=True),
            textarea_field("words", _("Message"), rows=3, optional=True, field_id="message"),
            rx.el.div(close_button(), submit_button(_("Envoyer la proposition")), class_name="row"),
            on_submit=State.propose,
            class_name="stack",
            custom_attrs={"data-dialog-form": ""},
        ),
    )


def _refusal(detail: InboxDetail) -> rx.Component:
    errors = State.errors
    reasons = [(reason.value, REASON_WORDS[reason]) for reason in RefusalReason]
    return dialog(
        "refuser",
        _("Refuser cette candidature"),
        rx.el.form(
            _which(detail),
            select_field("reason", _("Motif"), reasons, empty=_("Choisissez"), error=form_error(errors, "reason")),
            textarea_field(
                "words",
                _("Message à la personne"),
                value=detail.polite_words,
                error=form_error(errors, "words"),
                rows=7,
                max_length=2000,
            ),
            rx.el.div(close_button(), button(_("Envoyer le refus"), type="submit", variant="danger"), class_name="row"),
            on_submit=State.refuse,
            class_name="stack",
            key=detail.row.application_id,
            custom_attrs={"data-dialog-form": ""},
        ),
    )


def _which(detail: InboxDetail) -> rx.Component:
    return rx.el.input(type="hidden", name="application", value=f"{detail.row.application_id}", read_only=True)


LIST = Page(HREF, _("Candidatures"), Audience.COMPANY, applications_page, loads=[State.load, State.follow])
DETAIL = Page(
    f"{HREF}/[candidature]", _("Candidature"), Audience.COMPANY, applications_page, loads=[State.load, State.follow]
)
