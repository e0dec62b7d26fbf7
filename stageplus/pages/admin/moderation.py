"""The offers that OFFA looks at twice: the queue, and one offer with its words, its flags and what was decided."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    callout,
    chip,
    chips,
    close_button,
    desk_shell,
    dialog,
    dialog_opener,
    empty_state,
    error_summary,
    fact,
    facts,
    form_error,
    link,
    offa_nav,
    row,
    section,
    skeleton_rows,
    textarea_field,
    timeline,
)
from stageplus.components.filters import list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.moderation.schemas import CaseRow, FlagRow, Piece, TextShown
from stageplus.states.admin.moderation import PATH
from stageplus.states.admin.moderation import OffaCaseState as Case
from stageplus.states.admin.moderation import OffaModerationState as Queue
from stageplus.states.audience import Audience
from stageplus.texts import _

KINDS = (
    ("offres", _("Offres"), PATH),
    ("messages", _("Messages signalés"), f"{PATH}/messages"),
)
GROUPS = (
    ("", _("À examiner")),
    ("demandes", _("Changement demandé")),
    ("hors-ligne", _("Hors ligne")),
    ("tout", _("Toutes")),
)


def queue_page() -> rx.Component:
    """Build the queue."""
    state, found = Queue, Queue.found
    columns = [
        Column(_("Offre"), _offer),
        Column(_("Raison"), _why),
        Column(_("Depuis"), lambda each: each.since),
        Column(_("État"), _standing),
    ]
    tabs = [
        chip(label, f"{PATH}?etat={key}" if key else PATH, current=state.asked.get("etat", "") == key)
        for key, label in GROUPS
    ]
    nothing = empty_state(
        _("Rien à examiner ici"),
        _("Une offre arrive ici par ses mots, ou parce qu’un apprenant l’a signalée."),
        icon_name="check",
        heading="h3",
    )
    return moderation_page(
        chips(_("Quoi"), kinds("offres")),
        chips(_("Quelles offres"), tabs),
        rx.el.section(
            list_head(found.found_words),
            rx.cond(found.rows, table(_("Modération"), columns, found.rows, under_heading=True, wide=True), nothing),
            page_links(found.page, found.pages, state.before, state.after),
            class_name="stack stack-tight",
        ),
        title=_("Modération"),
        lead=_("La plus ancienne d’abord. Une offre examinée reste en ligne, sauf si vous la mettez hors ligne."),
    )


def case_page() -> rx.Component:
    """Build one offer to decide on."""
    detail = Case.detail
    return moderation_page(
        facts(
            fact(_("Établissement"), detail.establishment),
            fact(_("Sur le site"), detail.online_words),
            fact(_("Modération"), _standing(detail.row)),
            fact(_("Depuis"), detail.row.since),
            columns=2,
        ),
        _decisions(),
        rx.cond(detail.flags, section(_("Signalée par"), rx.foreach(detail.flags, _flag))),
        section(
            _("Ce que dit l’offre"),
            rx.el.div(rx.foreach(detail.texts, _text), class_name="card stack measure"),
            hint=_("Les passages marqués sont ceux que l’aide à la rédaction a montrés à l’entreprise."),
        ),
        section(_("Historique"), timeline(detail.history)),
        title=rx.cond(detail.row.title, detail.row.title, _("Modération")),
        lead=detail.row.company,
        back=(_("Modération"), PATH),
    )


def _decisions() -> rx.Component:
    can = Case.detail.decisions
    leave = dialog_opener(_("Laisser en ligne"), "laisser", variant="primary", icon_name="check")
    ask = dialog_opener(_("Demander un changement"), "demander", variant="secondary", icon_name="letter")
    off = dialog_opener(_("Mettre hors ligne"), "retirer", variant="danger", icon_name="stop")
    lift = dialog_opener(_("Remettre en ligne"), "remettre", variant="primary", icon_name="check")
    keep = dialog_opener(_("Garder hors ligne et répondre"), "retirer", variant="secondary", icon_name="letter")
    suggested = Case.detail.suggested
    return section(
        _("Votre décision"),
        row(rx.cond(can.contains("lift"), rx.fragment(lift, keep), rx.fragment(leave, ask, off))),
        _dialog("laisser", "leave", _("Laisser l’offre en ligne ?"), _WORDS["leave"], _("Laisser en ligne"), ""),
        _dialog("demander", "ask", _("Demander un changement ?"), _WORDS["ask"], _("Demander"), suggested),
        _dialog("retirer", "take off", _("Mettre l’offre hors ligne ?"), _WORDS["off"], _("Hors ligne"), suggested),
        _dialog("remettre", "lift", _("Remettre l’offre en ligne ?"), _WORDS["lift"], _("Remettre en ligne"), ""),
        hint=_("Ce que vous écrivez est envoyé à l’entreprise, et noté au journal."),
    )


_WORDS = {
    "leave": _("Sans message, l’entreprise n’est pas prévenue. Ne dites jamais qui a signalé l’offre."),
    "ask": _("L’offre reste en ligne. L’entreprise lit votre message sur son accueil et sur l’offre."),
    "off": _("Les apprenants ne la voient plus, les candidatures sont gardées. OFFA seule peut la remettre."),
    "lift": _("Elle revient si son agrément est accordé et si l’entreprise ne l’a pas mise en pause."),
}


def _dialog(key: str, decision: str, title: str, words: str, act: str, suggested: Any) -> rx.Component:
    errors, mine = Case.errors, Case.asking == decision
    return dialog(
        key,
        title,
        rx.el.p(words, class_name="quiet-text"),
        rx.el.form(
            rx.cond(mine, error_summary(errors, (), general=form_error(errors, "form"))),
            rx.el.input(type="hidden", name="offer", value=f"{Case.detail.row.offer_id}", read_only=True),
            rx.el.input(type="hidden", name="decision", value=decision, read_only=True),
            textarea_field(
                "words",
                _("Message à l’entreprise"),
                value=suggested,
                error=rx.cond(mine, form_error(errors, "words"), ""),
                max_length=1000,
                field_id=f"{key}-words",
                optional=decision in {"leave", "lift"},
            ),
            row(close_button(), button(act, type="submit", variant="danger" if decision == "take off" else "primary")),
            on_submit=Case.decide,
            class_name="stack",
            key=f"{Case.detail.row.offer_id}-{Case.answered}",
        ),
        done=Case.answered,
    )


def _offer(each: CaseRow) -> rx.Component:
    company = rx.el.div(each.company, class_name="second-line")
    return rx.el.div(link(each.title, href=f"{PATH}/{each.offer_id}"), company)


def _why(each: CaseRow) -> rx.Component:
    return rx.el.div(rx.el.div(each.why), rx.cond(each.detail, rx.el.div(each.detail, class_name="second-line")))


def _standing(each: CaseRow) -> rx.Component:
    decided = rx.match(
        each.standing,
        ("hors ligne", badge(each.standing_words, tone="danger", icon_name="stop")),
        ("changement demandé", badge(each.standing_words, tone="accent", icon_name="letter")),
        badge(each.standing_words, tone="success", icon_name="check"),
    )
    return rx.cond(each.waits, badge(each.standing_words, tone="warning", icon_name="clock"), decided)


def _flag(each: FlagRow) -> rx.Component:
    return callout(
        rx.el.p(rx.el.strong(each.reason)),
        rx.cond(each.words, rx.el.p(each.words, class_name="typed")),
        rx.el.p(each.by, " · ", each.when, rx.cond(each.settled, _(" · déjà traité"), ""), class_name="hint"),
        tone="neutral",
    )


def _text(each: TextShown) -> rx.Component:
    return rx.el.div(
        rx.el.h3(each.label),
        rx.el.p(rx.foreach(each.pieces, _piece), class_name="typed"),
        class_name="stack stack-tight",
    )


def _piece(each: Piece) -> rx.Component:
    noticed = rx.fragment(rx.el.mark(each.words), rx.el.span(" (", each.advice, ")", class_name="hint"))
    return rx.cond(each.noticed, noticed, rx.el.span(each.words))


def kinds(current: str) -> list[rx.Component]:
    """Build the choice between what moderation looks at."""
    return [chip(label, href, current=key == current) for key, label, href in KINDS]


def moderation_page(*content: Any, title: Any, **options: Any) -> rx.Component:
    """Build a page of moderation."""
    return desk_shell(
        offa_nav(), *content, title=title, active="moderation", frame=frame(), skeleton=skeleton_rows(), **options
    )


PAGES = (
    Page(PATH, _("Modération"), Audience.OFFA, queue_page, loads=[Queue.load, Queue.follow]),
    Page(
        f"{PATH}/[offre]",
        _("Offre à examiner"),
        Audience.OFFA,
        case_page,
        loads=[Case.load, Case.follow],
    ),
)
