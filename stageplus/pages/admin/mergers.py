"""Companies of the register that may be one: pairs that look alike, what joining moves, and the act itself."""

import reflex as rx

from stageplus.components import (
    button,
    button_link,
    callout,
    close_button,
    desk_shell,
    dialog,
    dialog_opener,
    empty_state,
    error_summary,
    form_error,
    link,
    offa_nav,
    row,
    section,
    skeleton_rows,
    text_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.mergers.schemas import HouseRow, PairRow
from stageplus.states.admin.mergers import OffaMergersState as State
from stageplus.states.admin.people import PATH as PEOPLE
from stageplus.states.audience import Audience
from stageplus.texts import _

PATH = f"{PEOPLE}/doublons"


def mergers_page() -> rx.Component:
    """Build the comparison when two are chosen, and the pairs that look alike."""
    desk = State.desk
    columns = [
        Column(_("Première inscription"), lambda each: _house(each.keep)),
        Column(_("Seconde inscription"), lambda each: _house(each.gone)),
        Column(_("Pourquoi"), lambda each: each.reasons),
        Column(_("Suite"), _compare, one_line=True),
    ]
    nothing = empty_state(
        _("Aucun doublon probable"),
        _("Deux inscriptions au même nom, sans la forme juridique, arrivent ici."),
        icon_name="check",
        heading="h3",
    )
    pairs = table(_("Doublons probables"), columns, desk.pairs, under_heading=True, wide=True)
    return desk_shell(
        offa_nav(),
        rx.cond(desk.error, callout(rx.el.p(desk.error), tone="warning")),
        rx.cond(desk.pair.keep.company_id, _comparison()),
        section(_("Doublons probables"), rx.cond(desk.pairs, pairs, nothing)),
        title=_("Entreprises en double"),
        lead=_("Une entreprise n’a qu’un numéro. Une seconde inscription vient d’un numéro erroné ou remplacé."),
        back=(_("Comptes"), PEOPLE),
        active="comptes",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _house(each: HouseRow) -> rx.Component:
    return rx.el.div(rx.el.strong(each.name), rx.el.div(each.number, class_name="second-line"))


def _compare(each: PairRow) -> rx.Component:
    address = f"{PATH}?garder={each.keep.company_id}&reunir={each.gone.company_id}"
    return link(_("Comparer"), href=address, description=each.keep.name)


def _comparison() -> rx.Component:
    pair = State.desk.pair
    columns = [
        Column(_("Inscription"), _house),
        Column(_("Établissements"), lambda each: each.establishments, figures=True),
        Column(_("Agréments"), lambda each: each.approvals, figures=True),
        Column(_("Offres"), lambda each: each.offers, figures=True),
        Column(_("Personnes"), lambda each: each.members, figures=True),
    ]
    moved = [
        Column(_("Ce qui est réuni"), lambda each: each.what),
        Column(_("Combien"), lambda each: each.how_many, figures=True),
    ]
    turned = f"{PATH}?garder={pair.gone.company_id}&reunir={pair.keep.company_id}"
    return section(
        _("Garder la première, y réunir la seconde"),
        table(_("Les deux inscriptions"), columns, [pair.keep, pair.gone], under_heading=True, wide=True),
        row(
            button_link(_("Garder plutôt l’autre"), turned, variant="secondary"),
            dialog_opener(_("Réunir"), "reunir", variant="danger", icon_name="layers"),
        ),
        table(_("Ce qui change de place"), moved, State.desk.moved),
        _dialog(),
    )


def _dialog() -> rx.Component:
    pair, errors = State.desk.pair, State.errors
    return dialog(
        "reunir",
        _("Réunir ces deux inscriptions ?"),
        rx.el.p(
            _("Rien ne se perd, et il n’y a pas de retour. Le numéro qui s’en va mène à l’autre ; "),
            _("chaque personne des deux équipes reçoit un message avec la raison."),
            class_name="quiet-text",
        ),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="keep_id", value=f"{pair.keep.company_id}", read_only=True),
            rx.el.input(type="hidden", name="gone_id", value=f"{pair.gone.company_id}", read_only=True),
            text_field("why", _("Raison, que les équipes liront"), error=form_error(errors, "why")),
            row(close_button(), button(_("Réunir"), type="submit", variant="danger")),
            on_submit=State.merge,
            class_name="stack",
        ),
        done=State.answered,
    )


PAGE = Page(PATH, _("Entreprises en double"), Audience.OFFA, mergers_page, loads=[State.load])
