"""One application as its company reads and answers it."""

from typing import Any

import reflex as rx

from stageplus.components import (
    TIMES,
    answered_dialog,
    badge,
    button,
    callout,
    close_button,
    dialog,
    dialog_opener,
    download_link,
    empty_state,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    link,
    next_steps,
    select_field,
    status_badge,
    textarea_field,
    timeline,
)
from stageplus.domain.applications import RefusalReason
from stageplus.pages.company.interview import interview_dialogs, interview_part
from stageplus.pages.company.talk import talk_jump, talk_part
from stageplus.services.applications.schemas import REASON_WORDS, InboxDetail
from stageplus.states.company.inbox import CompanyInboxState as State
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


def application_detail(detail: InboxDetail, quick: rx.Component) -> rx.Component:
    """Build everything about the chosen application, with its quick answers, or say that it is gone."""
    gone = empty_state(
        _("Cette candidature n’est plus là"),
        _("La personne l’a retirée : ses données ne vous sont plus montrées."),
        icon_name="letter",
    )
    return rx.cond(State.gone, gone, _whole(detail, quick))


def _whole(detail: InboxDetail, quick: rx.Component) -> rx.Component:
    return rx.el.div(
        _head(detail),
        rx.cond(
            detail.days_fit,
            callout(rx.el.p(_("Ses jours en entreprise vont avec les vôtres.")), tone="success"),
            callout(rx.el.p(_("Ses jours en entreprise diffèrent des vôtres : parlez-en ensemble.")), tone="warning"),
        ),
        rx.cond(detail.interview.state, interview_part(detail)),
        _words(detail),
        _person(detail),
        rx.cond(detail.introduction_words != "", callout(rx.el.p(detail.introduction_words), tone="accent")),
        rx.cond(detail.next_steps, _next_steps(detail)),
        _story(detail),
        talk_part(),
        rx.cond(detail.row.suspended, _absence()),
        quick,
        _actions(detail),
        class_name="card stack",
        key=detail.row.application_id,
    )


def _head(detail: InboxDetail) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            status_badge(detail.row.status_words, rx.match(detail.row.status, *TONES, "neutral")),
            rx.cond(detail.row.urgent, badge(_("Réponse en retard"), tone="warning")),
            class_name="row",
        ),
        rx.el.h2(detail.row.person, custom_attrs={"data-focus-after": ""}),
        rx.el.p(detail.row.title),
        rx.el.p(
            detail.places_words,
            " · ",
            detail.row.received,
            rx.cond(detail.row.waiting_words, rx.fragment(" · ", detail.row.waiting_words)),
            class_name="hint",
        ),
        talk_jump(),
        class_name="stack stack-tight",
    )


def _words(detail: InboxDetail) -> rx.Component:
    return _part(
        _("Ce que dit la personne"),
        rx.el.p(detail.motivation, class_name="typed"),
        facts(
            fact_if(_("Expérience"), detail.experience),
            fact_if(_("Trajet"), detail.journey),
            rx.cond(detail.cv.words, fact(_("CV"), _cv(detail))),
        ),
    )


def _cv(detail: InboxDetail) -> rx.Component:
    opens = download_link(_("Télécharger"), detail.cv.href, description=_("le CV"))
    state = rx.cond(detail.cv.waits, _("vérification en cours"), opens)
    return rx.el.span(detail.cv.words, " · ", state, role="status")


def _person(detail: InboxDetail) -> rx.Component:
    return _part(
        _("Qui est-ce ?"),
        facts(
            fact(_("Métier appris"), detail.trade),
            fact(_("Année"), detail.year),
            fact(_("Jours en entreprise"), detail.days),
            fact(_("Commune"), detail.municipality),
            fact(_("Opérateur"), detail.operator),
            fact(_("Adresse e-mail"), link(detail.email, href="mailto:" + detail.email, native=True)),
            rx.cond(detail.phone, fact(_("Téléphone"), link(detail.phone, href="tel:" + detail.phone, native=True))),
            columns=2,
        ),
    )


def _next_steps(detail: InboxDetail) -> rx.Component:
    return _part(_("Les prochaines étapes : qui fait quoi"), next_steps(detail.next_steps))


def _story(detail: InboxDetail) -> rx.Component:
    return _part(
        _("Historique"),
        timeline(detail.timeline),
        facts(
            fact_if(_("Motif du refus"), detail.refusal_words),
            fact_if(_("Votre message"), detail.company_words),
        ),
    )


def _absence() -> rx.Component:
    return callout(
        rx.el.p(_("Le compte de cette personne est suspendu pour le moment.")),
        rx.el.p(
            _(
                "Vous n’avez rien à faire : sa candidature est gardée et vous ne recevez pas de rappel. Vous pourrez "
                "répondre dès que le compte rouvre."
            )
        ),
        tone="warning",
    )


def _actions(detail: InboxDetail) -> rx.Component:
    may_act = detail.can_contact | detail.can_accept | detail.can_refuse
    buttons = rx.el.div(
        rx.cond(detail.can_refuse, dialog_opener(_("Refuser"), "refuser", variant="quiet")),
        rx.cond(detail.can_contact, dialog_opener(_("Proposer un entretien"), TIMES, variant="secondary")),
        rx.cond(detail.can_accept, dialog_opener(_("Accepter"), "accepter", variant="primary")),
        class_name="action-bar",
    )
    return rx.fragment(rx.cond(may_act, buttons), _accepting(detail), interview_dialogs(detail), _refusal(detail))


def _accepting(detail: InboxDetail) -> rx.Component:
    return answered_dialog(
        "accepter",
        _("Retenir cette personne ?"),
        _("Une place est comptée. Son opérateur est prévenu et prend la suite avec vous."),
        _("Oui, retenir"),
        State.accept(detail.row.application_id),
        done=State.done,
        refusal=rx.cond(State.asking == "accepter", form_error(State.errors, "form"), ""),
    )


def _refusal(detail: InboxDetail) -> rx.Component:
    reasons = [(reason.value, REASON_WORDS[reason]) for reason in RefusalReason]
    return dialog(
        "refuser",
        _("Refuser cette candidature"),
        rx.el.form(
            _summary("refuser", "reason", "words"),
            _which(detail),
            select_field("reason", _("Motif"), reasons, empty=_("Choisissez"), **_asked("refuser", detail, "reason")),
            textarea_field(
                "words",
                _("Message à la personne"),
                value=detail.polite_words,
                hint=_("Un mot poli, que la personne lira tel quel. Changez-le à votre goût."),
                rows=7,
                max_length=2000,
                **_asked("refuser", detail, "words"),
            ),
            rx.el.div(close_button(), button(_("Envoyer le refus"), type="submit", variant="danger"), class_name="row"),
            on_submit=State.refuse,
            class_name="stack",
        ),
        done=State.done,
    )


def _summary(dialog_id: str, *fields: str) -> rx.Component:
    general = form_error(State.errors, "form")
    return rx.cond(State.asking == dialog_id, error_summary(State.errors, fields, general=general))


def _asked(dialog_id: str, detail: InboxDetail, name: str) -> dict[str, Any]:
    mine = rx.cond(State.asking == dialog_id, form_error(State.errors, name), "")
    return {"error": mine, "keep": f"{dialog_id}-{detail.row.application_id}-{name}"}


def _which(detail: InboxDetail) -> rx.Component:
    return rx.el.input(type="hidden", name="application", value=f"{detail.row.application_id}", read_only=True)


def _part(title: str, *content: Any) -> rx.Component:
    return rx.el.section(rx.el.h3(title), *content, class_name="stack stack-tight")
