"""The establishments of a company: agréments, how many learners each may train, who acts for it."""

import reflex as rx

from stageplus.components import (
    badge,
    button_link,
    card,
    empty_state,
    fact,
    fact_if,
    facts,
    row,
    skeleton_rows,
    status_badge,
)
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.teams.schemas import EstablishmentCard, HeldApproval
from stageplus.states.audience import Audience
from stageplus.states.company.team import CompanyEstablishmentsState as State
from stageplus.texts import _


def establishments_page() -> rx.Component:
    """Build the cards."""
    return company_page(
        rx.cond(
            State.cards,
            rx.el.div(rx.foreach(State.cards, _card), class_name="stack"),
            empty_state(
                _("Aucun établissement"),
                _("Votre demande d’accès attend peut-être encore une décision."),
                button_link(_("Mes demandes d’accès"), "/entreprise/demande"),
                icon_name="building",
            ),
        ),
        row(
            button_link(_("Demander l’accès à un autre établissement"), "/entreprise/demande", variant="secondary"),
            button_link(_("Demander un agrément"), "/inscription/agrement", variant="quiet"),
        ),
        title=_("Établissements"),
        active="etablissements",
        lead=_("Vos agréments sont notés par les opérateurs et valent pour tous."),
        skeleton=skeleton_rows(),
    )


def _card(each: EstablishmentCard) -> rx.Component:
    return card(
        rx.el.h2(each.name),
        rx.el.p(each.number, " · ", each.town, class_name="hint"),
        rx.cond(
            each.approvals,
            rx.el.ul(rx.foreach(each.approvals, _held), class_name="stack stack-tight"),
            rx.el.p(_("Aucun agrément n’est noté : aucune offre ne peut être publiée ici.")),
        ),
        facts(
            fact(_("Capacité"), each.capacity),
            fact(_("Places sur Stage+"), each.used),
            fact(_("Places encore possibles"), each.left),
            fact_if(_("Par tuteur, chiffres à valider"), each.tutors),
            fact(_("Qui agit ici"), each.people),
            columns=2,
        ),
        rx.el.p(_("Comptez aussi les apprenants que vous formez déjà en dehors de Stage+."), class_name="hint"),
    )


def _held(held: HeldApproval) -> rx.Component:
    return rx.el.li(
        rx.el.strong(held.trade),
        status_badge(held.state_words, held.tone),
        rx.el.span(held.since, class_name="hint"),
        rx.cond(held.disputed, badge(_("Désaccord entre opérateurs"), tone="warning", icon_name="flag")),
        class_name="row",
    )


PAGE = Page(
    "/entreprise/etablissements",
    _("Établissements"),
    Audience.COMPANY,
    establishments_page,
    loads=[State.load, State.follow],
)
