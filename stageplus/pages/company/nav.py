"""The frame of a company's pages."""

from typing import Any

import reflex as rx

from stageplus.components import button_link, callout, company_nav, desk_shell
from stageplus.pages.page import frame
from stageplus.states.session import SessionState
from stageplus.texts import _


def company_page(*content: Any, title: Any, active: str, **options: Any) -> rx.Component:
    """Build a page of a company; whoever waits for validation is told what is open meanwhile."""
    waits = [] if active == "demande" else [rx.cond(SessionState.claim_waits, _waits())]
    return desk_shell(company_nav(), *waits, *content, title=title, active=active, frame=frame(), **options)


def _waits() -> rx.Component:
    return callout(
        rx.el.p(_("Écrivez déjà vos offres : elles restent en brouillon, et vous les publiez dès la validation.")),
        button_link(_("Suivre ma demande"), "/entreprise/demande", variant="secondary", size="small"),
        title=_("Votre accès attend sa validation"),
        tone="sun",
    )
