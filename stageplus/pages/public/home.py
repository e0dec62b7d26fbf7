"""The front page: what Stage+ is, and two doors."""

import reflex as rx

from stageplus.components import button_link, card, public_shell, section, stat, stats
from stageplus.components.icons import IconName, icon
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.front import FrontState
from stageplus.texts import _


def home_page() -> rx.Component:
    """Build the front page."""
    totals = FrontState.totals
    return public_shell(
        rx.el.div(
            rx.el.h1(_("Trouver une place pour apprendre un métier")),
            rx.el.p(
                _(
                    "Tu es en alternance en Wallonie ou à Bruxelles et tu cherches une entreprise ? Ici, les entreprises "
                    "agréées publient leurs places. Tu postules en trois minutes, à toute heure, sans CV."
                ),
                class_name="lead",
            ),
            class_name="stack",
        ),
        rx.el.div(
            _door(
                "search",
                _("Je cherche une place"),
                _("Pour les apprenants inscrits dans un CEFA, à l’IFAPME ou à l’EFP."),
                button_link(_("Voir les offres"), "/connexion?suite=/offres", native=True, wide=True),
                "sun",
            ),
            _door(
                "building",
                _("Je forme un apprenant"),
                _("Pour les entreprises formatrices agréées, privées ou publiques."),
                button_link(
                    _("Proposer une place"), "/connexion?suite=/entreprise", variant="secondary", native=True, wide=True
                ),
                "accent",
            ),
            class_name="grid-cards",
        ),
        stats(
            stat(totals.offers, _("offres ouvertes")),
            stat(totals.trades, _("métiers")),
            stat(totals.municipalities, _("communes")),
        ),
        section(
            _("Comment ça marche ?"),
            rx.el.ol(
                _step(
                    _("L’apprenant postule"), _("Il choisit une offre près de chez lui et répond à trois questions.")
                ),
                _step(_("L’entreprise répond"), _("Elle voit la candidature tout de suite et propose un entretien.")),
                _step(
                    _("L’opérateur prend la suite"), _("Contrat et plan de formation se font avec lui, hors de Stage+.")
                ),
                class_name="numbered",
            ),
        ),
        section(
            _("Gratuit, et vos données restent ici"),
            rx.el.p(
                _(
                    "Stage+ est un service de l’OFFA. Pas de publicité, pas de traceur, rien n’est transmis ailleurs. "
                    "Les coachs sectoriels et l’OFFA ne voient que des chiffres."
                )
            ),
        ),
        title=None,
        frame=frame(),
    )


def _door(icon_name: IconName, title: str, words: str, action: rx.Component, surface: str) -> rx.Component:
    return card(
        icon(icon_name, 40), rx.el.h2(title), rx.el.p(words), action, surface="sun" if surface == "sun" else "accent"
    )


def _step(title: str, words: str) -> rx.Component:
    return rx.el.li(rx.el.strong(title), rx.el.p(words))


PAGE = Page("/", _("Accueil"), Audience.EVERYONE, home_page, loads=[FrontState.load])
