"""OFFA announces something: to whom, from when to when, as it will look, and what was said before."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    date_field,
    desk_shell,
    empty_state,
    error_summary,
    form_error,
    link,
    offa_nav,
    row,
    section,
    select_field,
    skeleton_rows,
    text_field,
    textarea_field,
)
from stageplus.components.announcement import banner, help_text
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.announcements.schemas import AUDIENCE_WORDS, SPOT_WORDS, AnnouncementRow
from stageplus.states.admin.announcements import PATH, TRY
from stageplus.states.admin.announcements import OffaAnnouncementsState as State
from stageplus.states.audience import Audience
from stageplus.texts import _

SPOTS = [(spot.value, words) for spot, words in SPOT_WORDS.items()]
AUDIENCES = [(public.value, words) for public, words in AUDIENCE_WORDS.items()]


def announcements_page() -> rx.Component:
    """Build the form with its preview, and the list."""
    columns = [
        Column(_("Annonce"), _said),
        Column(_("Où"), lambda each: each.spot_words),
        Column(_("Pour"), lambda each: each.audience_words, one_line=True),
        Column(_("Quand"), lambda each: each.days),
        Column(_("État"), _standing, one_line=True),
        Column(_("Suite"), _next, one_line=True),
    ]
    nothing = empty_state(
        _("Rien n’est annoncé"),
        _("Ce que vous annoncez se voit à la prochaine page ouverte, et chacun peut le masquer."),
        icon_name="flag",
        heading="h3",
    )
    shown = table(_("Annonces"), columns, State.found.rows, under_heading=True, wide=True)
    return desk_shell(
        offa_nav(),
        _form(),
        section(_("Toutes les annonces"), rx.cond(State.found.rows, shown, nothing)),
        title=_("Annonces"),
        lead=_("Un mot calme en haut des pages d’un public, ou un texte sur la page d’aide, de tel à tel jour."),
        active="annonces",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _form() -> rx.Component:
    chosen, errors = State.chosen, State.errors
    first = rx.cond(chosen.starts_on, chosen.starts_on, State.found.today)
    return section(
        rx.cond(chosen.announcement_id, _("Changer l’annonce"), _("Nouvelle annonce")),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="intent"),
            rx.el.input(type="hidden", name="announcement_id", value=f"{chosen.announcement_id}", read_only=True),
            select_field("spot", _("Où"), SPOTS, value=chosen.spot, error=form_error(errors, "spot")),
            select_field("audience", _("Pour"), AUDIENCES, value=chosen.audience, error=form_error(errors, "audience")),
            text_field(
                "title",
                _("Titre"),
                value=chosen.title,
                hint=_("Pour un texte d’aide ; un bandeau n’en montre pas."),
                error=form_error(errors, "title"),
                optional=True,
            ),
            textarea_field(
                "words",
                _("Texte"),
                value=chosen.words,
                hint=_("Du texte simple. Un bandeau compte 300 caractères au plus."),
                error=form_error(errors, "words"),
                max_length=2000,
            ),
            text_field(
                "link",
                _("Lien « En savoir plus »"),
                value=chosen.link,
                hint=_("Une page du site, par exemple /aide, ou une adresse qui commence par https://."),
                error=form_error(errors, "link"),
                optional=True,
            ),
            date_field("starts_on", _("Premier jour"), value=first, error=form_error(errors, "starts_on")),
            date_field(
                "ends_on", _("Dernier jour"), value=chosen.ends_on, error=form_error(errors, "ends_on"), optional=True
            ),
            row(_by(TRY, _("Aperçu"), "secondary"), _by("save", _("Enregistrer"), "primary"), _leave()),
            _preview(),
            on_submit=State.send,
            class_name="card stack measure",
            key=f"{chosen.announcement_id}-{State.answered}-{State.found.today}",
        ),
    )


def _leave() -> Any:
    return rx.cond(State.chosen.announcement_id, link(_("Annuler"), href=PATH))


def _preview() -> rx.Component:
    tried = State.tried
    said = rx.el.p(tried.audience_words, " · ", tried.days, class_name="hint")
    looks = rx.cond(
        tried.spot == "aide",
        help_text(tried.title, tried.words, tried.link, heading=rx.el.h3),
        banner(tried.words, tried.link),
    )
    return rx.el.div(rx.cond(tried.words, rx.fragment(said, looks)), role="status", class_name="stack stack-tight")


def _said(each: AnnouncementRow) -> rx.Component:
    return rx.el.div(
        rx.cond(each.title, rx.el.strong(each.title)),
        rx.el.div(each.words, class_name="typed"),
        rx.cond(each.by, rx.el.div(_("par"), " ", each.by, class_name="second-line")),
    )


def _standing(each: AnnouncementRow) -> rx.Component:
    return rx.match(
        each.tone,
        ("success", badge(each.standing, tone="success", icon_name="check")),
        ("warning", badge(each.standing, tone="warning", icon_name="clock")),
        badge(each.standing, tone="neutral", icon_name="stop"),
    )


def _next(each: AnnouncementRow) -> rx.Component:
    change = link(_("Changer"), href=f"{PATH}?numero={each.announcement_id}", description=each.words)
    act = State.withdraw(each.announcement_id)
    end = button(_("Retirer"), size="small", variant="secondary", description=each.words, on_click=act)
    return rx.cond(each.may_withdraw, row(change, end))


def _by(intent: str, label: str, look: str) -> rx.Component:
    return rx.el.button(label, type="submit", class_name=f"btn btn-{look}", custom_attrs={"data-intent": intent})


PAGE = Page(PATH, _("Annonces"), Audience.OFFA, announcements_page, loads=[State.load, State.follow])
