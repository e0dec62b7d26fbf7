"""The applications of a company: the list beside the chosen one."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button_link,
    card,
    cover_link,
    empty_state,
    list_detail,
    pagination,
    select_field,
    skeleton_rows,
    status_badge,
)
from stageplus.pages.company.answers import quick_answers, several_answers, undo_banner
from stageplus.pages.company.application import TONES, application_detail
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.applications.schemas import InboxRow
from stageplus.states.audience import Audience
from stageplus.states.company.inbox import CompanyInboxState as State
from stageplus.texts import _

HREF = "/entreprise/candidatures"
GROUPS = [
    ("a-repondre", _("À répondre")),
    ("en-contact", _("En contact")),
    ("retenues", _("Retenues")),
    ("terminees", _("Terminées")),
]


def applications_page() -> rx.Component:
    """Build the list with its detail."""
    return company_page(
        rx.cond(
            State.found.offers,
            rx.fragment(
                undo_banner(),
                _filters(),
                list_detail(
                    _listing(),
                    rx.cond(State.chosen > 0, application_detail(State.detail, quick_answers(State.detail)), _choose()),
                    chosen=State.chosen > 0,
                    back=_("Toutes les candidatures"),
                    back_href=HREF + State.query,
                ),
            ),
            empty_state(
                _("Aucune candidature pour l’instant"),
                _("Elles arrivent ici d’elles-mêmes dès qu’une personne postule à vos offres."),
                button_link(_("Voir vos offres"), "/entreprise/offres", variant="secondary"),
                icon_name="letter",
            ),
        ),
        title=_("Candidatures"),
        active="candidatures",
        skeleton=skeleton_rows(),
    )


def inbox_card(found: InboxRow, address: Any, *, current: Any = False) -> rx.Component:
    """Build one application of a list."""
    return card(
        rx.el.div(
            status_badge(found.status_words, rx.match(found.status, *TONES, "neutral")),
            rx.cond(found.urgent, badge(_("Réponse en retard"), tone="warning")),
            rx.cond(found.unread, badge(found.unread, tone="accent", icon_name="letter")),
            class_name="row",
        ),
        rx.el.h3(cover_link(found.person, address, description=found.title)),
        rx.el.p(found.title),
        rx.el.p(found.establishment, class_name="hint"),
        rx.cond(found.days_words, rx.el.p(rx.el.strong(found.days_words))),
        rx.el.p(rx.cond(found.waiting_words, found.waiting_words, found.received), class_name="hint"),
        rx.cond(found.holder, rx.el.p(found.holder, class_name="hint")),
        tappable=True,
        current=current,
        class_name="card-line",
    )


def _listing() -> rx.Component:
    found = State.found
    return rx.el.div(
        rx.el.h2(_("La liste"), class_name="sr"),
        several_answers(),
        rx.cond(
            found.rows,
            rx.el.div(rx.foreach(found.rows, _line), class_name="stack stack-tight"),
            empty_state(
                _("Rien ici"),
                _("Aucune candidature ne correspond à ce choix."),
                button_link(_("Tout afficher"), HREF, variant="secondary"),
                heading="h3",
            ),
        ),
        rx.cond(
            found.pages > 1,
            pagination(
                rx.el.span(_("Page"), " ", found.page, " ", _("sur"), " ", found.pages),
                rx.cond(State.before, HREF + State.before, ""),
                rx.cond(State.after, HREF + State.after, ""),
            ),
        ),
        class_name="stack stack-tight",
    )


def _filters() -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="intent"),
        select_field("etat", _("État"), GROUPS, empty=_("Tous"), value=State.asked.get("etat", "")),
        select_field("offre", _("Offre"), State.found.offers, empty=_("Toutes"), value=State.asked.get("offre", "")),
        rx.el.p(
            State.found.to_answer,
            " ",
            _("à répondre"),
            class_name="filters-count",
            role="status",
            custom_attrs={"data-live-count": ""},
        ),
        on_submit=State.filter,
        class_name="card filters",
        key=State.query,
        custom_attrs={"data-free": "", "data-eager": ""},
    )


def _line(found: InboxRow) -> rx.Component:
    address = f"{HREF}/{found.application_id}" + State.query
    return inbox_card(found, address, current=State.chosen == found.application_id)


def _choose() -> rx.Component:
    return empty_state(
        _("Choisissez une candidature"),
        _("Son détail s’ouvre ici. L’apprenant sait alors qu’elle est vue."),
        icon_name="letter",
    )


LOADS = [State.load, State.follow]
LIST = Page(HREF, _("Candidatures"), Audience.COMPANY, applications_page, loads=LOADS)
DETAIL = Page(f"{HREF}/[candidature]", _("Candidature"), Audience.COMPANY, applications_page, loads=LOADS)
