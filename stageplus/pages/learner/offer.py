"""One offer: what it is, what it asks and gives."""

from dataclasses import replace

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    empty_state,
    fact,
    fact_if,
    facts,
    learner_shell,
    link,
    pay_table,
    section,
    skeleton_offer,
)
from stageplus.components.icons import icon
from stageplus.pages.learner.apply import apply_section, similar_section
from stageplus.pages.learner.flag import flag_section
from stageplus.pages.learner.keep import keep_button, keep_toast
from stageplus.pages.page import Page, frame
from stageplus.services.offers.schemas import OfferDetail
from stageplus.states.audience import Audience
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.states.learner.flag import LearnerFlagState as FlagState
from stageplus.states.learner.offers import LearnerOfferState as State
from stageplus.texts import _


def offer_page() -> rx.Component:
    """Build everything about an offer; while it loads, the title is empty and drawn grey."""
    offer = State.offer
    named = rx.cond(State.loading, "", rx.cond(State.missing, _("Offre introuvable"), offer.title))
    company = rx.cond(State.loading | State.missing, "", offer.company)
    return learner_shell(
        rx.cond(State.missing, _missing(), _offer(offer)),
        title=named,
        lead=company,
        active="offres",
        frame=replace(frame(), missing=False),
        back=(_("Retour aux offres"), "/offres"),
        skeleton=skeleton_offer(),
    )


def _offer(offer: OfferDetail) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(_key_facts(offer), _sections(offer), _thumb(offer), class_name="offer-read"),
            apply_section(offer),
            class_name="offer",
        ),
        similar_section(offer),
        keep_toast(),
        rx.cond(offer.offer_id > 0, flag_section(offer)),
        class_name="stack stack-wide",
    )


def _key_facts(offer: OfferDetail) -> rx.Component:
    return rx.el.div(
        keep_button(offer.offer_id, offer.title),
        facts(
            fact(_("Où"), _where(offer)),
            fact(_("Jours en entreprise"), rx.fragment(offer.days, _my_days(offer))),
            fact(_("Début"), offer.start),
            fact(_("Places libres"), offer.places_left),
            fact(_("Rétribution"), offer.pay_from),
            fact(_("Qui te répond"), offer.who_answers),
            fact_if(_("D’habitude ici"), offer.answers),
            fact_if(_("Candidatures"), offer.applicants),
            fact_if(_("Confirmée par l’entreprise"), offer.confirmed),
        ),
        rx.cond(
            offer.applied_id > 0,
            button_link(_("Voir ma candidature"), f"/candidatures/{offer.applied_id}", wide=True),
            rx.cond(offer.is_open, _to_the_form("btn btn-primary btn-wide offer-go"), _over(offer)),
        ),
        class_name="card offer-key",
    )


def _where(offer: OfferDetail) -> str:
    return _("{town}, à {distance} de chez toi").format(town=offer.municipality, distance=offer.distance)


def _my_days(offer: OfferDetail) -> rx.Component:
    tone = rx.cond(offer.days_fit, "success", "warning")
    drawing = rx.cond(offer.days_fit, icon("check", 20), icon("alert", 20))
    return rx.el.span(drawing, offer.days_words, class_name="fits", custom_attrs={"data-tone": tone})


def _over(offer: OfferDetail) -> rx.Component:
    return callout(
        rx.el.p(rx.cond(offer.has_enough, "", _("Cette offre ne prend plus de candidature.")), " ", offer.closed_words),
        rx.cond(offer.similar, rx.el.p(_("D’autres places semblables t’attendent en bas de la page."))),
        tone="warning",
    )


def _sections(offer: OfferDetail) -> rx.Component:
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


def _thumb(offer: OfferDetail) -> rx.Component:
    shown = offer.is_open & (offer.applied_id == 0) & (State.receipt.application_id == 0)
    return rx.cond(shown, rx.el.div(_to_the_form("btn btn-primary btn-large btn-wide"), class_name="thumb"))


def _to_the_form(look: str) -> rx.Component:
    return link(_("Postuler"), href="#postuler", native=True, class_name=look, custom_attrs={"data-jump": ""})


def _missing() -> rx.Component:
    return empty_state(
        _("Elle n’est plus là, ou l’adresse contient une erreur"),
        _("L’entreprise l’a peut-être retirée. D’autres places t’attendent, les plus proches d’abord."),
        button_link(_("Voir les offres"), "/offres"),
    )


LOADS = [LearnerKeepState.load, State.load, FlagState.load, State.follow]
PAGE = Page("/offres/[offre]", _("Offre"), Audience.LEARNER, offer_page, loads=LOADS)
