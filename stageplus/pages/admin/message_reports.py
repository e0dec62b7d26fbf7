"""The messages that were reported to OFFA: the queue, and one message among the few around it."""

import reflex as rx

from stageplus.components import (
    badge,
    button,
    callout,
    chip,
    chips,
    close_button,
    dialog,
    dialog_opener,
    empty_state,
    error_summary,
    fact,
    facts,
    form_error,
    link,
    row,
    section,
    textarea_field,
    timeline,
)
from stageplus.components.filters import list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.pages.admin.moderation import kinds, moderation_page
from stageplus.pages.page import Page
from stageplus.services.conversations.schemas import MessageRow
from stageplus.services.message_reports.schemas import ReportedRow, ReportRow
from stageplus.states.admin.message_reports import PATH
from stageplus.states.admin.message_reports import OffaMessagesState as Queue
from stageplus.states.admin.message_reports import OffaMessageState as Case
from stageplus.states.audience import Audience
from stageplus.texts import _

GROUPS = (("", _("À examiner")), ("masques", _("Masqués")), ("tout", _("Tous")))
_WORDS = {
    "leave": _("Sans message, la personne n’est pas prévenue. Ne dites jamais qui a signalé."),
    "hide": _("Plus personne ne lit ce message. La conversation continue. Ne dites jamais qui a signalé."),
    "close": _("Plus personne ne lit ce message, et plus personne n’écrit dans cette conversation."),
    "lift": _("Le message se lit de nouveau, et la conversation rouvre si rien d’autre ne la ferme."),
}


def queue_page() -> rx.Component:
    """Build the queue, without a word of what was written."""
    state, found = Queue, Queue.found
    columns = [
        Column(_("Écrit par"), _author),
        Column(_("Raison"), lambda each: each.why),
        Column(_("Depuis"), lambda each: each.since),
        Column(_("État"), _standing),
    ]
    tabs = [
        chip(label, f"{PATH}?etat={key}" if key else PATH, current=state.asked.get("etat", "") == key)
        for key, label in GROUPS
    ]
    nothing = empty_state(
        _("Rien à examiner ici"),
        _("Un message arrive ici quand la personne qui l’a reçu le signale."),
        icon_name="check",
        heading="h3",
    )
    return moderation_page(
        chips(_("Quoi"), kinds("messages")),
        chips(_("Quels messages"), tabs),
        rx.el.section(
            list_head(found.found_words),
            rx.cond(found.rows, table(_("Messages"), columns, found.rows, under_heading=True, wide=True), nothing),
            page_links(found.page, found.pages, state.before, state.after),
            class_name="stack stack-tight",
        ),
        title=_("Messages signalés"),
        lead=_("Le plus ancien d’abord. Vous lisez le message et les quelques-uns autour, rien d’autre."),
    )


def case_page() -> rx.Component:
    """Build one message to decide on."""
    detail = Case.detail
    return moderation_page(
        facts(
            fact(_("Écrit par"), detail.row.author),
            fact(_("À propos de"), detail.row.about),
            fact(_("État"), _standing(detail.row)),
            fact(_("Depuis"), detail.row.since),
            columns=2,
        ),
        section(
            _("Le message et ceux autour"),
            rx.el.ol(rx.foreach(detail.around, _around), class_name="said measure"),
        ),
        _decisions(),
        section(_("Signalé par"), rx.foreach(detail.reports, _report)),
        rx.cond(detail.history, section(_("Historique"), timeline(detail.history))),
        title=rx.cond(detail.row.why, detail.row.why, _("Message signalé")),
        back=(_("Messages signalés"), PATH),
    )


def _decisions() -> rx.Component:
    can = Case.detail.decisions
    leave = dialog_opener(_("Laisser visible"), "laisser", variant="primary", icon_name="check")
    hide = dialog_opener(_("Masquer le message"), "masquer", variant="secondary", icon_name="stop")
    close = dialog_opener(_("Fermer la conversation"), "fermer", variant="danger", icon_name="lock")
    lift = dialog_opener(_("Rendre visible"), "remettre", variant="primary", icon_name="check")
    return section(
        _("Votre décision"),
        row(
            rx.cond(can.contains("leave"), leave),
            rx.cond(can.contains("lift"), lift),
            rx.cond(can.contains("hide"), hide),
            rx.cond(can.contains("close"), close),
        ),
        _dialog("laisser", "leave", _("Laisser ce message visible ?"), _("Laisser visible")),
        _dialog("masquer", "hide", _("Masquer ce message ?"), _("Masquer")),
        _dialog("fermer", "close", _("Fermer la conversation ?"), _("Fermer")),
        _dialog("remettre", "lift", _("Rendre ce message visible ?"), _("Rendre visible")),
        hint=_("Ce que vous écrivez est envoyé à la personne qui a écrit le message, et noté au journal."),
    )


def _dialog(key: str, decision: str, title: str, act: str) -> rx.Component:
    errors, mine = Case.errors, Case.asking == decision
    return dialog(
        key,
        title,
        rx.el.p(_WORDS[decision], class_name="quiet-text"),
        rx.el.form(
            rx.cond(mine, error_summary(errors, (), general=form_error(errors, "form"))),
            rx.el.input(type="hidden", name="message", value=f"{Case.detail.row.message_id}", read_only=True),
            rx.el.input(type="hidden", name="decision", value=decision, read_only=True),
            textarea_field(
                "words",
                _("Message à la personne"),
                error=rx.cond(mine, form_error(errors, "words"), ""),
                max_length=1000,
                field_id=f"{key}-words",
                optional=decision in {"leave", "lift"},
            ),
            row(close_button(), button(act, type="submit", variant="danger" if decision == "close" else "primary")),
            on_submit=Case.decide,
            class_name="stack",
            key=f"{Case.detail.row.message_id}-{Case.answered}",
        ),
        done=Case.answered,
    )


def _author(each: ReportedRow) -> rx.Component:
    return rx.el.div(
        link(each.author, href=f"{PATH}/{each.message_id}"), rx.el.div(each.about, class_name="second-line")
    )


def _standing(each: ReportedRow) -> rx.Component:
    decided = rx.match(
        each.standing,
        ("visible", badge(each.standing_words, tone="success", icon_name="check")),
        badge(each.standing_words, tone="danger", icon_name="stop"),
    )
    return rx.cond(each.waits, badge(each.standing_words, tone="warning", icon_name="clock"), decided)


def _around(each: MessageRow) -> rx.Component:
    masked = rx.cond(each.hidden, rx.el.span(" · ", _("masqué")))
    return rx.el.li(
        rx.el.p(each.author, class_name="said-by"),
        rx.cond(each.mine, rx.el.div(badge(_("Message signalé"), tone="warning", icon_name="flag"))),
        rx.el.p(each.words, class_name="typed"),
        rx.el.p(each.when, masked, class_name="hint"),
        class_name=rx.cond(each.mine, "pointed", "theirs"),
    )


def _report(each: ReportRow) -> rx.Component:
    return callout(
        rx.el.p(rx.el.strong(each.reason)),
        rx.cond(each.words, rx.el.p(each.words, class_name="typed")),
        rx.el.p(each.by, " · ", each.when, class_name="hint"),
        tone="neutral",
    )


PAGES = (
    Page(PATH, _("Messages signalés"), Audience.OFFA, queue_page, loads=[Queue.load, Queue.follow]),
    Page(
        f"{PATH}/[message]",
        _("Message signalé"),
        Audience.OFFA,
        case_page,
        loads=[Case.load, Case.follow],
    ),
)
