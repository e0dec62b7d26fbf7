"""The form of an offer: its steps between what went wrong and the bar with its buttons; a draft saves itself."""

from functools import reduce
from operator import or_

import reflex as rx

from stageplus.components import button, callout, error_summary, form_error, form_key, icon, link, wording_summary
from stageplus.components.props import ABSENT, Text
from stageplus.pages.company.offer_steps import FIELDS, LABELS, STEPS, steps, written
from stageplus.states.company.posting import CompanyOfferState as State
from stageplus.texts import _


def offer_form(*, new: bool) -> rx.Component:
    """Build the form beside its steps; of a new offer, the address names the draft once it has saved itself."""
    detail = State.detail
    address = rx.cond(detail.row.offer_id > 0, f"brouillon={detail.row.offer_id}", ABSENT) if new else ABSENT
    form = rx.el.form(
        rx.cond(State.asking == "form", error_summary(State.errors, LABELS, general=form_error(State.errors, "form"))),
        _found_again(),
        *_hidden(),
        *steps(),
        _bar(),
        on_submit=State.submit,
        class_name="guided",
        key=State.round,
        custom_attrs={
            "data-done": State.done,
            "data-query": address,
            "data-autosave": rx.cond(detail.is_draft, "", "check"),
        },
    )
    return rx.el.div(form, _steps_aside(), class_name="beside")


def kept_names(offer: Text) -> str:
    """Name every copy that this device holds of the form of an offer."""
    return " ".join([f"offre-{offer}", *[f"offre-{offer}-{name}" for name in FIELDS]])


def _hidden() -> list[rx.Component]:
    detail = State.detail
    # The first button of a form is what the Enter key presses.
    by_itself = {"data-intent": rx.cond(detail.is_draft, "autosave", "check")}
    return [
        rx.el.button(_("Enregistrer"), type="submit", hidden=True, tab_index=-1, custom_attrs=by_itself),
        rx.el.input(type="hidden", name="intent"),
        rx.el.input(type="hidden", name="offer", value=f"{detail.row.offer_id}", read_only=True),
        rx.cond(
            written("form_key") != "",
            rx.el.input(type="hidden", name="form_key", value=written("form_key"), read_only=True),
            form_key("offre-0"),
        ),
    ]


def _found_again() -> rx.Component:
    back = _("Revenir à la version enregistrée")
    return callout(
        rx.el.p(_("Des réponses pas encore enregistrées ont été retrouvées sur cet appareil et remises à leur place.")),
        button(back, variant="quiet", size="small", custom_attrs={"data-forget": ""}),
        tone="warning",
        class_name="found-again",
    )


def _bar() -> rx.Component:
    missing = State.missing_fields.length()
    waits = rx.cond(
        missing > 1,
        rx.fragment(_("Encore"), " ", missing, " ", _("réponses avant de publier")),
        _("Encore une réponse avant de publier"),
    )
    words = rx.el.div(
        rx.el.p(State.saved, role="status", class_name="bar-saved"),
        rx.el.p(rx.cond(missing > 0, waits, _("Prête à être publiée")), class_name="hint"),
    )
    draft = [_submit("draft", _("Enregistrer le brouillon"), "secondary"), _submit("publish", _("Publier l'offre"))]
    return rx.el.div(
        rx.el.div(
            rx.cond(State.detail.is_draft, words, rx.el.p(_("Les apprenants voient vos changements aussitôt."))),
            wording_summary(State.to_examine),
        ),
        rx.cond(
            State.detail.is_draft,
            rx.el.div(*draft, class_name="row"),
            _submit("edit", _("Enregistrer les changements")),
        ),
        class_name="action-bar",
    )


def _submit(intent: str, label: str, look: str = "primary") -> rx.Component:
    return rx.el.button(label, type="submit", class_name=f"btn btn-{look}", custom_attrs={"data-intent": intent})


def _steps_aside() -> rx.Component:
    lines = [_aside_line(number, *step) for number, step in enumerate(STEPS, start=1)]
    computed = _("Stage+ calcule pour vous la distance de chaque apprenant et la rétribution minimale.")
    return rx.el.aside(
        rx.el.h2(_("Les étapes")),
        rx.el.ol(*lines, class_name="aside-steps"),
        rx.el.p(computed, class_name="hint"),
        class_name="form-aside",
    )


def _aside_line(number: int, title: str, names: tuple[str, ...]) -> rx.Component:
    waits = reduce(or_, [State.missing_fields.contains(name) for name in names])
    state = rx.cond(
        waits,
        rx.el.span(_("à compléter"), class_name="hint"),
        rx.el.span(icon("check", 20), _("complet"), class_name="aside-done"),
    )
    return rx.el.li(link(title, href=f"#etape-{number}", native=True), rx.cond(State.detail.is_draft, state))
