"""Claims to act for a company: what matches the register, and the decision."""

from functools import partial
from typing import Any

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    close_button,
    confirm_dialog,
    desk_shell,
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
    select_field,
    skeleton_rows,
    status_badge,
    textarea_field,
)
from stageplus.components.button import button
from stageplus.components.filters import list_head
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.pages.registers.approvals import OFFA, OPERATOR, Desk
from stageplus.services.claims.schemas import REASON_WORDS, CheckLine, ClaimRow
from stageplus.states.audience import Audience
from stageplus.states.registers.claims import ClaimsState, ClaimState
from stageplus.texts import _

REASONS = [(reason.value, words) for reason, words in REASON_WORDS.items()]
VERDICTS = {
    "fits": ("success", _("Correspond")),
    "differs": ("danger", _("Ne correspond pas")),
    "unknown": ("neutral", _("À vérifier")),
}


def list_page(desk: Desk) -> rx.Component:
    """Build the list, those that wait first."""
    found = ClaimsState.found
    columns = [
        Column(_("Entreprise"), partial(_company, desk)),
        Column(_("Établissement"), lambda each: each.establishment_number),
        Column(_("Qui demande"), lambda each: rx.el.div(each.person, rx.el.p(each.function, class_name="hint"))),
        Column(_("Depuis"), lambda each: each.when),
        Column(_("État"), lambda each: status_badge(each.state_words, each.tone)),
    ]
    return _page(
        desk,
        list_head(rx.fragment(found.open_count, " ", _("à décider"))),
        rx.cond(
            found.rows,
            table(_("Demandes d’accès"), columns, found.rows, under_heading=True),
            empty_state(
                _("Aucune demande"),
                _("Quand une entreprise de votre ressort demande un accès, elle apparaît ici aussitôt."),
                icon_name="building",
            ),
        ),
        title=_("Demandes d’accès"),
        lead=_("Une personne dit agir pour un établissement. Vérifiez, puis acceptez ou refusez avec une raison."),
    )


def detail_page(desk: Desk) -> rx.Component:
    """Build one claim beside the register."""
    detail = ClaimState.detail
    columns = [
        Column(_("Quoi"), lambda line: line.label),
        Column(_("Demandé"), lambda line: rx.cond(line.claimed, line.claimed, "—")),
        Column(_("Dans le registre"), lambda line: line.known),
        Column(_("Résultat"), _verdict),
    ]
    general = form_error(ClaimState.errors, "form")
    return _page(
        desk,
        rx.cond(general != "", callout(rx.el.p(general), tone="warning")),
        facts(
            fact(_("Qui demande"), rx.fragment(detail.row.person, " · ", detail.row.function)),
            fact(_("Adresse e-mail, confirmée"), detail.email),
            fact(_("Depuis"), detail.row.when),
            fact(_("État"), status_badge(detail.row.state_words, detail.row.tone)),
            columns=2,
        ),
        rx.cond(
            detail.contest_words != "",
            callout(rx.el.p(detail.contest_words), title=_("La personne conteste le refus"), tone="warning"),
        ),
        section(_("Ce qui correspond"), table(_("Demande et registre"), columns, detail.checks, under_heading=True)),
        rx.cond(detail.decided != "", rx.el.p(detail.decided, rx.el.br(), detail.row.reason, class_name="quiet-text")),
        rx.cond(detail.may_decide, _decision(desk)),
        title=rx.cond(detail.row.company, detail.row.company, _("Demande d’accès")),
        back=(_("Demandes d’accès"), f"/{desk.key}/demandes"),
    )


def _decision(desk: Desk) -> rx.Component:
    detail = ClaimState.detail
    missing = callout(
        rx.el.p(_("Ces deux numéros ne se trouvent pas ensemble dans le registre : notez d’abord l’agrément.")),
        button_link(_("Noter un agrément"), f"{desk.href}/nouveau", variant="secondary"),
        tone="warning",
    )
    return rx.el.div(
        rx.cond(~detail.may_accept, missing),
        row(
            rx.cond(detail.may_accept, dialog_opener(_("Accepter"), "accepter", variant="primary", icon_name="check")),
            dialog_opener(_("Refuser"), "refuser", variant="secondary", icon_name="close"),
        ),
        confirm_dialog(
            "accepter",
            _("Donner l’accès ?"),
            _("La personne pourra publier des offres et lire les candidatures de cet établissement."),
            _("Oui, donner l’accès"),
            ClaimState.accept(detail.row.claim_id),
        ),
        dialog(
            "refuser",
            _("Refuser la demande"),
            rx.el.form(
                error_summary(ClaimState.errors, {"reason": _("Motif"), "words": _("Ce que la personne doit savoir")}),
                rx.el.input(type="hidden", name="claim", value=f"{detail.row.claim_id}", read_only=True),
                select_field(
                    "reason",
                    _("Motif"),
                    REASONS,
                    empty=_("Choisir un motif"),
                    error=form_error(ClaimState.errors, "reason"),
                ),
                textarea_field(
                    "words",
                    _("Ce que la personne doit savoir"),
                    rows=3,
                    max_length=500,
                    optional=True,
                    error=form_error(ClaimState.errors, "words"),
                ),
                rx.el.div(close_button(), button(_("Refuser"), type="submit", variant="danger"), class_name="row"),
                on_submit=ClaimState.refuse,
                class_name="stack",
            ),
            done=ClaimState.decisions,
        ),
        class_name="stack",
    )


def _company(desk: Desk, each: ClaimRow) -> rx.Component:
    return link(each.company, href=f"/{desk.key}/demandes/{each.claim_id}")


def _verdict(line: CheckLine) -> rx.Component:
    pills = [(name, status_badge(words, tone)) for name, (tone, words) in VERDICTS.items()]
    return rx.match(line.verdict, *pills, rx.fragment())


def _page(desk: Desk, *content: Any, title: Any, **options: Any) -> rx.Component:
    return desk_shell(
        desk.nav(), *content, title=title, active="demandes", frame=frame(), skeleton=skeleton_rows(), **options
    )


def _pages(desk: Desk, audience: Audience) -> tuple[Page, ...]:
    href = f"/{desk.key}/demandes"
    return (
        Page(
            href,
            _("Demandes d’accès"),
            audience,
            partial(list_page, desk),
            loads=[ClaimsState.load, ClaimsState.follow],
        ),
        Page(
            f"{href}/[demande]",
            _("Demande d’accès"),
            audience,
            partial(detail_page, desk),
            loads=[ClaimState.load, ClaimState.follow],
        ),
    )


PAGES = (*_pages(OPERATOR, Audience.OPERATOR), *_pages(OFFA, Audience.OFFA))
