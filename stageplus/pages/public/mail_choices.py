"""The part of one's account that says how often to be mailed."""

import reflex as rx

from stageplus.components import link
from stageplus.components.props import attributes
from stageplus.domain.letters import MailPace
from stageplus.services.notices.schemas import ChoiceRow
from stageplus.states.notices import MailChoicesState as State
from stageplus.texts import _

PACES = (
    (MailPace.AT_ONCE, _("Tout de suite")),
    (MailPace.DAILY, _("Une fois par jour")),
    (MailPace.NEVER, _("Jamais")),
)


def mail_choices_section() -> rx.Component:
    """Build one choice for each group of letters, and what leaves in any case with the reason."""
    choices = State.choices
    return rx.el.section(
        rx.cond(State.asked, _head("asked", data_error_summary=""), _head("there")),
        rx.el.ul(rx.foreach(choices.rows, lambda row: _choice(row)), class_name="lines"),
        rx.cond(State.circulars.company != "", _circulars()),
        rx.cond(choices.rows, rx.el.p(choices.daily_words)),
        rx.cond(choices.quiet_words != "", rx.el.p(choices.quiet_words)),
        rx.el.h3(_("Ce qui part de toute façon")),
        rx.el.ul(rx.foreach(choices.always, lambda words: rx.el.li(words)), class_name="plain-list"),
        rx.el.p(link(_("Voir toutes les notifications"), href="/notifications")),
    )


def _head(key: str, **data: str) -> rx.Component:
    """Name the section; with `data_error_summary` it takes the focus when it appears, of whoever came for it."""
    return rx.el.div(
        rx.el.h2(_("Notifications")),
        rx.el.p(_("Tout s’affiche dans le site. Les e-mails, eux, suivent le rythme choisi ici."), class_name="hint"),
        key=key,
        tab_index=-1,
        class_name="stack stack-tight",
        custom_attrs=attributes(**data),
    )


def _circulars() -> rx.Component:
    chosen = State.circulars
    named = {"aria-label": _("Messages des coachs sectoriels")}
    answers = [
        rx.el.button(
            words,
            type="button",
            class_name="chip",
            on_click=State.want(wanted),
            custom_attrs={"aria-pressed": rx.cond(chosen.wanted == wanted, "true", "false")},
        )
        for wanted, words in ((True, _("Recevoir")), (False, _("Ne pas recevoir")))
    ]
    return rx.el.div(
        rx.el.p(rx.el.strong(_("Messages des coachs sectoriels"))),
        rx.el.p(
            _("Ce qu’un coach écrit à plusieurs entreprises à la fois. Ce choix vaut pour toute l’entreprise :"),
            " ",
            chosen.company,
            ". ",
            chosen.words,
            class_name="hint",
        ),
        rx.el.div(*answers, role="group", class_name="chips", custom_attrs=named),
        class_name="stack stack-tight",
    )


def _choice(row: ChoiceRow) -> rx.Component:
    paces = [
        rx.el.button(
            words,
            type="button",
            class_name="chip",
            on_click=State.choose(row.group, pace.value),
            custom_attrs={"aria-pressed": rx.cond(row.pace == pace.value, "true", "false")},
        )
        for pace, words in PACES
    ]
    named = {"aria-label": row.label}
    return rx.el.li(
        rx.el.p(rx.el.strong(row.label)),
        rx.el.p(row.hint, class_name="hint"),
        rx.el.div(*paces, role="group", class_name="chips", custom_attrs=named),
        key=row.group,
        class_name="stack stack-tight",
    )
