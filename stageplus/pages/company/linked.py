"""The same place in other establishments: which linked offers there are, and where more may be made."""

from typing import Any

import reflex as rx

from stageplus.components import checkbox_group, error_summary, form_error, link, row, section, submit_button
from stageplus.services.postings.schemas import LinkedRow
from stageplus.states.company.linked import CompanyLinkState as State
from stageplus.texts import _


def linked_section(offer_id: Any) -> rx.Component:
    """Build the section, nothing when the company has no other establishment for the trade."""
    found = State.extension
    return rx.cond(
        (found.linked.length() > 0) | (found.choices.length() > 0),
        section(
            _("Dans vos autres établissements"),
            rx.cond(found.linked, rx.el.ul(rx.foreach(found.linked, _line), class_name="plain-list")),
            rx.cond(found.choices, _form(offer_id)),
            hint=_("Chaque offre liée vit sa propre vie ; les apprenants voient « aussi à … »."),
        ),
    )


def _line(each: LinkedRow) -> rx.Component:
    return rx.el.li(
        link(each.place, href=f"/entreprise/offres/{each.offer_id}"), " · ", rx.el.span(each.status, class_name="hint")
    )


def _form(offer_id: Any) -> rx.Component:
    errors = State.link_errors
    return rx.el.form(
        rx.cond(errors, error_summary(errors, ("establishments",), general=form_error(errors, "form"))),
        rx.el.input(type="hidden", name="offer", value=f"{offer_id}", read_only=True),
        checkbox_group(
            "establishments",
            _("Proposer aussi cette place à"),
            State.extension.choices,
            error=form_error(errors, "establishments"),
            hint=_("Seuls les établissements agréés pour ce métier. Le reste du texte est repris."),
        ),
        row(submit_button(_("Créer les offres liées"))),
        on_submit=State.extend,
        class_name="card stack",
        key=State.extended,
    )
