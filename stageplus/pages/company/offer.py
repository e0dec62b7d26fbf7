"""One offer of a company, new or not: where it stands, what may be done, and its form."""

import reflex as rx

from stageplus.components import (
    answered_dialog,
    button,
    button_link,
    callout,
    disclosure,
    draft_sent,
    empty_state,
    error_summary,
    form_error,
    meta,
    meta_item,
    skeleton_rows,
    status_badge,
)
from stageplus.pages.company.closing import closing_dialog
from stageplus.pages.company.figures import figures_help, figures_section
from stageplus.pages.company.intake import intake_dialog, intake_notice
from stageplus.pages.company.linked import linked_section
from stageplus.pages.company.nav import company_page
from stageplus.pages.company.offer_acts import DISCARD, offer_acts
from stageplus.pages.company.offer_form import kept_names, offer_form
from stageplus.pages.company.offers import HREF, TONES
from stageplus.pages.page import Page
from stageplus.states.audience import Audience
from stageplus.states.company.figures import CompanyFiguresState as Figures
from stageplus.states.company.linked import CompanyLinkState
from stageplus.states.company.posting import CompanyOfferState as State
from stageplus.texts import _


def new_offer_page() -> rx.Component:
    """Build the form of a new offer."""
    return company_page(
        rx.cond(State.form.places.length() > 0, _earlier()),
        rx.cond(
            State.form.places,
            offer_form(new=True),
            empty_state(
                _("Il faut d’abord un agrément"),
                _("Une offre se publie pour un métier agréé dans un établissement. Votre opérateur peut vous aider."),
                button_link(_("Voir l’aide"), "/aide", variant="secondary"),
                icon_name="shield",
            ),
        ),
        title=_("Nouvelle offre"),
        lead=rx.cond(
            State.form.places,
            _("Quatre étapes, quelques minutes. Ce que vous écrivez s’enregistre au fur et à mesure."),
            "",
        ),
        active="offres",
        back=(_("Vos offres"), HREF),
        skeleton=skeleton_rows(),
        width="normal",
    )


def _earlier() -> rx.Component:
    lines = rx.foreach(
        State.earlier,
        lambda each: rx.el.li(
            rx.el.div(
                rx.el.strong(each.title),
                rx.el.p(each.establishment, " · ", each.since, class_name="hint"),
            ),
            button(
                _("Reprendre"),
                variant="secondary",
                size="small",
                description=each.title,
                on_click=State.copy_this(each.offer_id),
            ),
            class_name="line-between",
        ),
    )
    words = _("Tout est copié dans un nouveau brouillon, les dates passent à l’année suivante.")
    return rx.cond(
        State.earlier,
        disclosure(
            _("Même place que l’an dernier ? Partir d’une offre précédente"),
            rx.el.p(words, class_name="hint"),
            rx.el.ul(lines, class_name="plain-list"),
        ),
    )


def offer_page() -> rx.Component:
    """Build the form of an offer with the steps it may take."""
    detail = State.detail
    return company_page(
        rx.cond(State.sent_from != "", draft_sent(kept_names(State.sent_from))),
        _standing(),
        _asked_by_offa(),
        _general_errors(),
        intake_notice(),
        figures_help(),
        figures_section(),
        rx.cond(
            State.changed_elsewhere,
            callout(
                rx.el.p(
                    _("Un collègue vient de modifier cette offre. Ce que vous écrivez ici reste sur cet appareil.")
                ),
                button(_("Voir sa version"), variant="quiet", size="small", custom_attrs={"data-reload": ""}),
                tone="warning",
            ),
        ),
        rx.cond(
            detail.can_edit,
            offer_form(new=False),
            callout(
                rx.el.p(_("Cette offre ne se modifie plus. Vous pouvez en créer une autre.")),
                button_link(_("Créer une offre"), f"{HREF}/nouvelle", variant="secondary", icon_name="plus"),
            ),
        ),
        closing_dialog(),
        intake_dialog(),
        linked_section(State.detail.row.offer_id),
        _discarding(),
        title=detail.row.title,
        lead=detail.row.establishment,
        active="offres",
        back=(_("Vos offres"), HREF),
        skeleton=skeleton_rows(),
        width="normal",
    )


def _standing() -> rx.Component:
    found = State.detail.row
    return rx.el.div(
        rx.el.div(
            status_badge(found.status_words, rx.match(found.status, *TONES, "neutral")),
            meta(
                meta_item(found.places_words, "people"),
                rx.cond(found.ends, meta_item(found.ends, "calendar")),
            ),
            class_name="row",
        ),
        offer_acts(),
        class_name="stack stack-tight",
    )


def _asked_by_offa() -> rx.Component:
    asked = State.detail.notice
    return rx.cond(
        asked.title,
        callout(
            rx.el.p(asked.words, class_name="typed"),
            rx.el.p(
                rx.cond(
                    asked.taken_off,
                    _("Changez le texte, puis enregistrez : OFFA relit l’offre et peut la remettre en ligne."),
                    _("L’offre reste en ligne. Changez le texte, puis enregistrez : OFFA la relit."),
                )
            ),
            title=asked.title,
            tone="warning",
        ),
    )


def _general_errors() -> rx.Component:
    general = form_error(State.errors, "form")
    return rx.cond(State.asking == "steps", error_summary(State.errors, (), general=general))


def _discarding() -> rx.Component:
    return answered_dialog(
        DISCARD,
        _("Supprimer ce brouillon ?"),
        _("Personne d’autre que vous ne l’a vu. Il ne pourra pas être retrouvé."),
        _("Oui, supprimer"),
        State.discard(State.detail.row.offer_id),
        done=State.done,
        refusal=rx.cond(State.asking == "supprimer", form_error(State.errors, "form"), ""),
        danger=True,
    )


NEW = Page(f"{HREF}/nouvelle", _("Nouvelle offre"), Audience.COMPANY, new_offer_page, loads=[State.start, State.follow])
LOADS = [State.load, CompanyLinkState.load, Figures.load, State.follow, Figures.follow]
DETAIL = Page(f"{HREF}/[offre]", _("Offre"), Audience.COMPANY, offer_page, loads=LOADS)
