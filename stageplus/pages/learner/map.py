"""The map of the offers: our own drawing with markers, beside the list or behind a button on a phone."""

from typing import Any

import reflex as rx

from stageplus.components import icon, link
from stageplus.components.document import versioned
from stageplus.components.icons import IconName
from stageplus.domain.drawing import KM_ACROSS, KM_DOWN
from stageplus.services.offers.schemas import MapMarker, MapTown
from stageplus.states.learner.map import LearnerMapState as State
from stageplus.states.learner.offers import LearnerOffersState as Search
from stageplus.texts import _

BOX = f"0 0 {10 * KM_ACROSS:.0f} {10 * KM_DOWN:.0f}"
LAYERS = (
    ("map-under", "beyond"),
    ("map-under", "home"),
    ("map-land", "beyond"),
    ("map-land", "home"),
    ("map-dots", "towns"),
)
"""Parts of the drawing from the back to the front: a broad edge first, which closes the gaps between provinces."""
OPEN = Search.chosen["carte"] == "oui"
DRAWING = versioned("map.svg")


def map_switch() -> rx.Component:
    """Build the button that shows the map in place of the list on a phone, or the list again; see the address bar."""
    label = rx.cond(OPEN, _("Liste"), _("Carte"))
    return link(
        rx.cond(OPEN, icon("list"), icon("map-pin")),
        label,
        href=Search.map_switch,
        class_name="btn btn-secondary btn-small map-switch",
    )


def map_section() -> rx.Component:
    """Build the map; our script asks for it, and only where it is shown."""
    return rx.el.section(
        rx.el.h2(_("Carte des offres"), class_name="sr"),
        rx.el.button(
            _("Afficher la carte"),
            type="button",
            class_name="btn btn-secondary map-ask",
            on_click=State.draw(Search.here),
        ),
        rx.cond(State.level >= 0, _map()),
        class_name="map",
        custom_attrs={
            "data-map": rx.cond(OPEN, "open", "wide"),
            "data-search": Search.here,
            "data-script": versioned("map.js"),
            "data-style": versioned("map.css"),
        },
    )


def _map() -> rx.Component:
    return rx.fragment(
        rx.el.p(State.words, class_name=rx.cond(State.ring.name, "map-words", "sr"), role="status"),
        rx.el.div(_frame(), _controls(), class_name="map-box"),
        _legend(),
        _list(),
    )


def _frame() -> rx.Component:
    size = rx.Var.create({"--zoom": 2**State.level})
    return rx.el.div(
        rx.el.div(
            _drawing(),
            _home(),
            rx.el.ul(rx.foreach(State.markers, _marker), class_name="map-markers"),
            class_name="map-canvas",
            custom_attrs={"style": size},
        ),
        role="group",
        tab_index=0,
        class_name="map-frame",
        custom_attrs={
            "aria-label": _("Carte : les flèches du clavier la déplacent"),
            "data-level": State.level,
            "data-view": State.view,
            "data-x": State.x,
            "data-y": State.y,
        },
    )


def _drawing() -> rx.Component:
    ring = State.ring
    place = rx.Var.create({"left": f"{ring.x}%", "top": f"{ring.y}%", "width": f"{ring.radius * 2}%"})
    return rx.fragment(
        rx.el.svg(
            *[rx.el.svg.use(href=f"{DRAWING}#{part}", class_name=f"map-{part} {look}") for look, part in LAYERS],
            view_box=BOX,
            class_name="map-drawing",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.cond(ring.radius > 0, rx.el.span(class_name="map-ring", custom_attrs={"style": place})),
    )


def _marker(marker: rx.Var[MapMarker]) -> rx.Component:
    look = rx.cond(marker.inside, "map-marker map-marker-inside", "map-marker")
    spoken = {"aria-label": f"{marker.name}, {marker.offers}"}
    entering = State.enter_cluster(Search.here, State.level + 1, marker.name)
    many = rx.el.button(marker.count, type="button", class_name=look, on_click=entering, custom_attrs=spoken)
    place = rx.Var.create({"left": f"{marker.x}%", "top": f"{marker.y}%"})
    return rx.el.li(
        rx.cond(marker.many, many, link(marker.count, href=_only(marker.name), class_name=look, custom_attrs=spoken)),
        rx.cond(marker.label, rx.el.span(marker.label, class_name="map-name", custom_attrs={"aria-hidden": "true"})),
        key=marker.name,
        custom_attrs={"style": place},
    )


def _only(town: rx.Var[str]) -> rx.Var[str]:
    """Lead to the same search in one commune alone."""
    return rx.Var(f"{State.elsewhere!s} + encodeURIComponent({town!s})", _var_type=str)._replace(
        merge_var_data=rx.vars.VarData.merge(State.elsewhere._get_all_var_data(), town._get_all_var_data())
    )


def _home() -> rx.Component:
    place = rx.Var.create({"left": f"{State.own.x}%", "top": f"{State.own.y}%"})
    return rx.el.span(icon("home", 16), class_name="map-my-home", custom_attrs={"style": place, "aria-hidden": "true"})


def _controls() -> rx.Component:
    level, last = State.level, State.last_level
    return rx.el.div(
        _control(_("Agrandir la carte"), "plus", State.zoom(Search.here, level + 1), level >= last),
        _control(_("Réduire la carte"), "minus", State.zoom(Search.here, level - 1), level <= 0),
        _control(_("Recentrer la carte"), "target", State.frame(Search.here), off=False),
        role="group",
        class_name="map-controls",
        custom_attrs={"aria-label": _("Taille de la carte")},
    )


def _control(label: str, name: IconName, act: Any, off: rx.Var[bool] | bool) -> rx.Component:
    return rx.el.button(
        icon(name),
        type="button",
        disabled=off,
        on_click=act,
        class_name="map-control",
        custom_attrs={"aria-label": label},
    )


def _legend() -> rx.Component:
    inside = rx.el.span(rx.el.span(class_name="map-key map-marker-inside"), _("Dans ton rayon"))
    outside = rx.el.span(rx.el.span(class_name="map-key"), _("Plus loin"))
    home = rx.el.span(icon("home", 18), _("Chez toi"))
    return rx.el.p(rx.cond(State.ring.name, rx.fragment(inside, outside)), home, class_name="map-legend")


def _list() -> rx.Component:
    label = rx.cond(State.listed, _("Fermer la liste des communes"), _("Voir la liste des communes"))
    rows = rx.el.ul(rx.foreach(State.towns, _town), id="communes", class_name="map-towns")
    return rx.fragment(
        rx.el.button(
            icon("list"),
            label,
            type="button",
            class_name="btn btn-quiet btn-small",
            on_click=State.list_towns(Search.here),
            custom_attrs={"aria-expanded": rx.cond(State.listed, "true", "false"), "aria-controls": "communes"},
        ),
        rx.cond(State.listed, rows),
    )


def _town(town: rx.Var[MapTown]) -> rx.Component:
    words = rx.fragment(rx.el.span(town.name), rx.el.span(town.offers, " · ", town.distance, class_name="hint"))
    return rx.el.li(link(words, href=_only(town.name), class_name="map-town"), key=town.name)
