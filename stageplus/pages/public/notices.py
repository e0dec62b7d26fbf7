"""What happened: one page for everybody who is signed in, in the frame of their own role."""

import reflex as rx

from stageplus.components import button, button_link, empty_state, link, own_shell, section, skeleton_rows
from stageplus.pages.page import Page, frame
from stageplus.services.notices.schemas import NoticeRow
from stageplus.states.audience import Audience
from stageplus.states.notices import ASKED
from stageplus.states.notices import NoticesState as State
from stageplus.texts import _


def notices_page() -> rx.Component:
    """Build what is not read yet first, then the rest, each with its link."""
    shown = State.shown
    return own_shell(
        rx.cond(shown.fresh, _fresh()),
        rx.cond(shown.read, _read()),
        rx.cond(shown.fresh | shown.read, rx.el.p(shown.kept_words, class_name="hint"), _nothing()),
        title=_("Notifications"),
        active="notifications",
        frame=frame(),
        actions=button_link(_("Choisir mes e-mails"), f"/compte?{ASKED}", variant="secondary", icon_name="letter"),
        skeleton=skeleton_rows(),
        width="narrow",
    )


def _fresh() -> rx.Component:
    all_of_them = button(
        _("Tout marquer comme lu"),
        variant="quiet",
        size="small",
        icon_name="check",
        on_click=State.read_all(State.shown.latest),
    )
    lines = rx.el.ul(rx.foreach(State.shown.fresh, lambda row: _line(row)), class_name="lines")
    return section(_("Non lues"), lines, aside=all_of_them)


def _read() -> rx.Component:
    lines = rx.el.ul(rx.foreach(State.shown.read, lambda row: _line(row)), class_name="lines")
    return section(_("Déjà lues"), lines)


def _line(row: NoticeRow) -> rx.Component:
    seen = button(
        _("Marquer comme lu"),
        variant="quiet",
        size="small",
        icon_name="check",
        description=row.title,
        on_click=State.read(row.notice_id),
    )
    way = link(row.title, href=row.path, on_click=rx.cond(row.is_new, State.read(row.notice_id), rx.noop()))
    title = rx.cond(row.path != "", way, rx.el.span(row.title))
    return rx.el.li(
        rx.el.div(
            rx.el.p(rx.cond(row.is_new, rx.el.strong(title), title)),
            rx.cond(row.words != "", rx.el.p(row.words)),
            rx.el.p(row.when, class_name="hint"),
        ),
        rx.cond(row.is_new, seen),
        key=row.notice_id,
        class_name="notice-line",
    )


def _nothing() -> rx.Component:
    return empty_state(
        _("Rien de neuf"),
        _("Ce qui arrive sur Stage+ s’affiche ici : réponses, rappels, changements du compte."),
        icon_name="bell",
    )


PAGE = Page("/notifications", _("Notifications"), Audience.SIGNED_IN, notices_page, loads=[State.load, State.follow])
