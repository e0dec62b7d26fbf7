"""What the page of a mailed link shows of a new application: a first name, a motivation, one button."""

import reflex as rx

from stageplus.components import button_link, callout, error_summary, form_error, submit_button
from stageplus.pages.public.not_for_you import elsewhere, left
from stageplus.states.reply import ReplyState as State
from stageplus.texts import _

INBOX = "/entreprise/candidatures"


def form() -> rx.Component:
    """Build the application with its button, or say why the link has nothing left to do."""
    return rx.el.div(
        error_summary({}, (), general=form_error(State.errors, "form")),
        rx.match(
            State.reply.standing,
            ("open", _open()),
            ("settled", _settled()),
            ("withdrawn", _withdrawn()),
            ("elsewhere", elsewhere()),
            ("left", left()),
            rx.fragment(),
        ),
        class_name="stack",
    )


def receipt() -> rx.Component:
    """Say what was done."""
    return callout(
        rx.el.p(State.told),
        rx.el.p(_("Pour accepter, refuser ou proposer un entretien, connectez-vous.")),
        button_link(_("Se connecter"), f"/connexion?suite={INBOX}", variant="secondary", native=True),
        title=_("C’est dit"),
        tone="success",
    )


def _open() -> rx.Component:
    reply = State.reply
    return rx.el.div(
        rx.el.p(rx.el.strong(reply.title), rx.el.br(), reply.received),
        rx.el.section(
            rx.el.h2(reply.first_name),
            rx.el.p(reply.motivation, class_name="typed"),
            class_name="stack stack-tight",
        ),
        rx.el.form(
            rx.el.input(type="hidden", name="token", value=State.token, read_only=True),
            submit_button(reply.promise_words, wide=True, size="large"),
            on_submit=State.promise,
        ),
        _sign_in(_("Se connecter pour tout lire et répondre")),
        rx.el.p(_("Rien n’est dit à personne tant que vous n’appuyez pas."), class_name="hint"),
        class_name="stack",
    )


def _settled() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(State.reply.title)),
        rx.el.p(_("Cette candidature a déjà reçu une réponse, ou n’en attend plus. Il n’y a plus rien à faire ici.")),
        _sign_in(_("Se connecter pour la voir")),
        class_name="stack stack-tight",
    )


def _withdrawn() -> rx.Component:
    return rx.el.div(
        rx.el.p(_("La personne a retiré sa candidature : ses données ne vous sont plus montrées.")),
        button_link(_("Se connecter"), f"/connexion?suite={INBOX}", variant="secondary", native=True),
        class_name="stack stack-tight",
    )


def _sign_in(label: str) -> rx.Component:
    path = f"/connexion?suite={INBOX}/{State.reply.application_id}"
    return rx.el.div(button_link(label, path, variant="secondary", native=True))
