"""The offers of a company."""

import reflex as rx

from stageplus.components import (
    button_link,
    chip,
    chips,
    empty_state,
    link,
    pagination,
    skeleton_rows,
    status_badge,
)
from stageplus.components.table import Column, table
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.postings.schemas import PostingRow
from stageplus.states.audience import Audience
from stageplus.states.company.postings import CompanyOffersState as State
from stageplus.texts import _

TONES = (
    ("publiée", "success"),
    ("brouillon", "neutral"),
    ("suspendue", "warning"),
    ("expirée", "warning"),
    ("pourvue", "accent"),
)
HREF = "/entreprise/offres"
GROUPS = (
    ("", _("Toutes")),
    ("ouvertes", _("Ouvertes")),
    ("brouillons", _("Brouillons")),
    ("terminees", _("Terminées")),
)


def offers_page() -> rx.Component:
    """Build the list."""
    columns = [
        Column(_("Offre"), _title),
        Column(_("État"), lambda found: status_badge(found.status_words, rx.match(found.status, *TONES, "neutral"))),
        Column(_("Places prises"), lambda found: found.places, figures=True),
        Column(_("À répondre"), _to_answer, figures=True),
        Column(_("Dates"), lambda found: rx.cond(found.ends, found.ends, found.changed)),
    ]
    new = button_link(_("Créer une offre"), f"{HREF}/nouvelle", icon_name="plus")
    found = State.found
    tabs = [chip(label, f"{HREF}?etat={key}" if key else HREF, current=State.group == key) for key, label in GROUPS]
    return company_page(
        chips(_("Quelles offres"), tabs),
        rx.cond(found.rows, table(_("Vos offres"), columns, found.rows, under_heading=True), _nothing(new)),
        rx.cond(
            found.pages > 1,
            pagination(
                rx.el.span(_("Page"), " ", found.page, " ", _("sur"), " ", found.pages), State.before, State.after
            ),
        ),
        title=_("Offres"),
        active="offres",
        actions=new,
        skeleton=skeleton_rows(),
    )


def _title(found: PostingRow) -> rx.Component:
    return rx.el.div(
        link(found.title, href=f"{HREF}/{found.offer_id}"),
        rx.el.p(found.establishment, rx.cond(found.intake_words, f" · {found.intake_words}", ""), class_name="hint"),
    )


def _to_answer(found: PostingRow) -> rx.Component:
    waiting = link(
        rx.fragment(found.to_answer),
        href=f"/entreprise/candidatures?offre={found.offer_id}&etat=a-repondre",
        description=found.title,
    )
    return rx.cond(found.to_answer > 0, waiting, "0")


def _nothing(new: rx.Component) -> rx.Component:
    first = empty_state(
        _("Aucune offre"), _("Quelques minutes suffisent pour publier la première."), new, icon_name="list"
    )
    other = empty_state(
        _("Aucune offre ici"),
        _("Il n’y en a pas dans cet état pour le moment."),
        button_link(_("Voir toutes les offres"), HREF, variant="secondary"),
        icon_name="list",
    )
    return rx.cond(State.group == "", first, other)


LIST = Page(HREF, _("Offres"), Audience.COMPANY, offers_page, loads=[State.load, State.follow])
