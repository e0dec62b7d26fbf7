"""What a company has to do now: whom to answer, then which offers need a hand."""

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    callout,
    card,
    card_foot,
    empty_state,
    error_summary,
    form_error,
    link,
    section,
    skeleton_cards,
)
from stageplus.pages.company.applications import HREF, inbox_card
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.postings.schemas import PostingRow, ToChange
from stageplus.states.audience import Audience
from stageplus.states.company.home import CompanyHomeState as State
from stageplus.texts import _

TO_ANSWER = f"{HREF}?etat=a-repondre"
FIRST = 6


def home_page() -> rx.Component:
    """Build the page that says what to do now."""
    return company_page(
        error_summary({}, (), general=form_error(State.errors, "form")),
        rx.cond(State.silence.paused, _paused(), rx.cond(State.silence.count > 0, _silence())),
        rx.cond(
            State.to_change,
            section(
                _("OFFA vous demande un changement"),
                rx.el.div(rx.foreach(State.to_change, _to_change), class_name="grid-cards"),
            ),
        ),
        section(
            _("À répondre d’abord"),
            rx.cond(State.found.rows, _waiting(), _nobody_waits()),
            hint=rx.cond(State.silence.count > 0, "", State.silence.rule),
            aside=rx.cond(
                State.found.total > 0,
                link(rx.fragment(_("Tout voir"), " (", State.found.total, ")"), href=TO_ANSWER),
            ),
        ),
        rx.cond(
            State.tend.ending,
            section(
                _("Bientôt hors ligne"),
                rx.el.div(rx.foreach(State.tend.ending, _ending), class_name="grid-cards"),
                hint=_("Encore valable ? Un geste la garde en ligne."),
            ),
        ),
        rx.cond(
            State.tend.without,
            section(
                _("Sans candidature"),
                rx.el.div(rx.foreach(State.tend.without, _without), class_name="grid-cards"),
                hint=_("Relisez-les : des tâches concrètes et l’accès en transport aident à se décider."),
            ),
        ),
        title=_("À faire"),
        active="accueil",
        actions=button_link(_("Créer une offre"), "/entreprise/offres/nouvelle", icon_name="plus"),
        skeleton=skeleton_cards(),
    )


def _paused() -> rx.Component:
    return callout(
        rx.el.p(State.silence.words),
        rx.el.p(
            _("Derrière chaque candidature, quelqu’un attend : répondre à l’une d’elles suffit pour publier encore.")
        ),
        rx.el.div(button_link(_("Répondre maintenant"), TO_ANSWER, size="small")),
        title=_("Vos nouvelles offres sont en pause"),
        tone="warning",
    )


def _silence() -> rx.Component:
    return callout(rx.el.p(State.silence.words), rx.el.p(State.silence.rule), tone="sun")


def _to_change(found: ToChange) -> rx.Component:
    state = rx.cond(found.notice.taken_off, badge(_("Hors ligne"), tone="danger"), badge(_("En ligne"), tone="success"))
    change = button_link(
        _("Changer l’offre"),
        f"/entreprise/offres/{found.row.offer_id}",
        variant="secondary",
        description=found.row.title,
    )
    return _offer(found.row, rx.fragment(rx.el.p(state), rx.el.p(found.notice.words, class_name="typed")), change)


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            State.found.rows[:FIRST], lambda found: inbox_card(found, f"{HREF}/{found.application_id}?etat=a-repondre")
        ),
        class_name="grid-cards",
    )


def _nobody_waits() -> rx.Component:
    answered = empty_state(
        _("Tout est répondu"),
        _("Personne n’attend de réponse. Les candidatures arrivent ici d’elles-mêmes."),
        icon_name="check",
        heading="h3",
    )
    first = empty_state(
        _("Tout commence par une offre"),
        _("Quelques minutes suffisent. Les apprenants des environs la voient aussitôt publiée."),
        button_link(_("Créer une offre"), "/entreprise/offres/nouvelle"),
        icon_name="spark",
        heading="h3",
    )
    return rx.cond(State.tend.offers > 0, answered, first)


def _ending(found: PostingRow) -> rx.Component:
    renew = button(_("Renouveler"), variant="secondary", description=found.title, on_click=State.renew(found.offer_id))
    return _offer(found, rx.el.p(_("En ligne"), " ", found.ends), renew)


def _without(found: PostingRow) -> rx.Component:
    edit = button_link(
        _("Compléter"), f"/entreprise/offres/{found.offer_id}", variant="secondary", description=found.title
    )
    return _offer(found, rx.el.p(found.since), edit)


def _offer(found: PostingRow, fact: rx.Component, act: rx.Component) -> rx.Component:
    return card(
        rx.el.h3(link(found.title, href=f"/entreprise/offres/{found.offer_id}", class_name="")),
        rx.el.p(found.establishment, class_name="hint"),
        fact,
        card_foot(act),
    )


PAGE = Page("/entreprise", _("À faire"), Audience.COMPANY, home_page, loads=[State.load, State.follow])
