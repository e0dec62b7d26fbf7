"""Who did what to whose access or rights, and when."""

import reflex as rx

from stageplus.components import (
    date_field,
    desk_shell,
    empty_state,
    link,
    offa_nav,
    search_field,
    select_field,
    skeleton_rows,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.journal.schemas import DeedRow
from stageplus.states.admin.journal import PATH
from stageplus.states.admin.journal import OffaJournalState as State
from stageplus.states.audience import Audience
from stageplus.texts import _


def journal_page() -> rx.Component:
    """Build the list."""
    found = State.found
    columns = [
        Column(_("Geste"), _what),
        Column(_("Par"), lambda each: rx.cond(each.by != "", each.by, "—")),
        Column(_("Au sujet de"), _about),
        Column(_("Quand"), lambda each: each.when),
    ]
    nothing = empty_state(
        _("Aucun geste ne correspond"),
        _("Essayez un autre nom, ou moins de filtres."),
        link(_("Voir tout le journal"), href=PATH),
        heading="h3",
    )
    return desk_shell(
        offa_nav(),
        filters(
            search_field("q", _("Nom, adresse ou raison"), value=State.asked["q"]),
            select_field("geste", _("Geste"), found.actions, empty=_("Tous"), value=State.asked["geste"]),
            date_field("du", _("Du"), value=State.asked["du"]),
            date_field("au", _("Au"), value=State.asked["au"]),
            rx.el.input(type="hidden", name="personne", value=State.asked["personne"], read_only=True),
            on_submit=State.search,
            form_round=State.form_round,
        ),
        rx.el.section(
            list_head(
                found.found_words,
                rx.cond(State.asked["personne"], link(_("Voir les gestes au sujet de tout le monde"), href=PATH)),
            ),
            rx.cond(found.rows, table(_("Journal"), columns, found.rows, under_heading=True, wide=True), nothing),
            page_links(found.page, found.pages, State.before, State.after),
            class_name="stack stack-tight",
        ),
        title=_("Journal"),
        lead=_("Ce qui a été fait aux accès et aux droits de chacun. Sans nom, c’est le terminal ou le site lui-même."),
        active="journal",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _what(each: DeedRow) -> rx.Component:
    detail = rx.el.div(each.detail, class_name="second-line")
    return rx.el.div(rx.el.div(each.what), rx.cond(each.detail != "", detail))


def _about(each: DeedRow) -> rx.Component:
    return rx.cond(each.about_id > 0, link(each.about, href=f"/offa/comptes/{each.about_id}"), rx.el.span("—"))


PAGE = Page(PATH, _("Journal"), Audience.OFFA, journal_page, loads=[State.load, State.follow])
