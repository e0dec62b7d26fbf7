"""A coach promotes Stage+: links of one's own, a leaflet for each, and what came of them."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    coach_nav,
    desk_shell,
    empty_state,
    error_summary,
    form_error,
    link,
    row,
    section,
    skeleton_rows,
    stat,
    stats,
    submit_button,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.outreach.schemas import LinkRow
from stageplus.states.audience import Audience
from stageplus.states.coach.outreach import CoachOutreachState as State
from stageplus.texts import _

PATH = "/coach/inviter"


def outreach_page() -> rx.Component:
    """Build the figures, the links and the form of another one."""
    columns = [
        Column(_("Occasion"), _occasion),
        Column(_("Ouvert"), lambda each: each.opened, figures=True),
        Column(_("Demandes d’accès"), lambda each: each.claimed, figures=True),
        Column(_("Première offre"), lambda each: each.published, figures=True),
        Column(_("Suite"), _next),
    ]
    nothing = empty_state(
        _("Pas encore de lien"),
        _("Donnez un nom à une occasion : un webinaire, une visite, un envoi. Son lien et son feuillet sont prêts."),
        icon_name="send",
        heading="h3",
    )
    links = table(_("Vos liens"), columns, State.found.rows, under_heading=True, wide=True)
    return desk_shell(
        coach_nav(),
        promotion(),
        _form(),
        section(_("Vos liens"), rx.cond(State.found.rows, links, nothing)),
        title=_("Inviter des entreprises"),
        lead=_("Un lien par occasion, et un feuillet à imprimer. Vous voyez des nombres, jamais qui l’a ouvert."),
        active="inviter",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def promotion() -> rx.Component:
    """Build what came of all links together; a page that shows it also loads `CoachOutreachState.load`."""
    found = State.found
    return section(
        _("Ce que vos invitations ont donné"),
        stats(
            stat(found.opened, _("Ouvertures")),
            stat(found.claimed, _("Demandes d’accès")),
            stat(found.published, _("Premières offres")),
        ),
        hint=_("Une ouverture compte une fois par heure et par réseau ; les robots des messageries ne comptent pas."),
    )


def _form() -> rx.Component:
    errors = State.errors
    return rx.el.form(
        error_summary(errors, ("name",), general=form_error(errors, "form")),
        text_field(
            "name",
            _("Occasion"),
            hint=_("Pour vous seul : par exemple « Webinaire de mars » ou « Visite à Wavre »."),
            error=form_error(errors, "name"),
        ),
        row(submit_button(_("Créer un lien"))),
        on_submit=State.make,
        class_name="card stack measure",
        key=f"lien-{State.answered}",
    )


def _occasion(each: LinkRow) -> rx.Component:
    since = rx.el.div(_("depuis le"), " ", each.since, class_name="second-line")
    ended = badge(_("Fermé"), tone="neutral", icon_name="stop")
    where = rx.cond(each.is_open, rx.el.code(each.address, class_name="whole-line"), ended)
    return rx.el.div(rx.el.strong(each.name), rx.el.div(where), since)


def _next(each: LinkRow) -> rx.Component:
    return rx.cond(each.is_open, row(_share(each), _leaflet(each), _end(each)))


def _share(each: LinkRow) -> rx.Component:
    shares = {
        "data-share": each.path,
        "data-share-title": _("Stage+, formation en alternance"),
        "data-done-text": _("Lien copié"),
    }
    return button(_("Copier"), size="small", description=each.name, custom_attrs=shares)


def _leaflet(each: LinkRow) -> rx.Component:
    return link(_("Feuillet (PDF)"), href=each.leaflet, native=True, description=each.name)


def _end(each: LinkRow) -> Any:
    act = State.end(each.link_id)
    return button(_("Fermer"), size="small", variant="secondary", description=each.name, on_click=act)


PAGE = Page(PATH, _("Inviter des entreprises"), Audience.COACH, outreach_page, loads=[State.load, State.follow])
