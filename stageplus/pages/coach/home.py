"""The offers of a coach's sectors, with counts."""

import reflex as rx

from stageplus.components import coach_nav, desk_shell, empty_state, section, skeleton_rows, status_badge
from stageplus.components.table import Column, table
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.coach.offers import CoachOffersState as State
from stageplus.texts import _

TONES = (("publiée", "success"), ("suspendue", "warning"), ("pourvue", "accent"))


def home_page() -> rx.Component:
    """Build the totals per sector and the list of offers."""
    sectors = [
        Column(_("Secteur"), lambda row: row.sector),
        Column(_("Offres ouvertes"), lambda row: row.open_offers, figures=True),
        Column(_("Places libres"), lambda row: row.places_left, figures=True),
        Column(_("Candidatures"), lambda row: row.applications, figures=True),
        Column(_("Répondues"), lambda row: row.answered, figures=True),
    ]
    offers = [
        Column(_("Offre"), lambda row: row.title),
        Column(_("Entreprise"), lambda row: row.company),
        Column(_("Commune"), lambda row: row.municipality),
        Column(_("État"), lambda row: status_badge(row.status_words, rx.match(row.status, *TONES, "neutral"))),
        Column(_("Places prises"), lambda row: row.places, figures=True),
        Column(_("Candidatures"), lambda row: row.applications, figures=True),
        Column(_("Répondues"), lambda row: row.answered, figures=True),
        Column(_("Fin"), lambda row: row.ends),
    ]
    return desk_shell(
        coach_nav(),
        rx.cond(
            State.view.offers,
            rx.el.div(
                section(_("Par secteur"), table(_("Totaux par secteur"), sectors, State.view.sectors)),
                section(_("Les offres"), table(_("Offres de vos secteurs"), offers, State.view.offers)),
                class_name="stack stack-wide",
            ),
            empty_state(
                _("Aucune offre dans vos secteurs"),
                _("Les entreprises agréées de vos secteurs n’ont encore rien publié : c’est le moment de les inviter."),
                icon_name="layers",
            ),
        ),
        title=_("Mes secteurs"),
        lead=_("Des chiffres seulement : vous ne voyez jamais qui postule."),
        active="accueil",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


PAGE = Page("/coach", _("Mes secteurs"), Audience.COACH, home_page, loads=[State.load, State.follow])
