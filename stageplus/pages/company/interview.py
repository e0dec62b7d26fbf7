"""The interview with an applicant, in the company's page: proposed, moved, confirmed, cancelled."""

from typing import Any

import reflex as rx

from stageplus.components import (
    ROW_FIELDS,
    TIMES,
    cancel_dialog,
    dialog,
    error_summary,
    form_error,
    interview_panel,
    radio_cards,
    text_field,
    textarea_field,
    times_buttons,
    times_rows,
    why_field,
)
from stageplus.domain.interviews import InterviewKind
from stageplus.services.applications.schemas import InboxDetail
from stageplus.states.company.interviews import CompanyInterviewState as State
from stageplus.texts import _

KINDS = [(InterviewKind.ON_SITE.value, _("Sur place")), (InterviewKind.PHONE.value, _("Par téléphone"))]
MORE = _("Ajouter d’autres moments : la personne en choisit un")


def interview_part(detail: InboxDetail) -> rx.Component:
    """Build the interview among the parts of an application."""
    return rx.el.section(
        rx.el.h3(_("Entretien")),
        interview_panel(
            detail.interview,
            take=lambda slot: State.confirm(detail.row.application_id, slot.slot_id),
            take_label=_("Confirmer ce moment"),
            refusal=rx.cond(State.asking == "", form_error(State.errors, "form"), ""),
            head=detail.interview.headline,
            move_label=rx.cond(detail.interview.when, _("Déplacer"), _("Proposer d’autres moments")),
        ),
        class_name="stack stack-tight",
    )


def interview_dialogs(detail: InboxDetail) -> rx.Component:
    """Build the dialog that offers moments, for a first time or in the place of others, and the one that cancels."""
    title = rx.cond(detail.interview.when, _("Déplacer l’entretien"), _("Proposer d’autres moments"))
    return rx.fragment(
        dialog(
            TIMES,
            rx.cond(detail.can_contact, _("Proposer un entretien"), title),
            rx.cond(detail.can_contact, _proposal(detail), _others(detail)),
            done=State.done,
        ),
        cancel_dialog(
            _("La personne est prévenue. Sa candidature reste en contact : vous pouvez proposer un autre entretien."),
            State.cancel,
            State.errors,
            asking=State.asking == "annuler",
            which=_which(detail),
            done=State.done,
            hint=_("La personne lira ces mots tels quels."),
        ),
    )


def _proposal(detail: InboxDetail) -> rx.Component:
    asked = _asked("entretien", detail)
    return rx.el.form(
        _summary("entretien", {**ROW_FIELDS, "place": _("Lieu"), "message": _("Message")}),
        _which(detail),
        radio_cards("kind", _("Comment"), KINDS, value=InterviewKind.ON_SITE.value, side_by_side=True),
        times_rows(detail.interview, asked, MORE),
        text_field(
            "place",
            _("Lieu"),
            hint=_("Une adresse complète, et qui demander. Par téléphone : qui appelle, et à quel numéro."),
            **asked("place"),
        ),
        textarea_field("message", _("Message"), rows=3, optional=True, max_length=2000, **asked("message")),
        times_buttons(_("Envoyer la proposition")),
        on_submit=State.propose,
        class_name="stack",
    )


def _others(detail: InboxDetail) -> rx.Component:
    asked = _asked("autres", detail)
    return rx.el.form(
        _summary("autres", {**ROW_FIELDS, "why": _("Pourquoi ?")}),
        _which(detail),
        times_rows(detail.interview, asked, MORE),
        why_field(asked("why")["error"], _("La personne lira ces mots tels quels.")),
        times_buttons(_("Envoyer les moments")),
        on_submit=State.offer_others,
        class_name="stack",
    )


def _summary(dialog_id: str, fields: dict[str, str]) -> rx.Component:
    general = form_error(State.errors, "form")
    return rx.cond(State.asking == dialog_id, error_summary(State.errors, fields, general=general))


def _asked(dialog_id: str, detail: InboxDetail) -> Any:
    def of(name: Any) -> dict[str, Any]:
        mine = rx.cond(State.asking == dialog_id, form_error(State.errors, name), "")
        return {"error": mine, "keep": f"{dialog_id}-{detail.row.application_id}-{name}"}

    return of


def _which(detail: InboxDetail) -> rx.Component:
    return rx.el.input(type="hidden", name="application", value=f"{detail.row.application_id}", read_only=True)
