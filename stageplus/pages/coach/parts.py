"""What several pages of a coach show alike: the columns of offers, and a list as a file."""

import reflex as rx

from stageplus.components import button_link, link, status_badge
from stageplus.components.props import Text
from stageplus.components.table import Column
from stageplus.services.coaching.schemas import COMPANIES, FollowedOffer
from stageplus.texts import _

TONES = (("publiée", "success"), ("suspendue", "warning"), ("pourvue", "accent"))


def offer_columns(*, of_one_company: bool = False) -> list[Column]:
    """List the columns of a table of offers; those of one company need not name it."""
    company = [] if of_one_company else [Column(_("Entreprise"), _company, key="entreprise")]
    return [
        Column(_("Offre"), lambda row: row.title),
        *company,
        Column(_("Commune"), lambda row: row.municipality, key="commune"),
        Column(_("État"), _status, one_line=True, key="etat"),
        Column(_("Places prises"), lambda row: row.places, figures=True, key="places"),
        Column(_("Candidatures"), lambda row: row.applications, figures=True, key="candidatures"),
        Column(_("Répondues"), lambda row: row.answered, figures=True, key="repondues"),
        Column(_("Fin"), _end, one_line=True, key="fin"),
    ]


def export_links(csv: Text, xlsx: Text) -> rx.Component:
    """Offer the whole list, as it is filtered and sorted, in both kinds of file."""
    return rx.el.div(
        rx.el.span(_("Exporter"), class_name="quiet-text"),
        button_link("XLSX", xlsx, variant="secondary", size="small", download=True, description=_("Exporter")),
        button_link("CSV", csv, variant="secondary", size="small", download=True, description=_("Exporter")),
        class_name="row",
    )


def _company(row: FollowedOffer) -> rx.Component:
    return link(row.company, href=f"{COMPANIES}/{row.company_id}")


def _status(row: FollowedOffer) -> rx.Component:
    return status_badge(row.status_words, rx.match(row.status, *TONES, "neutral"))


def _end(row: FollowedOffer) -> rx.Component:
    return rx.el.span(row.ends, class_name=rx.cond(row.ends_soon, "soon", ""))
