"""What a company has to answer first."""

import reflex as rx

from stageplus.components import button_link, empty_state, section, skeleton_rows, stat, stats
from stageplus.pages.company.applications import inbox_card
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.states.audience import Audience
from stageplus.states.company.inbox import CompanyInboxState as State
from stageplus.texts import _


def home_page() -> rx.Component:
    """Build the page that says what to do now."""
    return company_page(
        stats(
            stat(State.to_answer, _("candidatures à répondre"), href="/entreprise/candidatures", tone="accent"),
            stat(State.rows.length(), _("candidatures en tout"), href="/entreprise/candidatures"),
        ),
        section(
            _("À répondre d’abord"),
            rx.cond(
                State.to_answer > 0,
                rx.el.div(
                    rx.foreach(
                        State.rows,
                        lambda found: rx.cond(
                            (found.status == "envoyée") | (found.status == "vue") | (found.status == "sans réponse"),
                            inbox_card(found),
                        ),
                    ),
                    class_name="grid-cards",
                ),
                empty_state(
                    _("Tout est répondu"),
                    _("Personne n’attend de réponse. Une offre de plus ?"),
                    button_link(_("Créer une offre"), "/entreprise/offres/nouvelle"),
                    icon_name="check",
                    heading="h3",
                ),
            ),
        ),
        title=_("À faire"),
        active="accueil",
        actions=button_link(_("Créer une offre"), "/entreprise/offres/nouvelle", icon_name="plus"),
        skeleton=skeleton_rows(),
    )


PAGE = Page("/entreprise", _("À faire"), Audience.COMPANY, home_page, loads=[State.load, State.follow])
