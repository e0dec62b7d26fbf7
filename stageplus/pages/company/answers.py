"""Quick answers: to one application, to several at once, and the few seconds to take one back."""

from typing import Any

import reflex as rx

from stageplus.components import (
    answered_dialog,
    button,
    callout,
    checkbox_group,
    close_button,
    date_field,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    select_field,
    submit_button,
    textarea_field,
)
from stageplus.domain.applications import RefusalReason
from stageplus.services.applications.schemas import REASON_WORDS, InboxDetail
from stageplus.states.company.answers import CompanyAnswersState as State
from stageplus.texts import _


def undo_banner() -> rx.Component:
    """Offer to take the last answer back while that is possible."""
    back = button(_("Reprendre ma réponse"), size="small", on_click=State.take_back(State.desk.undo_key))
    shown = callout(rx.el.p(State.desk.undo_words), rx.el.div(back), tone="sun")
    refused = rx.cond(State.asking == "", form_error(State.errors, "form"), "")
    return rx.fragment(
        rx.cond(refused, rx.el.div(callout(rx.el.p(refused), tone="warning"), role="alert")),
        rx.cond(State.desk.undo_key != "", rx.el.div(shown, role="status")),
    )


def quick_answers(detail: InboxDetail) -> rx.Component:
    """Build what answers in one tap beside the three great decisions, and what hands the application over."""
    offered = detail.can_phone | detail.can_promise | detail.can_reconsider | detail.can_hand_over
    buttons = rx.el.div(
        rx.cond(detail.can_phone, _opener(_("J’ai répondu par téléphone"), "telephone")),
        rx.cond(detail.can_promise, _opener(_("Je réponds avant le …"), "patienter")),
        rx.cond(detail.can_reconsider, _opener(_("Revoir ce refus"), "revoir")),
        rx.cond(
            detail.can_hand_over & (State.ways.colleagues.length() > 1), _opener(_("Confier à un collègue"), "confier")
        ),
        rx.cond(
            detail.can_hand_over & (State.ways.elsewhere.length() > 0),
            _opener(_("Confier à un autre établissement"), "deplacer"),
        ),
        class_name="row",
    )
    title = rx.cond(detail.can_reconsider, _("Vous changez d’avis ?"), _("Une réponse rapide"))
    section = rx.el.section(rx.el.h3(title), buttons, class_name="stack stack-tight")
    return rx.fragment(
        rx.cond(State.ways.holder != "", rx.el.p(rx.el.strong(State.ways.holder))),
        rx.cond(offered, section),
        _phoned(detail),
        _promised(detail),
        _reconsidered(detail),
        _handed_over(detail),
        _moved(detail),
    )


def several_answers() -> rx.Component:
    """Build the answers to several of the listed applications at once."""
    openers = rx.el.div(
        dialog_opener(_("Faire patienter plusieurs"), "patienter-plusieurs", variant="quiet"),
        dialog_opener(_("Répondre non à plusieurs"), "refuser-plusieurs", variant="quiet"),
        class_name="stack stack-tight",
    )
    return rx.cond(State.found.several.length() > 1, rx.el.div(openers, _several_promised(), _several_refused()))


def _phoned(detail: InboxDetail) -> rx.Component:
    return answered_dialog(
        "telephone",
        _("Vous avez répondu par téléphone ?"),
        _("Vous êtes alors en contact, et la personne lit que vous l’avez appelée."),
        _("Oui, j’ai répondu"),
        State.phone(detail.row.application_id),
        done=State.done,
        refusal=_general("telephone"),
    )


def _reconsidered(detail: InboxDetail) -> rx.Component:
    return answered_dialog(
        "revoir",
        _("Reprendre contact ?"),
        _("Le refus est effacé, et la personne lit que vous changez d’avis : contactez-la sans tarder."),
        _("Oui, reprendre contact"),
        State.reconsider(detail.row.application_id),
        done=State.done,
        refusal=_general("revoir"),
    )


def _promised(detail: InboxDetail) -> rx.Component:
    return _form(
        "patienter",
        _("Je réponds avant le …"),
        ("before",),
        _which(detail),
        _day("before", "patienter"),
        submit_button(_("Promettre une réponse")),
        State.promise,
    )


def _several_promised() -> rx.Component:
    return _form(
        "patienter-plusieurs",
        _("Faire patienter plusieurs personnes"),
        ("waiting", "before_all"),
        _people("waiting", "patienter-plusieurs"),
        _day("before_all", "patienter-plusieurs"),
        submit_button(_("Promettre une réponse")),
        State.promise_several,
    )


def _several_refused() -> rx.Component:
    name = "refuser-plusieurs"
    reasons = [(reason.value, REASON_WORDS[reason]) for reason in RefusalReason]
    return _form(
        name,
        _("Refuser plusieurs candidatures"),
        ("ids", "reason_for_all", "words_for_all"),
        _people("ids", name),
        rx.fragment(
            select_field(
                "reason_for_all",
                _("Motif"),
                reasons,
                empty=_("Choisissez"),
                **_asked(name, "reason_for_all"),
            ),
            textarea_field(
                "words_for_all",
                _("Message à chaque personne"),
                value=State.desk.polite_words,
                hint=_("Un mot poli, que chacune lira tel quel. Changez-le à votre goût."),
                rows=7,
                max_length=2000,
                **_asked(name, "words_for_all"),
            ),
        ),
        button(_("Envoyer les refus"), type="submit", variant="danger"),
        State.refuse_several,
    )


def _handed_over(detail: InboxDetail) -> rx.Component:
    return _form(
        "confier",
        _("Confier à un collègue"),
        ("colleague",),
        _which(detail),
        select_field(
            "colleague",
            _("Qui s’en occupe ?"),
            State.ways.colleagues,
            empty=_("Choisissez"),
            hint=_("La personne est prévenue par e-mail. Vous gardez la candidature sous les yeux."),
            **_asked("confier", "colleague"),
        ),
        submit_button(_("Confier")),
        State.hand_over,
    )


def _moved(detail: InboxDetail) -> rx.Component:
    return _form(
        "deplacer",
        _("Confier à un autre établissement"),
        ("offer",),
        _which(detail),
        select_field(
            "offer",
            _("Établissement"),
            State.ways.elsewhere,
            empty=_("Choisissez"),
            hint=_("Le même métier, une place libre. La personne est prévenue et peut se retirer."),
            **_asked("deplacer", "offer"),
        ),
        submit_button(_("Confier")),
        State.move,
    )


def _form(
    name: str, title: str, fields: tuple[str, ...], first: Any, second: Any, send: Any, on_submit: Any
) -> rx.Component:
    summary = rx.cond(
        State.asking == name, error_summary(State.errors, fields, general=form_error(State.errors, "form"))
    )
    bar = rx.el.div(close_button(), send, class_name="row")
    return dialog(
        name,
        title,
        rx.el.form(summary, first, second, bar, on_submit=on_submit, class_name="stack"),
        done=State.done,
    )


def _day(field: str, name: str) -> rx.Component:
    return date_field(field, _("Je réponds avant le"), hint=State.desk.promise_words, **_asked(name, field))


def _people(field: str, name: str) -> rx.Component:
    return checkbox_group(field, _("À qui ?"), State.found.several, **_asked(name, field))


def _asked(name: str, field: str) -> dict[str, Any]:
    return {"error": rx.cond(State.asking == name, form_error(State.errors, field), "")}


def _general(name: str) -> Any:
    return rx.cond(State.asking == name, form_error(State.errors, "form"), "")


def _which(detail: InboxDetail) -> rx.Component:
    return rx.el.input(type="hidden", name="application", value=f"{detail.row.application_id}", read_only=True)


def _opener(label: str, name: str) -> rx.Component:
    return dialog_opener(label, name, variant="secondary")
