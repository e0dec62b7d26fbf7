"""The contacts with a company and the day to call again, on its sheet."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    date_field,
    disclosure,
    error_summary,
    form_error,
    section,
    select_field,
    submit_button,
    textarea_field,
)
from stageplus.components.table import cut_line
from stageplus.services.company_contacts.schemas import BY_HAND, KIND_WORDS, LONGEST, ContactRow, Planned
from stageplus.states.coach.contacts import CoachContactsState as State
from stageplus.texts import _


def follow_up_section() -> rx.Component:
    """Say when the coaches of each sector speak with the company again, and change it."""
    return section(_("Rappel"), rx.foreach(State.book.planned, _planned))


def contacts_section() -> rx.Component:
    """Build the form of a contact, and the history under it."""
    book = State.book
    kinds = [(kind.value, KIND_WORDS[kind]) for kind in BY_HAND]
    return section(
        _("Contacts et notes"),
        rx.el.form(
            _summary("kind", "on_day", "next_on", "sector", "words"),
            _which(),
            rx.el.div(
                select_field("kind", _("Contact"), kinds, error=_error("kind")),
                date_field("on_day", _("Le"), value=book.today, error=_error("on_day")),
                date_field("next_on", _("À rappeler le"), optional=True, error=_error("next_on")),
                rx.cond(
                    book.sectors.length() > 1,
                    select_field("sector", _("Secteur"), book.sectors, empty=_("Choisissez"), error=_error("sector")),
                ),
                class_name="field-row",
            ),
            textarea_field(
                "words",
                _("Ce qui s’est dit"),
                hint=_("Restez factuel : rien sur la vie privée, jamais le nom d’un apprenant."),
                error=_error("words"),
                max_length=LONGEST,
                rows=3,
            ),
            rx.el.div(submit_button(_("Noter")), class_name="row"),
            on_submit=State.note,
            class_name="card stack",
            key=f"{book.company_id}-{State.written}",
        ),
        rx.cond(
            book.contacts,
            rx.el.ul(rx.foreach(book.contacts, _contact), class_name="stack stack-tight"),
            rx.el.p(_("Aucun contact noté pour l’instant."), class_name="quiet-text"),
        ),
        cut_line(book.contacts_cut),
        hint=_("Lus par les coachs du secteur seulement. Un contact solde le rappel qui était dû."),
    )


def _planned(each: Planned) -> rx.Component:
    field, asked = f"next-{each.sector}", State.asked_for == f"rappel-{each.sector}"
    wrong = rx.cond(asked, form_error(State.errors, "next_on"), "")
    said = rx.cond(each.is_due, badge(each.words, tone="warning", icon_name="clock"), rx.el.span(each.words))
    return rx.el.form(
        error_summary({}, (), general=wrong),
        rx.el.div(
            rx.cond(State.book.sectors.length() > 1, rx.el.strong(each.name)),
            rx.cond(each.words != "", said, rx.el.span(_("Rien de prévu."), class_name="quiet-text")),
            class_name="row",
        ),
        _which(),
        rx.el.input(type="hidden", name="sector", value=each.sector, read_only=True),
        rx.el.div(
            date_field(
                "next_on",
                _("Prochain rappel"),
                field_id=field,
                value=each.on,
                hint=_("Laissez vide pour ne plus rien prévoir."),
                error=wrong,
            ),
            submit_button(_("Enregistrer le rappel"), size="small"),
            class_name="settle",
        ),
        on_submit=State.plan,
        class_name="card stack stack-tight",
        key=f"{State.book.company_id}-{each.sector}-{each.on}",
    )


def _contact(row: ContactRow) -> rx.Component:
    erase = button(
        _("Effacer"), variant="quiet", size="small", description=row.day, on_click=State.erase(row.contact_id)
    )
    return rx.el.li(
        rx.el.div(badge(row.kind_words, tone="neutral"), rx.el.span(row.day), row.sector, class_name="row"),
        rx.el.p(row.words, class_name="typed"),
        rx.cond(row.more != "", disclosure(_("Lire le message"), rx.el.p(row.more, class_name="typed"))),
        rx.el.div(rx.el.span(row.by, class_name="hint"), rx.cond(row.mine, erase), class_name="line-between"),
        class_name="card stack stack-tight",
    )


def _summary(*fields: str) -> rx.Component:
    general = form_error(State.errors, "form")
    return rx.cond(State.asked_for == "contact", error_summary(State.errors, fields, general=general))


def _error(name: str) -> Any:
    return rx.cond(State.asked_for == "contact", form_error(State.errors, name), "")


def _which() -> rx.Component:
    return rx.el.input(type="hidden", name="company", value=f"{State.book.company_id}", read_only=True)
