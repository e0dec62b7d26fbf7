"""What somebody follows of their claims: where each stands, how to contest, how to ask for more."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    card,
    empty_state,
    error_summary,
    form_error,
    row,
    section,
    skeleton_rows,
    status_badge,
    submit_button,
    text_field,
    textarea_field,
)
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.claims.schemas import ClaimRow
from stageplus.states.audience import Audience
from stageplus.states.company.claims import CompanyClaimState as State
from stageplus.texts import _

FIELDS = {
    "enterprise_number": _("Numéro d’entreprise"),
    "establishment_number": _("Numéro d’unité d’établissement"),
    "company_name": _("Nom de l’entreprise"),
    "postal_code": _("Code postal de l’établissement"),
    "function": _("Votre fonction"),
}


def claims_page() -> rx.Component:
    """Build the list of claims with what to do meanwhile."""
    return company_page(
        rx.cond(State.mine.waits, _meanwhile()),
        rx.cond(
            State.mine.rows,
            rx.el.div(rx.foreach(State.mine.rows, _claim), class_name="stack"),
            empty_state(
                _("Aucune demande"),
                _("Pour agir pour un autre établissement, remplissez le formulaire ci-dessous."),
                icon_name="building",
            ),
        ),
        section(_("Demander l’accès à un établissement"), _another()),
        title=_("Mes demandes d’accès"),
        active="demande",
        skeleton=skeleton_rows(),
        width="narrow",
    )


def _meanwhile() -> rx.Component:
    ready = callout(
        rx.el.p(_("Un opérateur vérifie. Vos offres restent en brouillon ; vous les publiez dès la validation.")),
        button_link(_("Préparer une offre"), "/entreprise/offres/nouvelle", icon_name="edit"),
        title=_("En attendant, préparez vos offres"),
        tone="sun",
    )
    missing = callout(
        rx.el.p(_("Aucun agrément n’est noté pour ces numéros. Un opérateur peut vous aider à le demander.")),
        row(button_link(_("Demander un agrément"), "/inscription/agrement", variant="secondary")),
        title=_("Il manque un agrément"),
        tone="warning",
    )
    return rx.cond(State.mine.is_registered, ready, missing)


def _claim(claim: ClaimRow) -> rx.Component:
    return card(
        row(rx.el.h2(claim.company), status_badge(claim.state_words, claim.tone)),
        rx.el.p(_("Unité d’établissement"), " ", claim.establishment_number, " · ", claim.when, class_name="hint"),
        rx.cond(
            claim.reason != "",
            rx.el.p(_("Raison :"), " ", claim.reason),
        ),
        rx.cond(claim.may_contest, _contest(claim)),
    )


def _contest(claim: ClaimRow) -> rx.Component:
    return rx.el.form(
        error_summary(State.errors, ("words",), general=form_error(State.errors, "form")),
        rx.el.input(type="hidden", name="claim", value=f"{claim.claim_id}", read_only=True),
        textarea_field(
            "words",
            _("Pourquoi vous n’êtes pas d’accord"),
            rows=4,
            max_length=1000,
            hint=_("OFFA lit ce texte et décide. Une seule contestation par demande."),
            error=form_error(State.errors, "words"),
        ),
        submit_button(_("Contester le refus")),
        on_submit=State.contest,
        class_name="stack",
    )


def _another() -> rx.Component:
    errors = State.errors

    def line(name: str, label: str, **options: Any) -> rx.Component:
        return text_field(name, label, error=form_error(errors, name), **options)

    return rx.el.form(
        error_summary(errors, FIELDS),
        line("enterprise_number", _("Numéro d’entreprise"), hint=_("10 chiffres, par exemple 0400.000.185")),
        line(
            "establishment_number",
            _("Numéro d’unité d’établissement"),
            hint=_("10 chiffres, par exemple 2.000.000.141"),
        ),
        line("company_name", _("Nom de l’entreprise")),
        line("postal_code", _("Code postal de l’établissement"), short=True, inputmode="numeric"),
        line("function", _("Votre fonction")),
        submit_button(_("Envoyer ma demande")),
        on_submit=State.ask,
        class_name="card stack",
        key=State.form_round,
    )


PAGE = Page(
    "/entreprise/demande", _("Mes demandes d’accès"), Audience.COMPANY, claims_page, loads=[State.load, State.follow]
)
