"""What an offer says, as learners read it: on their page, and in the preview of whoever writes it."""

import reflex as rx

from stageplus.components.callout import callout
from stageplus.components.facts import fact, fact_if, facts
from stageplus.components.headings import section
from stageplus.components.icons import icon
from stageplus.components.pay_table import pay_table
from stageplus.services.offers.schemas import OfferDetail
from stageplus.texts import _


def offer_facts(offer: OfferDetail) -> rx.Component:
    """List what decides: where, when, how many places, what one gets, who answers and how."""
    return facts(
        fact(_("Où"), _where(offer)),
        fact(_("Jours en entreprise"), rx.fragment(offer.days, _my_days(offer))),
        fact(_("Début"), offer.start),
        fact(_("Places libres"), offer.places_left),
        fact(_("Rétribution"), offer.pay_from),
        fact(_("Qui te répond"), offer.who_answers),
        fact_if(_("D’habitude ici"), offer.answers),
        fact_if(_("Candidatures"), offer.applicants),
        fact_if(_("Confirmée par l’entreprise"), offer.confirmed),
    )


def offer_sections(offer: OfferDetail) -> rx.Component:
    """Say everything else: the work, the first day, the rétribution and what is practical."""
    return rx.el.div(
        rx.cond(
            offer.minor_notes,
            rx.el.div(
                rx.foreach(offer.minor_notes, lambda note: callout(rx.el.p(note), tone="warning")),
                class_name="stack stack-tight",
            ),
        ),
        section(_("Ce que tu vas apprendre et faire"), rx.el.p(offer.tasks, class_name="typed")),
        rx.cond(offer.first_day, section(_("Ton premier jour"), rx.el.p(offer.first_day, class_name="typed"))),
        section(
            _("Ce que tu reçois chaque mois, au moins"),
            pay_table(
                offer.pay,
                explanation=_("La rétribution monte avec ton niveau. Ton opérateur te dit par lequel tu commences."),
                source=_("Calculé sur le revenu minimum en vigueur. L’entreprise peut donner plus."),
            ),
        ),
        _practical(offer),
        class_name="stack stack-wide",
    )


def _practical(offer: OfferDetail) -> rx.Component:
    return section(
        _("En pratique"),
        facts(
            fact(_("Établissement"), offer.establishment),
            fact(_("Horaire"), offer.hours),
            fact(_("Temps en entreprise"), offer.weekly_hours),
            fact(_("Années bienvenues"), offer.years),
            fact(_("Langue"), offer.language),
            fact_if(_("Ton tuteur"), offer.tutor),
            fact_if(_("Pour venir"), offer.transport),
            fact_if(_("Déplacements"), offer.own_transport),
            fact_if(_("Équipement"), offer.equipment),
            fact_if(_("Risques"), offer.risks),
            fact_if(_("Accessibilité"), offer.accessibility),
            fact(_("Dispositif"), offer.scheme),
            fact(_("Fin de l’offre"), offer.ends_on),
            columns=2,
        ),
    )


def _where(offer: OfferDetail) -> str:
    return _("{town}, à {distance} de chez toi").format(town=offer.municipality, distance=offer.distance)


def _my_days(offer: OfferDetail) -> rx.Component:
    tone = rx.cond(offer.days_fit, "success", "warning")
    drawing = rx.cond(offer.days_fit, icon("check", 20), icon("alert", 20))
    return rx.el.span(drawing, offer.days_words, class_name="fits", custom_attrs={"data-tone": tone})
