"""The coming interviews of a company, day by day, and how to follow them from one's own calendar."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    callout,
    card,
    confirm_dialog,
    cover_link,
    dialog_opener,
    empty_state,
    form_error,
    icon,
    link,
    section,
    skeleton_rows,
)
from stageplus.pages.company.applications import HREF
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.interviews.schemas import AgendaDay, AgendaEntry
from stageplus.states.audience import Audience
from stageplus.states.company.agenda import CompanyAgendaState as State
from stageplus.texts import _


def agenda_page() -> rx.Component:
    """Build the agenda."""
    nothing = empty_state(
        _("Aucun entretien prévu"),
        _("Proposez-en un depuis une candidature : il apparaît ici dès qu’un moment est fixé."),
        button_link(_("Voir les candidatures"), HREF, variant="secondary"),
        icon_name="calendar",
    )
    return company_page(
        rx.cond(
            State.found.open,
            section(
                _("Moment à fixer"),
                rx.el.div(rx.foreach(State.found.open, _open), class_name="grid-cards"),
            ),
        ),
        rx.cond(
            State.found.days,
            rx.fragment(rx.foreach(State.found.days, _day)),
            rx.cond(State.found.open, rx.fragment(), nothing),
        ),
        _following(),
        title=_("Agenda"),
        active="agenda",
        lead=_("Les entretiens à venir, jour par jour."),
        skeleton=skeleton_rows(),
    )


def _day(each: AgendaDay) -> rx.Component:
    return section(
        each.day,
        rx.el.ul(rx.foreach(each.meetings, _entry), class_name="slots"),
    )


def _entry(entry: AgendaEntry) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.p(icon("clock", 20), rx.el.strong(entry.hour), class_name="row"),
            rx.el.div(
                rx.el.h3(_to(entry)),
                rx.el.p(entry.title),
                rx.el.p(entry.where, " · ", entry.establishment, class_name="hint"),
                rx.cond(entry.overlaps, badge(entry.overlaps, tone="warning", icon_name="alert")),
                class_name="stack stack-tight",
            ),
            tappable=True,
            class_name="agenda-line",
        )
    )


def _open(entry: AgendaEntry) -> rx.Component:
    state = rx.cond(entry.my_turn, badge(_("À confirmer"), tone="warning"), badge(_("En attente"), tone="neutral"))
    return card(
        rx.el.p(state),
        rx.el.h3(_to(entry)),
        rx.el.p(entry.title),
        rx.el.p(entry.turn, class_name="hint"),
        tappable=True,
    )


def _to(entry: AgendaEntry) -> rx.Component:
    return cover_link(entry.person, f"{HREF}/{entry.application_id}", description=entry.title)


def _following() -> rx.Component:
    make: Any = button(
        _("Créer mon lien d’agenda"), variant="secondary", icon_name="calendar", on_click=State.make_address
    )
    return section(
        _("Dans votre propre agenda"),
        rx.cond(State.errors, callout(rx.el.p(form_error(State.errors, "form")), tone="warning")),
        rx.cond(
            State.address.https,
            _address(),
            rx.cond(
                State.found.followed_since,
                rx.el.div(
                    rx.el.p(_("Votre lien est actif depuis le"), " ", State.found.followed_since, "."),
                    rx.el.div(
                        dialog_opener(_("Couper le lien"), "couper", variant="quiet"),
                        dialog_opener(_("Changer de lien"), "changer", variant="secondary"),
                        class_name="row",
                    ),
                    class_name="stack stack-tight",
                ),
                rx.el.div(make, class_name="row"),
            ),
        ),
        confirm_dialog(
            "couper",
            _("Couper le lien ?"),
            _("Les agendas qui le suivent ne reçoivent plus rien. Vous pourrez en créer un autre."),
            _("Oui, couper"),
            State.end_address,
            danger=True,
        ),
        confirm_dialog(
            "changer",
            _("Changer de lien ?"),
            _("L’ancien lien cesse aussitôt de fonctionner ; le nouveau est montré une seule fois."),
            _("Oui, changer"),
            State.make_address,
        ),
        hint=_(
            "Un lien secret, pour vous seul : prénom et métier seulement, rien d’autre sur les personnes. "
            "Il s’arrête si vous le coupez ou quittez l’entreprise."
        ),
    )


def _address() -> rx.Component:
    return callout(
        rx.el.p(_("Copiez-le maintenant : il n’est montré qu’une fois. Ne le transmettez à personne.")),
        rx.el.input(
            value=State.address.https,
            read_only=True,
            class_name="input",
            custom_attrs={"aria-label": _("Votre lien d’agenda")},
        ),
        rx.el.div(
            link(
                _("Ouvrir dans mon logiciel d’agenda"),
                href=State.address.webcal,
                native=True,
                class_name="btn btn-primary",
            ),
            dialog_opener(_("Couper le lien"), "couper", variant="quiet"),
            class_name="row",
        ),
        title=_("Votre lien d’agenda"),
        tone="success",
    )


PAGE = Page("/entreprise/agenda", _("Agenda"), Audience.COMPANY, agenda_page, loads=[State.load, State.follow])
