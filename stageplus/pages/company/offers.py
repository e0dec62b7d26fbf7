"""The offers of a company, and the form of each."""

import reflex as rx

from stageplus.components import (
    button,
    button_link,
    callout,
    checkbox,
    checkbox_group,
    close_button,
    date_field,
    dialog,
    dialog_opener,
    empty_state,
    error_summary,
    form_error,
    form_key,
    link,
    number_field,
    row,
    section,
    skeleton_rows,
    status_badge,
    text_field,
    textarea_field,
)
from stageplus.components.table import Column, table
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.postings.schemas import Choice, PostingRow
from stageplus.states.audience import Audience
from stageplus.states.company.postings import CompanyOffersState, CompanyOfferState
from stageplus.texts import _
from stageplus.texts.formats import week_days

FIELDS = (
    "place", "places", "starts_from", "starts_until", "days", "day_starts_at", "day_ends_at", "weekly_hours", "tasks",
    "first_day", "tutor_first_name", "tutor_function", "transport", "equipment", "risks", "accessibility",
)  # fmt: skip
TONES = (("publiée", "success"), ("brouillon", "neutral"), ("suspendue", "warning"), ("pourvue", "accent"))
HREF = "/entreprise/offres"
State = CompanyOfferState


def offers_page() -> rx.Component:
    """Build the list."""
    columns = [
        Column(_("Offre"), _title),
        Column(_("Établissement"), lambda found: found.establishment),
        Column(_("État"), lambda found: status_badge(found.status_words, rx.match(found.status, *TONES, "neutral"))),
        Column(_("Places prises"), lambda found: found.places, figures=True),
        Column(_("À répondre"), lambda found: found.to_answer, figures=True),
        Column(_("En ligne"), lambda found: found.ends),
    ]
    new = button_link(_("Créer une offre"), f"{HREF}/nouvelle", icon_name="plus")
    return company_page(
        rx.cond(
            CompanyOffersState.rows,
            table(_("Vos offres"), columns, CompanyOffersState.rows),
            empty_state(_("Aucune offre"), _("Trois minutes suffisent pour publier la première."), new),
        ),
        title=_("Offres"),
        active="offres",
        actions=new,
        skeleton=skeleton_rows(),
    )


def new_offer_page() -> rx.Component:
    """Build the form of a new offer."""
    return company_page(
        rx.cond(
            State.form.places,
            _form(),
            empty_state(
                _("Il faut d’abord un agrément"),
                _("Une offre se publie pour un métier agréé dans un établissement. Votre opérateur peut vous aider."),
                icon_name="shield",
            ),
        ),
        title=_("Nouvelle offre"),
        active="offres",
        back=(_("Vos offres"), HREF),
        skeleton=skeleton_rows(),
        width="normal",
    )


def offer_page() -> rx.Component:
    """Build the form of an offer with the steps it may take."""
    detail = State.detail
    return company_page(
        rx.el.p(detail.row.establishment, " · ", detail.row.places, " ", _("places prises"), " · ", detail.row.ends),
        status_badge(detail.row.status_words, rx.match(detail.row.status, *TONES, "neutral")),
        row(
            _step("suspend", _("Suspendre")),
            _step("resume", _("Remettre en ligne")),
            _step("renew", _("Renouveler pour 60 jours")),
            rx.cond(detail.steps.contains("close"), dialog_opener(_("Clôturer l’offre"), "cloturer", variant="danger")),
        ),
        _closing(),
        rx.cond(
            (detail.row.status == "brouillon") | (detail.row.status == "publiée") | (detail.row.status == "suspendue"),
            _form(),
            callout(rx.el.p(_("Cette offre ne se modifie plus. Vous pouvez en créer une autre."))),
        ),
        title=detail.row.title,
        active="offres",
        back=(_("Vos offres"), HREF),
        skeleton=skeleton_rows(),
        width="normal",
    )


def _title(found: PostingRow) -> rx.Component:
    return link(found.title, href=f"{HREF}/{found.offer_id}")


def _step(name: str, label: str) -> rx.Component:
    act = State.step(State.detail.row.offer_id, name)
    return rx.cond(State.detail.steps.contains(name), button(label, variant="secondary", on_click=act))


def _closing() -> rx.Component:
    options = rx.foreach(State.form.reasons, _option)
    return dialog(
        "cloturer",
        _("Clôturer l’offre"),
        rx.el.p(_("Les personnes qui attendent une réponse seront prévenues avec un mot poli.")),
        rx.el.form(
            rx.el.input(type="hidden", name="offer", value=f"{State.detail.row.offer_id}", read_only=True),
            rx.el.div(
                rx.el.label(_("Motif"), html_for="reason"),
                rx.el.select(options, id="reason", name="reason", class_name="input"),
                class_name="field",
            ),
            rx.el.div(close_button(), button(_("Clôturer l’offre"), type="submit", variant="danger"), class_name="row"),
            on_submit=State.close,
            class_name="stack",
            custom_attrs={"data-dialog-form": ""},
        ),
    )


def _option(choice: Choice) -> rx.Component:
    return rx.el.option(choice.label, value=choice.value)


def _written(name: str) -> rx.Var[str]:
    return State.form.written.get(name, "")  # type: ignore[return-value]


def _error(name: str) -> rx.Var[str]:
    return form_error(State.errors, name)  # type: ignore[return-value]


def _line(name: str, label: str, **options: object) -> rx.Component:
    return text_field(name, label, value=_written(name), error=_error(name), keep=f"offre-{name}", **options)  # type: ignore[arg-type]


def _area(name: str, label: str, **options: object) -> rx.Component:
    return textarea_field(name, label, value=_written(name), error=_error(name), keep=f"offre-{name}", **options)  # type: ignore[arg-type]


def _form() -> rx.Component:
    general = form_error(State.errors, "form")
    return rx.el.form(
        error_summary(State.errors, FIELDS, general=general),
        rx.el.input(type="hidden", name="offer", value=f"{State.detail.row.offer_id}", read_only=True),
        rx.cond(
            State.detail.row.offer_id > 0,
            rx.el.input(type="hidden", name="form_key", value=_written("form_key"), read_only=True),
            form_key("offre"),
        ),
        rx.el.input(type="hidden", name="intent"),
        _place_and_time(),
        _work(),
        _practical(),
        row(
            rx.cond(
                (State.detail.row.offer_id > 0) & (State.detail.row.status != "brouillon"),
                _submit("edit", _("Enregistrer les changements"), "primary"),
                rx.el.div(
                    _submit("draft", _("Enregistrer le brouillon"), "secondary"),
                    _submit("publish", _("Publier l’offre"), "primary"),
                    class_name="row",
                ),
            )
        ),
        on_submit=State.submit,
        class_name="stack stack-wide",
        key=State.detail.row.offer_id,
    )


def _submit(intent: str, label: str, look: str) -> rx.Component:
    return rx.el.button(label, type="submit", class_name=f"btn btn-{look}", custom_attrs={"data-intent": intent})


def _place_and_time() -> rx.Component:
    options = rx.foreach(State.form.places, _option)
    days = [(str(number), day.capitalize()) for number, day in enumerate(week_days())]
    return section(
        _("La place"),
        rx.el.div(
            rx.el.label(_("Métier et établissement"), html_for="place"),
            rx.el.select(options, id="place", name="place", class_name="input", default_value=_written("place")),
            rx.el.p(_error("place"), class_name="error"),
            class_name="field",
        ),
        row(
            number_field("places", _("Nombre de places"), value=_written("places"), error=_error("places")),
            date_field(
                "starts_from", _("Début au plus tôt"), value=_written("starts_from"), error=_error("starts_from")
            ),
            date_field(
                "starts_until", _("Début au plus tard"), value=_written("starts_until"), error=_error("starts_until")
            ),
        ),
        checkbox_group(
            "days", _("Jours en entreprise"), days, chosen=State.form.days, error=_error("days"), side_by_side=True
        ),
        row(
            _line("day_starts_at", _("Début de journée"), type="time", short=True),
            _line("day_ends_at", _("Fin de journée"), type="time", short=True),
            number_field(
                "weekly_hours",
                _("Heures par semaine (20 à 38)"),
                value=_written("weekly_hours"),
                error=_error("weekly_hours"),
            ),
        ),
    )


def _work() -> rx.Component:
    return section(
        _("Le travail"),
        _area("tasks", _("Ce que l’apprenant fera et apprendra"), max_length=2000),
        _area("first_day", _("Le premier jour"), rows=3, optional=True),
        row(
            _line("tutor_first_name", _("Prénom du tuteur")),
            _line("tutor_function", _("Fonction du tuteur")),
        ),
    )


def _practical() -> rx.Component:
    return section(
        _("En pratique"),
        _line("transport", _("Accès en transport public"), optional=True),
        row(
            checkbox(
                "own_transport", _("Moyen de transport personnel nécessaire"), checked=_written("own_transport") != ""
            ),
            checkbox("licence_needed", _("Permis de conduire nécessaire"), checked=_written("licence_needed") != ""),
        ),
        _line("equipment", _("Équipement de protection"), optional=True),
        _line("risks", _("Risques particuliers"), optional=True),
        _line("accessibility", _("Accessibilité des lieux"), optional=True),
    )


LIST = Page(
    HREF, _("Offres"), Audience.COMPANY, offers_page, loads=[CompanyOffersState.load, CompanyOffersState.follow]
)
NEW = Page(f"{HREF}/nouvelle", _("Nouvelle offre"), Audience.COMPANY, new_offer_page, loads=[State.start])
DETAIL = Page(f"{HREF}/[offre]", _("Offre"), Audience.COMPANY, offer_page, loads=[State.load])
