"""A coach writes to several companies: a text, how it will be read and by how many, and one tap that sends it."""

import reflex as rx

from stageplus.components import (
    answer_box,
    button,
    button_link,
    callout,
    coach_nav,
    desk_shell,
    disclosure,
    draft_sent,
    error_summary,
    fact,
    facts,
    form_error,
    form_key,
    link,
    row,
    section,
    select_field,
    skeleton_rows,
    submit_button,
    text_field,
    textarea_field,
)
from stageplus.components.props import Text
from stageplus.components.table import cut_line
from stageplus.pages.page import Page, frame
from stageplus.services.circulars.schemas import TEMPLATES, WAYS, WRITE, SparedRow
from stageplus.services.coaching.schemas import COMPANIES
from stageplus.states.audience import Audience
from stageplus.states.coach.circular import CoachCircularState as State
from stageplus.texts import _

KEY = "message-de-coach"
WAY_OPTIONS = [(way.value, label) for way, (_path, label) in WAYS.items()]


def circular_page() -> rx.Component:
    """Build the form, or its preview, or what became of it."""
    return desk_shell(
        coach_nav(),
        rx.cond(
            State.sent.words != "",
            _receipt(),
            rx.cond(State.preview.text != "", _preview(), _writing()),
        ),
        title=_("Écrire à des entreprises"),
        lead=State.desk.chosen_words,
        active="entreprises",
        back=(_("Entreprises"), COMPANIES),
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _writing() -> rx.Component:
    draft, errors = State.draft, State.errors
    fields = ("sector", "subject", "words", "way")
    return rx.el.div(
        rx.el.p(State.desk.limits_words, class_name="hint"),
        section(
            _("Partir d’un modèle"),
            row(
                *[
                    button(each.name, variant="secondary", size="small", on_click=State.begin(each.key))
                    for each in TEMPLATES
                ]
            ),
            hint=_("Un modèle remplace ce qui est écrit plus bas."),
        ),
        rx.el.form(
            error_summary(errors, fields, general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="query", value=State.query, read_only=True),
            rx.cond(
                State.desk.sectors,
                select_field(
                    "sector",
                    _("Secteur"),
                    State.desk.sectors,
                    value=draft.sector,
                    empty=_("Choisissez"),
                    hint=_("Seules les entreprises de ce secteur reçoivent le message."),
                    error=form_error(errors, "sector"),
                ),
            ),
            text_field("subject", _("Objet"), value=draft.subject, error=form_error(errors, "subject")),
            textarea_field(
                "words",
                _("Message"),
                value=draft.words,
                hint=_("Du texte simple. Votre nom et votre adresse s’y ajoutent, pour qu’on puisse vous répondre."),
                error=form_error(errors, "words"),
                max_length=2000,
                rows=10,
            ),
            select_field("way", _("Bouton du message"), WAY_OPTIONS, value=draft.way, error=form_error(errors, "way")),
            row(submit_button(_("Voir l’aperçu"))),
            on_submit=State.look,
            class_name="card stack measure",
            key=State.round,
        ),
        class_name="stack",
    )


def _preview() -> rx.Component:
    preview, errors = State.preview, State.errors
    return rx.el.div(
        answer_box(rx.el.h2(preview.to_words)),
        rx.el.div(
            facts(fact(_("Objet"), preview.subject)),
            rx.el.p(preview.text, class_name="typed"),
            class_name="card stack measure",
        ),
        rx.el.p(
            _("Chaque entreprise le lit à son nom, avec un lien à elle pour ne plus recevoir de tels messages."),
            class_name="hint",
        ),
        rx.cond(preview.spared_words != "", _spared()),
        rx.el.form(
            error_summary(errors, (), general=form_error(errors, "form")),
            *[_hidden(name, value) for name, value in _sent_again()],
            form_key(KEY),
            row(
                rx.cond(preview.count > 0, submit_button(_("Envoyer maintenant"))),
                button(_("Modifier le message"), variant="secondary", on_click=State.change),
            ),
            on_submit=State.send,
            class_name="stack measure",
        ),
        class_name="stack",
    )


def _sent_again() -> list[tuple[str, Text]]:
    draft = State.draft
    return [("query", State.preview.query), ("subject", draft.subject), ("words", draft.words), ("way", draft.way)]


def _hidden(name: str, value: Text) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def _spared() -> rx.Component:
    preview = State.preview
    return disclosure(
        preview.spared_words,
        rx.el.ul(rx.foreach(preview.spared, _spared_row), class_name="plain-list"),
        cut_line(preview.spared_cut),
    )


def _spared_row(each: SparedRow) -> rx.Component:
    return rx.el.li(link(each.company, href=f"{COMPANIES}/{each.company_id}"), " : ", each.why)


def _receipt() -> rx.Component:
    return rx.el.div(
        draft_sent(KEY),
        answer_box(
            callout(
                rx.el.p(_("Il est noté dans l’histoire des contacts de chaque entreprise.")),
                title=State.sent.words,
                tone="success",
            )
        ),
        row(button_link(_("Voir les entreprises"), COMPANIES, variant="secondary")),
        class_name="stack measure",
    )


PAGE = Page(WRITE, _("Écrire à des entreprises"), Audience.COACH, circular_page, loads=[State.load])
