"""A learner's alerts, and the open offers that they found."""

import reflex as rx

from stageplus.components import (
    button,
    button_link,
    callout,
    card,
    confirm_dialog,
    dialog_opener,
    empty_state,
    form_error,
    learner_shell,
    link,
    section,
    skeleton_cards,
)
from stageplus.domain.alerts import AlertPace
from stageplus.pages.learner.keep import keep_toast
from stageplus.pages.learner.offers import offer_cards
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.learner.alerts import AlertLine
from stageplus.states.learner.alerts import LearnerAlertsState as State
from stageplus.states.learner.favourites import LearnerKeepState
from stageplus.texts import _

PACES = (
    (AlertPace.DAILY, _("Chaque jour")),
    (AlertPace.WEEKLY, _("Chaque semaine")),
    (AlertPace.ON_SITE, _("Jamais")),
)


def alerts_page() -> rx.Component:
    """Build what the alerts found first, then the alerts themselves."""
    error = form_error(State.errors, "form")
    return learner_shell(
        rx.cond(error != "", callout(rx.el.p(error), tone="warning")),
        rx.cond(State.lines, rx.fragment(_news(), _alerts()), _nothing()),
        keep_toast(),
        title=_("Mes alertes"),
        active="alertes",
        frame=frame(),
        skeleton=skeleton_cards(),
    )


def _news() -> rx.Component:
    waiting = rx.el.p(
        _("Rien de neuf pour l’instant. Dès qu’une offre arrive, elle s’affiche ici."), class_name="quiet-text"
    )
    return rx.fragment(
        section(_("Nouvelles places"), rx.cond(State.fresh, offer_cards(State.fresh), waiting)),
        rx.cond(State.seen, section(_("Trouvées avant, encore ouvertes"), offer_cards(State.seen))),
    )


def _alerts() -> rx.Component:
    return section(
        _("Tes recherches enregistrées"),
        rx.el.div(rx.foreach(State.lines, lambda line: _alert(line)), class_name="grid-cards"),
        rx.cond(
            State.by_mail,
            rx.el.div(
                button(_("Arrêter tous les e-mails"), variant="secondary", icon_name="stop", on_click=State.stop),
                class_name="row",
            ),
        ),
        hint=_("Un e-mail par jour au plus, pour toutes tes alertes ensemble."),
    )


def _alert(line: AlertLine) -> rx.Component:
    named = f"supprimer-alerte-{line.alert_id}"
    paces = [
        rx.el.button(
            words,
            type="button",
            class_name="chip",
            on_click=State.change(line.alert_id, pace.value),
            custom_attrs={"aria-pressed": rx.cond(line.pace == pace.value, "true", "false")},
        )
        for pace, words in PACES
    ]
    return card(
        rx.el.h3(link(line.label, href=line.href)),
        rx.el.div(
            rx.el.span(_("E-mails"), class_name="hint"),
            *paces,
            role="group",
            class_name="chips chips-named",
            custom_attrs={"aria-label": _("E-mails")},
        ),
        rx.el.div(dialog_opener(_("Supprimer"), named, icon_name="trash", description=line.label), class_name="row"),
        confirm_dialog(
            named,
            _("Supprimer cette alerte ?"),
            line.label,
            _("Oui, supprimer"),
            State.drop(line.alert_id),
            danger=True,
        ),
    )


def _nothing() -> rx.Component:
    return empty_state(
        _("Pas encore d’alerte"),
        _("Lance une recherche, puis touche « M’avertir » : les nouvelles offres viennent à toi."),
        button_link(_("Chercher une place"), "/offres"),
        icon_name="bell",
    )


PAGE = Page(
    "/alertes",
    _("Mes alertes"),
    Audience.LEARNER,
    alerts_page,
    loads=[LearnerKeepState.load, State.load, State.follow],
)
