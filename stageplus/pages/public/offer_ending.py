"""What the page of a mailed link shows for an offer that ends: keep it on line, or say what became of the place."""

import reflex as rx

from stageplus.components import button, button_link, callout, error_summary, form_error, submit_button
from stageplus.pages.public.not_for_you import elsewhere, left
from stageplus.services.postings.schemas import REASON_WORDS
from stageplus.states.offer_ending import OfferEndingState as State
from stageplus.texts import _

OFFERS = "/entreprise/offres"


def form() -> rx.Component:
    """Build the offer with its buttons, or say why the link has nothing left to do."""
    return rx.el.div(
        error_summary({}, (), general=form_error(State.errors, "form")),
        rx.match(
            State.ending.standing,
            ("ending", "over", _to_decide()),
            ("late-start", _late_start()),
            ("moved", _nothing_left()),
            ("elsewhere", elsewhere()),
            ("left", left()),
            rx.fragment(),
        ),
        class_name="stack",
    )


def receipt() -> rx.Component:
    """Say what was done."""
    return callout(
        rx.el.p(State.told.words),
        button_link(_("Se connecter"), f"/connexion?suite={OFFERS}", variant="secondary", native=True),
        title=State.told.title,
        tone="success",
    )


def standing() -> rx.Component:
    """Say where the offer of a link that is over stands now, to whoever still acts for it."""
    return rx.cond(State.ending.title != "", rx.el.div(_which(), rx.el.p(State.ending.now_words)))


def _to_decide() -> rx.Component:
    ending = State.ending
    return rx.el.div(
        rx.el.div(_which(), rx.el.p(ending.ends_words), rx.cond(ending.waiting > 0, rx.el.p(ending.waiting_words))),
        rx.el.form(
            rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
            submit_button(ending.renewal_words, wide=True, size="large"),
            on_submit=State.renew,
        ),
        rx.cond(ending.standing == "ending", rx.cond(ending.waiting > 0, _answer_first(), _outcomes())),
        rx.el.p(_("Vous ne faites rien ? L’offre quitte le site à la fin de son dernier jour."), class_name="hint"),
        class_name="stack",
    )


def _outcomes() -> rx.Component:
    buttons = [
        button(words, variant="secondary", size="large", wide=True, on_click=State.close(State.token, reason.value))
        for reason, words in REASON_WORDS.items()
    ]
    return rx.el.section(
        rx.el.h2(_("Plus d’actualité ? Dites ce que devient la place")),
        rx.el.div(*buttons, class_name="outcomes"),
        class_name="stack stack-tight",
    )


def _answer_first() -> rx.Component:
    return rx.el.section(
        rx.el.h2(_("Plus d’actualité ?")),
        rx.el.p(
            _("Pour la fermer, répondez d’abord aux personnes qui attendent : leurs noms ne se montrent que connecté.")
        ),
        _sign_in(_("Se connecter pour répondre et fermer")),
        class_name="stack stack-tight",
    )


def _late_start() -> rx.Component:
    return rx.el.div(
        _which(),
        rx.el.p(State.ending.now_words),
        rx.el.p(_("Sa période de début est passée : choisissez d’autres dates, puis prolongez-la.")),
        _sign_in(_("Se connecter et changer les dates")),
        class_name="stack stack-tight",
    )


def _nothing_left() -> rx.Component:
    return rx.el.div(
        _which(),
        rx.el.p(_("Elle a changé depuis l’envoi de ce message : il n’y a plus rien à faire ici.")),
        rx.el.p(State.ending.now_words),
        _sign_in(_("Se connecter pour la voir")),
        class_name="stack stack-tight",
    )


def _which() -> rx.Component:
    return rx.el.p(rx.el.strong(State.ending.title), rx.el.br(), State.ending.establishment)


def _sign_in(label: str) -> rx.Component:
    path = f"/connexion?suite={OFFERS}/{State.ending.offer_id}"
    return rx.el.div(button_link(label, path, variant="secondary", native=True))
