"""What a company may do with an offer: the likely next step as a button, everything else under « Plus »."""

from typing import Any

import reflex as rx

from stageplus.components import IconName, button, button_link, dialog_opener
from stageplus.components.menu import more_menu
from stageplus.pages.company.closing import CLOSING
from stageplus.pages.company.intake import intake_opener
from stageplus.pages.company.offers import HREF
from stageplus.states.company.posting import CompanyOfferState as State
from stageplus.texts import _

DISCARD = "supprimer-le-brouillon"


def offer_acts() -> rx.Component:
    """Build the row; what is the main act is not in the list again."""
    found, steps = State.detail.row, State.detail.steps
    resumes, has_applicants = steps.contains("resume"), found.applications > 0
    renews = (found.status == "expirée") & steps.contains("renew")
    main = rx.cond(
        resumes,
        _step("resume", _("Remettre en ligne"), main=True),
        rx.cond(
            renews,
            _step("renew", State.detail.renewal, main=True),
            rx.cond(has_applicants, _applications(), _preview()),
        ),
    )
    return rx.el.div(
        main,
        more_menu(
            rx.cond(has_applicants & (resumes | renews), _applications()),
            rx.cond(has_applicants | resumes | renews, _preview()),
            rx.cond(steps.contains("renew") & ~renews, _step("renew", State.detail.renewal, icon_name="clock")),
            rx.cond(steps.contains("suspend"), _step("suspend", _("Suspendre"), icon_name="minus")),
            intake_opener(),
            rx.cond(steps.contains("close"), dialog_opener(_("Clôturer l'offre"), CLOSING, icon_name="stop")),
            rx.cond(found.status == "publiée", _sharing(found.offer_id)),
            rx.cond(
                ~State.detail.is_draft,
                button(
                    _("Même place l’an prochain"),
                    variant="quiet",
                    icon_name="calendar",
                    on_click=State.copy_this(found.offer_id),
                ),
            ),
            rx.cond(State.detail.is_draft, dialog_opener(_("Supprimer le brouillon"), DISCARD, icon_name="trash")),
            description=found.title,
        ),
        class_name="acts",
    )


def _applications() -> rx.Component:
    found = State.detail.row
    return button_link(
        rx.fragment(_("Candidatures"), " (", found.applications, ")"),
        f"/entreprise/candidatures?offre={found.offer_id}",
        variant="secondary",
        icon_name="letter",
    )


def _preview() -> rx.Component:
    return button_link(
        _("Voir comme un apprenant"),
        f"{HREF}/{State.detail.row.offer_id}/apercu",
        variant="secondary",
        icon_name="phone",
    )


def _step(name: str, label: Any, *, main: bool = False, icon_name: IconName | None = None) -> rx.Component:
    act = State.step(State.detail.row.offer_id, name)
    return button(label, variant="primary" if main else "quiet", icon_name=icon_name, on_click=act)


def _sharing(offer_id: Any) -> rx.Component:
    shared = {
        "data-share": f"/offres/{offer_id}",
        "data-done-text": _("Lien copié"),
        "data-share-title": State.detail.row.title,
    }
    return rx.fragment(
        button_link(
            _("Imprimer l’affiche"),
            f"{HREF}/{offer_id}/affiche.pdf",
            variant="quiet",
            icon_name="print",
            native=True,
        ),
        button(_("Partager le lien"), variant="quiet", icon_name="send", custom_attrs=shared),
    )
