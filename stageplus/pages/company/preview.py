"""An offer as learners read it, drawn with the very parts of their page."""

import reflex as rx

from stageplus.components import callout, offer_facts, offer_sections, skeleton_offer
from stageplus.pages.company.nav import company_page
from stageplus.pages.company.offers import HREF
from stageplus.pages.page import Page
from stageplus.states.audience import Audience
from stageplus.states.company.preview import CompanyPreviewState as State
from stageplus.texts import _


def preview_page() -> rx.Component:
    """Build the preview; nothing in it can be pressed."""
    offer = State.offer
    words = _("L’offre telle qu’un apprenant de votre commune, libre ces jours-là, la lira. Rien n’est envoyé d’ici.")
    return company_page(
        callout(rx.el.p(words), title=_("Aperçu"), icon_name="phone"),
        rx.el.div(
            rx.el.div(
                rx.el.div(offer_facts(offer), class_name="card offer-key"),
                offer_sections(offer),
                class_name="offer-read",
            ),
            class_name="offer",
        ),
        title=rx.cond(State.loading, "", offer.title),
        lead=rx.cond(State.loading, "", offer.company),
        active="offres",
        back=(_("Revenir à l’offre"), f"{HREF}/{offer.offer_id}"),
        skeleton=skeleton_offer(),
    )


PAGE = Page(f"{HREF}/[offre]/apercu", _("Aperçu de l’offre"), Audience.COMPANY, preview_page, loads=[State.load])
