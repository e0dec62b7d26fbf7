"""The small door at the end of an offer: something is wrong here, OFFA should look."""

import reflex as rx

from stageplus.components import (
    button,
    callout,
    close_button,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    radio_cards,
    row,
    textarea_field,
)
from stageplus.services.moderation.schemas import FLAG_WORDS
from stageplus.services.offers.schemas import OfferDetail
from stageplus.states.learner.flag import LearnerFlagState as State
from stageplus.texts import _

DIALOG = "signaler"


def flag_section(offer: OfferDetail) -> rx.Component:
    """Build the door and its dialog, or say that one's own flag waits."""
    waits = callout(
        rx.el.p(_("Tu as signalé cette offre le"), " ", State.mine.sent, _(". OFFA la regarde.")), tone="neutral"
    )
    opener = rx.el.div(
        dialog_opener(_("Signaler cette offre"), DIALOG, icon_name="flag"),
        class_name="flag-door",
    )
    return rx.el.div(rx.cond(State.mine.sent, waits, opener), _dialog(offer))


def _dialog(offer: OfferDetail) -> rx.Component:
    reasons = [(reason.value, words) for reason, words in FLAG_WORDS.items()]
    errors = State.flag_errors
    return dialog(
        DIALOG,
        _("Signaler cette offre"),
        rx.el.p(_("Seule OFFA lira ceci. L’entreprise ne saura pas que c’est toi."), class_name="quiet-text"),
        rx.el.form(
            error_summary(errors, ("reason", "words"), general=form_error(errors, "form")),
            rx.el.input(type="hidden", name="offer", value=f"{offer.offer_id}", read_only=True),
            radio_cards("reason", _("Qu’est-ce qui ne va pas ?"), reasons, error=form_error(errors, "reason")),
            textarea_field(
                "words",
                _("Explique en quelques mots"),
                error=form_error(errors, "words"),
                max_length=500,
                rows=3,
                optional=True,
            ),
            row(close_button(), button(_("Envoyer à OFFA"), type="submit")),
            on_submit=State.flag,
            class_name="stack",
            key=State.flagged,
        ),
        done=State.flagged,
    )
