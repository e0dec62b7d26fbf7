"""The trades of the reference data: the list, one trade with its words, and the searches that found nothing."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    callout,
    checkbox,
    close_button,
    dialog,
    dialog_opener,
    disclosure,
    empty_state,
    error_summary,
    fact,
    facts,
    form_error,
    link,
    row,
    search_field,
    section,
    select_field,
    submit_button,
    text_field,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, cut_line, table
from stageplus.pages.admin.reference_parts import history, reference_page, why_field
from stageplus.pages.page import Page
from stageplus.services.reference.schemas import KIND_WORDS, STATUS_WORDS, FruitlessRow, TradeRow, WordRow
from stageplus.states.admin.reference import PATH, WORDS, OffaTradesState, OffaTradeState, OffaWordsState
from stageplus.states.audience import Audience
from stageplus.texts import _

KINDS = list(KIND_WORDS.items())


def trades_page() -> rx.Component:
    """Build the list of trades."""
    state, found = OffaTradesState, OffaTradesState.found
    columns = [
        Column(_("Métier"), lambda each: link(each.name, href=f"{PATH}/metiers/{each.code}")),
        Column(_("Secteur"), lambda each: each.sector),
        Column(_("État"), _status, one_line=True),
        Column(_("Offres en ligne"), lambda each: each.offers, figures=True),
        Column(_("Mots"), lambda each: each.words, figures=True),
    ]
    states = [(status.value, words) for status, words in STATUS_WORDS.items()]
    nothing = empty_state(
        _("Aucun métier ne correspond"),
        _("Essayez une partie du nom, un mot des apprenants, ou moins de filtres."),
        link(_("Voir tous les métiers"), href=PATH),
        heading="h3",
    )
    return reference_page(
        filters(
            search_field("q", _("Nom du métier, ou mot qui y mène"), value=state.asked["q"]),
            select_field("secteur", _("Secteur"), found.sectors, empty=_("Tous"), value=state.asked["secteur"]),
            select_field(
                "dispositif", _("Offres en ligne dans"), found.schemes, empty=_("Tous"), value=state.asked["dispositif"]
            ),
            select_field("etat", _("État"), states, empty=_("Tous"), value=state.asked["etat"]),
            on_submit=state.search,
            form_round=state.form_round,
        ),
        rx.el.section(
            list_head(found.found_words, dialog_opener(_("Ajouter un métier"), "ajouter", variant="secondary")),
            rx.cond(found.rows, table(_("Métiers"), columns, found.rows, under_heading=True, wide=True), nothing),
            page_links(found.page, found.pages, state.before, state.after),
            class_name="stack stack-tight",
        ),
        _new_trade(),
        title=_("Référentiels"),
        tab="",
        lead=_(
            "Ce que vous changez ici se voit dans tout le site en quelques secondes, et reste lors des mises à jour."
        ),
    )


def _new_trade() -> rx.Component:
    errors = OffaTradesState.errors
    return dialog(
        "ajouter",
        _("Ajouter un métier"),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            *_trade_fields(errors, OffaTradesState.found.sectors, "", "", ""),
            checkbox("no_age_limit", _("Sans limite d’âge")),
            why_field(errors),
            row(close_button(), submit_button(_("Ajouter"))),
            on_submit=OffaTradesState.add,
            class_name="stack",
        ),
        done=OffaTradesState.answered,
    )


def _trade_fields(errors: Any, sectors: Any, feminine: Any, masculine: Any, sector: Any) -> list[rx.Component]:
    return [
        text_field("name_f", _("Nom au féminin"), value=feminine, error=form_error(errors, "name_f")),
        text_field("name_m", _("Nom au masculin"), value=masculine, error=form_error(errors, "name_m")),
        select_field(
            "sector",
            _("Secteur du métier"),
            sectors,
            empty=_("Choisir"),
            value=sector,
            error=form_error(errors, "sector"),
        ),
    ]


def trade_page() -> rx.Component:
    """Build one trade: its names, its words, its state and its history."""
    detail = OffaTradeState.detail
    return reference_page(
        error_summary({}, (), general=form_error(OffaTradeState.errors, "form")),
        facts(
            fact(_("Secteur"), detail.row.sector),
            fact(_("État"), _status(detail.row)),
            fact(_("Offres en ligne"), detail.row.offers),
            fact(_("Commission paritaire"), detail.committee),
            fact(_("En dépendent"), detail.depends),
            columns=2,
        ),
        _status_form(),
        _words_of_trade(),
        _names(),
        history(detail.history),
        title=rx.cond(detail.row.name, detail.row.name, _("Métier")),
        back=(_("Métiers"), PATH),
    )


def _names() -> rx.Component:
    detail = OffaTradeState.detail
    errors = _of_form("trade")
    return section(
        _("Noms et secteur"),
        rx.el.form(
            *_trade_fields(errors, detail.sectors, detail.name_f, detail.name_m, detail.sector),
            checkbox("no_age_limit", _("Sans limite d’âge"), checked=detail.no_age_limit),
            why_field(errors),
            row(submit_button(_("Enregistrer"))),
            on_submit=OffaTradeState.save,
            class_name="card stack measure",
            key=f"{detail.row.code}-{OffaTradeState.answered}",
        ),
        hint=_("Les offres portent les deux noms ; un changement se voit aussi sur celles qui sont en ligne."),
    )


def _status_form() -> rx.Component:
    archived = OffaTradeState.detail.row.status == "archivé"
    open_it = dialog_opener(_("Archiver le métier"), "archiver", variant="danger", icon_name="stop")
    validate = dialog_opener(_("Valider le métier"), "valider", variant="primary", icon_name="check")
    again = dialog_opener(_("Proposer de nouveau"), "valider", variant="primary", icon_name="check")
    validated = OffaTradeState.detail.row.status == "validé"
    return rx.fragment(
        row(rx.cond(archived, again, rx.fragment(rx.cond(validated, rx.fragment(), validate), open_it))),
        _status_dialog(
            "archiver",
            "archivé",
            _("Archiver ce métier ?"),
            _("Il n’est plus proposé pour un nouvel agrément. Offres, agréments et apprenants restent comme ils sont."),
            _("Archiver"),
        ),
        _status_dialog(
            "valider",
            "validé",
            _("Valider ce métier ?"),
            _("Il est proposé partout, et marqué comme validé par OFFA."),
            _("Valider"),
        ),
    )


def _status_dialog(key: str, status: str, title: str, words: str, act: str) -> rx.Component:
    return dialog(
        key,
        title,
        rx.el.p(words, class_name="quiet-text"),
        rx.el.form(
            rx.el.input(type="hidden", name="status", value=status, read_only=True),
            why_field(_of_form("status"), f"{key}-why"),
            row(close_button(), button(act, type="submit", variant="danger" if key == "archiver" else "primary")),
            on_submit=OffaTradeState.decide,
            class_name="stack",
        ),
        done=OffaTradeState.answered,
    )


def _words_of_trade() -> rx.Component:
    detail, errors = OffaTradeState.detail, _of_form("word")
    columns = [
        Column(_("Mot"), lambda each: each.word),
        Column(_("Sorte"), _kind),
        Column(_("Suite"), lambda each: _remove(each, OffaTradeState.remove(each.word)), one_line=True),
    ]
    shown = table(_("Mots qui mènent à ce métier"), columns, detail.words, under_heading=True)
    return section(
        _("Mots qui mènent à ce métier"),
        rx.el.form(
            text_field("word", _("Nouveau mot"), error=form_error(errors, "word")),
            select_field("kind", _("Sorte de mot"), KINDS, value="everyday"),
            row(submit_button(_("Ajouter ce mot"))),
            on_submit=OffaTradeState.add,
            class_name="card filters",
            key=f"mots-{detail.row.code}-{OffaTradeState.answered}",
        ),
        rx.cond(detail.words, disclosure(_("Voir les mots et en retirer"), shown)),
        hint=_("Accents, pluriels et petites fautes sont compris sans être ajoutés ici."),
    )


def words_page() -> rx.Component:
    """Build the worklist of searches that found nothing, and the search among the words of trades."""
    state, found = OffaWordsState, OffaWordsState.found
    columns = [
        Column(_("Recherché"), lambda each: rx.el.strong(each.words)),
        Column(_("Combien"), lambda each: each.times, one_line=True),
        Column(_("Dernière fois"), lambda each: each.last, one_line=True),
        Column(_("Ce mot veut dire"), _settle),
    ]
    nothing = empty_state(
        _("Rien à traiter"),
        _("Les recherches des apprenants qui ne mènent à aucun métier et à aucune offre arrivent ici."),
        icon_name="check",
        heading="h3",
    )
    waiting = link(_("À traiter"), href=WORDS)
    aside = link(_("Mises de côté"), href=f"{WORDS}?etat=ignorées")
    return reference_page(
        rx.el.section(
            rx.el.div(
                rx.el.h2(_("Recherches qui n’ont rien trouvé")),
                rx.cond(state.asked.get("etat", "") == "", aside, waiting),
                class_name="section-head",
            ),
            rx.el.p(found.kept_words, class_name="hint"),
            rx.el.datalist(rx.foreach(found.trades, lambda name: rx.el.option(value=name)), id="metiers"),
            rx.cond(
                found.searches, table(_("Recherches"), columns, found.searches, under_heading=True, wide=True), nothing
            ),
            page_links(found.page, found.pages, state.before, state.after),
            class_name="stack stack-tight",
        ),
        _word_search(),
        title=_("Mots et recherches"),
        tab="/mots",
    )


def _settle(each: FruitlessRow) -> rx.Component:
    state = OffaWordsState
    wrong = rx.cond(state.asking == each.words, form_error(state.errors, "trade"), "")
    field = rx.el.label(
        rx.el.span(_("Métier"), class_name="field-label"),
        rx.cond(wrong, rx.el.span(" ", wrong, class_name="field-error")),
        rx.el.input(
            name="trade", type="text", class_name="input", auto_complete="off", custom_attrs={"list": "metiers"}
        ),
        class_name="field",
    )
    ignore = button(
        _("Mettre de côté"), size="small", variant="quiet", description=each.words, on_click=state.ignore(each.words)
    )
    return rx.el.form(
        rx.el.input(type="hidden", name="words", value=each.words, read_only=True),
        field,
        button(_("Ajouter à ce métier"), type="submit", size="small", description=each.words),
        ignore,
        on_submit=state.settle,
        class_name="settle",
    )


def _word_search() -> rx.Component:
    state, found = OffaWordsState, OffaWordsState.found
    columns = [
        Column(_("Mot"), lambda each: each.word),
        Column(_("Sorte"), _kind),
        Column(_("Métier"), lambda each: link(each.trade_name, href=f"{PATH}/metiers/{each.trade}")),
        Column(_("Suite"), lambda each: _remove(each, state.remove(each.trade, each.word)), one_line=True),
    ]
    asked = state.asked.get("q", "") != ""
    nothing = callout(rx.el.p(_("Aucun métier n’a ce mot. Ajoutez-le sur la page d’un métier.")), tone="neutral")
    return section(
        _("Mots des métiers"),
        filters(
            search_field("q", _("Un mot, ou une partie"), value=state.asked["q"]),
            on_submit=state.search,
            form_round=state.form_round,
        ),
        rx.cond(
            found.words,
            rx.fragment(
                table(_("Mots des métiers"), columns, found.words, under_heading=True), cut_line(found.words_cut)
            ),
            rx.cond(asked, nothing),
        ),
        hint=_("À quels métiers mène un mot, et lequel retirer. Un mot n’est jamais montré aux apprenants."),
    )


def _remove(each: WordRow, act: Any) -> rx.Component:
    return button(_("Retirer"), size="small", variant="secondary", description=each.word, on_click=act)


def _kind(each: WordRow) -> rx.Component:
    return rx.el.span(rx.match(each.kind, *KINDS, each.kind))


def _status(each: TradeRow) -> rx.Component:
    return rx.match(
        each.status,
        ("archivé", badge(each.status_words, tone="neutral", icon_name="stop")),
        ("à valider", badge(each.status_words, tone="warning", icon_name="clock")),
        badge(each.status_words, tone="success", icon_name="check"),
    )


def _of_form(name: str) -> Any:
    """Return the errors of one of the page's forms only."""
    return rx.cond(OffaTradeState.asking == name, OffaTradeState.errors, {})


TRADES, TRADE, SEARCHES = OffaTradesState, OffaTradeState, OffaWordsState
PAGES = (
    Page(PATH, _("Référentiels"), Audience.OFFA, trades_page, loads=[TRADES.load, TRADES.follow]),
    Page(f"{PATH}/metiers/[metier]", _("Métier"), Audience.OFFA, trade_page, loads=[TRADE.load, TRADE.follow]),
    Page(WORDS, _("Mots et recherches"), Audience.OFFA, words_page, loads=[SEARCHES.load, SEARCHES.follow]),
)
