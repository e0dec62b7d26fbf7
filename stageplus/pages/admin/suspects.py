"""The accounts that OFFA looks at first, each with its reasons and the way to its page, where it can be suspended."""

import reflex as rx

from stageplus.components import desk_shell, empty_state, link, offa_nav, skeleton_rows
from stageplus.components.filters import list_head
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.services.suspicions.schemas import SuspectRow
from stageplus.states.admin.people import PATH as PEOPLE
from stageplus.states.admin.suspects import OffaSuspectsState as State
from stageplus.states.audience import Audience
from stageplus.texts import _

PATH = f"{PEOPLE}/a-verifier"


def suspects_page() -> rx.Component:
    """Build the ranked list."""
    found = State.found
    columns = [
        Column(_("Compte"), _who),
        Column(_("Profil"), lambda each: each.role),
        Column(_("Raisons"), _reasons),
        Column(_("Points"), lambda each: each.points, figures=True),
    ]
    nothing = empty_state(
        _("Aucun compte à vérifier"),
        _("Messages masqués, offres retirées, demandes refusées, e-mails en retour : ce qui s’ajoute arrive ici."),
        icon_name="check",
        heading="h3",
    )
    listed = table(_("Comptes à vérifier"), columns, found.rows, under_heading=True, wide=True)
    return desk_shell(
        offa_nav(),
        rx.el.section(
            list_head(found.found_words),
            rx.el.p(found.rule_words, class_name="hint"),
            rx.cond(found.rows, listed, nothing),
            class_name="stack stack-tight",
        ),
        title=_("Comptes à vérifier"),
        lead=_("Le compte ouvert d’abord est celui dont les faits pèsent le plus. C’est vous qui décidez."),
        back=(_("Comptes"), PEOPLE),
        active="comptes",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _who(each: SuspectRow) -> rx.Component:
    page = link(each.name, href=f"{PEOPLE}/{each.person_id}")
    return rx.el.div(page, rx.el.div(each.email, class_name="second-line"))


def _reasons(each: SuspectRow) -> rx.Component:
    return rx.el.ul(rx.foreach(each.reasons.to(list[str]), lambda reason: rx.el.li(reason)))


PAGE = Page(PATH, _("Comptes à vérifier"), Audience.OFFA, suspects_page, loads=[State.load, State.follow])
